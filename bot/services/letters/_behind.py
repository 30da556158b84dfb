"""Which cases are behind a letter: its own, and those of the petition that asks for the same."""

from collections.abc import Mapping

from bot.content import Content, Letter
from bot.services.petitions.behind import behind, files_of
from bot.store import Connection, cases


def cases_of(letter: Letter, content: Content, chosen: Mapping[str, str]) -> frozenset[str]:
    """`chosen` are the cases of petitions, as the chat knows them."""
    own = {letter.case} if letter.case else frozenset[str]()
    petition = letter.petition or ""
    return behind(chosen.get(petition), files_of(petition, content)) | own


async def ended(db: Connection, content: Content) -> frozenset[str]:
    """The letters behind which stands a case that its family has ended."""
    closed = await cases.closed(db)
    if not closed:
        return frozenset()
    chosen = await cases.chosen(db)
    letters = (language.letters.values() for language in content.languages.values())
    return frozenset(
        one.slug for some in letters for one in some if cases_of(one, content, chosen) & closed
    )
