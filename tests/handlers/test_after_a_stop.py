"""After a family has stopped its case: every old button leads to its words, or takes back."""

from dataclasses import replace

import pytest

from bot.content import Content
from handlers.marks import mark
from tests.conftest import PETITION, Shelf, Start, Vigil
from tests.conversation import Chat
from tests.handlers.letters import letter
from tests.handlers.rows import rows_about
from tests.handlers.test_cases import FAMILY, asked_to_stop
from tests.handlers.test_choosing import YES
from tests.handlers.test_following import CASE, NEWS, TITLE, follow
from tests.handlers.test_inline import titles

BY_CHAT = "free-samira"
OFFERS = {NEWS, "Share", "Add my name", "Count me without my name", "Follow this case", YES}
TO_WORDS = (
    "petition:{petition}",
    "alert:petition:{petition}",
    "sign:name:{petition}:1",
    "sign:named:{petition}:{mark}:1",
    "sign:other:{petition}:1",
    "sign:typed:{petition}:{mark}:1",
    "sign:nameless:{petition}:1",
    "sign:counted:{petition}:1",
    "share:petition:{petition}",
    "follow:news:{petition}:ask",
    "follow:news:{petition}:yes:0a1b2c",
    "follow:news:{petition}:said",
    "case:{case}",
    "alert:case:{case}",
    "share:case:{case}",
    "follow:case:{case}:ask",
    "follow:case:{case}:yes:0a1b2c",
    "follow:case:{case}:said",
    "letter:{petition}",
    "letter:text:{petition}",
    "letter:sent:{petition}",
    "letter:unsent:{petition}",
    "letter:remind:{petition}",
    "letter:forgo:{petition}",
)
OF_PETITIONS = ("petition:", "alert:petition:", "sign:", "share:petition:", "follow:news:")
UNTOLD = "You are not told about it, and no yes of yours is kept."
TO_TAKE_BACK = {
    "follow:news:{petition}:off": UNTOLD,
    "follow:case:{case}:off": UNTOLD,
    "withdraw:ask:{petition}": "Take back your signature under “A petition ended at the family's",
    "withdraw:do:{petition}": "Your signature is taken back, and what we kept of it is erased.",
}


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    """The file of one petition names the case behind it; that of the other one names none."""
    by_file = shelf[PETITION].model_copy(update={"case": CASE})
    by_chat = shelf[PETITION].model_copy(update={"id": BY_CHAT, "title": "Free Samira"})
    return shelf | {PETITION: by_file, BY_CHAT: by_chat}


@pytest.fixture
def content(content: Content) -> Content:
    """A letter asks for what each petition asks for, and is called the same."""
    letters = {one: letter(one, petition=one) for one in (PETITION, BY_CHAT)}
    language = replace(content.language("en"), letters=letters)
    return replace(content, languages={"en": language})


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    """For the second petition the case is chosen in the group."""
    vigil = await start()
    ada = vigil.group()
    await ada.say(f"/petition {BY_CHAT}")
    await ada.tap("Case")
    await ada.tap(TITLE)
    await ada.tap("Ask for the review")
    assert "Free Samira · open" in await vigil.group(1).tap("Open it")
    return vigil


async def stopped(vigil: Vigil) -> None:
    hanna = await asked_to_stop(vigil)
    await hanna.tap("Stop now")


async def wishing(chat: Chat, petition: str) -> None:
    """Sign, and want to be told of the petition and of the case."""
    await chat.link(f"petition-{petition}")
    await chat.tap("Count me without my name")
    await chat.tap("Count me")
    await chat.tap(NEWS)
    await chat.tap(YES)
    await follow(chat)


async def pressed(chat: Chat, data: str, petition: str) -> str:
    """The answer to an old button, as a new message or in the place of the one above it."""
    await chat.say("/cases")
    name = mark(chat.world.people[chat.user].user["first_name"])
    return await chat.send_data(data.format(petition=petition, case=CASE, mark=name))


