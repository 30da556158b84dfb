"""/case: what became of somebody is told once to each; a family can ask to stop."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import IllegalMove
from bot.models import AlertKind, AlertState, Choice, PetitionState, Topic, Words
from bot.services.choices import CURRENT
from bot.services.petitions.papers import Lack
from bot.store import crowd, petitions
from handlers.admin.cases import tell_stopped
from handlers.recalls.pictures import give as give_pictures
from playground.faults import Fault
from playground.world import World
from tests.conftest import NOON, PETITION, Shelf, Start, Vigil
from tests.conversation import Chat, plain, words
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE
from tests.handlers.test_choosing import YES, chosen
from tests.handlers.test_following import CASE, NEWS, TITLE, follow
from tests.handlers.test_signing import sign
from tests.playground.wire import PNG

FEW = 12
DAY = timedelta(days=1)
OUTCOME = "She is free since this morning."
THANKS = "Thank you for having stood by this person."
FAMILY = "We want to be left in peace now. Thank you."
STORY = "Something new about this case."
PICTURE_MISSING = "Telegram has not taken the grey picture"
OPENED = "Cards, receipts and reminders that people opened or asked for themselves keep"
UNTOLD = "the wishes to be told of it are deleted"


@pytest.fixture
async def world() -> World:
    return desk.crowded(FEW)


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    """The case stands behind the petition."""
    shelf[PETITION] = shelf[PETITION].model_copy(update={"case": CASE})
    return shelf


@pytest.fixture
async def vigil(start: Start, world: World) -> Vigil:
    """Hanna is the owner, Omar an admin, Ravi an organiser."""
    vigil = await start(owners=frozenset({world.admins[0].id}))
    await desk.staffed(vigil)
    return vigil


async def following(vigil: Vigil) -> None:
    """All of the crowd want to know of the case, and every other one of the petition, too."""
    people = vigil.world.crowd.ids
    yes = [(one, Choice(Topic.CASES, CASE, "yes", CURRENT[Topic.CASES], NOON)) for one in people]
    yes += [
        (one, Choice(Topic.PETITIONS, PETITION, "yes", CURRENT[Topic.PETITIONS], NOON))
        for one in people[::2]
    ]
    async with vigil.database.write() as db:
        await crowd.enrol(db, dict.fromkeys(people, "en"), yes, NOON)


async def news(vigil: Vigil, about: str = f"case:{CASE}", picture: str | None = None) -> int:
    """News that Ravi has submitted and Hanna has approved; the number of it."""
    drafts, ravi = vigil.services.drafts, vigil.world.organiser.id
    made = await drafts.begin(ravi, AlertKind.NEWS)
    seen = await drafts.attach(made.id, made.revision, ravi, about)
    seen = await drafts.write(made.id, seen.alert.revision, ravi, "en", Words(STORY))
    seen = await drafts.picture(made.id, seen.alert.revision, ravi, picture)
    until = vigil.world.clock.now() + timedelta(days=3)
    seen = await drafts.expires_at(made.id, seen.alert.revision, ravi, until, "UTC")
    seen = await drafts.submit(made.id, seen.alert.revision, ravi)
    hanna, people = vigil.world.admins[0].id, seen.count.total
    await vigil.services.approvals.approve(made.id, seen.alert.revision, hanna, people)
    return made.id


async def sent(vigil: Vigil) -> None:
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()


async def reply(chat: Chat, text: str) -> str:
    """Answer the question that the bot asked last."""
    return await chat.say(text, reply_to=chat.last["message_id"])


async def asked_to_stop(vigil: Vigil, text: str = FAMILY) -> Chat:
    """Hanna has written the family's words; one tap is missing."""
    hanna = vigil.group()
    await hanna.say(f"/case@vigil_playground_bot stop {CASE}")
    await hanna.tap("Words: English")
    await reply(hanna, text)
    return hanna


