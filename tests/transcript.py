"""Talks as text files that anybody can read, and which the running bot must repeat word by word.

    VIGIL_WRITE_TRANSCRIPTS=1 make test

writes them anew; what has changed is then to be read in the difference, like any other change.
"""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playground.world import World
from tests.conversation import Chat, plain, words

UTC = ZoneInfo("UTC")
_PSEUDONYM = re.compile(r"\bS-[0-9A-F]+\b")


class Transcript:
    """What several people say, tap and read, in the order in which it happens."""

    def __init__(self, world: World, title: str) -> None:
        self.world = world
        self.lines = [title, "=" * len(title)]

    def talk(self, chat: Chat, where: str) -> "Talk":
        """The same chat, on record from now on."""
        return Talk(self, chat, where)

    def note(self, text: str) -> None:
        """Something that happens in no chat."""
        self.lines += ["", f"── {text} ({self.now})"]

    @property
    def now(self) -> str:
        return f"{self.world.clock.now().astimezone(UTC):%-d %B %Y, %H:%M} UTC"

    def _with_steady_names(self) -> str:
        """Pseudonyms of the staff are drawn by lot: here they are numbered as they appear."""
        text = "\n".join(self.lines) + "\n"
        for number, drawn in enumerate(dict.fromkeys(_PSEUDONYM.findall(text)), 1):
            text = text.replace(drawn, f"S-{number:04}")
        return text

    def matches(self, path: Path) -> bool:
        """Whether it is the one in the file; with VIGIL_WRITE_TRANSCRIPTS it becomes that."""
        text = self._with_steady_names()
        if os.environ.get("VIGIL_WRITE_TRANSCRIPTS"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")
        return True


class Talk(Chat):
    """A chat whose every act is written down with all that it brought, in pop-ups as well."""

    def __init__(self, script: Transcript, chat: Chat, where: str) -> None:
        super().__init__(chat.world, chat.user, chat.id)
        name = self.world.people[chat.user].user["first_name"]
        self.script, self.who = script, f"{name}, {where}"

    async def say(self, text: str, **extra: Any) -> str:
        self._act(text)
        return await super().say(text, **extra)

    async def link(self, payload: str = "") -> str:
        self._act(f"(opens t.me/{self.world.bot['username']}?start={payload})")
        return await super().link(payload)

    async def tap(self, label: str) -> str:
        self._act(f"[{plain(label)}]")
        return await super().tap(label)

    def show(self) -> None:
        """All that stands in the chat."""
        self.script.lines += ["", f"{self.who}, has before her:"]
        for message in self.messages:
            if message["from"]["is_bot"]:
                self._write("Vigil", message)

    def _act(self, what: str) -> None:
        said = [f"  > {line}" for line in what.split("\n")]
        self.script.lines += ["", f"{self.who} ({self.script.now}):", *said]

    async def _after(self, act: Any) -> str:
        before, known = {id(one) for one in self.messages}, self._ids()
        heard = len(self.popups)
        answer = await super()._after(act)
        for message in self.messages:
            if id(message) not in before and message["from"]["is_bot"]:
                is_old = message["message_id"] in known
                self._write("Vigil, in the same message" if is_old else "Vigil", message)
        for popup in self.popups[heard:]:
            self.script.lines += ["", "Vigil, in a pop-up:", *_indented(plain(popup))]
        return answer

    def _ids(self) -> set[int]:
        return {one["message_id"] for one in self.messages}

    def _write(self, who: str, message: Mapping[str, Any]) -> None:
        picture = ["  (a picture)"] if "photo" in message else []
        self.script.lines += ["", f"{who}:", *picture, *_indented(_readable(message))]
        self.script.lines += _rows(message)


def _readable(message: Mapping[str, Any]) -> str:
    """A quotation begins on a line of its own, though there is no line break in the text."""
    text = words(message).encode("utf-16-le")  # Telegram counts in these units
    for entity in reversed(message.get("entities", [])):
        at = 2 * entity["offset"]
        if entity["type"] == "blockquote" and text[at - 2 : at] not in (b"", b"\n\0"):
            text = text[:at] + b"\n\0" + text[at:]
    return plain(text.decode("utf-16-le"))


def _indented(text: str) -> Sequence[str]:
    return [f"  {line}".rstrip() for line in text.split("\n")]


def _rows(message: Mapping[str, Any]) -> Sequence[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return ["  " + " ".join(f"[{plain(button.get('text', ''))}]" for button in row) for row in rows]
