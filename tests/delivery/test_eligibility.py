"""Who may be written to at this very moment, asked of real rows: nights, limits, digests."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.models import (
    Alert,
    AlertKind,
    AlertState,
    Audience,
    DeliveryState,
    Grant,
    Preferences,
    QuietHours,
    Reason,
    Topic,
    Words,
)
from bot.store import deliveries, digests, preferences, quiet, supporters
from bot.store.schema import deliveries as rows
from tests.delivery.conftest import Outlet
from tests.delivery.ledgers import NOON, TO_URGENT, Book

SENT, SKIPPED, PENDING = DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.PENDING
NEWSLETTER, URGENT = AlertKind.NEWSLETTER, AlertKind.URGENT
NIGHT = QuietHours(22 * 60, 7 * 60)
DAY = timedelta(days=1)


@pytest.fixture
def book(outlet: Outlet) -> Book:
    return outlet.book


async def prefer(book: Book, person: int, **chosen: Any) -> None:
    async with book.database.write() as db:
        await preferences.keep(db, person, Preferences(**{"zone": "UTC", **chosen}))


async def claim(
    book: Book, number: int, people: Sequence[int], now: datetime = NOON
) -> Sequence[Grant]:
    async with book.database.write() as db:
        return await deliveries.claim(db, await _alert(book, number), people, now)


async def _alert(book: Book, number: int) -> Alert:
    return await book.read(number)


async def settle(book: Book, number: int, person: int, at: datetime) -> None:
    async with book.database.write() as db:
        await deliveries.record(db, [deliveries.Record(number, person, SENT, None, 7)], at)


async def had(book: Book, person: int, at: datetime, **columns: Any) -> int:
    """A message that she got then."""
    number = await book.alert([person], touched_at=at, expires_at=at + 9 * DAY, **columns)
    async with book.database.write() as db:
        await db.execute(
            sa.update(rows).where(rows.c.alert_id == number).values(state=SENT, settled_at=at)
        )
    return number


async def row(book: Book, number: int, person: int) -> tuple[str, str | None, datetime | None]:
    async with book.database.read() as db:
        found = await db.execute(
            sa.select(rows.c.state, rows.c.reason, rows.c.not_before).where(
                rows.c.alert_id == number, rows.c.supporter_id == person
            )
        )
        state, reason, not_before = found.one()
        return state, reason, not_before


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize("kind", [URGENT, NEWSLETTER])
async def test_quiet_hours_hold_until_they_end_by_her_own_clock(
    book: Book, crowd: list[int], kind: AlertKind
) -> None:
    nights = {  # the same moment, on the night when Europe's clocks go forth
        "Europe/Berlin": at("2027-03-28 05:00"),
        "Asia/Kolkata": None,  # it is half past four in the morning there, and she rises at four
        "America/Lima": None,  # it is six in the evening
        "Australia/Lord_Howe": None,  # it is ten in the morning
        "Europe/London": at("2027-03-28 06:00"),
    }
    now, people = at("2027-03-27 23:00"), crowd[: len(nights)]
    await book.enrol(people)
    for person, zone in zip(people, nights, strict=True):
        hours = QuietHours(22 * 60, 4 * 60) if zone == "Asia/Kolkata" else NIGHT
        await prefer(book, person, zone=zone, quiet_hours=hours)
    number = await book.alert(people, kind=kind, expires_at=at("2027-04-01"))

    granted = await claim(book, number, people, now)

    assert {one.person for one in granted} == set(people[1:4])
    for person, end in zip(people, nights.values(), strict=True):
        if end is not None:
            assert await row(book, number, person) == (PENDING, Reason.QUIET, end)
            assert not await claim(book, number, [person], end - timedelta(seconds=1))
            assert [one.person for one in await claim(book, number, [person], end)] == [person]


async def test_what_is_held_past_its_expiry_is_never_sent(book: Book, crowd: list[int]) -> None:
    await book.enrol(crowd[:1])
    await prefer(book, crowd[0], quiet_hours=QuietHours(11 * 60, 15 * 60))
    number = await book.alert(crowd[:1], expires_at=NOON + timedelta(hours=2))

    assert await claim(book, number, crowd[:1]) == []
    assert not await claim(book, number, crowd[:1], NOON + timedelta(hours=3))

    assert (await row(book, number, crowd[0]))[:2] == (SKIPPED, Reason.EXPIRED)


async def test_a_snooze_comes_first_and_a_stop_before_all(book: Book, crowd: list[int]) -> None:
    until = NOON + 7 * DAY
    await book.enrol(crowd[:2])
    for person in crowd[:2]:
        await prefer(book, person, quiet_hours=QuietHours(11 * 60, 15 * 60), per_week=1)
        async with book.database.write() as db:
            await quiet.keep(db, person, until, announced=True)
    async with book.database.write() as db:
        await supporters.mark(db, crowd[1], stopped_at=NOON)
    number = await book.alert(crowd[:2], expires_at=NOON + 9 * DAY)

    assert await claim(book, number, crowd[:2]) == []

    assert await row(book, number, crowd[0]) == (PENDING, Reason.QUIET, until)
    assert (await row(book, number, crowd[1]))[:2] == (SKIPPED, Reason.STOPPED)


@pytest.mark.parametrize(
    ("per_week", "ages", "passes"),
    [
        (None, [0, 1, 2, 3], True),
        (1, [], True),
        (1, [6.9], False),
        (1, [7.1], True),
        (2, [1], True),
        (2, [1, 3, 9], False),
        (2, [1, 8, 9], True),
        (5, [0, 1, 2, 3], True),
        (5, [0, 1, 2, 3, 4], False),
    ],
)
async def test_the_limit_counts_what_came_in_seven_days(
    book: Book, crowd: list[int], per_week: int | None, ages: list[float], passes: bool
) -> None:
    await book.enrol(crowd[:2])
    await prefer(book, crowd[0], per_week=per_week, rings=False)
    for age in ages:
        await had(book, crowd[0], NOON - age * DAY)
    number = await book.alert(crowd[:2], kind=NEWSLETTER, touched_at=NOON)

    granted = {one.person for one in await claim(book, number, crowd[:2])}

    assert granted == ({crowd[0], crowd[1]} if passes else {crowd[1]})
    if not passes:
        assert await row(book, number, crowd[0]) == (SKIPPED, Reason.OVER_CAP, None)


async def test_two_sends_at_once_do_not_go_beyond_it_together(book: Book, crowd: list[int]) -> None:
    """What is on the wire counts, and what nobody knows of; what failed does not."""
    await book.enrol(crowd[:1])
    await prefer(book, crowd[0], per_week=1)
    first, second, third = [
        await book.alert(crowd[:1], kind=NEWSLETTER, touched_at=NOON) for _ in range(3)
    ]
    assert len(await claim(book, first, crowd[:1])) == 1
    assert await claim(book, second, crowd[:1]) == []
    async with book.database.write() as db:
        failed = deliveries.Record(first, crowd[0], DeliveryState.FAILED, Reason.BLOCKED)
        await deliveries.record(db, [failed], NOON)
    assert len(await claim(book, third, crowd[:1])) == 1


async def test_an_urgent_action_goes_beyond_it_counts_and_says_so_on_a_button(
    outlet: Outlet, crowd: list[int]
) -> None:
    book = outlet.book
    await book.enrol(crowd[:3])
    await prefer(book, crowd[0], per_week=1)
    await prefer(book, crowd[1], rings=False)
    await had(book, crowd[0], NOON - DAY)
    number = await book.alert(crowd[:3], touched_at=NOON)

    assert await outlet.through(number) is AlertState.FINISHED

    chats = [outlet.world.chat(person) for person in crowd[:3]]
    labels = [one.last["reply_markup"]["inline_keyboard"][0][0]["text"] for one in chats]
    assert labels == ["Urgent: beyond your weekly limit", *["Choose what I get"] * 2]
    assert [bool(one.silent) for one in chats] == [False, True, False]
    assert len({one.last["text"] for one in chats}) == 1  # the words are those that were approved


async def test_five_hundred_beyond_their_limit_or_asleep_hide_nobody(
    outlet: Outlet, crowd: list[int]
) -> None:
    book, hidden = outlet.book, list(range(1_000, 1_510))  # a whole batch before all others
    await book.enrol([*hidden, *crowd[:5]])
    earlier = await book.alert(hidden, touched_at=NOON, state=AlertState.FINISHED)
    async with book.database.write() as db:
        mine = rows.c.alert_id == earlier
        await db.execute(sa.update(rows).where(mine).values(state=SENT, settled_at=NOON))
        for person in hidden[:400]:
            await preferences.keep(db, person, Preferences("UTC", per_week=1))
        for person in hidden[400:]:
            await preferences.keep(db, person, Preferences("UTC", QuietHours(600, 900)))
    audience = Audience(TO_URGENT.choices)
    number = await book.alert(
        [*hidden, *crowd[:5]], kind=NEWSLETTER, audience=audience, touched_at=NOON
    )
    for person in crowd[:5]:
        assert outlet.received(person) == []

    while (await book.totals(number)).get((SENT, ""), 0) < 5:
        await outlet.sender.look()
        await outlet.sender._ledger.written()

    assert await book.totals(number) == {
        (SENT, ""): 5,
        (SKIPPED, "over cap"): 400,
        (PENDING, "quiet"): 110,
    }


async def test_a_change_of_mind_frees_what_was_held(book: Book, crowd: list[int]) -> None:
    await book.enrol(crowd[:1])
    await prefer(book, crowd[0], quiet_hours=QuietHours(600, 900))
    number = await book.alert(crowd[:1])
    await claim(book, number, crowd[:1])
    async with book.database.read() as db:
        assert await deliveries.recipients(db, number, 0, 9, NOON) == []

    async with book.database.write() as db:
        await preferences.drop(db, crowd[0])
        await deliveries.release(db, crowd[0])

    async with book.database.read() as db:
        assert await deliveries.recipients(db, number, 0, 9, NOON) == [crowd[0]]


async def digest_of(book: Book, people: Sequence[int]) -> int:
    """The digest of today with these people in it."""
    async with book.database.write() as db:
        await digests.enlist(db, NOON.date(), people, NOON)
        found = await db.scalar(sa.select(sa.func.max(rows.c.alert_id)))
    assert found is not None
    return int(found)


async def held_back(book: Book, people: Sequence[int], **columns: Any) -> int:
    """An alert that the limit kept from all of them."""
    number = await book.alert(people, kind=NEWSLETTER, state=AlertState.FINISHED, **columns)
    async with book.database.write() as db:
        values = {"state": SKIPPED, "reason": Reason.OVER_CAP}
        await db.execute(sa.update(rows).where(rows.c.alert_id == number).values(values))
    return number


async def test_a_digest_brings_what_still_holds_and_brings_it_once(
    outlet: Outlet, crowd: list[int]
) -> None:
    book, (anna, bela, carl) = outlet.book, crowd[:3]
    await book.enrol(crowd[:3])
    one = await held_back(book, [anna, bela], words={"en": Words("One & <all>\nmore of it")})
    two = await held_back(book, [anna, carl], words={"en": Words("Two")})
    await held_back(book, [anna, bela], expires_at=NOON)  # too late
    await held_back(book, [anna], audience=Audience(((Topic.CASES, "x"),)))  # taken back
    cancelled = await held_back(book, [anna])
    await book.change(cancelled, state=AlertState.CANCELLED)
    async with book.database.write() as db:
        await supporters.mark(db, carl, stopped_at=NOON)
        await deliveries.skip_person(db, carl, Reason.STOPPED)
        await supporters.mark(db, carl, stopped_at=None)  # and she has come back since
    digest = await digest_of(book, crowd[:3])

    assert await outlet.through(digest) is AlertState.FINISHED

    assert await book.totals(digest) == {(SENT, ""): 2, (SKIPPED, "expired"): 1}
    assert [text.split("\n")[2:4] for text in outlet.received(anna)] == [
        ["1. One & <all>", "2. Two"]
    ]
    assert [text.split("\n")[2:3] for text in outlet.received(bela)] == [["1. One & <all>"]]
    assert outlet.received(carl) == []
    rows_of = outlet.world.chat(anna).last["reply_markup"]["inline_keyboard"]
    assert [[button["callback_data"] for button in row] for row in rows_of] == [
        [f"digest:{one}", f"digest:{two}"],
        ["alert:choose", "alert:stop"],
    ]
    assert outlet.world.chat(anna).silent

    assert await digest_of(book, crowd[:3]) == digest  # later on the same day
    tomorrow = NOON + DAY
    async with book.database.write() as db:
        await digests.enlist(db, tomorrow.date(), [anna, bela], tomorrow)
        assert not await digests.waits(db, anna, tomorrow)
    assert await outlet.through(digest + 1) is AlertState.FINISHED
    assert await book.totals(digest + 1) == {(SKIPPED, "expired"): 2}
    assert len(outlet.received(anna)) == len(outlet.received(bela)) == 1


async def test_a_digest_that_is_given_back_keeps_its_parts_and_a_lost_one_does_not_return(
    book: Book, crowd: list[int]
) -> None:
    await book.enrol(crowd[:1])
    await held_back(book, crowd[:1])
    digest = await digest_of(book, crowd[:1])

    for _ in range(2):
        [grant] = await claim(book, digest, crowd[:1])
        assert len(grant.parts) == 1
        async with book.database.write() as db:
            await deliveries.record(db, [deliveries.Record(digest, crowd[0], PENDING)], NOON)
    assert len(await claim(book, digest, crowd[:1])) == 1
    async with book.database.write() as db:
        await deliveries.recover(db)  # the process died with it on the wire
        await digests.enlist(db, NOON.date() + DAY, crowd[:1], NOON + DAY)

    assert await claim(book, digest + 1, crowd[:1], NOON + DAY) == []


async def test_a_digest_waits_for_the_end_of_her_night_and_does_not_count(
    book: Book, crowd: list[int]
) -> None:
    await book.enrol(crowd[:1])
    await prefer(book, crowd[0], quiet_hours=QuietHours(600, 900), per_week=1)
    part = await held_back(book, crowd[:1], touched_at=NOON)
    digest = await digest_of(book, crowd[:1])
    assert await claim(book, digest, crowd[:1]) == []
    assert (await row(book, part, crowd[0]))[1] == Reason.OVER_CAP  # nothing was used up

    afternoon = NOON + timedelta(hours=3)
    assert len(await claim(book, digest, crowd[:1], afternoon)) == 1
    await settle(book, digest, crowd[0], afternoon)
    async with book.database.write() as db:
        await deliveries.note_read(db, crowd[0], part, 8, afternoon)
    assert (await book.states(part))[crowd[0]] == ("sent", "in digest", 8)

    number = await book.alert(crowd[:1], kind=NEWSLETTER, touched_at=afternoon)
    assert len(await claim(book, number, crowd[:1], afternoon)) == 1


async def test_a_cancelled_digest_takes_nobody_more_and_leaves_all_for_the_next(
    book: Book, crowd: list[int]
) -> None:
    await book.enrol(crowd[:2])
    await held_back(book, crowd[:2], expires_at=NOON + 9 * DAY)
    digest = await digest_of(book, crowd[:1])
    await book.change(digest, state=AlertState.CANCELLED)

    async with book.database.write() as db:
        await digests.enlist(db, NOON.date(), crowd[:2], NOON)
        await digests.enlist(db, NOON.date() + 7 * DAY, crowd[:2], NOON + 7 * DAY)

    assert await book.totals(digest) == {(PENDING, ""): 1}
    granted = await claim(book, digest + 1, crowd[:2], NOON + 7 * DAY)
    assert [len(one.parts) for one in granted] == [1, 1]
