"""Small talk without a word: a thumb, folded hands, a laughing face."""

import unicodedata
from collections.abc import Iterator

from bot.content import Content, SmallTalk, owner
from bot.services.explainer._words import words


class Signs:
    """Knows those that stand as an example of small talk."""

    def __init__(self, content: Content) -> None:
        self._talks = {code: dict(_signs(content, code)) for code in content.languages}

    def talk(self, message: str, code: str) -> SmallTalk | None:
        """What answers a message that holds no words, by the first of its signs that is known."""
        known = self._talks[code]
        return next((known[sign] for sign in message if sign in known), None)


def _signs(content: Content, code: str) -> Iterator[tuple[str, SmallTalk]]:
    language = content.languages[code]
    for text in language.entries:
        if isinstance(text, SmallTalk):
            asked = (one.words for one in language.questions if one.owner == owner(text))
            for example in (*asked, *text.examples):  # the text's own are last, and so count
                if not words(example):
                    yield from ((sign, text) for sign in example if _is_picture(sign))


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) == "So"
