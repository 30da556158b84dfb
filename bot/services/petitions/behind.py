"""Which case is behind a petition: what was chosen in the chat, and what any of its files says."""

from collections.abc import Iterable, Iterator

from bot.content import Content, Petition
from bot.errors import CaseEnded
from bot.models import Signature, Standing
from bot.store import Connection, cases


def behind(chosen: str | None, files: Iterable[Petition]) -> frozenset[str]:
    """More than one where they contradict each other: then each of them counts.

    `chosen` is also what was behind it when a family ended that case: files may say less since.
    """
    said = (chosen, *(one.case for one in files))
    return frozenset(one for one in said if one is not None)


def cases_of(standing: Standing, content: Content) -> frozenset[str]:
    return behind(standing.case, files_of(standing.slug, content))


def files_of(slug: str, content: Content) -> Iterator[Petition]:
    """A petition's texts in all languages."""
    for language in content.languages.values():
        if slug in language.petitions:
            yield language.petitions[slug]


async def ended(db: Connection, content: Content) -> frozenset[str]:
    """The petitions behind which stands a case that its family has ended."""
    closed = await cases.closed(db)
    if not closed:
        return frozenset()
    chosen = await cases.chosen(db)
    texts = (language.petitions for language in content.languages.values())
    slugs = chosen.keys() | {slug for some in texts for slug in some}
    return frozenset(
        slug for slug in slugs if behind(chosen.get(slug), files_of(slug, content)) & closed
    )


async def heed(
    db: Connection, content: Content, standing: Standing, mine: Signature | None
) -> frozenset[str]:
    """The cases behind a petition; `mine` is the signature of who asks.

    Raises:
        CaseEnded: The family of one of them wants no more said.
    """
    found = cases_of(standing, content)
    if found and (closed := found & await cases.closed(db)):
        raise CaseEnded(min(closed), standing.slug if mine else "")
    return found
