"""Lists of places and faults, and what became of the content."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.content import ContentProblem
from bot.i18n import Translator
from bot.services.content import Reprint

_LISTED = 12
_LONGEST = 240  # characters of one fault; twelve of them fit in a message


def listed(places: Sequence[str], t: Translator) -> Markup:
    shown = [t("• {name}", name=place) for place in places[:_LISTED]]
    if len(places) > _LISTED:
        shown.append(t("and {more} more", more=t.number(len(places) - _LISTED)))
    return Markup("\n").join(shown)


def faults(problems: Sequence[ContentProblem], t: Translator) -> Markup:
    """The first of them, each with file, line and what to do."""
    return listed([_short(problem) for problem in problems], t)


def reprinted(reprint: Reprint, t: Translator) -> Markup:
    """What is different from before."""
    if reprint.is_empty:
        return t("The files are what I have been using all along: nothing changes.")
    lines = [
        _counted(t.n("{n} new text:", "{n} new texts:", len(reprint.new)), reprint.new, t),
        _counted(
            t.n("{n} changed text:", "{n} changed texts:", len(reprint.changed)), reprint.changed, t
        ),
        _counted(t.n("{n} text gone:", "{n} texts gone:", len(reprint.gone)), reprint.gone, t),
        t("Rules, subjects or ways of asking have changed.") if reprint.rules else None,
        gaps(reprint.gaps, t),
    ]
    return Markup("\n").join(line for line in lines if line)


def _counted(number: Markup, places: Sequence[str], t: Translator) -> Markup | None:
    return Markup("\n").join((number, listed(places, t))) if places else None


def gaps(problems: Sequence[ContentProblem], t: Translator) -> Markup | None:
    """What is not translated yet."""
    if not problems:
        return None
    names = listed([problem.path.as_posix() for problem in problems], t)
    return t.n(
        "{n} text is missing in a language; people who read it are not shown that text:\n{names}",
        "{n} texts are missing in a language; people who read it are not shown them:\n{names}",
        len(problems),
        names=names,
    )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _short(problem: ContentProblem) -> str:
    words = str(problem)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
