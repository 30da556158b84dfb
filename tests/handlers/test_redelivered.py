"""A thousand updates that Telegram delivers once more, since we never confirmed them."""

from collections import Counter

import pytest

from playground.world import World
from tests.conftest import Start, Vigil
from tests.handlers.organiser import desk
from tests.handlers.rows import all_rows
from tests.handlers.test_choosing import URGENT, YES
from tests.handlers.test_following import CASE
from tests.handlers.test_signing import LINK

PEOPLE = 40
NAME = "Leyla Kaya"
STEPS = (
    f"start {LINK}", "[Count me without my name]", "[Count me]", "/mysignatures",
    "[Take it back]", "[Yes, take it back]",
    f"start {LINK}", "[Add my name]", "[Write another name]", NAME, f"[Sign as \u2068{NAME}\u2069]",
    "[Share]", "inline cameroon",
    "What is torture?", "/alerts", f"[{URGENT}]", f"[{YES}]",
    f"start case-{CASE}", "[Follow this case]", f"[{YES}]",
    "/settings", "[Quiet hours]", "[22:00 to 07:00]", "blocks", "comes back",
)  # fmt: skip
LAST = (("/mydata",), ("STOP",), ("/forgetme", "[Erase everything]"), ("/cancel",))
"""What each does at the end, by turns."""


@pytest.fixture
async def world() -> World:
    return desk.crowded(PEOPLE)


def act(world: World, person: int, step: str) -> None:
    """Do it, and wait for nothing."""
    verb, _, what = step.partition(" ")
    if step.startswith("["):
        world.press(person, step.strip("[]"))
    elif verb == "start":
        world.link(person, what)
    elif verb == "inline":
        world.ask_inline(person, what)
    elif step in {"blocks", "comes back"}:
        world.block(person, blocked=step == "blocks")
    else:
        world.say(person, step)


async def live(vigil: Vigil) -> None:
    """All at once, each doing one thing after the other."""
    world = vigil.world
    for step in STEPS:
        for person in world.crowd.ids:
            act(world, person, step)
        await world.settled()
    for place, person in enumerate(world.crowd.ids):
        for step in LAST[place % len(LAST)]:
            act(world, person, step)
            await world.settled()


async def test_a_thousand_updates_that_come_again_after_a_restart_change_nothing(
    start: Start,
) -> None:
    vigil = await start()
    world = vigil.world
    await live(vigil)
    vigil = await start()
    before, updates = await all_rows(vigil.database), list(world.updates.confirmed)
    messages = {person: list(world.chat(person).messages) for person in world.crowd.ids}
    calls = Counter(call.method for call in world.calls)
    assert len(updates) >= 1_000
    kinds = {kind for update in updates for kind in update} - {"update_id"}
    assert kinds == {"message", "callback_query", "inline_query", "my_chat_member"}
    signed, chosen = before["signatures"], before["choices"]
    assert [len(signed), len(chosen)] == [PEOPLE * 3 // 4, PEOPLE]

    for update in updates:
        world.redeliver(update["update_id"])
    await world.settled(within=60)

    after = await all_rows(vigil.database)
    assert after["signatures"] == signed
    assert after["choices"] == chosen
    assert {person: list(world.chat(person).messages) for person in messages} == messages
    assert Counter(call.method for call in world.calls) - calls == Counter()
    assert after == before
