"""An alert's way through the house, each stretch of it one call."""

import asyncio
from collections import Counter
from datetime import timedelta

from bot.models import AlertState, Choice, DeliveryState, Role, Topic
from bot.services.choices import CURRENT
from bot.store import alerts, audiences, crowd
from handlers.admin.cards import Keeper
from playground.faults import Fault
from playground.world import World
from tests.conftest import NOON, Vigil
from tests.conversation import Chat, words

TEXT = "They hold Samira without a lawyer. Ask for one."
MINUTE = timedelta(minutes=1)
PATIENCE = 30  # seconds; only what hangs takes that long


class Hands:
    """A keeper, and the hands of its clock, in seconds."""

    def __init__(self, vigil: Vigil) -> None:
        self.at = 0.0
        self.keeper = Keeper(vigil.app.bot, vigil.services, lambda: self.at)

    async def keep(self, after: float = 0.0) -> None:
        self.at += after
        await self.keeper.keep()


def crowded(people: int, *, basic_admin_group: bool = False) -> World:
    """A playground with so many people beside the cast, none of whom blocks the bot or acts."""
    world = World(
        now=lambda: NOON,
        rate=1_000,
        group_rate=1_000,
        crowd=people,
        crowd_acts=False,
        basic_admin_group=basic_admin_group,
    )
    for person in world.crowd.people.values():
        person.blocked = False
    return world


async def enrol(vigil: Vigil, first: int = 0, last: int | None = None) -> None:
    """Let people of the crowd have said yes to urgent actions."""
    people = vigil.world.crowd.ids[first:last]
    yes = Choice(Topic.URGENT, "", "yes", CURRENT[Topic.URGENT], NOON)
    async with vigil.database.write() as db:
        languages = dict.fromkeys(people, "en")
        await crowd.enrol(db, languages, [(person, yes) for person in people], NOON)


async def staffed(vigil: Vigil) -> None:
    """Ravi is an organiser; Hanna, and Omar where the settings do not say so, may approve."""
    hanna, omar = (admin.id for admin in vigil.world.admins)
    await vigil.services.staff.appoint(hanna, vigil.world.organiser.id, Role.ORGANISER)
    if omar not in vigil.settings.owners:
        await vigil.services.staff.appoint(hanna, omar, Role.ADMIN)


async def draft(vigil: Vigil, *, author: Chat | None = None, when: str | None = None) -> int:
    """An urgent action that only has to be submitted; its number."""
    chat = author or vigil.organiser()
    await chat.say("/alert")
    await chat.tap("Urgent action")
    await chat.tap("Text")
    await chat.say(TEXT)
    if when is not None:
        await chat.tap("When")
        await chat.say(when)
    await chat.tap("Until")
    await chat.say("3 March 18:00")
    return (await vigil.services.watching.drafts())[-1].id


async def submit(vigil: Vigil, *, author: Chat | None = None, when: str | None = None) -> int:
    """The same, submitted, with its card in the admin group."""
    number = await draft(vigil, author=author, when=when)
    await (author or vigil.organiser()).tap("Submit for approval")
    await vigil.keep()
    return number


async def approve(vigil: Vigil, *, when: str | None = None) -> int:
    """The same, approved by Hanna."""
    number = await submit(vigil, when=when)
    await tap(vigil.group(), "Approve")
    return number


async def begun(vigil: Vigil) -> int:
    """An alert that has started, with all its people in the ledger; nothing goes out by itself."""
    number = await approve(vigil)
    vigil.world.clock.jump(MINUTE)
    await vigil.services.schedule.tick()
    alert = (await vigil.services.watching.one(number)).alert
    async with vigil.database.write() as db:
        await audiences.enlist(db, number, alert.audience, CURRENT, alert.enlisted_to or 0)
        await alerts.change(db, number, enlisted_to=None)
    return number


