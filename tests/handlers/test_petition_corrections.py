"""A correction of a petition that runs, and what becomes of it when the petition pauses or ends."""

from datetime import timedelta

import pytest

from tests.conftest import Start, Vigil
from tests.conversation import Chat, plain
from tests.handlers.test_petition_life import SLUG, opened, ready

MINUTES = timedelta(minutes=10)
WORDS = "We call on you to release Samira at once."


async def correct(ada: Chat) -> str:
    """Write another demand, which then waits for a yes."""
    await ada.say(f"/petition {SLUG}")
    await ada.tap("Text: English")
    await ada.tap("Demand")
    return await ada.say(WORDS)


async def test_after_a_pause_the_author_may_still_not_accept_her_own_words(vigil: Vigil) -> None:
    """Also when it was `petition open` that ended the pause, at the program's machine."""
    await opened(vigil)
    ada, bo = vigil.group(0), vigil.group(1)
    assert "A correction waits." in await correct(ada)
    await ada.tap("Pause")
    await vigil.services.petitions.open(SLUG)
    await ada.say(f"/petition {SLUG}")

    await ada.tap("Accept the correction")

    assert "You had a hand in this one." in ada.popups[-1]
    assert WORDS not in await vigil.chat().link(f"petition-{SLUG}")
    await bo.say(f"/petition {SLUG}")
    await bo.tap("Accept the correction")
    assert WORDS in await vigil.chat().link(f"petition-{SLUG}")


async def alone(start: Start) -> Vigil:
    """The only admin has opened a petition of hers, and agreed to a correction of hers."""
    vigil = await start()
    vigil = await start(owners=frozenset({vigil.group().user}))
    ada = vigil.group()
    await ready(ada)
    await ada.tap("Open it")
    vigil.world.clock.jump(MINUTES)
    await vigil.services.housekeeping.tick()
    await vigil.services.petition_desk.refresh()
    await correct(ada)
    assert "Agreed. It takes effect at" in await ada.tap("Accept the correction")
    return vigil


async def test_what_was_agreed_to_takes_effect_though_it_paused_meanwhile(start: Start) -> None:
    vigil = await alone(start)
    await vigil.group().tap("Pause")
    await vigil.services.petitions.open(SLUG)
    assert "Agreed. It takes effect at" in await vigil.group().say(f"/petition {SLUG}")
    vigil.world.clock.jump(MINUTES)
    await vigil.services.housekeeping.tick()
    await vigil.services.petition_desk.refresh()
    assert WORDS in await vigil.chat().link(f"petition-{SLUG}")


@pytest.mark.parametrize("way", ["by hand", "by the operator", "withdrawn"])
async def test_a_petition_that_ended_promises_no_correction(way: str, start: Start) -> None:
    vigil = await alone(start)
    ada = vigil.group()
    if way == "by hand":
        await ada.tap("Close…")
        await ada.tap("Close it")
    elif way == "by the operator":
        await vigil.services.petitions.close(SLUG)
    else:
        await ada.tap("Withdraw…")
        await ada.say("Her family asked for it.")

    page = plain(await ada.say(f"/petition {SLUG}"))

    assert page.startswith(f"Free Samira · {'withdrawn' if way == 'withdrawn' else 'closed'}")
    assert "takes effect" not in page
    vigil.world.clock.jump(MINUTES)
    await vigil.services.housekeeping.tick()
    assert WORDS not in await vigil.chat().link(f"petition-{SLUG}")
