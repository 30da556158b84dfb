"""The one reminder of a letter: to whom, at which hour, and to whom never."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import handlers
from bot.content import Content
from bot.models import Fate, QuietHours, Supporter
from bot.models.cases import EndingState
from bot.services.letters import _times
from bot.store import cases
from playground.faults import Fault
from playground.world import World
from tests.conftest import Start, Vigil
from tests.conversation import Chat, words
from tests.handlers.letters import LETTER, letter, some
from tests.handlers.organiser import desk
from tests.handlers.rows import all_rows, rows_about
from tests.services.copies.conftest import Backup, Restore, back_up, kept, restore

__all__ = ["back_up", "kept", "restore"]

DAY, HOUR, QUARTER = timedelta(days=1), timedelta(hours=1), timedelta(minutes=15)
MORNING = datetime(2027, 3, 9, 10, tzinfo=UTC)  # of the day before the last one
OVER = datetime(2027, 3, 11, tzinfo=UTC)
PEOPLE = 16


@pytest.fixture
async def world() -> World:
    return desk.crowded(PEOPLE)


@pytest.fixture
def content(content: Content) -> Content:
    language = replace(content.language("en"), letters=some())
    return replace(content, languages={"en": language})


def crowd(vigil: Vigil) -> list[Chat]:
    return [Chat(vigil.world, person) for person in vigil.world.crowd.ids]


async def ask(chat: Chat, slug: str = LETTER) -> None:
    assert "You asked to be reminded once" in await chat.send_data(f"letter:remind:{slug}")


async def opened(chat: Chat) -> Chat:
    await chat.link("letter-write")
    return chat


def reminders(chat: Chat) -> list[str]:
    found = (words(one) for one in chat.messages if one["from"]["is_bot"])
    return [one for one in found if one.startswith("You asked to be reminded of a letter")]


async def prefer(vigil: Vigil, chat: Chat, **wanted: object) -> None:
    await vigil.services.preferences.change(Supporter(chat.user, "en"), **wanted)


def jump(vigil: Vigil, moment: datetime) -> None:
    vigil.world.clock.jump(moment - vigil.world.clock.now())


async def tick(vigil: Vigil) -> None:
    await handlers.tell_of_letters(vigil.app.bot, vigil.services)


Prepare = Callable[[Vigil, Chat], Awaitable[object]]


def zone(name: str) -> Prepare:
    return lambda vigil, chat: prefer(vigil, chat, zone=name)


def hours(begin: int, end: int) -> Prepare:
    quiet = QuietHours(begin * 60, end * 60)
    return lambda vigil, chat: prefer(vigil, chat, quiet_hours=quiet)


def rests(span: timedelta) -> Prepare:
    async def leave(vigil: Vigil, chat: Chat) -> None:
        await vigil.services.supporters.leave_in_peace(Supporter(chat.user, "en"), span)

    return leave


async def limited(vigil: Vigil, chat: Chat) -> None:
    await prefer(vigil, chat, per_week=1)


async def gone(vigil: Vigil, chat: Chat) -> None:
    vigil.world.block(chat.user)
    await vigil.world.settled()


def said(command: str) -> Prepare:
    return lambda _, chat: chat.say(command)


def tapped(data: str) -> Prepare:
    return lambda _, chat: chat.send_data(data)


async def nothing(_: Vigil, __: Chat) -> None:
    return


TABLE: tuple[tuple[str, Prepare, datetime | None], ...] = (
    ("by the house's clock", nothing, MORNING),
    ("her weekly limit is for what she did not ask for", limited, MORNING),
    ("Lima", zone("America/Lima"), MORNING + 5 * HOUR),
    ("where the last day is a day later", zone("Pacific/Kiritimati"), MORNING + 10 * HOUR),
    ("Pago Pago", zone("Pacific/Pago_Pago"), MORNING + 11 * HOUR),
    ("Kathmandu", zone("Asia/Kathmandu"), datetime(2027, 3, 10, 4, 15, tzinfo=UTC)),
    ("sleeps until half past eleven", hours(8, 12), MORNING + 2 * HOUR),
    ("sleeps by day", hours(9, 19), MORNING + 9 * HOUR),
    ("sleeps always", hours(9, 9), None),
    ("rests until the afternoon", rests(timedelta(days=8, hours=3)), MORNING + 5 * HOUR),
    ("rests until the last morning", rests(timedelta(days=8, hours=20)), MORNING + DAY),
    ("rests for a month", rests(30 * DAY), None),
    ("said stop", said("/stop"), None),
    ("has written", tapped("letter:sent:write"), None),
    ("thought again", tapped("letter:forgo:write"), None),
    ("blocked the bot", gone, None),
)  # fmt: skip


async def test_everybody_has_it_once_at_her_hour_or_never(start: Start, world: World) -> None:
    """A walk over the two days in quarters of an hour, with a restart in the midst of each."""
    vigil = await start()
    people = crowd(vigil)
    assert len(TABLE) == len(people)
    for chat, (_, prepare, _) in zip(people, TABLE, strict=True):
        await opened(chat)
        await ask(chat)
        await prepare(vigil, chat)
    assert await vigil.services.reminders.next_moment() == MORNING

    got: dict[int, list[datetime]] = {chat.user: [] for chat in people}
    jump(vigil, MORNING - 10 * HOUR)
    while world.clock.now() <= OVER + HOUR:
        if world.clock.now().hour == 15 and not world.clock.now().minute:
            vigil = await start()
        for _ in range(2):
            before = {chat.user: len(reminders(chat)) for chat in people}
            await tick(vigil)
            for chat in people:
                new = len(reminders(chat)) - before[chat.user]
                got[chat.user] += [world.clock.now()] * new
        world.clock.jump(QUARTER)

    for chat, (name, _, at) in zip(people, TABLE, strict=True):
        assert got[chat.user] == ([at] if at else []), name
    assert (await all_rows(vigil.database))["letter_reminders"] == []
    first = people[0]
    assert not any((await rows_about(vigil.database, first.user)).values())
    [only] = reminders(first)
    assert only == (
        "You asked to be reminded of a letter: Letter write\n\nIt helps until the end of 10 March "
        "2027. This is the only reminder."
    )
    assert first.last["message_id"] in world.chat(first.id).silent
    assert "The time for this letter was over" in await first.tap("Open the letter")


async def test_between_being_found_and_being_told_she_is_asked_again(
    vigil: Vigil, world: World
) -> None:
    stops, writes, erases, stays = people = crowd(vigil)[:4]
    for chat in people:
        await opened(chat)
        await ask(chat)
    jump(vigil, MORNING)
    due = await vigil.services.reminders.due()
    assert [one.person for one in due] == sorted(chat.user for chat in people)
    await stops.say("/stop")
    await writes.send_data("letter:sent:write")
    await erases.say("/forgetme")
    await erases.tap("Erase everything")

    told = [await vigil.services.reminders.claim(one) for one in due]
    assert sum(one is not None for one in told) == 1
    assert [await vigil.services.reminders.claim(one) for one in due] == [None] * 4
    assert not (await rows_about(vigil.database, stays.user))["supporters"]


async def test_twenty_at_a_tick_and_none_while_all_sends_are_stopped(
    vigil: Vigil, world: World
) -> None:
    people = [*crowd(vigil), *(vigil.chat(number) for number in range(6))]
    owner = world.admins[0].id
    for chat in people:
        await opened(chat)
        await ask(chat)
    await vigil.services.control.freeze(owner)
    jump(vigil, MORNING)
    await tick(vigil)
    assert sum(len(reminders(chat)) for chat in people) == 0
    await vigil.services.control.unfreeze(owner)
    world.clock.jump(QUARTER)
    await tick(vigil)
    assert sum(len(reminders(chat)) for chat in people) == 20
    await tick(vigil)
    await tick(vigil)
    assert [len(reminders(chat)) for chat in people] == [1] * len(people)


async def test_who_cannot_be_reached_holds_nobody_up_and_is_not_tried_again(
    vigil: Vigil, world: World
) -> None:
    lost, other, away = people = crowd(vigil)[:3]
    for chat in people:
        await opened(chat)
        await ask(chat)
    world.faults.add(Fault("blocked", "sendMessage", lost.user))
    world.block(away.user)
    await world.settled()
    jump(vigil, MORNING)
    await tick(vigil)
    world.block(away.user, blocked=False)
    await world.settled()
    assert (len(reminders(lost)), len(reminders(other))) == (0, 1)
    world.clock.jump(QUARTER)
    await tick(vigil)
    assert (len(reminders(lost)), len(reminders(away))) == (0, 1)
    assert (await all_rows(vigil.database))["letter_reminders"] == []


async def test_a_family_that_asks_to_stop_ends_the_reminders_as_well(vigil: Vigil) -> None:
    chat = await opened(crowd(vigil)[0])
    await ask(chat, "write-angel")
    await ask(chat)
    async with vigil.database.write() as db:
        number = await cases.add(db, "angel-colon", Fate.CLOSED, "S-1", vigil.world.clock.now())
        now = vigil.world.clock.now()
        await cases.change(db, number, state=EndingState.DONE, words={"en": "No"}, decided_at=now)
    await tick(vigil)
    rows = (await all_rows(vigil.database))["letter_reminders"]
    assert [row["letter"] for row in rows] == [LETTER]


async def test_a_deadline_that_moves_takes_the_reminder_along(
    start: Start, content: Content
) -> None:
    vigil = await start()
    chat = await opened(crowd(vigil)[0])
    await ask(chat)
    letters = {LETTER: letter(LETTER, deadline=date(2027, 3, 12))}
    shelf = vigil.services.shelf
    later = replace(content, languages={"en": replace(content.language("en"), letters=letters)})
    shelf.replace(replace(shelf.edition, content=later))
    for moment, number in ((MORNING, 0), (MORNING + 2 * DAY, 1)):
        jump(vigil, moment)
        await tick(vigil)
        assert len(reminders(chat)) == number


async def test_a_restored_backup_reminds_nobody_who_has_thought_again(
    start: Start, back_up: Backup, restore: Restore
) -> None:
    vigil = await start()
    stops, writes, forgoes, stays = people = crowd(vigil)[:4]
    for chat in people:
        await opened(chat)
        await ask(chat)
    await back_up(vigil)
    await stops.say("/stop")
    await ask(stops, "write-long")  # which a backup cannot know
    await writes.send_data("letter:sent:write")
    await forgoes.send_data("letter:forgo:write")

    vigil = await restore(vigil)
    rows = (await all_rows(vigil.database))["letter_reminders"]
    assert rows == [{"supporter_id": stays.user, "letter": LETTER}]
    assert not any((await rows_about(vigil.database, forgoes.user)).values())


@pytest.mark.parametrize(
    ("day", "zone", "at"),
    [
        ((2027, 3, 14), "America/New_York", "2027-03-13T15:00"),  # clocks go forward that night
        ((2027, 11, 7), "America/New_York", "2027-11-06T14:00"),  # and back
        ((2027, 3, 29), "Europe/Paris", "2027-03-28T08:00"),
        ((2027, 1, 1), "Asia/Tokyo", "2026-12-31T01:00"),
        ((2028, 3, 1), "UTC", "2028-02-29T10:00"),
    ],
)
def test_the_morning_before_is_ten_by_the_clock(
    day: tuple[int, int, int], zone: str, at: str
) -> None:
    """Both clocks hang in the same place here."""
    clock = ZoneInfo(zone)
    closing = _times.closes_at(letter(LETTER, deadline=date(*day)), clock)
    assert _times.remind_at(closing, clock) == datetime.fromisoformat(at).replace(tzinfo=UTC)
