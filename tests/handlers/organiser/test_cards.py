"""The card of an alert in the admin group: one, kept, and never too often."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import pytest

from bot.models import DeliveryState, Reason
from bot.store import deliveries
from bot.store.deliveries import Record
from playground.faults import Fault
from playground.world import World
from tests.conftest import Start, Vigil
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE

SENT = DeliveryState.SENT
PEOPLE = 40
CANCEL = "Cancel for good"


@pytest.fixture
async def world() -> World:
    return desk.crowded(PEOPLE)


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    """Both admins are owners; forty people want urgent actions."""
    vigil = await start()
    await desk.staffed(vigil)
    await desk.enrol(vigil)
    return vigil


async def settle(
    vigil: Vigil,
    number: int,
    people: Sequence[int],
    state: DeliveryState = SENT,
    reason: Reason | None = None,
) -> None:
    """Let so many of the crowd have been served, as the sender writes it down."""
    alert, now = (await vigil.services.watching.one(number)).alert, vigil.services.now()
    async with vigil.database.write() as db:
        granted = await deliveries.claim(db, alert, people, now)
        assert {one.person for one in granted} == set(people)
        found = [Record(number, person, state, reason) for person in people]
        await deliveries.record(db, found, now)


def edits(vigil: Vigil) -> int:
    """How often a message in the admin group was edited, or asked to be."""
    group = vigil.world.admin_chat.id
    calls = [one for one in vigil.world.calls if one.method == "editMessageText"]
    return sum(one.chat_id == group for one in calls)


async def test_one_card_goes_with_it_from_approval_to_its_end(vigil: Vigil) -> None:
    hands, ravi = desk.Hands(vigil), vigil.organiser()
    number = await desk.draft(vigil)
    await ravi.tap("Submit for approval")
    await hands.keep()
    kept = (await vigil.services.watching.one(number)).alert.card
    assert "Waits for approval. Written by Ravi Sandoval." in desk.card(vigil, number)
    await desk.tap(vigil.group(), "Approve")
    assert "Approved by Hanna Lindqvist. It can be cancelled" in desk.card(vigil, number)
    vigil.world.clock.jump(MINUTE)
    await vigil.services.schedule.tick()
    await hands.keep(5)
    assert "Is being sent." in desk.card(vigil, number)
    await vigil.group().tap("Pause")
    assert "Paused." in desk.card(vigil, number)
    await vigil.group().tap("Go on")
    await vigil.look()
    await desk.arrived(vigil, PEOPLE)
    await vigil.sent()
    assert "Finished." in desk.card(vigil, number)
    assert len(desk.cards(vigil, number)) == 1
    assert (await vigil.services.watching.one(number)).alert.card == kept


async def test_what_is_to_be_approved_stands_above_its_card(vigil: Vigil) -> None:
    await desk.submit(vigil)
    shown, card = vigil.world.admin_chat.messages[-2:]
    assert shown["text"] == desk.TEXT
    [buttons] = shown["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in buttons] == ["Choose what I get", "Stop"]
    assert card["text"].startswith("Urgent action · 1\nWaits for approval.")


async def test_a_card_is_edited_every_five_seconds_at_most(vigil: Vigil) -> None:
    number, hands = await desk.begun(vigil), desk.Hands(vigil)
    people = vigil.world.crowd.ids
    await hands.keep()
    before = edits(vigil)
    await settle(vigil, number, people[:10])
    await hands.keep(4.9)
    assert edits(vigil) == before
    await hands.keep(0.1)
    assert edits(vigil) == before + 1
    assert f"10 of {PEOPLE}" in desk.card(vigil, number)
    await hands.keep(5)
    assert edits(vigil) == before + 2  # the speed has gone from it
    await hands.keep(5)
    assert edits(vigil) == before + 2  # and then nothing has changed


async def test_two_cards_share_what_a_group_may_be_told(vigil: Vigil) -> None:
    first, hands = await desk.begun(vigil), desk.Hands(vigil)
    await desk.submit(vigil)
    await hands.keep()
    before = edits(vigil)
    await settle(vigil, first, vigil.world.crowd.ids[:10])
    await hands.keep(9.9)
    assert edits(vigil) == before
    await hands.keep(0.1)
    assert edits(vigil) == before + 1


async def test_a_card_says_how_fast_it_goes_and_how_long_it_takes(vigil: Vigil) -> None:
    number, hands = await desk.begun(vigil), desk.Hands(vigil)
    await hands.keep()
    assert "a second" not in desk.card(vigil, number)
    assert "0 %" in desk.card(vigil, number)
    await settle(vigil, number, vigil.world.crowd.ids[:20])
    await hands.keep(10)
    card = desk.card(vigil, number)
    assert "50 %" in card
    assert "2 a second · about 10 s left" in card
    await settle(vigil, number, vigil.world.crowd.ids[20:39])
    await hands.keep(10)
    card = desk.card(vigil, number)
    assert "97 %" in card
    [bar] = re.findall(r"(\S+) 97 %", card)
    assert len(set(bar)) == 2  # it is not drawn full before everybody is served


async def test_a_card_says_why_nothing_goes_out_at_its_time(vigil: Vigil) -> None:
    number = await desk.approve(vigil)
    await vigil.group().say("/freeze")
    vigil.world.clock.jump(2 * MINUTE)
    await vigil.sent()
    card = desk.card(vigil, number)
    assert "Approved by Hanna Lindqvist" in card
    assert "All sends are stopped, this one with them. /health says why." in card
    await vigil.group().say("/unfreeze")
    await vigil.sent()
    assert "sends are stopped" not in desk.card(vigil, number)


async def test_a_deleted_card_comes_back(vigil: Vigil) -> None:
    number, hands = await desk.begun(vigil), desk.Hands(vigil)
    await hands.keep()
    card = (await vigil.services.watching.one(number)).alert.card
    assert card is not None
    vigil.world.admin_chat.remove([card])
    await settle(vigil, number, vigil.world.crowd.ids[:10])
    for _ in range(4):
        await hands.keep(5)
    assert len(desk.cards(vigil, number)) == 1
    assert f"10 of {PEOPLE}" in desk.card(vigil, number)
    assert vigil.group().buttons == ["Pause"]


async def test_a_question_that_could_not_be_asked_is_asked_later(vigil: Vigil) -> None:
    """Telegram fails just when an alert is held: nobody may miss that."""
    number, hands = await desk.approve(vigil, when="1 March 18:00"), desk.Hands(vigil)
    await hands.keep()
    vigil.world.clock.jump(timedelta(hours=9))
    await vigil.services.schedule.tick()
    group = vigil.world.admin_chat.id
    vigil.world.faults.add(Fault("bad_gateway", "editMessageText", group))
    await hands.keep(5)
    assert "Held back." not in desk.card(vigil, number)
    await hands.keep(60)
    assert "Held back." in desk.card(vigil, number)
    assert vigil.group().buttons == [f"Send it now to {PEOPLE} people", CANCEL]


Step = Callable[[Vigil], Awaitable[object]]


async def _nothing(_: Vigil) -> None:
    """As it is."""


async def _approve(vigil: Vigil) -> None:
    await desk.tap(vigil.group(), "Approve")


async def _start(vigil: Vigil) -> None:
    await _approve(vigil)
    vigil.world.clock.jump(MINUTE)
    await vigil.services.schedule.tick()


async def _pause(vigil: Vigil) -> None:
    await _start(vigil)
    await vigil.services.control.pause(1, vigil.world.admins[0].id)


async def _hold(vigil: Vigil) -> None:
    await _approve(vigil)
    vigil.world.clock.jump(20 * MINUTE)
    await vigil.services.schedule.tick()


async def _cancel(vigil: Vigil) -> None:
    await vigil.services.control.cancel(1, vigil.world.admins[0].id)


async def _expire(vigil: Vigil) -> None:
    vigil.world.clock.jump(timedelta(days=9))
    await vigil.services.schedule.tick()


async def _finish(vigil: Vigil) -> None:
    await _start(vigil)
    await vigil.sent()


@pytest.mark.parametrize(
    ("step", "buttons"),
    [
        (_nothing, [f"Approve: {PEOPLE} people", "Send back to its author", CANCEL]),
        (_approve, [CANCEL]),
        (_start, ["Pause"]),
        (_pause, ["Go on", CANCEL]),  # before anybody has it
        (_hold, [f"Send it now to {PEOPLE} people", CANCEL]),
        (_cancel, []),
        (_expire, []),
        (_finish, ["Recall it"]),
    ],
    ids=["waiting", "approved", "sending", "paused", "held", "cancelled", "expired", "finished"],
)
async def test_the_buttons_of_each_state(vigil: Vigil, step: Step, buttons: list[str]) -> None:
    await desk.submit(vigil)
    await step(vigil)
    await vigil.keep()
    asked = [
        button["text"]
        for message in vigil.world.admin_chat.messages
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if button.get("callback_data", "").startswith("admin:")
    ]
    assert asked == buttons