async def submitted(vigil: Vigil, author: int = 1) -> Chat:
    """Omar has written an outcome and asks for somebody else."""
    omar = vigil.group(author)
    await omar.say(f"/case@vigil_playground_bot {CASE}")
    await omar.tap("Tell an outcome")
    await omar.tap("Justice was done")
    await omar.tap("Words: English")
    await reply(omar, OUTCOME)
    await omar.tap("Ask another admin")
    return omar


async def erase(vigil: Vigil, person: int) -> None:
    chat = Chat(vigil.world, person)
    await chat.say("/forgetme")
    await chat.tap("Erase everything")


async def figures_of(vigil: Vigil) -> tuple[int, int, dict[str, int]]:
    """How many were edited, wait, and are out of reach."""
    report = await vigil.services.stopping.report(CASE)
    assert report is not None
    return report.edited, report.waiting, dict(report.out_of_reach)


def got(vigil: Vigil, person: int, text: str) -> int:
    """How many of her messages begin like this."""
    return sum(words(one).startswith(text) for one in vigil.world.chat(person).messages)


async def test_an_outcome_reaches_each_follower_and_signer_once(vigil: Vigil) -> None:
    both, signer, silent = (vigil.chat(n) for n in range(3))
    for chat in (both, signer, silent):
        await sign(chat)
    for chat in (both, signer):
        await chat.tap(NEWS)
        await chat.tap(YES)
    await follow(both)

    omar = await submitted(vigil)
    preview, card = omar.messages[-2:]
    assert words(preview) == f"{OUTCOME}\n\n{THANKS}"
    assert "goes to 2 people: each one once" in words(card)
    await desk.tap(omar, "Accept")
    assert omar.popups[-1].startswith("You wrote on this one.")
    assert await vigil.services.watching.under_way() == []
    hanna = vigil.group()
    accepted = desk.kept(vigil, "Accept")
    assert "2 people are told from" in await desk.press(hanna, accepted)
    assert (await desk.press(hanna, accepted)).startswith("It was changed or decided")
    await sent(vigil)
    await sent(vigil)

    assert [got(vigil, one.user, OUTCOME) for one in (both, signer, silent)] == [1, 1, 0]
    [message] = [one for one in both.messages if words(one).startswith(OUTCOME)]
    assert words(message) == f"{OUTCOME}\n\n{THANKS}"
    assert "Justice was done\nShe is free" in await both.tap("Read the story")
    page = await hanna.say(f"/case@vigil_playground_bot {CASE}")
    for part in (
        f"{TITLE} · {CASE}",
        "Justice was done",
        "Consent on record: He is named in the source",
        "Told of it: 2 people",
        f"• {PETITION}: open, 3 signatures",
        "• Outcome 1, 1 March 2027: 2 people",
    ):
        assert part in page
    acts = [(one.act, one.subject) for one in await vigil.services.audit.newest(9)]
    assert acts[:2] == [
        ("case outcome accepted", f"case:{CASE}"),
        ("case outcome submitted", f"case:{CASE}"),
    ]


async def accepted(vigil: Vigil) -> None:
    """The same, and Hanna has accepted it."""
    await submitted(vigil)
    await desk.press(vigil.group(), desk.kept(vigil, "Accept"))


async def test_the_same_outcome_of_a_case_is_told_once(vigil: Vigil) -> None:
    """Another outcome can be told, and the same one when nobody has got it, or it was recalled."""
    await following(vigil)
    await accepted(vigil)
    hanna = vigil.group()
    await hanna.send_data("admin:cancel:1")
    await accepted(vigil)
    await sent(vigil)
    await hanna.say(f"/case@vigil_playground_bot {CASE}")
    await hanna.tap("Tell an outcome")
    refused = plain(await hanna.tap("Justice was done"))
    assert "people were told this on 1 March 2027 (Outcome 2), and nobody is told twice" in refused
    assert f"“{OUTCOME}\n\n{THANKS}”" in refused
    assert (await hanna.tap("Released")).startswith(f"Released · {CASE}")
    assert [got(vigil, one, OUTCOME) for one in vigil.world.crowd.ids] == [1] * FEW

    await hanna.send_data("admin:recall:2")
    await desk.tap(hanna, "Recall it")
    await vigil.sent()
    await accepted(vigil)
    await sent(vigil)
    assert [got(vigil, one, OUTCOME) for one in vigil.world.crowd.ids] == [1] * FEW


