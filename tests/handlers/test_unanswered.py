"""Questions passed on to the team: only after a yes, and without any trace of who asked."""

import asyncio
from datetime import timedelta
from functools import partial

from bot.models import Role
from bot.store.schema import questions
from tests.conftest import Vigil
from tests.conversation import Chat, plain
from tests.handlers.given import employ
from tests.handlers.rows import all_rows, rows_about, written

UNKNOWN = "Which bicycle tyres fit my wheels?"


async def keep(vigil: Vigil, *asked: str, language: str = "en") -> None:
    """What a person's yes does."""
    known = len((await all_rows(vigil.database))["questions"])
    for number, text in enumerate(asked, known):
        await vigil.services.questions.keep(language, text, (1, number))


async def join_group(vigil: Vigil, person: int, role: Role) -> Chat:
    """Somebody more in the admin group."""
    user, group = vigil.chat(person).user, vigil.world.admin_chat
    await employ(vigil, user, role)
    group.members.append(user)
    return Chat(vigil.world, user, group.id)


def data_of(chat: Chat, label: str) -> str:
    """What the button under the newest message sends."""
    rows = chat.last["reply_markup"]["inline_keyboard"]
    return next(str(one["callback_data"]) for row in rows for one in row if one["text"] == label)


async def test_an_unanswered_question_is_not_kept_without_a_yes(chat: Chat, vigil: Vigil) -> None:
    await chat.say(UNKNOWN)
    assert "bicycle" not in await written(vigil.database)
    assert await vigil.group().say("/unanswered") == (
        "No questions have been passed on in the last 30 days."
    )


