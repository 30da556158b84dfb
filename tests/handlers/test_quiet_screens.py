"""Every screen that can be reached while somebody is left in peace: none of them invites her."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import handlers
from bot.content import Content, owner
from handlers.marks import mark
from tests.conftest import NOON, PETITION, Vigil
from tests.conversation import Chat, words
from tests.handlers import letters
from tests.handlers.test_distress import CRY

HOUR = timedelta(hours=1)
ASKED_FOR = ("petitions", "alerts")
INVITES = re.compile(
    r"go:(petitions|alerts)|share:(petition|case)|choose:|follow:.*:ask|petition:|letters:list"
    r"|letter:[a-z-]+$"
)
NAMES = re.compile(r"/(petitions|alerts)\b")
LEFT = re.compile(  # what was asked for, what ends the quiet or all there is, and endless choices
    r"petition:|sign:|quiet:|forget:|withdraw:do|settings:language|start:|ask:(always|pick|else|none)"
)
SAID = ("hello", "help", "just testing this", "thanks", "tell me a joke", "this bot is great")
ASKED = ("how do I use you", "did I sign", "What is torture?", "which bicycle tyres fit?", "asdfgh")
LINKS = ("", "nothing-there", "s-0123456789abcdef", "case-angel-colon", "case-gone", "ask-gone")


@pytest.fixture
def content(content: Content) -> Content:
    english = replace(content.language("en"), letters=letters.some())
    return replace(content, languages={"en": english})


class Walk:
    """Goes from screen to screen by their buttons, and keeps those that invite."""

    def __init__(self, chat: Chat, content: Content, hers: str = "") -> None:
        texts = content.language("en")
        self._chat = chat
        self._hers = hers  # a button of something that she has done
        self._privacy = texts.privacy.title
        self._kept = texts.meta["what-is-kept"].body
        passages = texts.passages.values()
        self._inviting = {f"ask:passage:{one.id}" for one in passages if NAMES.search(one.body)}
        self.invitations: list[tuple[str, str]] = []
        self.seen: set[str] = set()

    async def on(self) -> None:
        """To wherever the newest buttons lead."""
        ways = [data for data in self._data() if not LEFT.match(data)]
        self._look()
        for data in ways:
            if data not in self.seen:
                self.seen.add(data)
                await self._chat.send_data(data)
                await self.on()

    def _look(self) -> None:
        for shown in (*self._chat.replies, words(self._chat.last)):
            if NAMES.search(shown) and not self._tells_what_is_kept(shown):
                self.invitations.append((shown, ""))
        self.invitations += [
            (words(self._chat.last), data)
            for data in self._data()
            if data != self._hers and (INVITES.match(data) or data in self._inviting)
        ]

    def _tells_what_is_kept(self, shown: str) -> bool:
        return shown.startswith(self._privacy) or self._kept in shown

    def _data(self) -> Sequence[str]:
        rows: Any = self._chat.last.get("reply_markup", {}).get("inline_keyboard", [])
        return [one["callback_data"] for row in rows for one in row if "callback_data" in one]


async def test_no_screen_in_that_hour_leads_to_petitions_alerts_or_sharing(
    chat: Chat, vigil: Vigil, content: Content
) -> None:
    texts, walk = content.language("en"), Walk(chat, content)
    await chat.say(CRY)
    commands = {one.name for one in handlers.COMMANDS} - {*ASKED_FOR, "stop"}
    for said in (*(f"/{name}" for name in sorted(commands)), *SAID, *ASKED):
        await chat.say(said)
        await walk.on()
    for link in (*LINKS, *(f"letter-{slug}" for slug in texts.letters)):
        await chat.link(link)
        await walk.on()
    for passage in texts.passages.values():
        await chat.link(f"ask-{passage.id}")
        if not NAMES.search(passage.body):
            await walk.on()
        await chat.say("tell me more")
        await walk.on()
    for meta in texts.meta.values():
        if meta.action not in ASKED_FOR:
            await chat.send_data(f"ask:pick:{mark(owner(meta))}")
            await walk.on()
    assert {"ask:subjects", "go:mysignatures", "settings:zone"} <= walk.seen
    await chat.say("/stop")
    await walk.on()
    assert vigil.world.clock.now() == NOON
    assert walk.invitations == []


async def test_whoever_signed_keeps_what_is_hers_and_is_offered_no_more(
    chat: Chat, content: Content
) -> None:
    walk = Walk(chat, content, hers=f"petition:{PETITION}")
    await chat.say(CRY)
    await chat.link(f"petition-{PETITION}")  # she asks for it
    assert "All petitions" in chat.buttons
    assert "Share" not in chat.buttons
    await chat.tap("Count me without my name")
    await chat.tap("Count me")
    await walk.on()
    await chat.say("/mysignatures")
    assert chat.buttons[1:] == ["Take it back"]
    await walk.on()
    await chat.tap("Take it back")
    await chat.tap("Yes, take it back")
    await walk.on()
    await chat.send_data(f"withdraw:do:{PETITION}")
    await walk.on()
    await chat.say("/mysignatures")
    assert words(chat.last) == "You have signed nothing here."
    await chat.say("/stop")
    await walk.on()
    assert walk.invitations == []


async def test_a_yes_of_hers_can_be_taken_back_in_that_hour(chat: Chat) -> None:
    await chat.link("case-angel-colon")
    await chat.tap("Follow this case")
    await chat.tap(chat.buttons[0])
    await chat.say(CRY)
    await chat.link("case-angel-colon")
    assert chat.buttons[:2] == ["Stop following", "What I agreed to"]
    assert "Share" not in chat.buttons


async def test_a_letter_whose_time_is_over_leads_to_the_case_alone(
    chat: Chat, vigil: Vigil
) -> None:
    vigil.world.clock.jump(timedelta(days=30))
    await chat.link(f"letter-{letters.LETTER}")
    assert "petition" in str(chat.last["reply_markup"])
    await chat.say(CRY)
    await chat.link(f"letter-{letters.LETTER}")
    assert chat.buttons == []
    await chat.link(f"letter-{letters.FAMILY}")
    assert len(chat.buttons) == 1
    assert "case:angel-colon" in str(chat.last["reply_markup"])
    vigil.world.clock.jump(HOUR)
    await chat.link(f"letter-{letters.LETTER}")
    assert chat.buttons
