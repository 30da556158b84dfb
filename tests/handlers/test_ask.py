"""Questions and answers: word for word, or honestly none."""

from typing import get_args

from bot.content import Content, Passage, owner
from bot.content.conversation import Action
from bot.content.texts import fill
from bot.models import Supporter
from bot.services.explainer import Explainer
from handlers.marks import mark
from tests.conftest import NOON, Vigil
from tests.conversation import Chat
from tests.handlers.rows import written

NEAR = "\n\nIs this about you, or somebody near you? /support"
BEFORE = (
    "“Pass it to the team” keeps your question, without your name or number, so that they can "
    "write an answer for everybody. “Reach a person” is for an answer to you yourself."
)
BELOW = ["Not what you meant?", "More on this", "All subjects", "Share"]
WAYS_ON = ["Pass it to the team", "Reach a person", "Subjects"]
UNKNOWN = "Which bicycle tyres fit my wheels?"


def find(explainer: Explainer, content: Content, kind: str) -> str:
    """An example question that the explainer takes in this way."""
    questions = (example for text in content.language("en").entries for example in text.examples)
    words = (question.split() for question in questions)
    shorter = (" ".join(some[:length]) for some in words for length in range(len(some), 0, -1))
    return next(one for one in shorter if explainer.ask(one, "en", NOON.date()).kind == kind)


async def test_a_question_gets_its_passage_word_for_word(
    chat: Chat, content: Content, explainer: Explainer
) -> None:
    question = find(explainer, content, "answer")
    passage = explainer.ask(question, "en", NOON.date()).text
    assert isinstance(passage, Passage)

    assert await chat.say(question) == (
        f"{passage.title}\n\n{passage.body}\n\nSource: {passage.source}\nAs of: {passage.as_of}"
        + NEAR
    )


async def test_every_answer_shown_is_a_passage_word_for_word_with_its_date(
    chat: Chat, content: Content
) -> None:
    passages = content.language("en").passages.values()
    whole = {
        f"{one.title}\n\n{one.body}\n\nSource: {one.source}\nAs of: {one.as_of}": one.id
        for one in passages
    }
    shown = set()
    for question in (example for one in passages for example in one.examples[::4]):
        answer = await chat.say(question)
        if "\nAs of: " in answer:
            shown.add(whole[answer.removesuffix(NEAR)])
    assert shown == set(whole.values())


async def test_not_what_you_meant_offers_the_next_two_and_leads_back(
    chat: Chat, content: Content, explainer: Explainer
) -> None:
    question = find(explainer, content, "answer")
    found = explainer.ask(question, "en", NOON.date())
    first, second = found.also
    answer = await chat.say(question)
    assert chat.buttons == BELOW

    assert await chat.tap("Not what you meant?") == answer  # it stays to be read
    assert chat.buttons == [first.title, second.title, "None of these", "Back"]
    await chat.tap("Back")
    assert chat.buttons == BELOW
    await chat.tap("Not what you meant?")
    assert first.body in await chat.tap(first.title)
    await chat.tap("Not what you meant?")
    assert isinstance(found.text, Passage)
    assert chat.buttons[:2] == [found.text.title, second.title]
    assert await chat.tap(found.text.title) == answer


async def test_in_a_quiet_time_the_others_lead_to_no_petition(
    chat: Chat, vigil: Vigil, content: Content, explainer: Explainer
) -> None:
    texts = content.language("en")
    asked = (example for text in texts.passages.values() for example in text.examples)
    answers = ((one, explainer.ask(one, "en", NOON.date())) for one in asked)
    question, inviting = next(
        (question, text)
        for question, reply in answers
        for text in reply.also
        if "/petitions" in text.body and reply.kind == "answer"
    )
    for quiet in (False, True):
        await chat.say(question)
        await chat.tap("Not what you meant?")
        assert (inviting.title in chat.buttons) is not quiet
        await chat.tap("None of these")
        await chat.tap("Back")
        assert (inviting.title in chat.buttons) is not quiet
        await vigil.services.supporters.leave_in_peace(Supporter(chat.user, "en"))


async def test_a_wrong_answer_can_be_passed_to_the_team_too(
    chat: Chat, vigil: Vigil, content: Content, explainer: Explainer
) -> None:
    question = find(explainer, content, "answer")
    await chat.say(question)
    await chat.tap("Not what you meant?")
    assert "no vetted answer" in await chat.tap("None of these")
    assert await chat.tap("Back") == f"Did you mean one of these?{NEAR}"
    await chat.tap("None of these")
    assert (await chat.tap("Pass it to the team")).startswith("Passed on")
    assert question in await written(vigil.database)


