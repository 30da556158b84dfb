"""Checks what stands under a message."""

from typing import Any

from playground.formatting import units, valid_url
from playground.wire import Json, Request, bad_request

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
MOST_BUTTONS = 100
LONGEST_LABEL = 256  # characters; Telegram names no number, and clients cut far earlier
OTHER_MARKUP = frozenset({"keyboard", "remove_keyboard", "force_reply"})
WRONG = "can't parse inline keyboard button: "


def read_keyboard(request: Request, inline_only: bool = False) -> Json | None:
    """The inline keyboard in `reply_markup`; None when there is none to show in the message.

    Raises:
        ApiError: Telegram would refuse the markup.
    """
    markup = request.value("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if inline_only and OTHER_MARKUP & markup.keys():
            raise bad_request("inline keyboard expected")
        return None
    rows = [_row(row) for row in _array(markup["inline_keyboard"], "inline_keyboard") if row]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _array(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise bad_request(f'field "{name}" of the InlineKeyboardMarkup should be an Array')
    return value


def _row(row: Any) -> list[Json]:
    return [_button(button) for button in _array(row, "inline_keyboard")]


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request(f"{WRONG}expected an Object")
    _check_label(button.get("text"))
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions or button.get("callback_data") == "":
        raise bad_request(f"{WRONG}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"{WRONG}Exactly one action is allowed, found {', '.join(actions)}")
    _check_action(actions[0], button[actions[0]])
    return button


def _check_label(text: Any) -> None:
    if not isinstance(text, str):
        raise bad_request(f'{WRONG}Field "text" must be of type String')
    if not text.strip() or units(text) > LONGEST_LABEL:
        raise bad_request("BUTTON_TEXT_INVALID")


def _check_action(action: str, value: Any) -> None:
    match action:
        case "callback_data" if not isinstance(value, str) or len(value.encode()) > 64:
            raise bad_request("BUTTON_DATA_INVALID")
        case "url" if not isinstance(value, str) or valid_url(value) is None:
            raise bad_request("BUTTON_URL_INVALID")
        case "copy_text":
            copied = value.get("text") if isinstance(value, dict) else None
            if not isinstance(copied, str) or not 1 <= units(copied) <= 256:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
