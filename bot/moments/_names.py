"""The words of time in four languages, as people write them; accents and case do not matter.

Beside each other since organisers mix them: no word means two things here, and a shortened one
counts only where it can be one.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

_LETTERS = str.maketrans({"ى": "ي", "ة": "ه"})

_MONTHS = (
    "january janvier enero يناير جانفي كانون_الثاني",
    "february février febrero فبراير فيفري شباط",
    "march mars marzo مارس آذار",
    "april avril abril أبريل إبريل أفريل نيسان",
    "may mai mayo مايو ماي أيار",
    "june juin junio يونيو جوان حزيران",
    "july juillet julio يوليو يوليوز جويلية تموز",
    "august août agosto أغسطس غشت أوت آب",
    "september septembre septiembre setiembre سبتمبر شتنبر أيلول",
    "october octobre octubre أكتوبر تشرين_الأول",
    "november novembre noviembre نوفمبر نونبر تشرين_الثاني",
    "december décembre diciembre ديسمبر دجنبر كانون_الأول",
)
_WEEKDAYS = (
    "monday lundi lunes الاثنين",
    "tuesday mardi martes الثلاثاء",
    "wednesday mercredi miércoles الأربعاء",
    "thursday jeudi jueves الخميس",
    "friday vendredi viernes الجمعة",
    "saturday samedi sábado السبت",
    "sunday dimanche domingo الأحد",
)
_AHEAD = (
    "today aujourd'hui aujourd’hui hoy اليوم",
    "tomorrow demain mañana غدا غد",
    "après-demain pasado_mañana بعد_غد",
)
_UNITS = {
    "minutes": "min mins minute minutes minuto minutos دقيقة دقائق",
    "hours": "h hr hrs hour hours heure heures hora horas ساعة ساعات",
    "days": "d day days j jour jours día días يوم يوما أيام",
    "weeks": "w week weeks semaine semaines semana semanas أسبوع أسبوعا أسابيع",
}
_WITHOUT_A_NUMBER = {  # Arabic has forms for one and for two
    ("minutes", 1): "دقيقة",
    ("minutes", 2): "دقيقتين",
    ("hours", 1): "ساعة",
    ("hours", 2): "ساعتين",
    ("days", 1): "يوم",
    ("days", 2): "يومين",
    ("weeks", 1): "أسبوع",
    ("weeks", 2): "أسبوعين",
}


def folded(text: str) -> str:
    """Small letters without accents; every character stays where it was."""
    return "".join(map(_folded, text)).translate(_LETTERS)


def _folded(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def _names(written: str) -> tuple[str, ...]:
    return tuple(folded(name).replace("_", " ") for name in written.split())


MONTHS = tuple(map(_names, _MONTHS))
WEEKDAYS = tuple(map(_names, _WEEKDAYS))
AHEAD: Mapping[str, int] = {
    name: days for days, written in enumerate(_AHEAD) for name in _names(written)
}
UNITS: Mapping[str, str] = {
    name: unit for unit, written in _UNITS.items() for name in _names(written)
}
WITHOUT_A_NUMBER: Mapping[str, tuple[str, int]] = {
    folded(name): meant for meant, name in _WITHOUT_A_NUMBER.items()
}

IN = "in|dans|en|dentro de|بعد"
AND = "and|et|y|و"
ONE = "an?|une?|una"
ON = "on|le|el|يوم"
OF = "of|de|del|من"
AT = "at|a las|a la|a|في الساعه|الساعه"
ORDINAL = "st|nd|rd|th|er|o"
HALVES = r"[ap]\.? ?m\b\.?|صباحا|مساء|ص\b|م\b"


def any_of(names: Iterable[str]) -> str:
    """A pattern; longer names come first, lest a shorter one takes their beginning."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def is_afternoon(half: str) -> bool:
    return half[0] in {"p", "م"}


def place_of(word: str, names: Sequence[Sequence[str]]) -> int | None:
    """Where a name stands that is written whole, or shortened so that it can be no other."""
    whole = {place for place, same in enumerate(names) if word in same}
    begun = {
        place for place, same in enumerate(names) if any(name.startswith(word) for name in same)
    }
    found = whole or begun
    return found.pop() if len(found) == 1 else None
