"""What the explainer answers."""

from dataclasses import dataclass
from typing import Literal

from bot.content import Meta, NotCovered, Passage, ReviewedCard, SmallTalk, State

Kind = Literal["answer", "suggest", "decline", "support", "smalltalk", "meta"]
Reason = Literal["", "no_words", "not_covered", "withdrawn", "language", "follow_up"]
Shown = Passage | SmallTalk | Meta | NotCovered | ReviewedCard


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
