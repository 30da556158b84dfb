"""The texts that are nearest to a group of questions."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from bot.content import Language, Meta, NotCovered, Passage
from bot.content.library import owner
from bot.content.texts import Entry
from bot.services.questions._groups import Group
from bot.services.shelf import Edition

_MOST = 3


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
    found = edition.explainer.nearest(group.lead.text, group.lead.language)
    texts = (text for text in found if isinstance(text, NotCovered))
    return _spoken(texts, edition.content.language(language))[:_MOST]


def _spoken(texts: Iterable[Entry], language: Language) -> Sequence[Entry]:
    own = language.by_owner
    return [own[owner(text)] for text in texts if owner(text) in own]