async def test_a_doubtful_question_is_met_with_choices(
    chat: Chat, content: Content, explainer: Explainer
) -> None:
    question = find(explainer, content, "suggest")
    options = explainer.ask(question, "en", NOON.date()).options
    shown = fill(options[0].body, organisation="Example Rights", contact="help@example.org")

    assert await chat.say(question) == f"Did you mean one of these?{NEAR}"
    assert chat.buttons == [*(one.title for one in options), "None of these"]
    assert 1 <= len(options) <= 3
    assert shown.splitlines()[0] in await chat.tap(options[0].title)


async def test_none_of_the_choices_leads_to_the_team(
    chat: Chat, content: Content, explainer: Explainer
) -> None:
    await chat.say(find(explainer, content, "suggest"))
    assert "no vetted answer" in await chat.tap("None of these")
    assert chat.buttons == [*WAYS_ON, "Back"]
    assert (await chat.tap("Pass it to the team")).startswith(
        "Passed on, without your name or number."
    )


async def test_no_answer_is_said_honestly_and_leads_on(chat: Chat) -> None:
    assert "no vetted answer" in await chat.say(UNKNOWN)
    assert chat.buttons == WAYS_ON
    assert "choose a subject" in await chat.tap("Subjects")


async def test_every_text_that_covers_something_else_says_so(
    chat: Chat, content: Content, explainer: Explainer
) -> None:
    for text in content.language("en").not_covered.values():
        if explainer.ask(text.examples[0], "en", NOON.date()).text is text:
            body = fill(text.body, "Example Rights", "help@example.org")
            assert await chat.say(text.examples[0]) == f"{body}\n\n{BEFORE}{NEAR}"
            assert chat.buttons == WAYS_ON


async def test_every_passage_is_two_taps_away_from_ask(chat: Chat, content: Content) -> None:
    reached = set()
    await chat.say("/ask")
    for subject in chat.buttons:
        await chat.tap(subject)
        for title in chat.buttons[:-1]:
            shown = await chat.tap(title)
            reached.add(shown.split("\n")[0])
            await chat.say("/ask")
            await chat.tap(subject)
        await chat.tap("All subjects")
    assert reached == {passage.title for passage in content.language("en").passages.values()}


async def test_a_link_opens_a_passage(chat: Chat, content: Content) -> None:
    passage = next(iter(content.language("en").passages.values()))
    assert passage.body in await chat.link(f"ask-{passage.id}")


async def test_ask_with_words_behind_it_answers_them(chat: Chat, content: Content) -> None:
    passage = next(iter(content.language("en").passages.values()))
    assert await chat.say(f"/ask {passage.examples[0]}") == await chat.say(passage.examples[0])


async def test_questions_in_groups_are_nobodys(vigil: Vigil) -> None:
    group = vigil.group()
    assert await group.say("What is torture?") == ""


async def test_small_talk_is_answered_and_leads_on(chat: Chat, content: Content) -> None:
    greeting = content.language("en").smalltalk["greeting"]
    assert (await chat.say("hello")).startswith(greeting.body[:30])
    assert chat.buttons == ["Subjects", "Petitions"]


async def test_the_button_under_an_answer_about_the_bot_does_what_the_command_does(
    chat: Chat, content: Content
) -> None:
    by_action = {text.action: text for text in content.language("en").meta.values()}
    assert set(get_args(Action)) <= set(by_action)
    for action, text in by_action.items():
        await chat.say("hello")
        shown = await chat.send_data(f"ask:pick:{mark(owner(text))}")
        assert text.body.split("{")[0] in shown
        assert chat.buttons[-1] == "Not what you meant?"
        if action is not None:
            assert await chat.tap(chat.buttons[0]) == await chat.say(f"/{action}"), action
            await chat.say("/cancel")


async def test_a_button_to_a_text_that_is_gone_leads_to_the_subjects(chat: Chat) -> None:
    for screen in ("pick", "else", "choose"):
        await chat.say("hello")
        assert "no such text any more" in await chat.send_data(f"ask:{screen}:00000000000f")
        assert chat.buttons == ["All subjects"]
    assert "no vetted answer" in await chat.send_data("ask:none:00000000000f")
    assert chat.buttons == WAYS_ON
    assert "choose a subject" in await chat.send_data("ask:subject:no-such-subject")
