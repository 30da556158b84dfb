"""What a visitor finds: something to sign, an organiser, and a crowd that wants to hear of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.context import Services
from bot.models import Choice, Role, Topic
from bot.services.choices import CONSENTS, CURRENT, KEPT
from bot.store import Database, crowd

GOAL = 1_000
OPEN_FOR = timedelta(days=30)


async def set_up(services: Services, cast: dict[str, Any]) -> None:
    """Open what is prepared, and make the organiser one."""
    closes_at = services.now() + OPEN_FOR
    for slug in services.content.language("").petitions:
        await services.petitions.open(slug, closes_at, GOAL)
    owner = cast["admins"][0]["id"]
    await services.staff.appoint(owner, cast["organiser"]["id"], Role.ORGANISER)


async def enrol(database: Database, services: Services, people: Sequence[tuple[int, str]]) -> None:
    """Let the simulated people have said yes. Nobody real can be enrolled: this runs here only."""
    if not people:
        return
    yes = {topic: _yes(topic, services) for topic in Topic}
    languages = {person: services.catalogues.released(code) for person, code in people}
    chosen = [
        (person, replace(yes[topic], about=about))
        for person in languages
        for topic, about in _wishes(person, services)
    ]
    async with database.write() as db:
        await crowd.enrol(db, languages, chosen, services.now())


def _wishes(person: int, services: Services) -> Iterator[tuple[Topic, str]]:
    """Everybody wants urgent actions; some want more."""
    yield Topic.URGENT, ""
    if person % 2:
        yield Topic.NEWSLETTER, ""
    if person % 3 == 0:
        yield Topic.PETITIONS, ""
    if person % 4 == 0:
        yield from ((Topic.CASES, slug) for slug in services.content.language("").cases)


def _yes(topic: Topic, services: Services) -> Choice:
    """The words that are shown before a yes; what it is about is filled in for each."""
    t = services.catalogues[services.catalogues.first]
    asked = CONSENTS[topic].everything or CONSENTS[topic].one or ""
    wording = t(asked, organisation=services.house.organisation, title="")
    kept = t("{wording}\n\n{kept}", wording=wording, kept=t(KEPT)).unescape()
    return Choice(topic, "", kept, CURRENT[topic], services.now())
