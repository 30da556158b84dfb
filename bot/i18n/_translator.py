"""Sentences, numbers, lists, dates and times in one language."""

import gettext
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from bot.i18n import _direction

_ENGLISH_DAY = "d MMMM y"


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a sentence for translation where it is written; `t` translates it where it is said."""
    return message


class Translator:
    """Says sentences in one language."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._catalogue = catalogue
        self._is_from_right = self._locale.text_direction == "rtl"

    def __call__(self, message: str, /, **values: object) -> Markup:
        return self._filled(self._catalogue.gettext(message), **values)

    def plain(self, message: str) -> str:
        """The sentence with its placeholders unfilled, for where there is no HTML."""
        return self._catalogue.gettext(message)

    def n(self, one: str, many: str, n: int, **values: object) -> Markup:
        """A sentence about a number of things; `{n}` is that number, written as people write it."""
        chosen = self._catalogue.ngettext(one, many, n)
        return self._filled(chosen, n=self.number(n), **values)

    def text(self, written: str) -> Markup:
        """A text that somebody wrote in this language: word for word, safe in HTML."""
        return _direction.from_right(escape(written)) if self._is_from_right else escape(written)

    def number(self, value: int) -> str:
        return format_decimal(value, locale=self._locale)

    def list(self, parts: Iterable[str]) -> Markup:
        """“one, two, three”; in Arabic the comma is another sign."""
        t = self
        return t(", ").join(parts)

    @property
    def name(self) -> str:
        """What the language calls itself, as on a button: “English”, «Français»."""
        name = self._locale.get_display_name() or self.language
        return name[:1].upper() + name[1:]

    def name_of(self, language: str) -> str:
        """What this language calls another one; its code where that is not known."""
        return str(self._locale.languages.get(language, language))

    def day(self, moment: datetime, zone: ZoneInfo) -> str:
        """A date as people write it: “3 May 2027”, «3 de mayo de 2027»."""
        return self.date(moment.astimezone(zone).date())

    def date(self, day: date) -> str:
        """The same where no clock is asked for."""
        written = _ENGLISH_DAY if self.language == "en" else "long"  # which has the month first
        return format_date(day, written, locale=self._locale)

    def weekday(self, number: int) -> str:
        """Its name, as on a calendar; 0 is Monday."""
        return str(self._locale.days["stand-alone"]["wide"][number])

    def time(self, moment: datetime, zone: ZoneInfo) -> Markup:
        """A date with time and the name of the zone: “3 May 2027, 14:05 UTC”."""
        t, there = self, moment.astimezone(zone)
        clock = f"{there:%H:%M} {there.tzname()}"
        return t("{day}, {clock}", day=self.day(moment, zone), clock=clock)

    def clock(self, moment: datetime, zone: ZoneInfo) -> str:
        """A time of day with seconds and the name of the zone: “14:05:30 UTC”."""
        there = moment.astimezone(zone)
        return f"{there:%H:%M:%S} {there.tzname()}"

    def _filled(self, sentence: str, /, **values: object) -> Markup:
        if self._is_from_right:
            return _direction.fill(sentence, values)
        return Markup(sentence).format(**values)
