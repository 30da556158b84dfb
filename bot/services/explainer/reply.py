"""What the explainer answers, and how that reads as JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.content import Meta, NotCovered, Passage, ReviewedCard, SmallTalk, State
from bot.content.texts import Text

Kind = Literal["answer", "suggest", "decline", "support", "smalltalk", "meta"]
Reason = Literal["", "no_words", "not_covered", "withdrawn", "language", "follow_up"]
Shown = Passage | SmallTalk | Meta | NotCovered | ReviewedCard

N_ = str  # marks a sentence for translators, as in bot.i18n, which loads Babel
DID_YOU_MEAN = N_("Did you mean one of these?")
NO_ANSWER = N_("I have no vetted answer to that yet.")
NO_WORDS = N_("I can only read words. Write your question as a sentence, please.")
ORIGIN = N_("Source: {source}\nAs of: {as_of}")


@dataclass(frozen=True)
class Reply:
    """One answer. `why` is for editors and quotes what the person wrote: it must not be logged.

    `text` is what is shown: the passage, small talk or meta text; the support card; for a decline
    the text that says what is not covered, or None. `options` stand behind the buttons of a
    suggestion; `also` are the next two passages, for "not what you meant?".
    `reason` says why a decline declines, where there is more to say than "nothing found".
    """

    kind: Kind
    text: Shown | None = None
    options: tuple[Passage | Meta, ...] = ()
    also: tuple[Passage, ...] = ()
    state: State | None = None  # of an answered passage: current or overdue
    reason: Reason = ""
    withheld: Passage | None = None  # what would have answered, were it not long past its date
    language: str = ""  # of the texts; that of the question, where it is clear
    why: str = ""


def as_json(
    reply: Reply, organisation: str, contact: str, say: Callable[[str], str] = str
) -> dict[str, object]:
    """The line that `ask --jsonl` prints; `text` is what a person would be shown.

    `say` translates into the language of the reply; without it the interface speaks English.
    """
    is_found = isinstance(reply.text, Passage | Meta | SmallTalk | NotCovered)
    return {
        "kind": reply.kind,
        "passage": reply.text.id if is_found and reply.text else None,
        "text": _text(reply, organisation, contact, say),
        "options": [
            {"title": option.title, "text": _shown(option, organisation, contact, say)}
            for option in reply.options
        ],
    }


def _text(reply: Reply, organisation: str, contact: str, say: Callable[[str], str]) -> str:
    if reply.text:
        return _shown(reply.text, organisation, contact, say)
    if reply.kind == "suggest":
        return say(DID_YOU_MEAN)
    return say(NO_WORDS if reply.reason == "no_words" else NO_ANSWER)


def _shown(text: Text, organisation: str, contact: str, say: Callable[[str], str]) -> str:
    if isinstance(text, Passage):
        return text.shown(organisation, contact, say(ORIGIN))
    return text.shown(organisation, contact)
