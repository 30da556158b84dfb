"""The message that all send, and what the server answers to it."""

import json
from typing import Any

TOKEN = "1:benchmark"
TEXT = (
    "<b>Urgent action</b>: a lawyer who defends prisoners of conscience was taken from her home "
    "this morning, and nobody has been told where she is held. <i>Write today</i>: ask the "
    "minister of justice to say where she is, to let her see her family and her own lawyer, and "
    "to let her go at once, for she has only done her work."
)
BUTTONS = [
    [{"text": "Read and sign", "callback_data": "alert:petition:free-samira"}],
    [
        {"text": "Choose what I get", "callback_data": "alert:choose"},
        {"text": "Stop", "callback_data": "alert:stop"},
    ],
]
CALL: dict[str, Any] = {
    "text": TEXT,
    "parse_mode": "HTML",
    "link_preview_options": {"is_disabled": True},
    "reply_markup": {"inline_keyboard": BUTTONS},
}
_SIZE = 970  # bytes of an answer's body
_ID = 1_000_000  # message ids of one length, so that answers have one
_GAP = 999_999_999_999


def answers() -> tuple[bytes, bytes]:
    """What stands before the message's id in an answer, and what follows it."""
    bot = {"id": 1, "is_bot": True, "first_name": "Vigil", "username": "vigil_bot"}
    message = {
        "message_id": _GAP,
        "from": bot,
        "chat": {"id": 1_000_000_000, "first_name": "Samira", "type": "private"},
        "date": 1_790_000_000,
        "text": TEXT,
        "entities": [
            {"offset": 0, "length": 13, "type": "bold"},
            {"offset": 130, "length": 11, "type": "italic"},
        ],
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": BUTTONS},
    }
    body = json.dumps({"ok": True, "result": message}, separators=(",", ":")).encode()
    before, _, after = body.partition(b"%d" % _GAP)
    room = _SIZE - len(before) - len(after) - len(str(_ID))
    return before, after[:-1] + b" " * room + after[-1:]


def first_id() -> int:
    return _ID
