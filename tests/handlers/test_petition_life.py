"""One petition from its first word to its outcome, as the two chats read it."""

from datetime import timedelta

from sqlalchemy import select

from bot.store.schema import audit, petition_texts, petitions
from tests.conftest import PETITION, Vigil
from tests.conversation import Chat, plain

SLUG = "free-samira"
WORDS = (
    "Free Samira",
    "The Minister of Justice",
    "We call on you to release Samira, who has been held without a charge since January.",
    "Samira is a teacher.\nShe was taken from her school, and no judge has seen her.",
    "Example Rights, interview with her sister",
    "February 2027",
)


async def written(ada: Chat) -> str:
    """A whole draft, typed by one admin."""
    await ada.say("/petition")
    await ada.tap("New petition")
    for words in WORDS:
        page = await ada.say(words)
    return plain(page)


async def ready(ada: Chat) -> str:
    """The same, waiting for another admin."""
    await written(ada)
    await ada.tap("Consent")
    await ada.tap("It tells of nobody in particular")
    return await ada.tap("Ask for the review")


async def opened(vigil: Vigil) -> None:
    await ready(vigil.group(0))
    assert "Free Samira · open" in await vigil.group(1).tap("Open it")


async def test_a_petition_goes_from_its_first_word_to_its_outcome(vigil: Vigil) -> None:
    ada, bo, amara = vigil.group(0), vigil.group(1), vigil.chat()
    asked = await ada.say("/petition new")  # no petition of that name
    assert asked.startswith("This petition has been withdrawn")

    page = await written(ada)
    assert page.startswith("Free Samira · draft")
    assert "start=petition-free-samira" in page
    assert "English: the text is whole" in page
    assert "Say on what basis the story may be told" in page
    await ada.tap("Consent")
    assert "Her sister agreed" in await ada.say(
        "Her sister agreed in writing, 3 February, file 12."
    )
    await ada.tap("Goal")
    assert "Goal: 500" in await ada.say("500")
    await ada.tap("Deadline")
    page = plain(await ada.say("8 March 18:00"))
    assert "Deadline: 8 March 2027, 18:00 UTC · in 7 days 6 h" in page
    await ada.tap("Names")
    assert "no names" in await ada.tap("The addressee gets the number, and no names.")

    await ada.tap("Preview")
    preview = ada.replies[-1]
    assert "We call on you to release Samira" in preview
    assert "The addressee is told how many have signed, and no names." in preview
    assert (await amara.link(f"petition-{SLUG}")).startswith("This petition has been withdrawn")

    await ada.tap("Ask for the review")
    assert "in review" in ada.replies[-1]
    await ada.tap("Open it")
    assert ada.popups[-1] == (
        "You had a hand in this one. Another admin has to look at it and agree."
    )
    await bo.tap("Open it")
    assert "Free Samira · open" in bo.replies[-1]

    assert await amara.link(f"petition-{SLUG}") == preview
    await amara.tap("Count me without my name")
    assert "version 1 of the text" in await amara.tap("Count me")
    card = await vigil.chat(1).link(f"petition-{SLUG}")
    assert (
        "█░░░░░░░░░\n1 Telegram account has signed. The next goal is 25, on the way to 500."
    ) in card

    await ada.tap("Pause")
    assert "This petition is paused." in await amara.link(f"petition-{SLUG}")
    await bo.tap("Let people sign again")
    vigil.world.clock.jump(timedelta(days=8))
    await vigil.services.housekeeping.tick()
    assert "Free Samira · closed" in await ada.say(f"/petition {SLUG}")
    await ada.tap("It was handed over…")
    assert "Free Samira · handed over" in await ada.tap("It was handed over")
    assert "The list was handed over to the addressee on 9 March 2027, with 1 signature." in (
        await amara.link(f"petition-{SLUG}")
    )
    await bo.tap("Won…")
    assert "Free Samira · won" in await bo.say("Samira came home on 9 March.")
    card = await vigil.chat(1).link(f"petition-{SLUG}")
    assert "Won. Samira came home on 9 March." in card
    assert "Cameroon: no torture for the sake of security" in vigil.chat(1).buttons
    assert "(won: Samira came home on 9 March.)" in await amara.say("/mysignatures")

    async with vigil.database.read() as db:
        acts = await db.scalars(
            select(audit.c.act).where(audit.c.subject == f"petition:{SLUG}").order_by(audit.c.at)
        )
        assert acts.all() == [
            "petition begun", "petition review", "petition approved", "petition open",
            "petition paused", "petition open", "petition closed", "petition delivered",
            "petition won",
        ]  # fmt: skip


