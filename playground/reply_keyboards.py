"""Checks the keyboards that take the place of a person's own: they belong to the chat."""

from typing import Any

from playground.chats import Chat
from playground.wire import Json, Request, bad_request

PRIVATE_ONLY = {
    "request_contact": "phone number can be requested",
    "request_location": "location can be requested",
    "request_poll": "poll can be requested",
    "request_users": "users can be requested",
    "request_chat": "chats can be requested",
    "request_managed_bot": "managed bot can be requested",
    "web_app": "Web App can be used",
}
MOST_SHARED = 10
WRONG = "can't parse keyboard button: "


def read_reply_keyboard(request: Request, chat: Chat) -> Json | None:
    """A ReplyKeyboardMarkup or ReplyKeyboardRemove of the request; None changes nothing.

    Raises:
        ApiError: Telegram would refuse the markup, in general or in this chat.
    """
    markup = request.value("reply_markup")
    if not isinstance(markup, dict):
        return None
    if "keyboard" not in markup:
        return {"remove_keyboard": True} if markup.get("remove_keyboard") is True else None
    rows = [_row(row, chat) for row in _array(markup["keyboard"])]
    rows = [row for row in rows if row]
    _check_request_ids(rows)
    return markup | {"keyboard": rows} if rows else None


def _array(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup should be an Array')
    return value


def _row(row: Any, chat: Chat) -> list[Json]:
    buttons = [_button(button, chat) for button in _array(row)]
    return [button for button in buttons if button["text"]]


def _button(button: Any, chat: Chat) -> Json:
    button = {"text": button} if isinstance(button, str) else button
    if not isinstance(button, dict):
        raise bad_request(f"{WRONG}expected an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request(f'{WRONG}Field "text" must be of type String')
    for action, what in PRIVATE_ONLY.items():
        if button.get(action) and not chat.is_private:
            raise bad_request(f"{what} in private chats only")
    if button.get("request_users") is not None:
        _check_request(button["request_users"])
    return button


def _check_request(wanted: Any) -> None:
    if not isinstance(wanted, dict):
        raise bad_request(f"{WRONG}expected an Object")
    if not isinstance(wanted.get("request_id"), int):
        raise bad_request(f'{WRONG}Can\'t find field "request_id"')
    if not 1 <= Request("", wanted).integer("max_quantity", 1) <= MOST_SHARED:
        raise bad_request(f"{WRONG}between 1 and {MOST_SHARED} users can be requested")


def _check_request_ids(rows: list[list[Json]]) -> None:
    ids = [one["request_users"]["request_id"] for row in rows for one in row if _asks(one)]
    if len(set(ids)) < len(ids):
        raise bad_request("duplicate request_id in the keyboard")


def _asks(button: Json) -> bool:
    return bool(button.get("request_users"))
