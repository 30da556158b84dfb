"""Petitions that open and close by themselves, and what people meet around these moments."""

from datetime import timedelta

from sqlalchemy import select

from bot.store.schema import audit
from tests.conftest import PETITION, Shelf, Start, Vigil
from tests.conversation import Chat, plain
from tests.handlers.rows import rows_about
from tests.handlers.test_following import CASE
from tests.handlers.test_petition_life import SLUG, opened, ready, written

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)
UNKNOWN = "This petition has been withdrawn, or the link is not whole."


async def acts(vigil: Vigil, slug: str) -> list[tuple[str, str]]:
    """Who did what, in order; nobody's pseudonym."""
    async with vigil.database.read() as db:
        rows = await db.execute(
            select(audit.c.pseudonym, audit.c.act)
            .where(audit.c.subject == f"petition:{slug}")
            .order_by(audit.c.number)
        )
        return [("somebody" if who.startswith("S-") else who, act) for who, act in rows]


async def sign(chat: Chat, slug: str) -> str:
    await chat.link(f"petition-{slug}")
    await chat.tap("Count me without my name")
    return await chat.tap("Count me")


async def test_it_opens_and_closes_at_its_minute_whoever_is_awake(start: Start) -> None:
    vigil = await start()
    ada, bo = vigil.group(0), vigil.group(1)
    await written(ada)
    for button, typed in (("Opening", "today 18:00"), ("Deadline", "tomorrow 18:00")):
        await ada.tap(button)
        await ada.say(typed)
    await ada.tap("Consent")
    await ada.tap("It tells of nobody in particular")
    await ada.tap("Ask for the review")
    page = plain(await bo.tap("Open it"))
    assert "in review" in page
    assert "It takes effect at 1 March 2027, 18:00 UTC by itself" in page

    vigil.world.clock.jump(timedelta(hours=6) - INSTANT)
    assert "not open yet" in await vigil.chat().link(f"petition-{SLUG}")
    vigil.world.clock.jump(INSTANT)
    assert "number 1 " in await sign(vigil.chat(), SLUG)  # before any tick has written so

    vigil = await start()
    await vigil.services.housekeeping.tick()
    assert "Free Samira · open" in await vigil.group(0).say(f"/petition {SLUG}")
    vigil.world.clock.jump(timedelta(days=1) - INSTANT)
    assert "number 2 " in await sign(vigil.chat(1), SLUG)
    late = vigil.chat(2)
    await late.link(f"petition-{SLUG}")
    await late.tap("Count me without my name")
    vigil.world.clock.jump(INSTANT)
    assert plain(await late.tap("Count me")) == (
        "This petition closed on 2 March 2027, 18:00 UTC, so your name was not added."
    )
    assert late.buttons == ["Cameroon: no torture for the sake of security"]

    vigil = await start()
    await vigil.services.housekeeping.tick()
    assert (await acts(vigil, SLUG))[-2:] == [
        ("Vigil", "petition open"),
        ("Vigil", "petition closed"),
    ]


async def test_what_opened_and_closed_while_nobody_was_awake_did_both(start: Start) -> None:
    vigil = await start()
    ada, bo = vigil.group(0), vigil.group(1)
    await ready(ada)
    await ada.tap("Opening")
    await ada.say("today 18:00")
    await ada.tap("Deadline")
    await ada.say("today 19:00")
    await ada.tap("Ask for the review")
    await bo.tap("Open it")
    vigil.world.clock.jump(timedelta(days=1))
    vigil = await start()
    assert "This petition has closed." in await vigil.chat().link(f"petition-{SLUG}")
    await vigil.services.housekeeping.tick()
    assert [act for _, act in await acts(vigil, SLUG)][-2:] == [
        "petition open",
        "petition closed",
    ]


async def test_the_only_admin_waits_ten_minutes_and_can_think_again(start: Start) -> None:
    vigil = await start(owners=frozenset({vigil_owner(await start())}))
    ada = vigil.group(0)
    await ready(ada)
    assert "by itself, unless somebody sends it back" in plain(await ada.tap("Open it"))
    assert "Open it" not in ada.buttons
    assert "· draft" in plain(await ada.tap("Send back"))
    vigil.world.clock.jump(timedelta(hours=1))
    await vigil.services.housekeeping.tick()
    assert "· draft" in plain(await ada.say(f"/petition {SLUG}"))

    await ada.tap("Ask for the review")
    await ada.tap("Open it")
    vigil.world.clock.jump(10 * MINUTE)
    await vigil.services.housekeeping.tick()
    assert "· open" in plain(await ada.say(f"/petition {SLUG}"))
    assert "number 1 " in await sign(vigil.chat(), SLUG)


def vigil_owner(vigil: Vigil) -> int:
    """The admin who is left alone."""
    return int(vigil.world.admins[0].id)


