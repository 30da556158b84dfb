"""Answers to inline queries."""

import re
from datetime import timedelta
from typing import Any

from playground.keyboards import read_keyboard
from playground.methods._content import read_text
from playground.methods.queries import EXPIRED
from playground.state import State
from playground.wire import Json, Request, bad_request

MOST_RESULTS = 50
LONGEST_OFFSET = 64  # bytes
WRONG = "can't parse inline query result: "


def answer_inline_query(state: State, request: Request) -> bool:
    """Offer up to 50 cards with different ids, after checking what each would send."""
    results = request.value("results")
    if not isinstance(results, list):
        raise bad_request("can't find list of inline query results")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if request.integer("cache_time", 300) < 0:
        raise bad_request("CACHE_TIME_INVALID")
    if len(request.text("next_offset").encode()) > LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = _checked_button(request)
    cards = [_checked_result(state, request, result) for result in results]
    if len(dict(cards)) < len(cards):
        raise bad_request("RESULT_ID_DUPLICATE")
    query_id = request.text("inline_query_id")
    query = state.inline_queries.get(query_id)
    lifetime = timedelta(seconds=state.callback_expiry)
    if query is None or query.answer is not None or state.clock.now() - query.asked_at > lifetime:
        raise bad_request(EXPIRED)
    query.answer, query.messages = request.params | {"results": results}, dict(cards)
    offered = [_offered(result) for result in results]
    state.events.publish("inline", inline_query_id=query_id, results=offered, button=button)
    return True


def _checked_result(state: State, request: Request, result: Any) -> tuple[str, Json]:
    """Its id, and the message that it would send."""
    if not isinstance(result, dict):
        raise bad_request(f"{WRONG}expected an Object")
    result_id = result.get("id")
    if not isinstance(result_id, str) or not 1 <= len(result_id.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    if result.get("type") != "article":
        raise bad_request(f"{WRONG}the playground knows article")
    if not result.get("title"):
        raise bad_request(f'{WRONG}Can\'t find field "title"')
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("MESSAGE_TEXT_EMPTY")
    words = Request(request.method, content | {"text": content["message_text"]})
    keyboard = read_keyboard(Request(request.method, result), inline_only=True)
    below = {"reply_markup": keyboard} if keyboard else {}
    return result_id, read_text(state, words) | below


def _checked_button(request: Request) -> Json | None:
    """What stands above the results, and opens the bot with a start parameter."""
    button = request.value("button")
    if button is None:
        return None
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(button.get("start_parameter", ""))):
        raise bad_request("START_PARAM_INVALID")
    return button


def _offered(result: Json) -> Json:
    return {name: result.get(name) for name in ("id", "title", "description")}


METHODS = {"answerInlineQuery": answer_inline_query}
