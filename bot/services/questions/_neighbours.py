"""The texts that are nearest to a group of questions."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from bot.content import Language, Meta, NotCovered, Passage
from bot.content.library import owner
from bot.content.texts import Entry
from bot.services.questions._groups import Group
from bot.services.questions._likeness import likest
from bot.services.shelf import Edition

_MOST = 3
_ASKED = 5  # ways of asking that stand for a text


def marked(text: Entry) -> str:
    """What a button calls a text: its name may be too long for one. The same in all languages."""
    return sha256(owner(text).encode()).hexdigest()[:10]


def nearest(group: Group, language: str, edition: Edition) -> Sequence[Entry]:
    """Of all kinds, as they are in this language. Blocks: call it from a thread."""
    found = edition.explainer.nearest(group.lead.text, group.lead.language)
    return _spoken(found, edition.content.language(language))[:_MOST]


def answering(group: Group, language: str, edition: Edition) -> Sequence[Entry]:
    """Those that could answer it. Blocks."""
    found = edition.explainer.nearest(group.lead.text, group.lead.language)
    texts = (text for text in found if isinstance(text, Passage | Meta))
    return _spoken(texts, edition.content.language(language))[:_MOST]


def declining(group: Group, language: str, edition: Edition) -> Sequence[Entry]:
    """Those that say what is not covered. Blocks."""
    texts = list(edition.content.language(group.lead.language).not_covered.values())
    ways = [(text, way) for text in texts for way in _ways(text)]
    likeness = likest(group.lead.text, [way for _, way in ways], edition.explainer.points)
    order = (ways[at][0] for at in (-likeness).argsort(kind="stable"))
    once = {text.id: text for text in order}  # in the order in which each came first
    return _spoken(once.values(), edition.content.language(language))[:_MOST]


def _ways(text: NotCovered) -> Sequence[str]:
    return (text.title, *text.examples[:_ASKED])


def _spoken(texts: Iterable[Entry], language: Language) -> Sequence[Entry]:
    own = {owner(text): text for text in language.entries}
    return [own[owner(text)] for text in texts if owner(text) in own]
