"""Texts past their review date say so, and those long past it are no longer shown."""

from datetime import timedelta

from bot.content import Content
from handlers.admin.content import tell_stale
from tests.conftest import Start, Vigil
from tests.conversation import Chat

OVERDUE = timedelta(days=120)
WITHDRAWN = timedelta(days=300)
NEAR = "Is this about you, or somebody near you? /support"
WARNING = "This text is past its review date; parts of it may no longer be right."


async def test_a_passage_past_its_review_date_says_so(chat: Chat, content: Content) -> None:
    passage = next(iter(content.language("en").passages.values()))
    assert WARNING not in await chat.link(f"ask-{passage.id}")

    chat.world.clock.jump(OVERDUE)

    shown = await chat.link(f"ask-{passage.id}")
    assert shown.startswith(WARNING)
    assert passage.body in shown
    assert (await chat.say(passage.examples[0])).startswith(WARNING)


async def test_a_passage_long_past_its_review_date_is_not_shown(
    chat: Chat, content: Content
) -> None:
    passage = next(iter(content.language("en").passages.values()))
    chat.world.clock.jump(WITHDRAWN)

    named = (
        f"I have an answer about “{passage.title}”, but its facts were to be checked again by 31"
    )
    shown = await chat.link(f"ask-{passage.id}")
    assert shown.startswith(named)
    assert passage.body not in shown
    assert shown.endswith(NEAR)
    assert chat.buttons == ["Reach a person", "All subjects"]
    asked = await chat.say(passage.examples[0])
    assert passage.body not in asked
    assert asked.startswith(named)
    await chat.say("/ask")
    checked = await chat.tap(chat.buttons[0])
    assert "checked again" in checked
    assert checked.endswith(NEAR)
    assert chat.buttons == ["All subjects"]


async def test_an_old_button_to_a_passage_that_is_gone_leads_to_the_others(chat: Chat) -> None:
    await chat.say("/ask")
    gone = await chat.send_data("ask:passage:no-such-passage")
    assert "no such text any more" in gone
    assert gone.endswith(NEAR)
    assert chat.buttons == ["All subjects"]


async def test_cases_go_the_same_way(chat: Chat, content: Content) -> None:
    case = content.language("en").cases["angel-colon"]
    chat.world.clock.jump(OVERDUE)
    assert (await chat.link("case-angel-colon")).startswith(WARNING)

    chat.world.clock.jump(WITHDRAWN - OVERDUE)
    assert case.body not in await chat.link("case-angel-colon")
    assert await chat.say("/cases") == "There are no cases to tell of at the moment."


async def test_the_admin_group_hears_of_each_stage_exactly_once(start: Start) -> None:
    vigil = await start()
    chat = vigil.group()
    for later in (timedelta(0), OVERDUE, WITHDRAWN - OVERDUE):
        vigil.world.clock.jump(later)
        for _ in range(2):
            await tell_stale(vigil.app.bot, vigil.services)
        vigil = await start()
        await tell_stale(vigil.app.bot, vigil.services)

    told = [one["text"] for one in chat.messages if "review date" in one.get("text", "")]
    assert len(told) == 3
    assert "180 more days" in told[0]
    assert "• en/explainer/" in told[0]
    assert "more" in told[0].splitlines()[-1]  # a list, however many
    assert "no longer shown" in told[1]
    assert "still shown" in told[2]
    assert "en/support.md" in told[2]
    assert "en/privacy.md" in told[2]


async def test_content_says_how_many_texts_are_in_date(vigil: Vigil, content: Content) -> None:
    count = len(list(content.language("en").reviewables))
    assert f"In date: {count}\n" in await vigil.group().say("/content")
    vigil.world.clock.jump(OVERDUE)
    assert f"Past their review date: {count}\n" in await vigil.group().say("/content")
