"""The body of a call that goes to many, encoded once."""

from collections.abc import Mapping
from typing import Any

import orjson
from telegram import TelegramObject
from telegram.error import TelegramError

_ADDRESS = frozenset({"chat_id", "message_id"})


class Body:
    """The JSON of one Bot API call, with a hole where the address goes.

    Values may be what JSON knows, and PTB's own objects; None is left out, as PTB does. Times are
    refused, since Telegram wants them as seconds.

    Raises:
        TelegramError: Something in it cannot be encoded. The message does not repeat it.
        ValueError: It names an address of its own, which would win over each recipient's.
    """

    __slots__ = ("_rest",)

    def __init__(self, params: Mapping[str, Any]) -> None:
        if own := _ADDRESS & params.keys():
            raise ValueError(f"the address is filled in later, so {own} may not be given")
        given = {name: value for name, value in params.items() if value is not None}
        encoded = _encoded(given)
        self._rest = b"," + encoded[1:] if given else b"}"

    def to(self, chat_id: int, message_id: int | None = None) -> bytes:
        """The call for one chat, or for one message in it."""
        if message_id is None:
            return b'{"chat_id":%d%b' % (chat_id, self._rest)
        return b'{"chat_id":%d,"message_id":%d%b' % (chat_id, message_id, self._rest)


def _encoded(params: Mapping[str, Any]) -> bytes:
    try:
        return orjson.dumps(params, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME)
    except TypeError:
        pass  # and raised below without it, for it quotes what was written
    raise TelegramError("The request cannot be built")


def _plain(value: object) -> dict[str, Any]:
    if isinstance(value, TelegramObject):
        return value.to_dict()
    raise TypeError