async def test_a_paused_or_withdrawn_petition_says_so_and_keeps_who_signed(vigil: Vigil) -> None:
    await opened(vigil)
    ada, amara, late = vigil.group(0), vigil.chat(0), vigil.chat(1)
    await sign(amara, SLUG)
    await late.link(f"petition-{SLUG}")
    await late.tap("Count me without my name")
    await ada.tap("Pause")
    assert "takes no signatures at the moment" in await late.tap("Count me")
    assert late.buttons == ["Cameroon: no torture for the sake of security"]

    await ada.tap("Withdraw…")
    assert "· withdrawn" in plain(await ada.say("Her sister asked us to stop."))
    card = await late.link(f"petition-{SLUG}")
    assert card == "Free Samira\n\nThis petition was withdrawn. Her sister asked us to stop."
    assert "number 1." in await amara.link(f"petition-{SLUG}")
    assert "withdrawn: Her sister asked us to stop." in await amara.say("/mysignatures")


async def test_one_that_was_withdrawn_before_it_opened_says_so(start: Start, shelf: Shelf) -> None:
    """A family can say stop while the petition is a draft in a file, and its link is out."""
    shelf["fair-trials"] = shelf[PETITION].model_copy(update={"id": "fair-trials", "case": CASE})
    vigil = await start()
    hanna, amara = vigil.group(), vigil.chat()
    assert "not open yet" in await amara.link("petition-fair-trials")
    await hanna.say(f"/case@vigil_playground_bot stop {CASE}")
    await hanna.tap("Words: English")
    await hanna.say("Leave us in peace.", reply_to=hanna.last["message_id"])
    await hanna.tap("Stop now")
    assert (await amara.link("petition-fair-trials")).startswith("Leave us in peace.")
    for version in (0, 1):
        await amara.send_data(f"sign:counted:fair-trials:{version}")
        assert amara.last["text"].startswith("Leave us in peace.")
        assert not any((await rows_about(vigil.database, amara.user)).values())


async def test_a_renamed_file_keeps_links_signatures_and_numbers(
    start: Start, shelf: Shelf
) -> None:
    vigil = await start()
    assert "number 1 " in await sign(vigil.chat(), PETITION)
    former = shelf[PETITION]
    shelf[PETITION] = former.model_copy(update={"id": "no-torture", "formerly": PETITION})
    vigil = await start()
    for name in (PETITION, "no-torture"):
        assert "as number 1." in await vigil.chat().link(f"petition-{name}")
    assert "number 2 " in await sign(vigil.chat(1), "no-torture")

    del shelf[PETITION]  # renamed without a word
    assert (await vigil.chat(2).link(f"petition-{PETITION}")).startswith(UNKNOWN)
    assert f"formerly: {PETITION}" in await vigil.group().say(f"/petition {PETITION}")


async def test_the_group_may_talk_while_a_question_is_open(vigil: Vigil) -> None:
    ada, bo = vigil.group(0), vigil.group(1)
    await ada.say("/petition")
    await ada.tap("New petition")
    assert await bo.say("What shall we call it?") == ""
    talk = bo.messages[-1]["message_id"]
    assert await ada.say("I think of her sister", reply_to=talk) == ""
    assert "To whom is it addressed?" in await ada.say("Free Samira")

    vigil.world.clock.jump(timedelta(minutes=31))  # nobody waits that long for a word
    await vigil.services.housekeeping.tick()
    assert await ada.say("Shall we go for lunch?") == ""
    assert "missing" in plain(await ada.say(f"/petition {SLUG}"))


async def test_forged_and_old_buttons_change_nothing(vigil: Vigil) -> None:
    await opened(vigil)
    ada = vigil.group(0)
    page = await ada.say(f"/petition {SLUG}")
    whole = ada.last["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    _, _, _, mark, revision, _ = whole.split(":")
    for verb, argument in (
        ("open", "00000000"), ("accept", "00000000"), ("submit", ""), ("back", ""), ("gave", "yes"),
        ("drop", "yes"), ("set", "names:nobody"), ("set", "slug:x"), ("set", "until:abc"),
        ("set", "until:99999999999"), ("lang", "xx"), ("ask", "en:slug"), ("ask", "x"),
        ("case", "none"), ("set", "until:1000000000"),
        ("nolang", "en"), ("resume", ""), ("keep", ""), ("nonsense", ""),
    ):  # fmt: skip
        await ada.send_data(f"admin:p:{verb}:{mark}:{revision}:{argument}")
        assert await ada.say(f"/petition {SLUG}") == page, verb
    await ada.send_data(f"admin:p:close:{mark}:0:yes")
    assert "Nothing was done: it has changed since. It is open now" in plain(ada.popups[-1])
    await ada.send_data(f"admin:p:close:00000000:{revision}:yes")
    assert "open now" not in ada.popups[-1]
    assert await ada.say(f"/petition {SLUG}") == page