async def halted(vigil: Vigil, at: int = 12) -> int:
    """The same, when some have it, and Telegram lets the others wait longer than any test lasts.

    Only another process goes on at once: this one would wait.
    """
    number = await approve(vigil)
    last = vigil.world.crowd.ids[at]
    vigil.world.faults.add(Fault("flood", chat=last, retry_after=3_600))
    vigil.world.clock.jump(MINUTE)
    await vigil.look()
    async with asyncio.timeout(PATIENCE):
        while vigil.world.faults.waiting:  # noqa: ASYNC110 - the playground rings no bell for this
            await asyncio.sleep(0.005)
        while await on_the_wire(vigil, number):  # noqa: ASYNC110 - nor for this
            await asyncio.sleep(0.005)
    return number


async def on_the_wire(vigil: Vigil, number: int) -> int:
    return (await vigil.services.watching.one(number)).number(DeliveryState.SENDING)


async def going(vigil: Vigil, least: int = 1) -> int:
    """The same, when at least so many have it; the rest goes on as fast as the settings let it."""
    number = await approve(vigil)
    vigil.world.clock.jump(MINUTE)
    await vigil.look()
    await vigil.keep()
    await arrived(vigil, least)
    return number


async def tap(chat: Chat, opening: str) -> str:
    """Press the newest button whose label begins like this."""
    return await chat.tap(label(chat, opening))


def label(chat: Chat, opening: str) -> str:
    for message in reversed(chat.messages):
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in (one for row in rows for one in row):
            if button["text"].startswith(opening):
                return str(button["text"])
    raise AssertionError(f"no button begins with {opening!r}")


def enter(vigil: Vigil, user: int) -> Chat:
    """Somebody's place in the admin group, which she comes into."""
    group = vigil.world.admin_chat
    if user not in group.members:
        group.members.append(user)
    return Chat(vigil.world, user, group.id)


async def appoint(vigil: Vigil, person: int, role: Role) -> None:
    await vigil.services.staff.appoint(vigil.world.admins[0].id, person, role)


def kept(vigil: Vigil, opening: str = "Approve") -> tuple[int, str]:
    """Message and data of a button that somebody has before her eyes."""
    for message in reversed(vigil.world.admin_chat.messages):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if button["text"].startswith(opening):
                    return message["message_id"], button["callback_data"]
    raise AssertionError(opening)


async def press(chat: Chat, button: tuple[int, str]) -> str:
    """The pop-up that a kept button answers with, or what the bot said or changed."""
    before = len(chat.popups)
    message, data = button
    said = await chat.send_data(data, message)
    return chat.popups[-1] if len(chat.popups) > before else said


async def forge(chat: Chat, data: str) -> str:
    """Tap a button that was never shown to this person."""
    await chat.send_data(data)
    return chat.popups[-1]


async def state(vigil: Vigil, number: int) -> tuple[AlertState, str | None]:
    """Where it stands, and why."""
    alert = (await vigil.services.watching.one(number)).alert
    return alert.state, alert.reason


async def figures(vigil: Vigil, number: int) -> dict[tuple[str, str], int]:
    """How many, by state and reason."""
    totals = (await vigil.services.watching.one(number)).totals
    return {(str(outcome), reason): n for (outcome, reason), n in totals.items() if n}


def received(vigil: Vigil) -> Counter[int]:
    """How many messages each of the crowd has got."""
    return vigil.world.crowd.received


def cards(vigil: Vigil, number: int) -> list[str]:
    """What the admin group's cards of an alert say, oldest first; only a question is a new one."""
    opening = f"Urgent action · {number}\n"
    said = (words(message) for message in vigil.world.admin_chat.messages)
    return [text for text in said if text.startswith(opening)]


def card(vigil: Vigil, number: int) -> str:
    """The newest of them."""
    return cards(vigil, number)[-1]


def reports(vigil: Vigil, number: int) -> list[str]:
    opening = f"Report: Urgent action {number}\n"
    said = (words(message) for message in vigil.world.admin_chat.messages)
    return [text for text in said if text.startswith(opening)]


async def arrived(vigil: Vigil, least: int) -> None:
    """Return as soon as the crowd has so many messages."""
    async with asyncio.timeout(PATIENCE):
        while received(vigil).total() < least:  # noqa: ASYNC110 - the playground rings no bell
            await asyncio.sleep(0.005)
