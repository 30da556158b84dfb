"""Passing on: a link that names nobody, what it counts, its end, and codes that are typed."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.models.sharing import Kind, Target
from bot.services.sharing import codes
from tests.conftest import PETITION, Start, Vigil
from tests.conversation import Chat
from tests.handlers.rows import all_rows, rows_about
from tests.handlers.test_choosing import choose
from tests.handlers.test_signing import LINK, sign
from tests.services.test_codes import alike

CASE = "angel-colon"
BEHIND = "free-angel"  # the petition of that case
TWINS = alike()
CODE = "KCV6"
LINKED = re.compile(r"https://t\.me/vigil_playground_bot\?start=(?P<payload>s-(?P<token>[\w-]+))")
FROM_THREE = "If three people or more sign within a day of opening it"
DAY = timedelta(days=1)
Leave = Callable[..., Awaitable[None]]


@pytest.fixture
def shelf(shelf: dict[str, Any]) -> dict[str, Any]:
    """A petition of the case, and two whose codes begin alike."""
    first = shelf[PETITION]
    of_case = first.model_copy(update={"id": BEHIND, "title": "Free Ángel", "case": CASE})
    twins = {
        one.slug: first.model_copy(update={"id": one.slug, "title": f"Twin {number}"})
        for number, one in enumerate(TWINS)
    }
    return shelf | {BEHIND: of_case} | twins


async def share(chat: Chat) -> str:
    """Press *Share*; the payload of the link that comes."""
    found = LINKED.search(await chat.tap("Share"))
    assert found
    return found["payload"]


async def sign_by(chat: Chat, payload: str) -> None:
    await chat.link(payload)
    await chat.tap("Count me without my name")
    await chat.tap("Count me")


async def visits(vigil: Vigil) -> int:
    return len((await all_rows(vigil.database))["share_visits"])


async def test_a_link_tells_from_three_upward_how_many_signed_and_never_who(vigil: Vigil) -> None:
    amara, *friends = (vigil.chat(person) for person in range(6))
    receipt = await sign(amara)
    payload = await share(amara)
    assert amara.messages[-2]["text"] == receipt  # it stays where it was
    assert len(payload) <= 64
    assert CODE in amara.last["text"]
    assert str(amara.user) not in payload
    choose = amara.last["reply_markup"]["inline_keyboard"][0][0]["url"]
    assert choose.startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fvigil_playground_bot")

    for friend in friends[:2]:
        await sign_by(friend, payload)
        assert FROM_THREE in await amara.tap("Share")
    await sign_by(friends[2], payload)
    shown = await amara.tap("Share")
    assert "3 people signed after your link." in shown
    assert payload in shown  # the same one again

    assert await visits(vigil) == 3  # for a day, so that who thinks again is counted no more
    (mine,) = (await rows_about(vigil.database, amara.user))["share_links"]
    assert mine["signed"] == 3
    vigil.world.clock.jump(DAY)
    await vigil.services.housekeeping.tick()
    assert await visits(vigil) == 0
    for friend in friends[:3]:
        held = await rows_about(vigil.database, friend.user)
        assert not held["share_links"] + held["share_visits"]
        assert mine["token"] not in str(held)


async def test_whoever_opens_a_link_is_herself(vigil: Vigil) -> None:
    amara, elise = vigil.chat(), vigil.chat(1)
    await amara.link(LINK)
    await amara.tap("Add my name")
    await amara.tap("Sign as \u2068Amara Okafor\u2069")
    payload = await share(amara)

    card = await elise.link(payload)
    assert "Amara" not in card
    assert elise.buttons[:2] == ["Add my name", "Count me without my name"]
    await elise.tap("Add my name")
    assert "Sign as \u2068Élise Fontaine\u2069" in elise.buttons
    assert "Take my signature back" in (await _buttons(amara, payload))
    assert await _buttons(elise, payload) == await _buttons(elise, LINK)
    assert await share(elise) != payload


async def _buttons(chat: Chat, payload: str) -> list[str]:
    await chat.link(payload)
    return chat.buttons


async def test_what_does_not_count(vigil: Vigil) -> None:
    """Her own signature, one that was there before, a day later, twice, without the link."""
    await vigil.services.petitions.open(BEHIND)
    amara, elise, leyla, tom, ines, noor = (vigil.chat(person) for person in range(6))
    await amara.link(LINK)
    payload = await share(amara)
    await sign_by(amara, payload)
    await sign(elise)
    await elise.link(payload)
    assert await visits(vigil) == 0
    await leyla.link(payload)
    vigil.world.clock.jump(DAY)
    await sign(leyla)
    await tom.link(payload)
    await sign_by(tom, f"petition-{BEHIND}")  # another petition
    await sign(ines)
    await noor.link(payload)
    assert await visits(vigil) == 2
    vigil.world.clock.jump(DAY)
    await vigil.services.housekeeping.tick()
    assert await visits(vigil) == 0
    assert not any((await rows_about(vigil.database, noor.user)).values())
    assert FROM_THREE in await _tapped(amara, "Share")
    (mine,) = (await rows_about(vigil.database, amara.user))["share_links"]
    assert mine["signed"] == 0


async def _tapped(chat: Chat, label: str) -> str:
    await chat.link(LINK)
    return await chat.tap(label)


async def test_a_link_that_was_ended_opens_the_card_and_counts_nothing(vigil: Vigil) -> None:
    amara, elise, leyla = (vigil.chat(person) for person in range(3))
    await amara.link(LINK)
    payload = await share(amara)
    await elise.link(payload)
    forged = f"share:end:{payload.removeprefix('s-')}"
    assert "no link of yours" in await elise.send_data(forged)
    assert await visits(vigil) == 1

    assert "nobody's now" in await amara.tap("Make this link invalid")
    assert await visits(vigil) == 0
    rows = await all_rows(vigil.database)
    assert not rows["share_links"]
    assert rows["ended_links"] == [
        {"token": payload.removeprefix("s-"), "kind": "petition", "slug": PETITION}
    ]
    assert not any((await rows_about(vigil.database, amara.user)).values())

    assert "The authorities of Cameroon" in await leyla.link(payload)
    assert await visits(vigil) == 0
    await amara.send_data(forged)  # tapped twice: it stands
    assert "nobody's now" in amara.last["text"]
    assert LINKED.search(await amara.tap("Make a new link"))["payload"] != payload  # type: ignore[index]


async def test_erasing_and_withdrawing_end_links(vigil: Vigil) -> None:
    amara, elise, leyla = (vigil.chat(person) for person in range(3))
    await sign(amara)
    payload = await share(amara)
    await leyla.link(payload)
    await sign(elise)
    other = await share(elise)

    await amara.say("/forgetme")
    await amara.tap("Erase everything")
    assert payload.removeprefix("s-") not in str(await all_rows(vigil.database))
    dead = await leyla.link(payload)
    assert "leads nowhere any more" in leyla.replies[0]
    assert dead.startswith("Petitions that you can sign now")

    await elise.say("/mysignatures")
    await elise.send_data(f"withdraw:do:{PETITION}")
    assert not any((await rows_about(vigil.database, elise.user)).values())
    assert "The authorities of Cameroon" in await leyla.link(other)
    for broken in ("s-", "s-" + "x" * 20, "s-" + "x" * 62, f"{other}x"):
        assert "link" in (await leyla.link(broken) and leyla.replies[0])


async def test_a_link_to_a_case_counts_a_signature_behind_it(vigil: Vigil) -> None:
    await vigil.services.petitions.open(BEHIND)
    amara, *friends = (vigil.chat(person) for person in range(4))
    await amara.link(f"case-{CASE}")
    payload = await share(amara)
    assert "Send the petition's card" not in amara.buttons
    for friend in friends:
        assert "Ángel" in await friend.link(payload)
        await sign_by_case(friend)
    await amara.link(f"case-{CASE}")
    assert "3 people signed after your link." in await amara.tap("Share")


async def sign_by_case(chat: Chat) -> None:
    await chat.link(f"petition-{BEHIND}")
    await chat.tap("Count me without my name")
    await chat.tap("Count me")


async def told(amara: Chat, vigil: Vigil) -> int:
    """What her link counts, and that she reads it from three upward only."""
    shown, number = await _tapped(amara, "Share"), await signed(amara, vigil)
    assert (FROM_THREE in shown) == (number < 3)
    assert number < 3 or f"{number} people signed after your link." in shown
    return number


async def take_back(chat: Chat, petition: str = PETITION) -> None:
    await chat.say("/mysignatures")
    await chat.send_data(f"withdraw:do:{petition}")


async def forget(chat: Chat, _: str = PETITION) -> None:
    await chat.say("/forgetme")
    await chat.tap("Erase everything")


@pytest.mark.parametrize("leave", [take_back, forget])
@pytest.mark.parametrize("pause", [timedelta(), DAY])
async def test_one_account_cannot_pass_for_three(
    leave: Leave, pause: timedelta, vigil: Vigil
) -> None:
    """She would read then what one real signer did, from whom the three protect."""
    amara, false, real = (vigil.chat(person) for person in range(3))
    await amara.link(LINK)
    payload = await share(amara)
    for _ in range(3):
        await sign_by(false, payload)
        vigil.world.clock.jump(pause)
        await vigil.services.housekeeping.tick()
        await leave(false)
        if leave is forget:
            await choose(false)  # a yes, which is the last word that is known of her then
    await sign_by(real, payload)

    assert await told(amara, vigil) == (2 if pause else 1)


@pytest.mark.parametrize("leave", [take_back, forget])
async def test_who_takes_a_signature_back_is_counted_no_more(leave: Leave, vigil: Vigil) -> None:
    amara, *friends = (vigil.chat(person) for person in range(5))
    await amara.link(LINK)
    payload = await share(amara)
    for friend in friends:
        await sign_by(friend, payload)
    assert await told(amara, vigil) == 4
    await leave(friends[0])
    assert await told(amara, vigil) == 3
    await leave(friends[1])
    assert await told(amara, vigil) == 2
    assert not any((await rows_about(vigil.database, friends[1].user))["share_visits"])


@pytest.mark.parametrize("leave", [take_back, forget])
async def test_a_link_to_a_case_counts_people_and_not_signatures(
    leave: Leave, shelf: dict[str, Any], start: Start
) -> None:
    also = "free-angel-too"
    shelf[also] = shelf[BEHIND].model_copy(update={"id": also})
    vigil = await start()
    for slug in (BEHIND, also):
        await vigil.services.petitions.open(slug)
    amara, elise = vigil.chat(0), vigil.chat(1)
    await amara.link(f"case-{CASE}")
    payload = await share(amara)
    await elise.link(payload)
    await sign_by(elise, f"petition-{BEHIND}")
    await elise.link(payload)  # once more
    await sign_by(elise, f"petition-{also}")
    assert await signed(amara, vigil) == 1
    if leave is take_back:
        await take_back(elise, BEHIND)
        assert await signed(amara, vigil) == 1
    await leave(elise, also)
    assert await signed(amara, vigil) == 0


async def signed(amara: Chat, vigil: Vigil) -> int:
    (mine,) = (await rows_about(vigil.database, amara.user))["share_links"]
    return int(mine["signed"])


async def test_a_share_button_of_what_has_closed_since_makes_no_link(vigil: Vigil) -> None:
    amara = vigil.chat()
    await amara.link(LINK)
    await vigil.services.petitions.close(PETITION)
    assert "has closed" in await amara.tap("Share")
    for forged in ("petition:nothing-like-it", "case:nobody", f"petition:{BEHIND}"):
        await amara.send_data(f"share:{forged}")
    assert not (await all_rows(vigil.database))["share_links"]


async def test_a_typed_code_opens_what_it_stands_for_and_steals_from_no_dialog(
    vigil: Vigil,
) -> None:
    for twin in TWINS:
        await vigil.services.petitions.open(twin.slug)
    amara = vigil.chat()
    passage = Target(Kind.ASK, "definition")
    for typed, found in {
        CODE: "The authorities of Cameroon",
        f" {CODE.lower()} ": "The authorities of Cameroon",
        codes([Target(Kind.CASE, CASE)])[Target(Kind.CASE, CASE)]: "Ángel",
        codes([passage])[passage]: "As of: late 2014",
        codes(TWINS[:1])[TWINS[0]]: "This code stands for more than one text:",
        codes(TWINS)[TWINS[1]]: "Twin 1",
    }.items():
        assert found in await amara.say(typed), typed
    await amara.say(codes(TWINS[:1])[TWINS[0]])
    assert sorted(amara.buttons) == ["Twin 0", "Twin 1"]
    assert "Twin 0" in await amara.tap("Twin 0")

    await amara.tap("Add my name")
    await amara.tap("Write another name")
    assert "Cameroon" not in await amara.say(CODE)
    assert f"Sign as \u2068{CODE}\u2069" in amara.buttons
    await amara.say("/cancel")
    assert "The authorities of Cameroon" not in await amara.say(f"what is {CODE}?")


QUESTION = "is torture illegal"
ANSWER = "is-torture-illegal"
REST = "Nothing for a while"


async def test_an_answer_is_passed_on_by_a_link_that_is_everybody_s(vigil: Vigil) -> None:
    """The answer stays where it is; no row says who shared, or opened, or typed the code."""
    amara, elise = vigil.chat(), vigil.chat(1)
    answer = await amara.say(QUESTION)
    title = answer.splitlines()[0]
    before = await all_rows(vigil.database)
    shown = await amara.tap("Share")
    assert amara.messages[-2]["text"] == answer
    assert shown.startswith(f"Pass on “{title}”")
    assert f"https://t.me/vigil_playground_bot?start=ask-{ANSWER}\n" in shown
    target = Target(Kind.ASK, ANSWER)
    code = vigil.services.sharing.code(target)
    assert f"this code: {code}" in shown
    assert amara.buttons == ["Choose a chat"]
    choose = amara.last["reply_markup"]["inline_keyboard"][0][0]["url"]
    assert f"start%3Dask-{ANSWER}&" in choose
    assert LINKED.search(shown) is None
    assert await _kept(vigil) == _people(before)

    for opened in (await elise.link(target.payload), await elise.say(code)):
        assert opened.startswith(title)
    await elise.tap("Share")
    assert (await _kept(vigil)) == _people(before)


async def _kept(vigil: Vigil) -> dict[str, Any]:
    return _people(await all_rows(vigil.database))


def _people(rows: dict[str, Any]) -> dict[str, Any]:
    return {name: rows[name] for name in ("supporters", "share_links", "share_visits")}


async def test_share_stands_under_every_answer_but_for_whoever_is_left_in_peace(
    vigil: Vigil,
) -> None:
    chat = vigil.chat()
    ways = (chat.say(QUESTION), chat.link(f"ask-{ANSWER}"))
    for way in ways:
        await way
        assert "Share" in chat.buttons

    await chat.say("soldiers took my brother an hour ago")
    assert chat.buttons == ["Reach a person"]
    for again in (chat.say(QUESTION), chat.link(f"ask-{ANSWER}")):
        await again
        assert "All subjects" in chat.buttons
        assert "Share" not in chat.buttons
    vigil.world.clock.jump(timedelta(hours=1))
    await chat.say(QUESTION)
    assert "Share" in chat.buttons

    await chat.say("/alerts")
    await chat.tap(REST)
    await chat.tap("For 7 days")
    await chat.say(QUESTION)
    assert "Share" not in chat.buttons


async def test_an_answer_that_is_not_shown_any_more_is_not_passed_on(vigil: Vigil) -> None:
    chat = vigil.chat()
    await chat.link(f"ask-{ANSWER}")
    vigil.world.clock.jump(timedelta(days=300))
    shown = await chat.tap("Share")
    assert "its facts were to be checked again" in shown
    assert "start=" not in shown
    assert "no such text" in await chat.send_data("share:ask:no-such-answer")