async def test_words_that_are_changed_are_to_be_accepted_anew(vigil: Vigil) -> None:
    await submitted(vigil)
    accept = desk.kept(vigil, "Accept")
    hanna = vigil.group()
    await hanna.tap("✓ Words: English")
    question = hanna.last["message_id"]
    assert "This has 700 characters" in await reply(hanna, "x" * 700)
    assert "I can take words only" in await hanna.send_file("a.txt", b"a", "", question)
    card = await hanna.say("Others.", reply_to=question)
    assert "Nobody is told yet" in card
    assert (await desk.press(hanna, accept)).startswith("It was changed or decided")
    await hanna.tap("Throw it away")
    assert (await desk.press(hanna, accept)).startswith("It was changed or decided")
    assert "Released" in await hanna.tap("The case")


async def test_a_family_asks_to_stop(vigil: Vigil) -> None:
    """The transcript: news with a picture and without, one on its way, one to come, one drafted."""
    await following(vigil)
    fan = vigil.chat()
    await follow(fan)
    await news(vigil)
    hanna = vigil.group()
    shown = await vigil.app.bot.send_photo(vigil.world.admin_chat.id, PNG)
    await news(vigil, f"petition:{PETITION}", shown.photo[-1].file_id)
    await sent(vigil)
    late = dict(fan.last)
    await news(vigil)
    await vigil.services.drafts.begin(vigil.world.organiser.id, AlertKind.NEWS)
    draft = (await vigil.services.watching.drafts())[-1]
    ravi = vigil.world.organiser.id
    await vigil.services.drafts.attach(draft.id, draft.revision, ravi, f"case:{CASE}")

    card = words((await asked_to_stop(vigil)).last)
    for part in (
        f"The family asks us to stop · {CASE}",
        FAMILY,
        "• 1 petition is withdrawn.",
        "• 2 drafts or sends are cancelled.",
        f"• {FEW + 1 + FEW // 2} messages in people's chats become the family's words.",
        "• A grey picture stands where there was one.",
    ):
        assert part in card
    stop = desk.kept(vigil, "Stop now")
    await desk.press(hanna, stop)
    assert words(vigil.world.admin_chat.by_id[stop[0]]).startswith(f"Stopped: {CASE}.")
    assert (await desk.press(hanna, stop)).startswith("It was changed or decided")
    assert [one.kind for one in await vigil.services.watching.under_way()] == ["family"] * 2
    assert await vigil.services.watching.drafts() == []
    async with vigil.database.read() as db:
        standing = await petitions.standing(db, PETITION)
    assert standing is not None
    assert standing.state is PetitionState.WITHDRAWN

    await fan.send_data(late["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    assert fan.replies[-1].startswith(f"{FAMILY}\n\nThe family asked us to end this case")
    assert TITLE not in "".join(fan.replies)
    await sent(vigil)
    for place, person in enumerate(vigil.world.crowd.ids):
        said = [words(one) for one in vigil.world.chat(person).messages]
        assert said == [FAMILY] * (1 if place % 2 else 2)
    pictures = [
        one for one in vigil.world.chat(vigil.world.crowd.ids[0]).messages if "photo" in one
    ]
    assert len(pictures) == 1
    assert pictures[0]["photo"][-1]["file_id"] != shown.photo[-1].file_id
    labels = [row[0]["text"] for row in pictures[0]["reply_markup"]["inline_keyboard"]]
    assert labels == ["Choose what I get"]

    for _ in range(2):
        await tell_stopped(vigil.app.bot, vigil.services)
    reports = [words(one) for one in hanna.messages if UNTOLD in words(one)]
    assert len(reports) == 1
    assert f"{FEW + 1 + FEW // 2} messages were edited." in reports[0]
    assert await chosen(vigil) == []
    assert (await fan.link(f"case-{CASE}")).startswith(FAMILY)
    assert (await fan.link(f"petition-{PETITION}")).startswith(FAMILY)
    assert (await fan.say("/cases")).startswith("There are no cases")
    answer = await fan.send_data(f"follow:case:{CASE}:ask")
    assert answer.startswith(FAMILY)


async def test_a_send_that_runs_stops_at_once_and_what_is_out_follows(
    vigil: Vigil, start: Start, shelf: Shelf
) -> None:
    """Nothing begins after the tap; whoever had it by then reads the family's words, also when
    the process ends between the two.
    """
    shelf[PETITION] = shelf[PETITION].model_copy(update={"case": None})  # each start opens it
    await following(vigil)
    await news(vigil)
    last = vigil.world.crowd.ids[FEW // 2]
    vigil.world.faults.add(Fault("flood", chat=last, retry_after=3_600))
    vigil.world.clock.jump(MINUTE)
    await vigil.look()
    async with asyncio.timeout(desk.PATIENCE):
        while vigil.world.faults.waiting or await desk.on_the_wire(vigil, 1):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    had = {one for one, number in desk.received(vigil).items() if number}
    await asked_to_stop(vigil)
    await vigil.group().tap("Stop now")
    assert (await desk.state(vigil, 1))[0] is AlertState.CANCELLED
    vigil = await start(owners=frozenset({vigil.world.admins[0].id}))
    await vigil.sent()

    assert 0 < len(had) < FEW
    for person in vigil.world.crowd.ids:
        said = [words(one) for one in vigil.world.chat(person).messages]
        assert said == ([FAMILY] if person in had else [])
    assert await desk.figures(vigil, 2) == {("sent", ""): len(had)}
    await tell_stopped(vigil.app.bot, vigil.services)
    assert f"{len(had)} messages were edited." in words(vigil.group().last)


@pytest.mark.parametrize("kind", ["server", "blocked", "reset"])
async def test_a_stop_takes_effect_though_a_picture_cannot_be_sent(
    vigil: Vigil, start: Start, shelf: Shelf, kind: str
) -> None:
    """Texts do not wait for it, and what has a picture gets the words as soon as there is one,
    also in another process.
    """
    shelf[PETITION] = shelf[PETITION].model_copy(update={"case": None})  # each start opens it
    await following(vigil)
    await news(vigil)
    shown = await vigil.app.bot.send_photo(vigil.world.admin_chat.id, PNG)
    await news(vigil, picture=shown.photo[-1].file_id)
    await sent(vigil)
    await news(vigil)
    hanna = await asked_to_stop(vigil)
    vigil.world.faults.add(Fault(kind, "sendPhoto", vigil.world.admin_chat.id, times=2))
    stop = desk.kept(vigil, "Stop now")
    assert PICTURE_MISSING in await desk.press(hanna, stop)
    assert words(vigil.world.admin_chat.by_id[stop[0]]).startswith(f"Stopped: {CASE}.")
    assert (await desk.state(vigil, 3))[0] is AlertState.CANCELLED
    await vigil.sent()
    crowd = vigil.world.crowd.ids
    assert [(got(vigil, one, FAMILY), got(vigil, one, STORY)) for one in crowd] == [(1, 1)] * FEW
    cards = [words(one) for one in hanna.messages]
    assert any("as soon as Telegram has taken the grey picture" in one for one in cards)
    await tell_stopped(vigil.app.bot, vigil.services)
    assert not [one for one in hanna.messages if UNTOLD in words(one)]
    assert PICTURE_MISSING in await hanna.say(f"/case@vigil_playground_bot {CASE}")

    vigil = await start(owners=frozenset({vigil.world.admins[0].id}))
    for _ in range(3):
        vigil.world.clock.jump(MINUTE)
        await give_pictures(vigil.app.bot, vigil.services)
    await vigil.sent()
    assert [got(vigil, one, FAMILY) for one in crowd] == [2] * FEW
    assert PICTURE_MISSING not in await hanna.say(f"/case@vigil_playground_bot {CASE}")
    await tell_stopped(vigil.app.bot, vigil.services)
    assert f"{2 * FEW} messages were edited." in words(hanna.last)
    grey = [one for one in hanna.messages if words(one).startswith("This stands where")]
    assert len(grey) == 1


async def test_a_picture_that_is_not_taken_is_not_offered_without_end(vigil: Vigil) -> None:
    """Telegram may have taken each one whose answer was lost: the group would be full of them."""
    await following(vigil)
    shown = await vigil.app.bot.send_photo(vigil.world.admin_chat.id, PNG)
    await news(vigil, picture=shown.photo[-1].file_id)
    await sent(vigil)
    hanna = await asked_to_stop(vigil)
    group = vigil.world.admin_chat.id
    vigil.world.faults.add(Fault("reset", "sendPhoto", group, times=2, after_effect=True))
    await hanna.tap("Stop now")
    async with vigil.database.read() as db:
        standing = await petitions.standing(db, PETITION)
    assert standing is not None
    assert standing.state is PetitionState.WITHDRAWN
    for _ in range(3):
        await give_pictures(vigil.app.bot, vigil.services)
    assert len([one for one in hanna.messages if words(one).startswith("This stands where")]) == 1


async def test_after_a_picture_that_was_taken_the_next_is_got_at_once(vigil: Vigil) -> None:
    """The wait is for one whose answer was lost, not for two recalls in a minute."""
    await following(vigil)
    shown = await vigil.app.bot.send_photo(vigil.world.admin_chat.id, PNG)
    first, second = [await news(vigil, picture=shown.photo[-1].file_id) for _ in range(2)]
    await sent(vigil)
    for number in (first, second):
        watch = await vigil.services.amendments.recall(number, vigil.world.admins[0].id)
        assert watch.alert.wants_picture
        await give_pictures(vigil.app.bot, vigil.services)
        again = await vigil.services.watching.one(watch.alert.id)
        assert not again.alert.wants_picture


async def test_a_stop_reaches_those_whom_a_recall_left_with_the_story(vigil: Vigil) -> None:
    """And nobody else: what was deleted is not asked for again."""
    await following(vigil)
    number = await news(vigil)
    await sent(vigil)
    kept = vigil.world.crowd.ids[3]
    vigil.world.faults.add(Fault("blocked", "deleteMessage", kept))
    await vigil.services.amendments.recall(number, vigil.world.admins[0].id)
    await vigil.sent()
    assert got(vigil, kept, STORY) == 1

    hanna = await asked_to_stop(vigil)
    assert "• 1 message in people's chats becomes the family's words." in words(hanna.last)
    await hanna.tap("Stop now")
    await vigil.sent()
    for person in vigil.world.crowd.ids:
        said = [words(one) for one in vigil.world.chat(person).messages]
        assert said == ([FAMILY] if person == kept else [])
    page = await hanna.say(f"/case@vigil_playground_bot {CASE}")
    assert "1 message was edited." in page
    assert "out of reach" not in page


async def test_of_what_was_taken_back_from_everybody_nothing_is_left_to_edit(vigil: Vigil) -> None:
    await following(vigil)
    number = await news(vigil)
    await sent(vigil)
    await vigil.services.amendments.recall(number, vigil.world.admins[0].id)
    await vigil.sent()
    hanna = await asked_to_stop(vigil)
    await hanna.tap("Stop now")
    assert await vigil.services.watching.under_way() == []
    await tell_stopped(vigil.app.bot, vigil.services)
    assert "0 messages were edited." in words(hanna.last)


async def test_a_recall_that_is_not_through_leaves_the_rest_to_the_stop(
    vigil: Vigil, start: Start, shelf: Shelf
) -> None:
    shelf[PETITION] = shelf[PETITION].model_copy(update={"case": None})  # each start opens it
    await following(vigil)
    number = await news(vigil)
    await sent(vigil)
    late = vigil.world.crowd.ids[FEW // 2]
    vigil.world.faults.add(Fault("flood", "deleteMessage", late, retry_after=3_600))
    await vigil.services.amendments.recall(number, vigil.world.admins[0].id)
    await vigil.look()
    async with asyncio.timeout(desk.PATIENCE):
        while vigil.world.faults.waiting or await desk.on_the_wire(vigil, 2):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    have = [one for one in vigil.world.crowd.ids if got(vigil, one, STORY)]
    assert late in have
    hanna = await asked_to_stop(vigil)
    await hanna.tap("Stop now")
    vigil = await start(owners=frozenset({vigil.world.admins[0].id}))
    await vigil.sent()
    assert await desk.figures(vigil, 3) == {("sent", ""): len(have)}
    for person in vigil.world.crowd.ids:
        said = [words(one) for one in vigil.world.chat(person).messages]
        assert said == ([FAMILY] if person in have else [])


async def test_who_cannot_be_reached_is_counted_by_reason(vigil: Vigil) -> None:
    await following(vigil)
    await news(vigil)
    await sent(vigil)
    blocks, erases = vigil.world.crowd.ids[:2]
    vigil.world.faults.add(Fault("blocked", "editMessageText", blocks))
    place = vigil.world.chat(erases)
    vigil.world.delete(place, [place.messages[-1]["message_id"]])
    hanna = await asked_to_stop(vigil)
    await hanna.tap("Stop now")
    await vigil.sent()
    page = await hanna.say(f"/case@vigil_playground_bot {CASE}")
    for part in (
        f"{FEW - 2} messages were edited.",
        "1 out of reach: have blocked the bot",
        "1 out of reach: had deleted it themselves",
        f"Closed at the family's wish\n{FAMILY}",
    ):
        assert part in page
    assert hanna.buttons == ["All cases"]


async def test_under_a_freeze_the_stop_holds_and_the_words_wait_in_sight(vigil: Vigil) -> None:
    """A freeze has a reason, such as a stolen token: the words go out when an owner says so."""
    await following(vigil)
    await news(vigil)
    await sent(vigil)
    await news(vigil)
    hanna = vigil.group()
    await hanna.say("/freeze")
    await asked_to_stop(vigil)
    card = words(hanna.last)
    assert "• Sends are frozen: the family's words wait until an owner sends /unfreeze." in card
    said = await hanna.tap("Stop now")
    assert said.startswith(f"Stopped: {CASE}. That holds at once")
    assert "An owner lets the words go out with /unfreeze" in said
    assert (await desk.state(vigil, 2))[0] is AlertState.CANCELLED
    async with vigil.database.read() as db:
        standing = await petitions.standing(db, PETITION)
    assert standing is not None
    assert standing.state is PetitionState.WITHDRAWN
    await sent(vigil)
    assert any(
        "The family's words" in words(one) and "All sends are stopped, this one" in words(one)
        for one in hanna.messages
    )
    page = await hanna.say(f"/case@vigil_playground_bot {CASE}")
    for part in (f"{FEW} messages wait.", "Sends are frozen, so the words wait."):
        assert part in page
    assert got(vigil, vigil.world.crowd.ids[0], STORY) == 1
    await tell_stopped(vigil.app.bot, vigil.services)
    assert not [one for one in hanna.messages if UNTOLD in words(one)]

    await hanna.say("/unfreeze")
    await sent(vigil)
    assert [got(vigil, one, FAMILY) for one in vigil.world.crowd.ids] == [1] * FEW
    page = await hanna.say(f"/case@vigil_playground_bot {CASE}")
    assert f"{FEW} messages were edited." in page
    assert "frozen" not in page


async def test_what_is_forgotten_during_a_freeze_waits_for_nothing(vigil: Vigil) -> None:
    await following(vigil)
    await news(vigil)
    await sent(vigil)
    hanna = vigil.group()
    await hanna.say("/freeze")
    await asked_to_stop(vigil)
    await hanna.tap("Stop now")
    await erase(vigil, vigil.world.crowd.ids[0])
    assert await figures_of(vigil) == (0, FEW - 1, {"erased": 1})
    vigil.world.clock.jump(timedelta(days=91))
    await vigil.services.housekeeping.tick()
    assert await figures_of(vigil) == (0, 0, {"erased": 1, "too old": FEW - 1})


async def test_what_is_too_old_to_be_changed_is_said_in_numbers(vigil: Vigil) -> None:
    """Before the stop and after it: whose message is known no longer keeps the story."""
    await following(vigil)
    number = await news(vigil)
    await sent(vigil)
    erased, kept, *_ = vigil.world.crowd.ids
    await erase(vigil, erased)
    vigil.world.clock.jump(timedelta(days=91))
    await vigil.services.housekeeping.tick()
    hanna = await asked_to_stop(vigil)
    card = words(hanna.last)
    for part in (
        "• 0 messages in people's chats become the family's words.",
        f"• {FEW - 1} people had a message that is too old to be changed",
        "• 1 person had a message and erased everything since",
        OPENED,
    ):
        assert part in card
    await hanna.tap("Stop now")
    await vigil.sent()
    await tell_stopped(vigil.app.bot, vigil.services)
    for part in (
        "0 messages were edited.",
        f"{FEW - 1} out of reach: too old to be changed",
        "1 out of reach: erased themselves since",
        OPENED,
    ):
        assert part in words(hanna.last)
    assert got(vigil, kept, STORY) == 1
    assert (await desk.state(vigil, number))[0] is AlertState.FINISHED


async def test_a_report_stays_what_it_was_when_its_messages_are_forgotten(vigil: Vigil) -> None:
    """Nobody counts twice: neither who was edited and erased herself, nor who was taken back."""
    await following(vigil)
    number = await news(vigil)
    await sent(vigil)
    before, kept, after, *_ = vigil.world.crowd.ids
    await erase(vigil, before)
    await news(vigil)
    await sent(vigil)
    vigil.world.faults.add(Fault("blocked", "deleteMessage", kept))
    await vigil.services.amendments.recall(number, vigil.world.admins[0].id)
    await vigil.sent()
    hanna = await asked_to_stop(vigil)
    assert f"• {FEW} messages in people's chats become" in words(hanna.last)
    await hanna.tap("Stop now")
    await vigil.sent()
    reports = [await figures_of(vigil)]
    await erase(vigil, after)
    reports.append(await figures_of(vigil))
    vigil.world.clock.jump(timedelta(days=91))
    await vigil.services.housekeeping.tick()
    reports.append(await figures_of(vigil))
    assert reports == [(FEW, 0, {"erased": 1})] * 3


async def test_of_a_case_that_was_stopped_nothing_can_be_told(vigil: Vigil) -> None:
    """Neither an outcome, nor news, nor a second stop; not by an old button, either."""
    await following(vigil)
    await submitted(vigil)
    accept = desk.kept(vigil, "Accept")
    hanna = await asked_to_stop(vigil)
    await hanna.tap("Stop now")
    assert (await desk.press(hanna, accept)).startswith("It was changed or decided")
    for act in ("as:died", "as:closed"):
        await hanna.send_data(f"admin:case:{act}:{CASE}")
        assert hanna.popups[-1].startswith("There is no such case, or its family has ended it.")
    ravi = vigil.organiser()
    await ravi.say("/update")
    await ravi.tap("News")
    await ravi.tap("Attach")
    assert ravi.buttons == ["Nothing", "Back"]
    draft = (await vigil.services.watching.drafts())[-1]
    for about in (f"case:{CASE}", f"petition:{PETITION}"):
        seen = await vigil.services.drafts.overview(draft.id)
        at = seen.alert.revision
        seen = await vigil.services.drafts.attach(draft.id, at, ravi.user, about)
        assert "text gone" in seen.problems
    with pytest.raises(IllegalMove):
        await vigil.services.petitions.open(PETITION)
    assert Lack.CASE_ENDED in (await vigil.services.petition_desk.page(PETITION)).lacks


async def test_what_was_signed_for_a_case_that_was_stopped_is_listed_without_its_title(
    vigil: Vigil, shelf: Shelf
) -> None:
    """Neither the list nor the question before taking it back names anybody, nor later, when the
    text has been taken out.
    """
    amara = vigil.chat()
    await sign(amara)
    hanna = await asked_to_stop(vigil)
    await hanna.tap("Stop now")
    petition = shelf[PETITION]
    for _ in range(2):
        listed = await amara.say("/mysignatures")
        assert listed.startswith(
            "What you signed\n\nA petition ended at the family's wish (withdrawn"
        )
        assert "as number 1." in listed
        assert NEWS not in amara.buttons  # nothing will
        question = await amara.tap("Take it back")
        for said in (listed, question, *amara.buttons):
            assert petition.title not in said
        await amara.tap("Keep it")
        assert petition.title not in str(amara.buttons)
        shelf.pop(PETITION, None)


async def test_an_outcome_waits_for_whoever_rests(vigil: Vigil, start: Start) -> None:
    """For the longest rest there is. The admins read after a day how far it has come, and at the
    end how it ended; that the bot was not running meanwhile asks nothing of them.
    """
    rests, wakes = vigil.chat(0), vigil.chat(1)
    for chat in (rests, wakes):
        await follow(chat)
    await rests.say("/alerts")
    await rests.tap("Nothing for a while")
    await rests.tap("For 30 days")
    await accepted(vigil)
    vigil.world.clock.jump(MINUTE)
    await vigil.look()
    await passed_over(vigil)
    await vigil.keep()
    assert reports(vigil) == []

    vigil.world.clock.jump(DAY)
    for _ in range(2):
        await vigil.keep()
    [so_far] = reports(vigil)
    for part in (
        "1 person is left in peace for now, and gets it when that is over, if it is by",
        "Sent: 1",
        "Together: 2 people",
    ):
        assert part in so_far
    vigil.world.clock.jump(28 * DAY)
    vigil = await start(owners=frozenset({vigil.world.admins[0].id}))
    await vigil.look()
    assert await desk.state(vigil, 1) == (AlertState.SENDING, None)
    assert not got(vigil, rests.user, OUTCOME)

    vigil.world.clock.jump(DAY)
    vigil = await start(owners=frozenset({vigil.world.admins[0].id}))  # it would wake by itself
    await vigil.sent()
    assert [got(vigil, one.user, OUTCOME) for one in (rests, wakes)] == [1, 1]
    assert len(reports(vigil)) == 2
    assert "Sent: 2" in reports(vigil)[-1]


async def passed_over(vigil: Vigil) -> None:
    """Return when one has it, and the other one's rest has been looked at."""
    async with asyncio.timeout(desk.PATIENCE):
        looked_at = {("sent", ""): 1, ("pending", "quiet"): 1}
        while await desk.figures(vigil, 1) != looked_at:  # noqa: ASYNC110 - no bell rings
            await asyncio.sleep(0.005)


def reports(vigil: Vigil) -> list[str]:
    said = (words(one) for one in vigil.world.admin_chat.messages)
    return [text for text in said if text.startswith("Report: Outcome 1")]
