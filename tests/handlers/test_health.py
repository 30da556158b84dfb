"""/health: the verdict first, and for everything that is not well what to do about it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot import __version__
from bot.models import AlertKind, AlertState, Audience, DeliveryState, Role
from bot.store import about, alerts
from bot.store.schema import deliveries, notices
from playground.clock import Clock
from tests.conftest import NOON, PETITION, Shelf, Start, Vigil

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
WELL = "All is well."
ONE = "1 thing needs attention."


async def asked(vigil: Vigil) -> tuple[str, Sequence[str], Sequence[str]]:
    """The verdict, what needs attention, and the facts."""
    verdict, *advice, facts = (await vigil.group().say("/health")).split("\n\n")
    assert all(one.startswith("• ") for one in advice)
    return verdict, [one[2:] for one in advice], facts.split("\n")


async def ticked(vigil: Vigil) -> Vigil:
    await vigil.services.housekeeping.tick()
    return vigil


async def add(vigil: Vigil, state: AlertState, **columns: object) -> int:
    async with vigil.database.write() as db:
        number = await alerts.add(db, AlertKind.URGENT, "UTC", Audience(), NOON)
        await alerts.change(db, number, state=state, **columns)
    return number


async def test_all_is_well(vigil: Vigil) -> None:
    await ticked(vigil)
    vigil.world.clock.jump(3 * SECOND)

    verdict, advice, facts = await asked(vigil)

    assert (verdict, advice) == (WELL, [])
    size = next(line for line in facts if line.startswith("Database: "))
    assert size.endswith(" kB, its log empty")
    assert 10 < int(size.split()[1]) < 1_000
    pending = len(vigil.services.editorial.pending)
    assert [line for line in facts if line != size] == [
        "Alerts: none under way",
        "Messages to go out: 0",
        "Last update handled: not yet",
        "Last look at what is due: just now",
        "Backups: none made by Vigil itself yet; its README says how",
        f"Texts that wait for a review: {pending}",
        "Clock: in step with Telegram's",
        f"Vigil {__version__}, started just now",
    ]


async def test_ages_are_told_in_words(vigil: Vigil) -> None:
    await vigil.chat().say("hello")
    vigil.world.clock.jump(timedelta(hours=2))
    await ticked(vigil)
    vigil.world.clock.jump(MINUTE)

    _, _, facts = await asked(vigil)

    assert "Last update handled: 2 h 1 min ago" in facts
    assert "Last look at what is due: 1 min ago" in facts
    assert f"Vigil {__version__}, started 2 h 1 min ago" in facts


async def test_the_last_update_is_known_after_a_restart(start: Start) -> None:
    await (await start()).chat().say("hello")
    vigil = await start()
    vigil.world.clock.jump(MINUTE)

    assert "Last update handled: 1 min ago" in (await asked(vigil))[2]


async def test_what_is_under_way_is_counted(vigil: Vigil) -> None:
    await ticked(vigil)
    await add(vigil, AlertState.DRAFT)
    await add(vigil, AlertState.FINISHED)
    for state in (AlertState.WAITING, AlertState.WAITING, AlertState.PAUSED):
        await add(vigil, state)
    await add(vigil, AlertState.APPROVED, not_before=NOON + MINUTE)
    number = await add(vigil, AlertState.SENDING, started_at=NOON - MINUTE, touched_at=NOON)
    async with vigil.database.write() as db:
        for person, outcome in enumerate(DeliveryState):
            row = {"alert_id": number, "supporter_id": person, "state": outcome}
            await db.execute(deliveries.insert().values(row))

    verdict, _, facts = await asked(vigil)

    assert verdict == WELL
    assert facts[:3] == [
        "Alerts: 2 to be approved, 1 approved, 1 going out, 1 paused",
        "Messages to go out: 2",
        "Oldest of them due: 1 min ago",
    ]


async def test_frozen(vigil: Vigil) -> None:
    await ticked(vigil)
    await add(vigil, AlertState.APPROVED, not_before=NOON)
    async with vigil.database.write() as db:
        await about.put(db, about.FROZEN, f"S-7F3A {NOON.isoformat()}")
    vigil.world.clock.jump(10 * MINUTE)
    await ticked(vigil)

    verdict, advice, _ = await asked(vigil)

    assert verdict == ONE
    (only,) = advice
    assert only == (
        "Every send is stopped: S-7F3A did that on 1 March 2027, 12:00 UTC, 10 min ago. Nothing "
        "goes out until an owner sends /unfreeze."
    )


async def test_held(vigil: Vigil) -> None:
    await ticked(vigil)
    await add(vigil, AlertState.HELD, not_before=NOON - DAY)

    verdict, advice, facts = await asked(vigil)

    assert verdict == ONE
    assert advice == ["1 alert is held and does not go out by itself. Decide about it in /queue."]
    assert facts[0] == "Alerts: 1 held"


@pytest.mark.parametrize(
    ("state", "columns"),
    [
        (AlertState.APPROVED, {"not_before": NOON - DAY, "send_at": NOON}),
        (AlertState.APPROVED, {"not_before": NOON, "send_at": NOON - DAY}),
        (AlertState.SENDING, {"started_at": NOON, "touched_at": NOON}),
    ],
)
async def test_a_send_that_stands_still(
    state: AlertState, columns: dict[str, object], vigil: Vigil
) -> None:
    await add(vigil, state, **columns)
    vigil.world.clock.jump(2 * MINUTE)
    await ticked(vigil)
    assert (await asked(vigil))[0] == WELL
    vigil.world.clock.jump(SECOND)

    verdict, advice, _ = await asked(vigil)

    assert verdict == ONE
    (only,) = advice
    assert only == (
        "A send that was due on 1 March 2027, 12:00 UTC stands still: its last step was 2 min "
        "ago. Restart Vigil: it goes on where it was, and nobody gets the message twice."
    )


async def test_nothing_ticks(vigil: Vigil) -> None:
    vigil.world.clock.jump(MINUTE)
    assert (await asked(vigil))[0] == WELL  # Vigil has only just started
    vigil.world.clock.jump(SECOND)
    (only,) = (await asked(vigil))[1]
    assert only == (
        "Vigil was started 1 min ago and has not yet looked for what is due: alerts may not begin "
        "in time, and petitions may not close in time. Restart it."
    )
    await ticked(vigil)
    assert (await asked(vigil))[0] == WELL
    vigil.world.clock.jump(5 * MINUTE)

    verdict, advice, _ = await asked(vigil)

    assert verdict == ONE
    (only,) = advice
    assert only == (
        "Vigil last looked for what is due 5 min ago: alerts may not begin in time, and petitions "
        "may not close in time. Restart it."
    )


async def test_the_log_cannot_be_emptied(vigil: Vigil) -> None:
    await ticked(vigil)
    vigil.world.clock.jump(10 * MINUTE)
    async with reader(vigil):
        await ticked(vigil)
    assert (await asked(vigil))[0] == WELL
    vigil.world.clock.jump(SECOND)

    verdict, advice, facts = await asked(vigil)

    assert verdict == ONE
    (only,) = advice
    assert only == (
        "The database's log could not be emptied, so that what people erased may still be in it. "
        "Close every other program that has the database open, or restart Vigil."
    )
    assert any(line.endswith("kB, its log in use and not emptied") for line in facts)
    await ticked(vigil)
    assert (await asked(vigil))[0] == WELL


async def test_texts_past_their_date(start: Start, shelf: Shelf) -> None:
    shelf[PETITION] = shelf[PETITION].model_copy(update={"review_by": NOON.date() - DAY})
    vigil = await ticked(await start())
    verdict, advice, _ = await asked(vigil)
    (only,) = advice
    assert verdict == ONE
    assert only == (
        "1 text is past its review date, and says so to people. Have it checked: /content says "
        "more."
    )

    shelf[PETITION] = shelf[PETITION].model_copy(update={"review_by": NOON.date() - 181 * DAY})

    verdict, advice, _ = await asked(vigil)

    assert verdict == ONE
    assert advice == ["1 text is long past its review date. Have it checked: /content says more."]


@pytest.mark.parametrize("ahead", [30, -30])
async def test_a_clock_may_be_half_a_minute_off(ahead: int, vigil: Vigil) -> None:
    await ticked(vigil)
    skew(vigil, ahead)

    verdict, _, facts = await asked(vigil)

    assert verdict == WELL
    assert "Clock: in step with Telegram's" in facts


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (-31, "The clock of Vigil's computer is 31 seconds slow: alerts go out too late by as"),
        (-7_260, "The clock of Vigil's computer is 2 h 1 min slow: alerts go out too late"),
        (31, "your message came 31 seconds after you sent it. If Vigil was down or busy just now"),
        (3_600, "your message came 1 h after you sent it. If Vigil was down or busy just now"),
    ],
)
async def test_a_clock_that_is_off(ahead: int, said: str, vigil: Vigil) -> None:
    await ticked(vigil)
    skew(vigil, ahead)

    verdict, advice, facts = await asked(vigil)

    assert verdict == ONE
    (only,) = advice
    assert said in only
    assert only.endswith("to take its time from the network.")
    assert not any(line.startswith("Clock: ") for line in facts)


async def test_several_things_at_once_fit_into_one_message(vigil: Vigil) -> None:
    async with vigil.database.write() as db:
        await about.put(db, about.FROZEN, f"S-7F3A {NOON.isoformat()}")
    await add(vigil, AlertState.HELD)
    await add(vigil, AlertState.HELD)
    vigil.world.clock.jump(timedelta(days=3_000))
    skew(vigil, 7_000_000)

    verdict, advice, _ = await asked(vigil)

    assert verdict == "5 things need attention."
    assert [one.split()[0] for one in advice] == ["Every", "2", "Vigil", "By", f"{texts(vigil)}"]
    assert len(vigil.group().last["text"]) < 2_000


async def test_a_monitor_asks_without_a_message(vigil: Vigil) -> None:
    await ticked(vigil)

    found = await vigil.services.checkup.health()

    assert (found.clock_ahead, found.concerns) == (None, [])


@pytest.mark.parametrize("role", [Role.SUPPORTER, Role.VIEWER])
async def test_only_the_staff_is_answered(role: Role, start: Start) -> None:
    vigil = await start()
    vigil = await ticked(await start(owners=frozenset({vigil.world.admins[0].id})))
    owner, other = (admin.id for admin in vigil.world.admins[:2])
    await vigil.services.staff.appoint(owner, other, role)

    assert (await vigil.group(1).say("/health")).startswith(WELL) is (role > 0)


def skew(vigil: Vigil, ahead: int) -> None:
    """Set Vigil's clock so many seconds ahead of the one that dates the messages."""
    there = Clock(vigil.world.clock.now)
    there.offset = timedelta(seconds=-ahead)
    vigil.world.clock = there


@asynccontextmanager
async def reader(vigil: Vigil) -> AsyncIterator[None]:
    """Somebody who holds on to the database as it was."""
    async with vigil.database.read() as db:
        await db.exec_driver_sql("BEGIN")
        await db.execute(notices.select())
        await vigil.services.updates.handled(1)
        yield
        await db.exec_driver_sql("COMMIT")


def texts(vigil: Vigil) -> int:
    """How many texts have a review date: all of them pass it at some time."""
    return vigil.services.editorial.states().total()