@pytest.mark.parametrize("petition", [PETITION, BY_CHAT])
async def test_every_old_button_leads_to_the_familys_words_and_nothing_is_kept(
    petition: str, vigil: Vigil, shelf: Shelf
) -> None:
    """Of who signed and wants to be told, and of who has only looked."""
    signer, reader = vigil.chat(), vigil.chat(1)
    await wishing(signer, petition)
    await reader.link(f"petition-{petition}")
    await stopped(vigil)

    for chat in (signer, reader):
        kept = await rows_about(vigil.database, chat.user)
        for data in TO_WORDS:
            said = await pressed(chat, data, petition)
            assert said.startswith(f"{FAMILY}\n\nThe family asked us to end this case"), data
            assert shelf[petition].title not in "".join([*chat.replies, *chat.buttons]), data
            assert not OFFERS.intersection(chat.buttons), data
            assert ("Take my signature back" in chat.buttons) is (
                chat is signer and data.startswith(OF_PETITIONS)
            ), data
        assert await rows_about(vigil.database, chat.user) == kept


@pytest.mark.parametrize("petition", [PETITION, BY_CHAT])
async def test_what_was_given_can_still_be_taken_back_without_a_title(
    petition: str, vigil: Vigil, shelf: Shelf
) -> None:
    signer = vigil.chat()
    await wishing(signer, petition)
    await stopped(vigil)
    for data, answer in TO_TAKE_BACK.items():
        said = await pressed(signer, data, petition)
        assert said.startswith(answer), data
        assert shelf[petition].title not in said
        assert TITLE not in said
    assert not any((await rows_about(vigil.database, signer.user)).values())


@pytest.mark.parametrize("petition", [PETITION, BY_CHAT])
async def test_links_lead_to_the_words_whatever_becomes_of_the_files(
    petition: str, vigil: Vigil, shelf: Shelf
) -> None:
    """The line that names the case may be taken out later, or the whole text."""
    reader, words = vigil.chat(), f"{FAMILY}\n\nThe family asked us to end this case"
    await stopped(vigil)
    assert (await reader.link(f"petition-{petition}")).startswith(words)
    shelf[petition] = shelf[petition].model_copy(update={"case": None})
    assert (await reader.link(f"petition-{petition}")).startswith(words)
    assert (await reader.link(f"letter-{petition}")).startswith(words)
    del shelf[petition]
    assert (await reader.link(f"petition-{petition}")).startswith(words)


async def test_a_petition_that_was_withdrawn_before_stays_its_cases(
    vigil: Vigil, shelf: Shelf
) -> None:
    """Its file may say less by then: the stop has written down whose it is."""
    reader, ada = vigil.chat(), vigil.group()
    await ada.say(f"/petition {PETITION}")
    await ada.tap("Withdraw…")
    await ada.say("The addressee has left office.")
    await stopped(vigil)
    shelf[PETITION] = shelf[PETITION].model_copy(update={"case": None})
    assert (await reader.link(f"petition-{PETITION}")).startswith(FAMILY)


async def test_a_name_that_is_being_typed_is_not_kept(vigil: Vigil) -> None:
    """Neither is the next message, nor the button under a name that was typed before the stop."""
    typing, typed = vigil.chat(), vigil.chat(5)
    for chat in (typing, typed):
        await chat.link(f"petition-{BY_CHAT}")
        await chat.tap("Add my name")
        await chat.tap("Write another name")
    await typed.say("Leyla")
    await stopped(vigil)
    assert (await typing.say("Leyla")).startswith(FAMILY)
    assert (await typed.tap(typed.buttons[0])).startswith(FAMILY)
    for chat in (typing, typed):
        assert not any((await rows_about(vigil.database, chat.user)).values())


async def test_what_a_file_ties_to_an_ended_case_is_offered_nowhere(
    vigil: Vigil, shelf: Shelf
) -> None:
    """Also when it does so after the stop: neither list nor search, and no signature."""
    reader, title = vigil.chat(), shelf[PETITION].title
    await reader.link(f"petition-{PETITION}")
    shelf[PETITION] = shelf[PETITION].model_copy(update={"case": None})
    await stopped(vigil)
    assert title in await titles(reader, "")
    await reader.link(f"petition-{PETITION}")
    await reader.tap("Count me without my name")
    shelf[PETITION] = shelf[PETITION].model_copy(update={"case": CASE})

    assert (await reader.tap("Count me")).startswith(FAMILY)
    assert await titles(reader, "") == []
    assert (await reader.say("/petitions")).startswith("No petition is open at the moment.")
    assert not any((await rows_about(vigil.database, reader.user)).values())
