"""What an alert's recipients get, as bytes: encoded once for each language."""

from bot.delivery.rendering import render
from bot.delivery.wire import Letter
from bot.i18n import Catalogues
from bot.models import Alert, Grant
from bot.telegram_http import Body


class Letters:
    """`is_paid` asks Telegram to take more than the free rate, for a fee."""

    def __init__(self, alert: Alert, catalogues: Catalogues, *, is_paid: bool) -> None:
        self._alert = alert
        self._catalogues = catalogues
        self._fee = {"allow_paid_broadcast": True} if is_paid else {}
        self._encoded: dict[str | None, tuple[str, Body]] = {}

    def to(self, grant: Grant) -> Letter:
        if grant.language not in self._encoded:
            self._encoded[grant.language] = self._encode(grant.language)
        method, body = self._encoded[grant.language]
        return Letter(method, body.to(grant.person))

    def _encode(self, language: str | None) -> tuple[str, Body]:
        code = self._catalogues.released(language)
        rendered = render(self._alert, code, self._catalogues)
        return rendered.method, Body({**rendered.params, **self._fee})
