"""Which buttons Telegram takes."""

from typing import Any

import pytest

from tests.playground.wire import Wire

LABEL = {"text": "Go"}
WRONG_BUTTON = "can't parse inline keyboard button"


def keyboard(*buttons: Any) -> Any:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("button", "description"),
    [
        (LABEL | {"callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        (LABEL | {"callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        (LABEL | {"url": "no address"}, "BUTTON_URL_INVALID"),
        (LABEL | {"copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({"text": "x" * 257, "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        (
            LABEL,
            f"{WRONG_BUTTON}: Text buttons are unallowed in the inline keyboard",
        ),
        (
            LABEL | {"callback_data": "x", "url": "example.org"},
            f"{WRONG_BUTTON}: Exactly one action is allowed, found url, callback_data",
        ),
        (
            {"callback_data": "x"},
            f'{WRONG_BUTTON}: Field "text" must be of type String',
        ),
    ],
)
async def test_a_button_is_refused(
    wire: Wire, amara: int, button: dict[str, Any], description: str
) -> None:
    refused = await wire.refused(
        "sendMessage", chat_id=amara, text="x", reply_markup=keyboard(button)
    )
    assert refused == f"Bad Request: {description}"


async def test_the_longest_that_still_fits(wire: Wire, amara: int) -> None:
    button = {"text": "x" * 256, "callback_data": "é" * 32}
    sent = await wire.ok(
        "sendMessage", chat_id=amara, text="😀" * 2048, reply_markup=keyboard(button)
    )
    assert sent["reply_markup"] == keyboard(button)
    too_many = {"inline_keyboard": [[LABEL | {"callback_data": "x"}]] * 101}
    refused = await wire.refused("sendMessage", chat_id=amara, text="x", reply_markup=too_many)
    assert refused == "Bad Request: reply markup is too long"
