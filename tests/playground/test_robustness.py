"""Requests that no sane bot would make."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.methods import METHODS
from tests.playground.wire import Wire

PARAMS = st.sampled_from(
    [
        "chat_id",
        "from_chat_id",
        "message_id",
        "message_ids",
        "user_id",
        "user",
        "id",
        "text",
        "caption",
        "parse_mode",
        "entities",
        "caption_entities",
        "keyboard",
        "request_users",
        "request_id",
        "max_quantity",
        "custom_emoji_id",
        "type",
        "offset",
        "length",
        "photo",
        "media",
        "file_id",
        "scope",
        "commands",
        "reply_parameters",
        "reply_markup",
        "inline_keyboard",
        "url",
        "callback_data",
        "results",
        "input_message_content",
        "message_text",
        "action",
    ]
)
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
JSON = st.recursive(
    PLAIN
    | st.sampled_from([510000001, 1, "bold", "HTML", "chat", "photo", "text_link", "text_mention"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(PARAMS, inner, max_size=3),
    max_leaves=6,
)


@settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(st.sampled_from(sorted(METHODS)), st.dictionaries(PARAMS, JSON, max_size=6))
async def test_no_request_is_so_odd_that_the_server_fails(
    wire: Wire, amara: int, method: str, params: dict[str, Any]
) -> None:
    status, _ = await wire.call(method, **params)
    assert status in {200, 400, 403}