async def test_a_question_passed_on_is_kept_with_no_trace_of_who_asked(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.say("My secret is Rosebud")
    await chat.say(UNKNOWN)
    await chat.tap("Pass it to the team")

    assert chat.buttons == []
    kept = (await all_rows(vigil.database))["questions"]
    assert [set(row) for row in kept] == [
        {"question_id", "language", "text", "asked_on", "change_id"}
    ]
    assert kept[0]["text"] == UNKNOWN
    assert not any((await rows_about(vigil.database, chat.user)).values())
    assert "Rosebud" not in await written(vigil.database)
    assert "Amara" not in await written(vigil.database)


async def test_a_question_asked_by_command_is_kept_without_the_command(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.say(f"/ask {UNKNOWN}")
    await chat.tap("Pass it to the team")
    assert f"1 × \u2068{UNKNOWN}\u2069" in await vigil.group().say("/unanswered")


async def test_the_admin_group_sees_the_frequent_ones_first(vigil: Vigil) -> None:
    for person, question in ((0, UNKNOWN), (1, UNKNOWN.upper()), (2, "Why do cats purr?")):
        await vigil.chat(person).say(question)
        await vigil.chat(person).tap("Pass it to the team")

    shown = await vigil.group().say("/unanswered")
    first, second = (part.split("\n") for part in plain(shown).split("\n\n")[1:])
    assert first[:2] == ["1. 2 questions, 1 wording (English)", f"• 2 × {UNKNOWN}"]
    assert first[2].startswith("Nearest: ")
    assert second[1] == "• 1 × Why do cats purr?"


async def test_markup_in_a_question_is_shown_as_it_was_written(vigil: Vigil) -> None:
    await vigil.chat().say("<b>Which</b> *tyres* <fit & my> _bicycle_?")
    await vigil.chat().tap("Pass it to the team")
    assert "<b>Which</b> *tyres* <fit & my> _bicycle_?" in await vigil.group().say("/unanswered")


async def test_a_long_question_is_shortened_in_the_list(vigil: Vigil) -> None:
    await vigil.chat().say("Which bicycle tyres fit? " * 40)
    await vigil.chat().tap("Pass it to the team")
    assert len(await vigil.group().say("/unanswered")) < 600


async def test_tapped_twice_it_counts_once(chat: Chat, vigil: Vigil) -> None:
    await chat.say(UNKNOWN)
    await asyncio.gather(*(chat.send_data("ask:pass") for _ in range(5)))

    async with vigil.database.read() as db:
        assert len((await db.execute(questions.select())).all()) == 1
    assert chat.last["text"].startswith("Passed on")
    assert chat.popups == []


async def test_a_question_that_cannot_be_seen_any_more_is_asked_for_again(
    chat: Chat, vigil: Vigil
) -> None:
    await chat.say("hello")
    assert "cannot see your question" in await chat.send_data("ask:pass")

    await chat.say(UNKNOWN)
    under = chat.last["message_id"]
    vigil.world.chat(chat.id).remove([under])
    assert "cannot see your question" in await chat.send_data("ask:pass", under)
    assert (await all_rows(vigil.database))["questions"] == []


async def test_it_is_deleted_after_thirty_days(chat: Chat, vigil: Vigil) -> None:
    await chat.say(UNKNOWN)
    await chat.tap("Pass it to the team")
    vigil.world.clock.jump(timedelta(days=30))
    await vigil.services.housekeeping.tick()
    assert "bicycle" in await written(vigil.database)
    vigil.world.clock.jump(timedelta(days=1))
    await vigil.services.housekeeping.tick()
    assert "bicycle" not in await written(vigil.database)


async def test_what_is_left_out_is_shown_before_the_yes(chat: Chat, vigil: Vigil) -> None:
    await chat.say(f"{UNKNOWN} 0049 170 5550123")
    assert f"{UNKNOWN} …" in await chat.tap("Pass it to the team")
    assert (await all_rows(vigil.database))["questions"] == []

    assert (await chat.tap("Pass it on like this")).startswith("Passed on")
    assert f"{UNKNOWN} …" in await vigil.group().say("/unanswered")
    assert "5550123" not in str((await all_rows(vigil.database))["questions"])


async def test_dropped_after_one_question_back_by_whoever_is_first(vigil: Vigil) -> None:
    first, second = vigil.group(0), vigil.group(1)
    await keep(vigil, UNKNOWN, UNKNOWN, "Why do cats purr?")
    await first.say("/unanswered")
    await first.tap("1")
    assert "deleted for good" in await first.tap("Drop")
    drop, under = data_of(first, "Drop them"), first.last["message_id"]
    assert "• 2 × " in await first.tap("Back")
    assert len((await all_rows(vigil.database))["questions"]) == 3

    await asyncio.gather(*(one.send_data(drop, under) for one in (first, second, first)))
    rows = (await all_rows(vigil.database))["questions"]
    assert [row["text"] for row in rows] == ["Why do cats purr?"]
    await second.send_data(drop, under)
    assert "this tap did nothing" in second.last["text"]

    viewer = await join_group(vigil, 3, Role.VIEWER)
    assert "Why do cats purr?" in await viewer.say("/unanswered")
    await viewer.tap("1")
    await viewer.tap("Drop")
    assert "Only admins can do that." in viewer.popups[-1]


async def test_many_questions_are_shown_a_page_at_a_time_however_they_are_written(
    vigil: Vigil,
) -> None:
    group = vigil.group()
    asked = ("Cats", "Which bus?", "Tax", "Is it cold?", "Buy milk", "A poem", "[near]", "# one")
    await keep(vigil, *(f"{words} <&>" * 60 for words in asked))
    shown = await group.say("/unanswered 0.95")
    assert "8 questions in 8 groups" in plain(shown)
    assert group.buttons == ["1", "2", "3", "4", "5", "Next"]
    assert "6. " in await group.tap("Next")
    assert group.buttons == ["6", "7", "8", "Previous"]
    await group.tap("6")
    for act in ("Add as example", "Not covered"):
        await group.tap(act)
        assert all(len(data.encode()) <= 64 for data in map(partial(data_of, group), group.buttons))
        await group.tap("Back")
    await group.tap("Back to the list")
    assert group.buttons[0] == "6"  # the page from which she came
    assert "1. " in await group.tap("Previous")
    assert "6. " in await group.send_data("admin:unanswered:list:95:99")


async def test_the_likeness_is_shown_and_can_be_chosen(vigil: Vigil) -> None:
    group = vigil.group()
    await keep(vigil, "Which book should I read?", "Which film should I see?")
    assert "a likeness of 0.70 on" in plain(await group.say("/unanswered"))
    assert "2 questions in 2 groups" in plain(group.last["text"])
    for number in ("0.3", "0,3", ".30", "٠.٣"):
        shown = plain(await group.say(f"/unanswered {number}"))
        assert "a likeness of 0.30 on" in shown
        assert "2 questions in 1 group." in shown
    for word in ("7", "nan", "inf", "-0.7", "often", "0.7 0.8"):
        assert "Write a number from 0.30 to 0.95" in await group.say(f"/unanswered {word}")
