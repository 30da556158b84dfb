"""What admins decide about a petition: what keeps it from opening, its texts, and corrections."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.content import Content, load
from bot.models import Supporter
from bot.store.schema import audit
from tests.conftest import Start, Vigil
from tests.conversation import Chat, plain
from tests.handlers.organiser import desk
from tests.handlers.test_petition_dates import INSTANT, MINUTE, sign, vigil_owner
from tests.handlers.test_petition_life import SLUG, WORDS, opened, ready, written

LINK = f"petition-{SLUG}"
FORMER = "release Samira, who has been held"
BETTER = "We call on you to release Samira at once."
WORSE = "We call on you to think of Samira."
WAITS = "A correction waits."
LACKS = ("A text has gaps", "The deadline is past", "It would close before it opens")


async def correct(admin: Chat, demand: str) -> str:
    await admin.say(f"/petition {SLUG}")
    await admin.tap("Text: English")
    await admin.tap("Demand")
    return plain(await admin.say(demand))


async def page(admin: Chat) -> str:
    return plain(await admin.say(f"/petition {SLUG}"))


def lacking(page: str) -> list[str]:
    return [one for one in LACKS if one in page]


async def test_what_keeps_it_from_opening_is_named_until_it_is_mended(vigil: Vigil) -> None:
    ada, clock = vigil.group(), vigil.world.clock
    await ada.say("/petition")
    await ada.tap("New petition")
    for words in WORDS[:3]:
        await ada.say(words)
    assert lacking(await ada.tap("Back")) == ["A text has gaps"]
    await ada.tap("Text: English")
    for field, words in zip(("Story", "Source", "As of"), WORDS[3:], strict=True):
        await ada.tap(field)
        await ada.say(words)
        await ada.tap("Text: English")
    await ada.tap("Back")
    await ada.tap("Consent")
    assert lacking(await ada.tap("It tells of nobody in particular")) == []

    for button, moment in (("Opening", "5 March 18:00"), ("Deadline", "4 March 18:00")):
        await ada.tap(button)
        await ada.say(moment)
    assert lacking(await page(ada)) == ["It would close before it opens"]
    assert "Ask for the review" not in ada.buttons
    await ada.tap("Opening")
    assert lacking(await ada.tap("None")) == []
    asks = desk.kept(vigil, "Ask for the review")

    clock.jump(timedelta(days=3, hours=6) - INSTANT)
    assert lacking(await page(ada)) == []
    clock.jump(INSTANT)
    assert lacking(await page(ada)) == ["The deadline is past"]
    assert "Ask for the review" not in ada.buttons
    await desk.press(ada, asks)
    assert "· draft" in await page(ada)
    await ada.tap("Deadline")
    assert lacking(await ada.say("5 March 18:00")) == []
    assert "· in review" in await ada.tap("Ask for the review")


async def test_words_that_were_refused_wait_for_nobody_any_more(vigil: Vigil) -> None:
    """Neither their author nor anybody else finds them again, and what comes next begins anew."""
    await opened(vigil)
    ada, bo = vigil.group(0), vigil.group(1)
    assert WAITS in await correct(ada, WORSE)
    accept = desk.kept(vigil, "Accept the correction")
    assert WAITS not in await bo.tap("Drop the correction")
    assert "Accept the correction" not in bo.buttons
    await desk.press(bo, accept)
    assert FORMER in await bo.tap("Text: English")
    assert WORSE not in bo.last["text"]
    assert FORMER in await vigil.chat().link(LINK)

    assert WAITS in await correct(bo, BETTER)
    assert "You had a hand in this one." in await desk.press(
        bo, desk.kept(vigil, "Accept the correction")
    )
    await ada.tap("Accept the correction")  # hers was the one before
    assert BETTER in await vigil.chat().link(LINK)


async def test_the_only_admin_waits_ten_minutes_for_her_own_correction(start: Start) -> None:
    vigil = await start(owners=frozenset({vigil_owner(await start())}))
    ada, amara = vigil.group(), vigil.chat()
    await ready(ada)
    await ada.tap("Open it")
    vigil.world.clock.jump(10 * MINUTE)
    await vigil.services.housekeeping.tick()
    assert WAITS in await correct(ada, BETTER)
    shown = plain(await ada.tap("Accept the correction"))
    assert "It takes effect at 1 March 2027, 12:20 UTC by itself" in shown
    assert "Accept the correction" not in ada.buttons

    vigil.world.clock.jump(10 * MINUTE - INSTANT)
    await vigil.services.housekeeping.tick()
    await vigil.services.petition_desk.refresh()
    assert FORMER in await amara.link(LINK)
    vigil.world.clock.jump(INSTANT)
    await vigil.services.housekeeping.tick()
    await vigil.services.petition_desk.refresh()
    assert BETTER in await amara.link(LINK)
    assert "version 2 of the text" in await sign(amara, SLUG)
    async with vigil.database.read() as db:
        acts = await db.scalars(
            select(audit.c.act)
            .where(audit.c.subject == f"petition:{SLUG}")
            .order_by(audit.c.number)
        )
        assert acts.all()[-2:] == ["petition correction approved", "petition corrected"]


async def test_the_only_admin_can_drop_her_correction_while_it_waits(start: Start) -> None:
    vigil = await start(owners=frozenset({vigil_owner(await start())}))
    ada = vigil.group()
    await ready(ada)
    await ada.tap("Open it")
    vigil.world.clock.jump(10 * MINUTE)
    await vigil.services.housekeeping.tick()
    await correct(ada, WORSE)
    await ada.tap("Accept the correction")
    await ada.tap("Drop the correction")
    vigil.world.clock.jump(10 * MINUTE)
    await vigil.services.housekeeping.tick()
    await vigil.services.petition_desk.refresh()
    assert FORMER in await vigil.chat().link(LINK)


class TestTwoLanguages:
    @pytest.fixture
    def content(self) -> Content:
        return load(Path("content"), ("en", "fr"))

    @pytest.fixture
    async def vigil(self, start: Start) -> Vigil:
        return await start(languages=("en", "fr"))

    async def test_a_text_that_is_taken_out_is_asked_for_no_more(self, vigil: Vigil) -> None:
        ada, bo = vigil.group(0), vigil.group(1)
        await written(ada)
        await ada.tap("Consent")
        await ada.tap("It tells of nobody in particular")
        await ada.tap("Text: French")
        await ada.say("Libérez Samira")
        shown = plain(await ada.tap("Back"))
        assert "French: missing: " in shown
        assert lacking(shown) == ["A text has gaps"]

        await ada.tap("Text: French")
        shown = plain(await ada.tap("Take this text out"))
        assert "French: " not in shown
        assert lacking(shown) == []
        await ada.tap("Ask for the review")
        await bo.tap("Open it")
        elise = vigil.chat(1)
        assert FORMER in await elise.link(LINK)
        assert "Libérez" not in elise.last["text"]

    async def test_the_sentence_of_its_end_stands_in_each_language(self, vigil: Vigil) -> None:
        await opened(vigil)
        ada, noor, elise = vigil.group(0), vigil.chat(5), vigil.chat(1)
        await vigil.services.supporters.speak(Supporter(noor.user, "en"), "en")
        await ada.tap("Withdraw…")
        await ada.say("Her sister asked us to stop.")
        assert "Her sister asked us to stop." in await elise.link(LINK)
        await ada.tap("Sentence: French")
        await ada.say("Sa sœur nous a demandé d'arrêter.")
        assert "Sa sœur nous a demandé" in await elise.link(LINK)
        assert "Her sister asked us to stop." in await noor.link(LINK)
        await ada.tap("Sentence: English")
        await ada.say("Her family asked us to stop.")
        assert "Sa sœur nous a demandé" in await elise.link(LINK)
        assert "Her family asked us to stop." in await noor.link(LINK)
