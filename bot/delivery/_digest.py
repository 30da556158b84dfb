"""What a weekly limit held back, as one message: a line and a button for each."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.delivery.rendering import Rendered, button, last_row, words_in
from bot.i18n import Catalogues
from bot.models import Alert

_LONGEST_LINE = 120
_IN_A_ROW = 4


def render_digest(parts: Sequence[Alert], language: str | None, catalogues: Catalogues) -> Rendered:
    """It makes no sound: it is for when there is time."""
    language = catalogues.released(language)
    t = catalogues[language]
    lines = [
        t("{number}. {line}", number=number, line=_first_line(alert, language))
        for number, alert in enumerate(parts, 1)
    ]
    buttons = [
        button(t("Read {number}", number=number), f"digest:{alert.id}")
        for number, alert in enumerate(parts, 1)
    ]
    rows = [buttons[place : place + _IN_A_ROW] for place in range(0, len(buttons), _IN_A_ROW)]
    text = t(
        "<b>What your weekly limit held back</b>\n\n{lines}\n\nThis comes once a week. /settings "
        "changes the limit and the day.",
        lines=Markup("\n").join(lines),
    )
    return Rendered(
        "sendMessage",
        {
            "text": text,
            "parse_mode": "HTML",
            "reply_markup": {"inline_keyboard": [*rows, last_row(t)]},
            "disable_notification": True,
        },
    )


def _first_line(alert: Alert, language: str) -> str:
    line = words_in(alert, language).text.strip().split("\n", 1)[0]
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE].rstrip()}…"
