"""Time zones as people call them: by a city or a country, in any language that we speak."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from rapidfuzz import fuzz, process

from bot.moments._names import folded
from bot.moments._reading import plain_words, zones

_CITIES = {
    "Africa": (
        "Abidjan Accra Addis_Ababa Algiers Cairo Casablanca Dakar Douala Johannesburg Khartoum "
        "Kinshasa Lagos Luanda Maputo Nairobi Tripoli Tunis Windhoek"
    ),
    "America": (
        "Anchorage Argentina/Buenos_Aires Bogota Caracas Chicago Denver Guatemala Halifax Havana "
        "La_Paz Lima Los_Angeles Mexico_City New_York Panama Port-au-Prince Santiago Sao_Paulo "
        "St_Johns Toronto"
    ),
    "Asia": (
        "Baghdad Bangkok Beirut Colombo Damascus Dhaka Dubai Gaza Ho_Chi_Minh Hong_Kong Jakarta "
        "Jerusalem Kabul Karachi Kathmandu Kolkata Manila Riyadh Seoul Shanghai Tashkent Tehran "
        "Tokyo Yangon"
    ),
    "Europe": (
        "Athens Berlin Brussels Bucharest Helsinki Istanbul Kyiv Lisbon London Madrid Moscow "
        "Paris Rome Stockholm Vienna Warsaw"
    ),
    "Pacific": "Apia Auckland Fiji Guam Honolulu Noumea Port_Moresby Tahiti Tongatapu",
    "Australia": "Adelaide Brisbane Darwin Hobart Lord_Howe Perth Sydney",
}
REGIONS: Mapping[str, Sequence[str]] = {
    region: tuple(f"{region}/{place}" for place in places.split())
    for region, places in _CITIES.items()
}
"""The zones that are offered on buttons; all others are found by their names."""
MOST = 8  # answers to one name
_ALIKE = 80  # of 100; below it is another name rather than a slip
_LANGUAGES = ("en", "fr", "es", "ar")


def is_zone(name: str) -> bool:
    """Whether it is one that somebody can choose."""
    return name in zones().values()


def city(zone: str, language: str) -> str:
    """What the language calls a zone: mostly by its largest city."""
    named = Locale.parse(language).time_zones.get(_in_cldr(zone), {}).get("city")
    return str(named or zone.rpartition("/")[2].replace("_", " "))


def find_zones(text: str, now: datetime) -> Sequence[str]:
    """The zones of a city or a country of this name, or of names that are almost the same.

    The first is the only one when there is no doubt. Of zones in one country whose clocks agree
    one is enough.
    """
    wanted = _folded(text)
    names = _names()
    if wanted in names:
        return _distinct(names[wanted], now)
    alike = process.extract(
        wanted, names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=MOST
    )
    return _distinct((zone for name, _, _ in alike for zone in names[name]), now)


def is_name(text: str) -> bool:
    """Whether it names a city or a country to the letter."""
    return _folded(text) in _names()


def _folded(text: str) -> str:
    words = folded(plain_words(text[:60]))
    return " ".join("".join(one if one.isalnum() else " " for one in words).split())


@cache
def _names() -> Mapping[str, Sequence[str]]:
    """All names, folded, with the zones that they mean; those on the buttons come first."""
    offered = [zone for places in REGIONS.values() for zone in places]
    names: dict[str, list[str]] = {}
    for zone in dict.fromkeys((*offered, *sorted(zones().values()))):
        for name in _names_of(zone):
            known = names.setdefault(_folded(name), [])
            if zone not in known:
                known.append(zone)
    return {name: found for name, found in names.items() if name}


def _names_of(zone: str) -> Iterator[str]:
    yield zone
    yield zone.rpartition("/")[2]
    territory = get_global("zone_territories").get(_in_cldr(zone))
    for language in _LANGUAGES:
        yield city(zone, language)
        if territory:
            yield Locale.parse(language).territories.get(territory, "")


def _distinct(found: Iterable[str], now: datetime) -> Sequence[str]:
    """One for each way the clocks go, now and half a year from now."""
    ways: dict[object, str] = {}
    later = now + timedelta(days=182)
    for zone in found:
        clock, later = ZoneInfo(zone), now + timedelta(days=182)
        ways.setdefault(
            (now.astimezone(clock).utcoffset(), later.astimezone(clock).utcoffset()), zone
        )
    return list(ways.values())[:MOST]


def _in_cldr(zone: str) -> str:
    return str(get_global("zone_aliases").get(zone, zone))
