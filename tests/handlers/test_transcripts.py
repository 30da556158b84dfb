"""A petition from draft to won, and a stop that a family asks for, as all of them read it."""

from datetime import timedelta
from pathlib import Path

import pytest

from handlers.admin.cases import tell_stopped
from playground.world import World
from tests.conftest import PETITION, Shelf, Start, Vigil
from tests.handlers.organiser import desk
from tests.handlers.test_cases import FAMILY, news, reply, sent
from tests.handlers.test_choosing import YES
from tests.handlers.test_following import CASE
from tests.handlers.test_petition_life import SLUG, WORDS
from tests.transcript import Transcript

FOLDER = Path(__file__).parent / "transcripts"
GROUP, ALONE = "in the admin group", "alone with the bot"


async def test_a_petition_from_draft_to_won(vigil: Vigil) -> None:
    script = Transcript(vigil.world, "A petition from draft to won")
    hanna, omar = (script.talk(vigil.group(n), GROUP) for n in range(2))
    amara, late = (script.talk(vigil.chat(n), ALONE) for n in range(2))
    await hanna.say("/petition")
    await hanna.tap("New petition")
    for words in WORDS:
        await hanna.say(words)
    for label, typed in (
        ("Consent", "Her sister agreed in writing, 3 February, file 12."),
        ("Goal", "500"),
        ("Deadline", "8 March 18:00"),
    ):
        await hanna.tap(label)
        await hanna.say(typed)
    await hanna.tap("Preview")
    await hanna.tap("Ask for the review")
    await hanna.tap("Open it")
    await omar.tap("Open it")

    await amara.link(f"petition-{SLUG}")
    await amara.tap("Add my name")
    await amara.tap(amara.buttons[0])
    vigil.world.clock.jump(timedelta(days=1))
    await hanna.tap("Text: English")
    await hanna.tap("Demand")
    await hanna.say("We call on you to release Samira at once.")
    await omar.tap("Accept the correction")
    await late.link(f"petition-{SLUG}")
    await late.tap("Count me without my name")
    await late.tap("Count me")
    await hanna.tap("Pause")
    await omar.tap("Let people sign again")
    await late.tap("Take it back")
    await late.tap("Yes, take it back")
    await late.link(f"petition-{SLUG}")
    await late.tap("Count me without my name")

    vigil.world.clock.jump(timedelta(days=6, hours=6, seconds=1))
    await vigil.services.housekeeping.tick()
    script.note("The deadline has passed")
    await late.tap("Count me")
    await hanna.say(f"/petition {SLUG}")
    await hanna.tap("It was handed over…")
    await hanna.tap("It was handed over")
    await amara.say("/mysignatures")
    await amara.tap("Take it back")
    await amara.tap("Keep it")
    vigil.world.clock.jump(timedelta(days=20))
    await omar.tap("Won…")
    await omar.say("Samira came home on 28 March.")
    await amara.link(f"petition-{SLUG}")
    await hanna.say("/audit")
    assert script.matches(FOLDER / "petition_from_draft_to_won.txt")


class TestStop:
    """Three of a crowd follow the case that stands behind the petition."""

    @pytest.fixture
    def shelf(self, shelf: Shelf) -> Shelf:
        shelf[PETITION] = shelf[PETITION].model_copy(update={"case": CASE})
        return shelf

    @pytest.fixture
    async def vigil(self, start: Start, world: World) -> Vigil:
        vigil = await start(owners=frozenset({world.admins[0].id}))
        await desk.staffed(vigil)
        return vigil

    async def test_a_family_asks_to_stop(self, vigil: Vigil) -> None:
        script = Transcript(vigil.world, "A family asks to stop")
        hanna = script.talk(vigil.group(), GROUP)
        amara, signer = (script.talk(vigil.chat(n), ALONE) for n in range(2))
        await amara.link(f"case-{CASE}")
        await amara.tap("Follow this case")
        await amara.tap(YES)
        await signer.link(f"petition-{PETITION}")
        await signer.tap("Count me without my name")
        await signer.tap("Count me")
        await news(vigil)
        await sent(vigil)
        script.note("News of the case has gone out")
        amara.show()

        await hanna.say(f"/case@vigil_playground_bot stop {CASE}")
        await hanna.tap("Words: English")
        await reply(hanna, FAMILY)
        await hanna.tap("Stop now")
        await vigil.sent()
        await tell_stopped(vigil.app.bot, vigil.services)
        script.note("What was delivered has been replaced")
        amara.show()
        await signer.link(f"petition-{PETITION}")
        await signer.say("/mysignatures")
        await hanna.say(f"/case@vigil_playground_bot {CASE}")
        await hanna.say("/audit")
        assert script.matches(FOLDER / "stop_action.txt")
