"""Won or not won: those who signed and asked, or follow the case behind it, are told once."""

import pytest

from bot.models import AlertKind, Words
from bot.services.alerts import Problem
from tests.conftest import PETITION, Shelf, Vigil
from tests.conversation import Chat, plain, words
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE
from tests.handlers.test_choosing import YES
from tests.handlers.test_following import CASE, NEWS, follow
from tests.handlers.test_signing import sign

SAID = "The law was changed on 1 March."
THANKS = "Thank you for having stood up for this."
TOLD = f"{SAID}\n\n{THANKS}"


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    """The case stands behind the petition."""
    shelf[PETITION] = shelf[PETITION].model_copy(update={"case": CASE})
    return shelf


async def asking(chat: Chat) -> None:
    """She has signed and wants to know."""
    await sign(chat)
    await chat.tap(NEWS)
    await chat.tap(YES)


async def ended(vigil: Vigil, how: str = "Won…") -> Chat:
    """The first admin has handed the list over; the second writes how it ended."""
    ada, bo = vigil.group(0), vigil.group(1)
    await ada.say(f"/petition {PETITION}")
    for label in ("Close…", "Close it", "It was handed over…", "It was handed over"):
        await ada.tap(label)
    await bo.tap(how)
    await bo.say(SAID)
    return bo


async def told(vigil: Vigil) -> None:
    """The second has asked, the first approves, and it goes out."""
    bo = vigil.group(1)
    await bo.say(f"/petition {PETITION}")
    await bo.tap("Tell those who asked…")
    await bo.tap("Ask another admin")
    await vigil.keep()
    await desk.tap(vigil.group(0), "Approve")
    await sent(vigil)


async def sent(vigil: Vigil) -> None:
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()


def got(chat: Chat) -> int:
    return sum(words(one) == TOLD for one in chat.messages)


async def test_an_end_reaches_each_who_asked_once(vigil: Vigil) -> None:
    both, signer, follower, silent = (vigil.chat(n) for n in range(4))
    for chat in (both, signer):
        await asking(chat)
    for chat in (both, follower):
        await follow(chat)
    await sign(silent)
    bo, ada = await ended(vigil), vigil.group(0)
    assert "Nobody gets a message about its end by itself" in bo.replies[-1]
    await sent(vigil)
    assert not got(signer)

    shown = plain(await bo.tap("Tell those who asked…"))
    assert "3 people would be, each one once" in shown
    assert f"English{TOLD}" in shown.replace("English\n", "English")
    ask = desk.kept(vigil, "Ask another admin")
    assert "Outcome 1 waits for another admin" in await desk.press(bo, ask)
    await vigil.keep()
    preview, card = bo.messages[-2:]
    assert words(preview) == TOLD
    assert words(card).startswith("Outcome · 1")
    await desk.tap(bo, "Approve: 3 people")
    assert bo.popups[-1].startswith("You wrote on this one.")
    await desk.tap(ada, "Approve: 3 people")
    await sent(vigil)

    assert [got(one) for one in (both, signer, follower, silent)] == [1, 1, 1, 0]
    assert f"Won. {SAID}" in await signer.tap("Read more")
    refused = plain(await desk.press(bo, ask))
    assert "people were told this on 1 March 2027 (Outcome 1), and nobody is told twice" in refused
    assert "Outcome 1" in await _refused(bo)
    await sent(vigil)
    assert [got(one) for one in (both, signer, follower, silent)] == [1, 1, 1, 0]


async def _refused(bo: Chat) -> str:
    await bo.say(f"/petition {PETITION}")
    return await bo.tap("Tell those who asked…")


async def test_that_it_was_not_won_is_told_too(vigil: Vigil) -> None:
    signer = vigil.chat()
    await asking(signer)
    await ended(vigil, "Not won…")
    await told(vigil)
    assert got(signer) == 1
    assert f"Not won. {SAID}" in await signer.tap("Read more")


async def test_who_wrote_the_sentence_does_not_approve_it(vigil: Vigil) -> None:
    """Whoever asks that it be told; where there are two admins, the other one can."""
    signer = vigil.chat()
    await asking(signer)
    await ended(vigil)
    ada, bo = vigil.group(0), vigil.group(1)
    await ada.say(f"/petition {PETITION}")
    await ada.tap("Tell those who asked…")
    await ada.tap("Ask another admin")
    await vigil.keep()
    await desk.tap(bo, "Approve")
    assert bo.popups[-1].startswith("You wrote on this one.")
    await desk.tap(ada, "Approve")
    await sent(vigil)
    assert got(signer) == 1


async def test_what_was_cancelled_in_time_or_recalled_can_be_told_anew(vigil: Vigil) -> None:
    signer = vigil.chat()
    await asking(signer)
    bo = await ended(vigil)
    await bo.tap("Tell those who asked…")
    await bo.tap("Ask another admin")
    await vigil.keep()
    assert "nobody is told twice" in await _refused(bo)
    await bo.send_data("admin:cancel:1")
    await told(vigil)
    assert got(signer) == 1
    await bo.send_data("admin:recall:2")
    await desk.tap(bo, "Recall it")
    await vigil.sent()
    assert got(signer) == 0
    await told(vigil)
    assert got(signer) == 1


async def test_an_update_does_not_tell_the_same_end_again(vigil: Vigil) -> None:
    """News of the petition can be told still."""
    await asking(vigil.chat())
    await ended(vigil)
    await told(vigil)
    drafts, ravi = vigil.services.drafts, vigil.world.admins[0].id
    for kind, is_told in ((AlertKind.OUTCOME, True), (AlertKind.NEWS, False)):
        made = await drafts.begin(ravi, kind)
        seen = await drafts.attach(made.id, made.revision, ravi, f"petition:{PETITION}")
        seen = await drafts.write(made.id, seen.alert.revision, ravi, "en", Words(SAID))
        assert (Problem.OUTCOME_TOLD in seen.problems) is is_told


async def test_where_nobody_asked_there_is_nothing_to_approve(vigil: Vigil) -> None:
    await sign(vigil.chat())
    bo = await ended(vigil)
    assert (await bo.tap("Tell those who asked…")).startswith("Nobody who can be reached")
    assert bo.buttons == ["Back"]
    mark = desk.kept(vigil, "Back")[1].split(":")
    await bo.send_data(":".join([*mark[:2], "tell", *mark[3:5], "yes"]))
    assert await vigil.services.watching.under_way() == []
