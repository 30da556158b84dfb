"""/stats: numbers of people, never so few of them that one could tell who."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.models import (
    AlertKind,
    AlertState,
    Audience,
    Choice,
    DeliveryState,
    Role,
    Supporter,
    Topic,
)
from bot.services.choices import CURRENT
from bot.store import alerts, choices, supporters
from bot.store.schema import deliveries, tallies
from tests.conftest import NOON, PETITION, Shelf, Start, Vigil

CASE = "angel-colon"
FIRST = 510_000_000


async def choose(
    vigil: Vigil, people: int, topic: Topic, about: str = "", language: str = "en", at: int = 0
) -> list[Supporter]:
    """Let so many people say yes; the same `at` is the same people."""
    found = [Supporter(FIRST + at + one, language) for one in range(people)]
    async with vigil.database.write() as db:
        for person in found:
            await supporters.remember(db, person, NOON)
            await choices.keep(db, person.id, Choice(topic, about, "Yes.", CURRENT[topic], NOON))
    return found


async def stop(vigil: Vigil, person: Supporter) -> None:
    await vigil.services.supporters.stop(replace(person, known=True))


async def sent(vigil: Vigil, **columns: object) -> int:
    """An alert that began to go out at noon."""
    async with vigil.database.write() as db:
        number = await alerts.add(db, AlertKind.URGENT, "UTC", Audience(), NOON)
        await alerts.change(
            db, number, **{"state": AlertState.FINISHED, "started_at": NOON} | columns
        )
    return number


async def deliver(vigil: Vigil, number: int, **people: int) -> None:
    rows = [state for state, count in people.items() for _ in range(count)]
    async with vigil.database.write() as db:
        for person, state in enumerate(rows):
            values = {"alert_id": number, "supporter_id": FIRST + person, "state": state}
            await db.execute(deliveries.insert().values(values))


async def section(vigil: Vigil, head: str) -> list[str]:
    """The lines below a head of the answer."""
    said = (await vigil.group().say("/stats")).replace("\u2068", "").replace("\u2069", "")
    parts = {lines[0]: lines[1:] for lines in (part.split("\n") for part in said.split("\n\n"))}
    return parts[head]


async def test_with_nobody_there_it_says_so(vigil: Vigil) -> None:
    assert await section(vigil, "Supporters") == [
        "Known to Vigil: 0",
        "Can be reached: 0",
        "Chose to hear from us: 0",
    ]
    assert await section(vigil, "What they chose") == [
        "Urgent actions: 0",
        "News of petitions: 0",
        "Updates of cases: 0",
        "Newsletter: 0",
    ]
    assert await section(vigil, "Followed cases") == ["None."]
    assert await section(vigil, "Alerts of the last 30 days") == ["None."]


async def test_only_people_who_can_be_written_to_are_counted(vigil: Vigil) -> None:
    people = await choose(vigil, 8, Topic.URGENT)
    await vigil.services.petitions.sign(PETITION, people[0], None, 1)
    await stop(vigil, people[0])
    await vigil.services.supporters.blocked(people[1].id)

    assert await section(vigil, "Supporters") == [
        "Known to Vigil: 8",
        "Can be reached: 6",
        "Chose to hear from us: 6",
    ]
    assert "Urgent actions: 6" in await section(vigil, "What they chose")


async def test_a_yes_to_former_words_does_not_count(vigil: Vigil) -> None:
    (person,) = await choose(vigil, 1, Topic.CASES, CASE)
    former = Choice(Topic.URGENT, "", "Former words.", CURRENT[Topic.URGENT] - 1, NOON)
    async with vigil.database.write() as db:
        await choices.keep(db, person.id, former)
        await choices.drop(db, person.id, Topic.CASES, CASE)

    assert "Urgent actions: 0" in await section(vigil, "What they chose")
    assert (await section(vigil, "Supporters"))[1:] == [
        "Can be reached: 1",
        "Chose to hear from us: 0",
    ]


@pytest.mark.parametrize(
    ("languages", "shown"),
    [
        ({"en": 12}, []),
        ({"en": 7, "fr": 5}, ["English 7, French 5"]),
        ({"en": 7, "fr": 3, "es": 2}, ["English 7, other 5"]),
        ({"en": 8, "fr": 6, "es": 4}, ["English 8, other 10"]),
        ({"en": 20, "fr": 4}, []),
        ({"en": 4}, []),
    ],
)
async def test_nobody_can_be_told_by_her_language(
    languages: dict[str, int], shown: list[str], vigil: Vigil
) -> None:
    """A few people left over would be told by subtraction, so that others go with them."""
    for place, (language, people) in enumerate(languages.items()):
        await choose(vigil, people, Topic.URGENT, language=language, at=100 * place)

    lines = await section(vigil, "What they chose")
    assert lines[0] == f"Urgent actions: {sum(languages.values())}"
    assert lines[1 : lines.index("News of petitions: 0")] == shown


async def test_somebody_who_follows_twice_is_one_person(vigil: Vigil) -> None:
    await choose(vigil, 1, Topic.CASES, CASE)
    await choose(vigil, 2, Topic.CASES, "taken-back")
    await choose(vigil, 1, Topic.PETITIONS, PETITION)

    assert "Updates of cases: 2" in await section(vigil, "What they chose")
    title = vigil.services.content.language("en").cases[CASE].title
    assert await section(vigil, "Followed cases") == ["taken-back: 2", f"{title}: 1"]
    petition = vigil.services.content.language("en").petitions[PETITION].title
    assert await section(vigil, "Followed petitions") == [f"{petition}: 1"]


async def test_open_petitions_have_signatures_and_a_goal(vigil: Vigil, start: Start) -> None:
    title = vigil.services.content.language("en").petitions[PETITION].title
    await vigil.services.petitions.sign(PETITION, Supporter(FIRST, "en"), None, 1)

    assert await section(vigil, "Open petitions") == [
        f"• {title}",
        "1 signature of 1,000",
        "until 31 March 2027, 12:00 UTC",
    ]
    vigil.world.clock.jump(timedelta(days=30))
    assert await section(vigil, "Open petitions") == ["None."]


async def test_what_became_of_an_alert_adds_up_to_its_audience(vigil: Vigil) -> None:
    number = await sent(vigil)
    await deliver(vigil, number, sent=6, skipped=3, failed=2, unknown=1)
    async with vigil.database.write() as db:
        gone = {"alert_id": number, "state": DeliveryState.SENT, "reason": "erased", "number": 4}
        await db.execute(tallies.insert().values(gone))

    assert await section(vigil, "Alerts of the last 30 days") == [
        "• Urgent action, 1 March 2027, 12:00 UTC",
        "16 people: sent 10, skipped 3, failed 2, unknown 1",
    ]


async def test_a_send_that_goes_on_says_how_many_are_to_come(vigil: Vigil) -> None:
    number = await sent(vigil, kind=AlertKind.OUTCOME, state=AlertState.SENDING)
    await deliver(vigil, number, sent=1, pending=2, sending=1)

    assert (await section(vigil, "Alerts of the last 30 days"))[1] == (
        "4 people: sent 1, still to come 3"
    )


async def test_it_is_told_how_many_said_stop_within_a_day(vigil: Vigil) -> None:
    people = await choose(vigil, 6, Topic.URGENT)
    await stop(vigil, people[0])
    vigil.world.clock.jump(timedelta(hours=1))
    number = await sent(vigil, started_at=NOON + timedelta(hours=1))
    await deliver(vigil, number, sent=5, failed=1)
    for person in (people[1], people[5]):
        await stop(vigil, person)
    vigil.world.clock.jump(timedelta(hours=23, minutes=59))
    await stop(vigil, people[2])
    vigil.world.clock.jump(timedelta(minutes=1))
    await stop(vigil, people[3])

    lines = await section(vigil, "Alerts of the last 30 days")
    assert lines[2:] == ["2 of them said stop within a day"]


async def test_older_alerts_and_drafts_are_left_out(vigil: Vigil) -> None:
    await sent(vigil, started_at=NOON - timedelta(days=30, seconds=1))
    await sent(vigil, started_at=None)

    assert await section(vigil, "Alerts of the last 30 days") == ["None."]


async def test_however_much_there_is_it_stays_one_message(vigil: Vigil, shelf: Shelf) -> None:
    for place in range(20):
        slug = f"petition-{place:02}"
        shelf[slug] = shelf[PETITION].model_copy(update={"id": slug, "title": "مـ" * 40})
        await vigil.services.petitions.open(slug, NOON + timedelta(days=20), 1_000_000)
        await choose(vigil, 1, Topic.PETITIONS, slug)
        await choose(vigil, 1, Topic.CASES, f"case-{place:02}-{'long' * 20}")
        await sent(vigil, started_at=NOON - timedelta(hours=place))

    for head, entries in (
        ("Followed cases", 6),
        ("Followed petitions", 6),
        ("Open petitions", 18),
        ("Alerts of the last 30 days", 12),
    ):
        lines = await section(vigil, head)
        assert len(lines) == entries + 1
        assert lines[-1].startswith("and 1")
    assert len(vigil.group().last["text"]) < 4_096


@pytest.mark.parametrize("role", [Role.SUPPORTER, Role.VIEWER])
async def test_only_the_staff_is_answered(role: Role, start: Start) -> None:
    vigil = await start()
    vigil = await start(owners=frozenset({vigil.world.admins[0].id}))
    owner, other = (admin.id for admin in vigil.world.admins[:2])
    await vigil.services.staff.appoint(owner, other, role)

    assert (await vigil.group(1).say("/stats")).startswith("Supporters\n") is (role > 0)
