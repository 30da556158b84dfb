"""What an answer of the Bot API means; the meaning of a refusal is PTB's to say."""

from typing import Any, Never

from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.telegram_http import _body


def parse(payload: bytes) -> dict[str, Any]:
    """Parse an answer of the Bot API.

    Raises:
        TelegramError: It is none, as when a captive portal answers in Telegram's place.
    """
    try:
        parsed = _body.loads(payload)
    except ValueError:
        parsed = None
    if isinstance(parsed, dict) and ("result" in parsed or parsed.get("ok", True) is not True):
        return parsed
    raise TelegramError("Invalid server response")


def message_id(payload: bytes) -> int | None:
    """The message that a successful answer is about; None when it tells of none.

    Raises:
        TelegramError: It is no answer of the Bot API.
    """
    answer = parse(payload)
    if "result" not in answer:
        raise TelegramError("Invalid server response")
    result = answer["result"]
    return result.get("message_id") if isinstance(result, dict) else None


async def refuse(status: int, payload: bytes) -> Never:
    """Raise what PTB raises for an answer whose status is no success."""
    await _Received(status, payload).retrieve("")
    raise AssertionError(f"{status} is a success")


class _Received(BaseRequest):
    """A request that is answered already, so that PTB reads the answer and we need not."""

    def __init__(self, status: int, payload: bytes) -> None:
        self._answer = status, payload

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        return self._answer

    parse_json_payload = staticmethod(parse)
