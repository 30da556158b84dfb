"""Answers to taps and to inline queries."""

from datetime import timedelta
from typing import Any

from playground.formatting import units
from playground.keyboards import read_keyboard
from playground.methods._content import read_text
from playground.state import State
from playground.wire import Request, bad_request

LONGEST_ANSWER = 200
MOST_RESULTS = 50
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


def answer_inline_query(state: State, request: Request) -> bool:
    """Keep up to 50 results with different ids, after checking what each would send."""
    results = request.value("results")
    if not isinstance(results, list):
        raise bad_request("can't find list of inline query results")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [_checked_result(state, request, result) for result in results]
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    query_id = request.text("inline_query_id")
    if query_id not in state.inline_answers or state.inline_answers[query_id] is not None:
        raise bad_request(EXPIRED)
    state.inline_answers[query_id] = request.params | {"results": results}
    return True


def _checked_result(state: State, request: Request, result: Any) -> str:
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    result_id = result.get("id")
    if not isinstance(result_id, str) or not 1 <= len(result_id.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if result.get("type") == "article" and not result.get("title"):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    read_keyboard(Request(request.method, result), inline_only=True)
    content = result.get("input_message_content")
    if isinstance(content, dict) and "message_text" in content:
        read_text(state, Request(request.method, content | {"text": content["message_text"]}))
    return result_id


METHODS = {"answerCallbackQuery": answer_callback_query, "answerInlineQuery": answer_inline_query}
