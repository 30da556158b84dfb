"""Whether the chains hold: each day by itself, and whenever an operator asks."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta

from bot.errors import PetitionUnknown
from bot.models.chains import Link
from bot.services.integrity import _chains, _record
from bot.services.integrity._proof import Break, Proof
from bot.store import Database, about, chains, notices

_PAUSE = timedelta(hours=1)


class Integrity:
    """Reads only, but for what the admin group has been told."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._silent_until = now()

    async def proofs(self) -> Sequence[Proof]:
        """Of each petition, and last of the record of what the staff did; all of one moment."""
        async with self._database.snapshot() as db:
            found = [await _chains.prove(db, claim) for claim in await chains.claims(db)]
            return [*found, await _record.prove(db)]

    async def lines(self, slug: str) -> AsyncIterator[str]:
        """A chain for others to check; `tools/verify_signatures.py` describes the format.

        Raises:
            PetitionUnknown: There is none of this name.
        """
        async with self._database.snapshot() as db:
            claim = await chains.claim(db, slug)
            if claim is None:
                raise PetitionUnknown(slug)
            head = {"petition": slug, "signatures": claim.signatures, "given": claim.last_number}
            yield json.dumps(
                head if claim.delivered is None else head | {"delivered": claim.delivered}
            )
            async for link in chains.links(db, slug):
                yield json.dumps(_line(link))

    async def news(self) -> Sequence[tuple[Proof, Break]]:
        """Once a day: what is broken, and the admin group has not heard of."""
        now = self._now()
        async with self._database.read() as db:
            proven_on = await about.value(db, about.PROVEN)
        if proven_on == now.date().isoformat() or now < self._silent_until:
            return []
        broken = [(one, one.broken) for one in await self.proofs() if one.broken]
        async with self._database.read() as db:
            told = await notices.told(db, [_key(*one) for one in broken])
        news = [one for one in broken if _key(*one) not in told]
        if not news:
            await self._done()
        return news

    async def told(self, news: Sequence[tuple[Proof, Break]]) -> None:
        """The admin group knows: of these it hears no more."""
        async with self._database.write() as db:
            for one in news:
                await notices.tell(db, _key(*one), self._now())
        await self._done()

    def postpone(self) -> None:
        """Nobody could be told: do not try again for a while."""
        self._silent_until = self._now() + _PAUSE

    async def _done(self) -> None:
        async with self._database.write() as db:
            await about.put(db, about.PROVEN, self._now().date().isoformat())


def _key(proof: Proof, found: Break) -> str:
    return f"broken {proof.subject} {found.flaw} {found.place}"


def _line(link: Link) -> dict[str, object]:
    return {
        "place": link.place,
        "event": link.event.value,
        "number": link.number,
        "version": link.version,
        "day": link.day.isoformat(),
        "commitment": link.commitment.hex(),
        "digest": link.digest.hex(),
    }
