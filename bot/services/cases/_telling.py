"""The message that an outcome becomes: once to each who wants to know, with thanks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import OutcomeTold
from bot.i18n import Catalogues
from bot.models import Alert, AlertKind, AlertState, Audience, Words
from bot.models.preferences import zone_of
from bot.services.alerts import Count, Desk, stands
from bot.store import Connection, alerts

LASTS = timedelta(days=45)  # the longest rest, a week until a digest, and some days to spare


@dataclass(frozen=True, slots=True)
class Telling:
    """`zone` is the house's."""

    desk: Desk
    zone: str
    catalogues: Catalogues

    def message(
        self,
        about: str,
        audience: Audience,
        words: Mapping[str, str],
        thanks: str,
        authors: frozenset[str],
        at: datetime,
    ) -> Alert:
        """As it would be if it were made now; no row yet."""
        return Alert(
            id=0,
            kind=AlertKind.OUTCOME,
            state=AlertState.DRAFT,
            revision=1,
            made_at=at,
            zone=self.zone,
            authors=authors,
            audience=audience,
            about=about,
            words={
                language: Words(f"{said}\n\n{self._thanks(thanks, language)}")
                for language, said in words.items()
            },
            expires_at=at + LASTS,
        )

    async def submit(self, db: Connection, alert: Alert, count: Count) -> Alert:
        """As if it had been written with /update and submitted: from here on it is one of those."""
        desk = self.desk
        number = await alerts.add(db, alert.kind, alert.zone, alert.audience, alert.made_at)
        for author in sorted(alert.authors):
            await alerts.revise(db, number, author)
        await alerts.change(db, number, about=alert.about, expires_at=alert.expires_at)
        for language, words in alert.words.items():
            await alerts.put_words(db, number, language, words)
        made = await desk.alert(db, number)
        return await desk.move(
            db, made, AlertState.WAITING, digest=desk.digest(made), counted=count.total
        )

    def _thanks(self, thanks: str, language: str) -> str:
        return self.catalogues[self.catalogues.released(language)](thanks).unescape()


async def refuse_twice(db: Connection, alert: Alert) -> None:
    """What nobody got, or what was taken back, can be told anew.

    Raises:
        OutcomeTold: This one stands.
    """
    if await stands(db, alert):
        said = next(iter(alert.words.values())).text
        raise OutcomeTold(alert.id, alert.made_at, zone_of(alert.zone), said)
