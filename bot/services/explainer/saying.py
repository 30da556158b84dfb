"""How a reply reads without Telegram, and the sentences that it shares with the chat."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.content import (
    Case,
    Letter,
    Meta,
    NotCovered,
    Passage,
    Petition,
    ReviewedCard,
    SmallTalk,
    State,
)
from bot.content.texts import Text
from bot.services.explainer.reply import Reply

N_ = str  # marks a sentence for translators, as in bot.i18n, which loads Babel
DID_YOU_MEAN = N_("Did you mean one of these?")
NO_ANSWER = N_("I have no vetted answer to that yet.")
NO_WORDS = N_("I can only read words. Write your question as a sentence, please.")
ORIGIN = N_("Source: {source}\nAs of: {as_of}")
UNCLEAR = N_(
    "I cannot tell what that is about. I remember only the text that I showed you last, and "
    "for half an hour at most. Write a whole question, please, or look through the subjects."
)
UNREADABLE = N_("I cannot read this language. I can answer you in {language}.")
WITHHELD = N_(
    "I have an answer about “{title}”, but its facts were to be checked again by {day}, and "
    "nobody has done that. So it is no longer shown: parts of it may not be right any more."
)
OVERDUE = N_("This text is past its review date; parts of it may no longer be right.")
WARNED = N_("<i>{warning}</i>\n\n{text}")
UNCHECKED = N_("{text}\n\n<i>Translated by a machine; no person has checked it yet.</i>")

_EMPHASIS = re.compile("</?i>")


def is_unchecked(text: Passage | ReviewedCard | Petition | Case | Letter) -> bool:
    """Whether a machine has translated it, and no person has looked at that."""
    return text.translated_by == "machine" and text.review != "approved"


@dataclass(frozen=True)
class Speech:
    """Who speaks, and how: in the language of the reply; English without a catalogue.

    `unreadable` is what is said to a language that no text is in: a line in each that there is.
    """

    organisation: str = ""
    contact: str = ""
    say: Callable[[str], str] = str
    day: Callable[[date], str] = date.isoformat
    unreadable: str = UNREADABLE.replace("{language}", "English")

    def text(self, reply: Reply) -> str:
        """What the chat says, but for what stands beside its buttons and leads to /support."""
        if isinstance(reply.text, Passage):
            return self._dated(reply.text, reply.state)
        if reply.text:
            return self.shown(reply.text)
        if reply.withheld:
            return self._withheld(reply.withheld)
        if reply.reason == "language":
            return self.unreadable
        if reply.kind == "suggest":
            return self.say(DID_YOU_MEAN)
        others = {"no_words": NO_WORDS, "follow_up": UNCLEAR}
        return self.say(others.get(reply.reason, NO_ANSWER))

    def shown(self, text: Text) -> str:
        if isinstance(text, Passage):
            return text.shown(self.organisation, self.contact, self.say(ORIGIN))
        return text.shown(self.organisation, self.contact)

    def _dated(self, passage: Passage, state: State | None) -> str:
        words = self.shown(passage)
        if is_unchecked(passage):
            words = self._around(UNCHECKED, words)
        if state is State.OVERDUE:
            words = self._around(WARNED, words).replace("{warning}", self.say(OVERDUE))
        return words

    def _around(self, sentence: str, words: str) -> str:
        return _EMPHASIS.sub("", self.say(sentence)).replace("{text}", words)

    def _withheld(self, passage: Passage) -> str:
        said = self.say(WITHHELD).replace("{day}", self.day(passage.review_by))
        return said.replace("{title}", passage.title)


def as_json(reply: Reply, speech: Speech) -> dict[str, object]:
    """The line that `ask --jsonl` prints; `text` is what a person would be shown."""
    is_found = isinstance(reply.text, Passage | Meta | SmallTalk | NotCovered)
    return {
        "kind": reply.kind,
        "passage": reply.text.id if is_found and reply.text else None,
        "text": speech.text(reply),
        "options": [
            {"title": option.title, "text": speech.shown(option)} for option in reply.options
        ],
    }