async def test_after_the_list_was_handed_over_only_our_copy_can_be_erased(vigil: Vigil) -> None:
    amara, ada = vigil.chat(), vigil.group()
    await amara.link(f"petition-{PETITION}")
    await amara.tap("Add my name")
    await amara.tap(next(one for one in amara.buttons if one.startswith("Sign as")))
    await ada.say(f"/petition {PETITION}")
    for label in ("Close…", "Close it", "It was handed over…", "It was handed over"):
        await ada.tap(label)

    await amara.say("/mysignatures")
    asked = await amara.tap("Take it back")
    assert "were handed over on 1 March 2027, and your name with them." in asked
    assert await amara.tap("Yes, erase our copy") == (
        "Our copy of your signature is erased. What was handed over stays as it was."
    )
    card = await amara.link(f"petition-{PETITION}")
    assert "with 1 signature." in card
    assert "You signed" not in card
    async with vigil.database.read() as db:
        row = select(petitions.c.signatures, petitions.c.delivered)
        assert (await db.execute(row.where(petitions.c.slug == PETITION))).one() == (0, 1)


async def test_a_correction_is_a_new_version_once_another_admin_accepts_it(vigil: Vigil) -> None:
    await opened(vigil)
    ada, bo, amara = vigil.group(0), vigil.group(1), vigil.chat()
    await amara.link(f"petition-{SLUG}")
    await amara.tap("Count me without my name")
    await ada.tap("Text: English")
    await ada.tap("Demand")
    page = await ada.say("We call on you to release Samira at once.")
    assert "A correction waits." in page
    assert "version 1 of the text" in await amara.tap("Count me")

    await ada.tap("Accept the correction")
    assert "You had a hand in this one." in ada.popups[-1]
    await bo.tap("Accept the correction")
    late = vigil.chat(1)
    assert "release Samira at once." in await late.link(f"petition-{SLUG}")
    await late.tap("Count me without my name")
    assert "version 2 of the text" in await late.tap("Count me")
    assert "version 1" in await amara.send_data(f"sign:counted:{SLUG}:1")
    async with vigil.database.read() as db:
        kept = select(petition_texts.c.version).where(petition_texts.c.petition == SLUG)
        assert (await db.scalars(kept.order_by(petition_texts.c.version))).all() == [1, 2]


async def test_of_two_who_close_at_once_one_closes_and_the_other_reads_it(vigil: Vigil) -> None:
    ada, bo = vigil.group(0), vigil.group(1)
    await ada.say(f"/petition {PETITION}")
    await ada.tap("Close…")
    data = ada.last["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    under = ada.last["message_id"]
    vigil.world.tap(ada.user, ada.id, under, data)
    vigil.world.tap(bo.user, bo.id, under, data)
    await vigil.world.settled()
    said = [*ada.popups, *bo.popups]
    assert len(said) == 1
    assert "Nothing was done: it has changed since. It is closed now;" in plain(said[0])
    assert "did that on 1 March 2027, 12:00 UTC" in plain(said[0])
    assert "· closed" in ada.last["text"]
    async with vigil.database.read() as db:
        closed = select(audit.c.number).where(audit.c.act == "petition closed")
        assert len((await db.scalars(closed)).all()) == 1


GOAL = "A goal is a whole number from 1 upward"
REFUSED = (
    ("Goal", "0", GOAL),
    ("Goal", "-5", GOAL),
    ("Goal", "many", GOAL),
    ("Goal", "1.5", GOAL),
    ("Goal", "9" * 40, GOAL),
    ("Deadline", "28 February 2027 12:00", "That is past"),
    ("Deadline", "1 March 2030 12:00", "That is more than a year off"),
    ("Deadline", "28 March 02:30 Europe/Berlin", "this time does not exist"),
    ("Deadline", "31 October 02:30 Europe/Berlin", "comes twice"),
    ("Deadline", "soon", "I could not read “soon” as a time"),
    ("Consent", "\u200b \u200b", "There is nothing to read in that"),
    ("Consent", "a" * 301, "and 300 fit"),
    ("Consent", "😀" * 151, "That is 302 characters long, as Telegram counts"),
)
"""What cannot stand there, and what is said to it; the question stays open."""


async def test_what_a_petition_cannot_have_is_refused_and_asked_for_again(vigil: Vigil) -> None:
    ada = vigil.group()
    before = await written(ada)
    for button, typed, answer in REFUSED:
        await ada.tap(button)
        assert answer in plain(await ada.say(typed)), typed
        assert plain(await ada.tap("Back")) == before
    assert "Goal: 500" in await _put(ada, "Goal", "٥٠٠")
    await ada.tap("Deadline")
    await ada.say("28 March 02:30 Europe/Berlin")
    assert "28 March 2027, 00:30 UTC" in plain(await ada.tap(ada.buttons[0]))


async def _put(ada: Chat, button: str, typed: str) -> str:
    await ada.tap(button)
    return plain(await ada.say(typed))
