"""Answers to taps."""

from datetime import timedelta

from playground.formatting import units
from playground.state import State
from playground.wire import Request, bad_request

LONGEST_ANSWER = 200
EXPIRED = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(state: State, request: Request) -> bool:
    """Show a popup; each tap can be answered once, and only for a while."""
    text = request.text("text")
    if units(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query_id = request.text("callback_query_id")
    query = state.queries.get(query_id)
    lifetime = timedelta(seconds=state.callback_expiry)
    if query is None or state.clock.now() - query.asked_at > lifetime:
        raise bad_request(EXPIRED)
    del state.queries[query_id]
    popup = {
        "user_id": query.user_id,
        "callback_query_id": query_id,
        "text": text,
        "show_alert": request.flag("show_alert"),
        "url": request.text("url") or None,
    }
    state.popups.append(popup)
    if query.user_id not in state.crowd:
        state.events.publish("popup", **popup)
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
