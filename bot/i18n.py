"""Every sentence the program says to people: gettext, with the English sentence as its key.

`t("You signed as {name}.", name=…)` is safe to send with Telegram's HTML: what is filled in is
escaped, and runs in its own direction, so that an Arabic name does not turn a sentence round.
"""

import gettext
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup

LOCALES = Path(__file__).parent.parent / "locales"
DOMAIN = "vigil"
_ENGLISH_DAY = "d MMMM y"
_ISOLATE, _END = "\u2068", "\u2069"


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a sentence for translation where it is written; `t` translates it where it is said."""
    return message


def own_direction(text: str) -> str:
    """Somebody's words inside our sentence: they neither turn it round nor are turned by it."""
    return f"{_ISOLATE}{text}{_END}"


class Translator:
    """Says sentences in one language."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._catalogue = catalogue

    def __call__(self, message: str, **values: object) -> Markup:
        return Markup(self._catalogue.gettext(message)).format(**values)

    def n(self, one: str, many: str, n: int, **values: object) -> Markup:
        """A sentence about a number of things; `{n}` is that number, written as people write it."""
        chosen = self._catalogue.ngettext(one, many, n)
        return Markup(chosen).format(n=self.number(n), **values)

    def number(self, value: int) -> str:
        return format_decimal(value, locale=self._locale)

    def day(self, moment: datetime, zone: ZoneInfo) -> str:
        """A date as people write it: “3 May 2027”, «3 de mayo de 2027»."""
        there = moment.astimezone(zone).date()
        written = _ENGLISH_DAY if self.language == "en" else "long"  # which has the month first
        return format_date(there, written, locale=self._locale)

    def time(self, moment: datetime, zone: ZoneInfo) -> str:
        """A date with time and the name of the zone: “3 May 2027, 14:05 UTC”."""
        there = moment.astimezone(zone)
        return f"{self.day(moment, zone)}, {there:%H:%M} {there.tzname()}"

    def clock(self, moment: datetime, zone: ZoneInfo) -> str:
        """A time of day with seconds and the name of the zone: “14:05:30 UTC”."""
        there = moment.astimezone(zone)
        return f"{there:%H:%M:%S} {there.tzname()}"


class Catalogues:
    """The released languages; the first one stands in for every other."""

    def __init__(self, released: Sequence[str], folder: Path = LOCALES) -> None:
        self._translators = {code: _translator(code, folder) for code in released}
        self.first = released[0]

    def released(self, code: str | None) -> str:
        """The released language that serves somebody whose Telegram speaks `code` (“pt-br”)."""
        short = (code or "").lower().partition("-")[0]
        return short if short in self._translators else self.first

    def __getitem__(self, code: str) -> Translator:
        return self._translators[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._translators)


def untranslated(released: Sequence[str], folder: Path = LOCALES) -> list[str]:
    """The languages that have no catalogue; English needs none."""
    return [code for code in released if code != "en" and not _exists(code, folder)]


def _exists(code: str, folder: Path) -> bool:
    return gettext.find(DOMAIN, folder, [code]) is not None


def _translator(code: str, folder: Path) -> Translator:
    return Translator(code, gettext.translation(DOMAIN, folder, [code], fallback=code == "en"))
