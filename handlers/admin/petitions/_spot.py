"""What the buttons of a petition's page carry, in the 64 bytes that there are."""

from dataclasses import dataclass
from hashlib import sha256

from bot.context import Context
from bot.errors import PetitionUnknown
from bot.services.petitions import Page

PATTERN = (
    r"^admin:p:(?P<verb>[a-z]{2,8}):(?P<mark>[0-9a-f]{8}):(?P<revision>[0-9]{1,7})"
    r":(?P<argument>[a-z0-9:_-]{0,24})$"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A petition, as somebody saw it."""

    slug: str
    revision: int


def data(page: Page, verb: str, argument: str = "") -> str:
    """Approving names the words, too: those that the person could read."""
    if verb in {"open", "accept"}:
        argument = page.mark
    return f"admin:p:{verb}:{mark(page.slug)}:{page.dossier.revision}:{argument}"


def mark(slug: str) -> str:
    """Short enough for a button, whatever the slug."""
    return sha256(slug.encode()).hexdigest()[:8]


async def spot(context: Context) -> Spot:
    """Raises:
    PetitionUnknown: The button's petition is not there any more.
    """
    wanted = context.group("mark")
    for one in await context.services.petition_desk.all():
        if mark(one.standing.slug) == wanted:
            return Spot(one.standing.slug, int(context.group("revision")))
    raise PetitionUnknown(wanted)
