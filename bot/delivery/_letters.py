"""What an alert's recipients get, as bytes: encoded once for all who get the same."""

from dataclasses import dataclass

from bot.delivery._digest import render_digest
from bot.delivery.outcomes import SENT, Meaning, meaning
from bot.delivery.rendering import Parameters, Rendered, button, render
from bot.delivery.wire import Letter
from bot.i18n import Catalogues
from bot.models import Alert, AlertKind, Grant
from bot.telegram_http import Body


@dataclass(frozen=True, slots=True)
class _Version:
    """`is_muted` and `is_beyond` differ in urgent actions only."""

    language: str | None
    is_muted: bool
    is_beyond: bool


class Letters:
    """`is_paid` asks Telegram to take more than the free rate, for a fee."""

    def __init__(self, alert: Alert, catalogues: Catalogues, *, is_paid: bool) -> None:
        self._alert = alert
        self._catalogues = catalogues
        self._is_urgent = alert.kind is AlertKind.URGENT
        self._fee = {"allow_paid_broadcast": True} if is_paid else {}
        self._encoded: dict[_Version, tuple[str, Body]] = {}

    def to(self, grant: Grant) -> Letter:
        method, body = self._digest(grant) if grant.parts else self._version(grant)
        return Letter(method, body.to(grant.person))

    def meaning(self, grant: Grant | None, error: BaseException | None) -> Meaning:
        """What an answer means for who was to get it; `error` is None when there was a good one."""
        return SENT if error is None else meaning(error)

    def _digest(self, grant: Grant) -> tuple[str, Body]:
        rendered = render_digest(grant.parts, grant.language, self._catalogues)
        return rendered.method, Body({**rendered.params})

    def _version(self, grant: Grant) -> tuple[str, Body]:
        is_muted, is_beyond = not grant.rings, grant.is_beyond
        version = _Version(
            grant.language, self._is_urgent and is_muted, self._is_urgent and is_beyond
        )
        if version not in self._encoded:
            self._encoded[version] = self._encode(version)
        return self._encoded[version]

    def _encode(self, version: _Version) -> tuple[str, Body]:
        code = self._catalogues.released(version.language)
        rendered = render(self._alert, code, self._catalogues)
        muted = {"disable_notification": True} if version.is_muted else {}
        labelled = self._labelled(rendered, code) if version.is_beyond else {}
        return rendered.method, Body({**rendered.params, **muted, **labelled, **self._fee})

    def _labelled(self, rendered: Rendered, code: str) -> Parameters:
        """The text is what was approved; that it goes beyond her limit stands on a button."""
        label = button(self._catalogues[code]("Urgent: beyond your weekly limit"), "alert:limit")
        rows = rendered.params["reply_markup"]["inline_keyboard"]
        return {"reply_markup": {"inline_keyboard": [[label], *rows]}}
