"""The rules of writing to the team: aliases for a week, five messages an hour, and bans."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.models import Ban, Relay, Supporter
from bot.services.audit import Audit
from bot.services.contact.aliases import drawn
from bot.store import Connection, Database, supporters
from bot.store import contact as store

ALIAS_LIVES = timedelta(days=7)
HOUR = timedelta(hours=1)
MOST = 5  # messages that one person may pass on within an hour
LONGEST = 3_500  # UTF-16 units of one: with what stands around it, it has to fit into a message
_CLOCKS_APART = timedelta(days=1)  # far more than ours and Telegram's can be


class Contact:
    """Holds who is behind an alias while it lives, and who is banned; no word of a message.

    A ban holds the account, since nothing else stays the same when the alias has ended. It is
    a row about a person like any other: /mydata shows it and /forgetme erases it, which lifts
    the ban. That is meant so. Erasing is the right of somebody in danger, and may have no
    exception that leaves her account in a list; and one who was banned by mistake must be able
    to reach people again. Who abuses it has to be banned once more; the limit of messages an
    hour does not begin anew.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._audit = Audit(database, now)
        self._now = now
        # In memory only: in a row it would tell when she wrote, and end with /forgetme.
        self._passed: dict[int, list[datetime]] = {}
        # And here it would tell who cried for help. Which update that was, and when.
        self._carded: dict[int, tuple[int, datetime]] = {}

    def wait(self, supporter: Supporter) -> timedelta | None:
        """How long until another message may be passed on; None when it may be now."""
        self._let_go()
        recent = self._passed.get(supporter.id, ())
        return recent[-MOST] + HOUR - self._now() if len(recent) >= MOST else None

    def card_shown(self, supporter: Supporter, update_id: int) -> None:
        """The support card came first; what she sends now is meant for the team all the same."""
        self._carded[supporter.id] = update_id, self._now()

    def has_card(self, supporter: Supporter, update_id: int) -> bool:
        """Whether it was shown within the last hour, and for another update than this.

        After a restart nobody has it, so that it is shown once more.
        """
        self._let_go()
        shown_for, _ = self._carded.get(supporter.id, (update_id, None))
        return shown_for != update_id

    def forget_card(self, supporter: Supporter) -> None:
        self._carded.pop(supporter.id, None)

    async def relay(self, supporter: Supporter) -> Relay | None:
        """Under which alias the team knows her at this moment."""
        async with self._database.read() as db:
            return await store.relay_of(db, supporter.id, self._now())

    async def alias_for(self, supporter: Supporter) -> Relay:
        """Under which alias her next message goes: the living one, or a new one for a week.

        It is in the database before the message goes out, so that every answer finds her.
        """
        async with self._database.write() as db:
            now = self._now()
            await self._drop_ended(db, now)
            living = await store.relay_of(db, supporter.id, now)
            relay = replace(living or await _new(supporter, now, db), language=supporter.language)
            await store.put(db, relay)
        return relay

    def passed(self, supporter: Supporter) -> None:
        """The team has got a message: it counts."""
        self._passed.setdefault(supporter.id, []).append(self._now())

    async def behind(self, alias: str, written_at: datetime) -> Relay | None:
        """Whose message it is that stands under this alias; None when the alias has ended.

        A message that is older than the alias was written under a former one of the same words.
        """
        async with self._database.read() as db:
            relay = await store.behind(db, alias, self._now())
        if relay is None or written_at < relay.given_at - _CLOCKS_APART:
            return None
        return relay

    async def end(self, supporter: Supporter) -> bool:
        """Let no answer reach her any more; says whether one could have."""
        async with self._database.write() as db:
            return await store.drop(db, supporter.id)

    async def ban(self, person: int, by: str) -> Ban:
        """Take no more messages from somebody. The team can still answer while the alias lives.

        `by` is the pseudonym of who says so.
        """
        async with self._database.write() as db:
            await store.ban(db, Ban(person, secrets.token_hex(4), self._now()))
            banned = await store.ban_of(db, person)
            assert banned is not None
            await self._audit.note_in(db, by, "ban made", f"ban:{banned.handle}")
        return banned

    async def lift(self, handle: str, by: str) -> bool:
        """Take messages again; False when the ban is not there (any more)."""
        async with self._database.write() as db:
            is_lifted = await store.drop_ban(db, handle)
            if is_lifted:
                await self._audit.note_in(db, by, "ban lifted", f"ban:{handle}")
            await supporters.erase_all_unneeded(db)
        return is_lifted

    async def ban_of(self, person: int) -> Ban | None:
        async with self._database.read() as db:
            return await store.ban_of(db, person)

    async def bans(self) -> Sequence[Ban]:
        async with self._database.read() as db:
            return await store.bans(db)

    async def _drop_ended(self, db: Connection, now: datetime) -> None:
        if await store.drop_ended(db, now):
            await supporters.erase_all_unneeded(db)

    def _let_go(self) -> None:
        hour_ago = self._now() - HOUR
        kept = {
            person: [moment for moment in moments if moment > hour_ago]
            for person, moments in self._passed.items()
        }
        self._passed = {person: moments for person, moments in kept.items() if moments}
        self._carded = {
            person: (update_id, shown_at)
            for person, (update_id, shown_at) in self._carded.items()
            if shown_at > hour_ago
        }


async def _new(supporter: Supporter, now: datetime, db: Connection) -> Relay:
    alias = drawn()
    while await store.is_taken(db, alias):
        alias = drawn()
    return Relay(supporter.id, alias, supporter.language, now, now + ALIAS_LIVES)
