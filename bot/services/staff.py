"""Who may do what, and where the admin group is. Asked again at every command and every button."""

import json
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.errors import LinkVoid, NotAllowed, OutOfRank
from bot.models import Appointment, Arrival, Invitation, Member, Role
from bot.services.audit import BY_ITSELF, Audit
from bot.store import Connection, Database, about, audit
from bot.store import staff as store

LINK_LIVES = timedelta(hours=1)
TRIAL = timedelta(hours=24)


class Staff:
    """Owners come from the settings, everybody else from the database."""

    def __init__(
        self,
        database: Database,
        owners: Collection[int],
        admin_chat: int | None,
        audit: Audit,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._owners = frozenset(owners)
        self.setting = admin_chat
        self._audit = audit
        self._now = now

    @property
    def owners(self) -> frozenset[int]:
        return self._owners

    @property
    def has_owners(self) -> bool:
        return bool(self._owners)

    def rank(self, person: int, stored: Role) -> Role:
        """The role of somebody whose row says `stored`."""
        return Role.OWNER if person in self._owners else stored

    def group(self, moved: str | None) -> int | None:
        """The admin group, when the database says of its move what `moved` says.

        A move counts only while the settings still name the group that moved: an operator who
        writes another number there means it.
        """
        setting, new = json.loads(moved) if moved else (None, None)
        return new if moved and setting == self.setting else self.setting

    def standing(self, arrival: Arrival) -> tuple[Role, int | None]:
        """The role of an update's sender, and the admin group, from what came with the update."""
        return self.rank(arrival.supporter.id, arrival.role), self.group(arrival.moved)

    async def role_in(self, db: Connection, person: int) -> Role:
        """Somebody's role inside the transaction that acts on it."""
        return self.rank(person, await store.role(db, person))

    async def require_in(self, db: Connection, person: int, role: Role) -> None:
        """Let somebody pass who has the role, or a higher one.

        Raises:
            NotAllowed: The person has a lower role.
        """
        if await self.role_in(db, person) < role:
            raise NotAllowed(role)

    async def admin_chat(self) -> int | None:
        async with self._database.read() as db:
            return self.group(await about.value(db, about.ADMIN_CHAT))

    async def moved(self, old: int, new: int) -> bool:
        """Follow the admin group to its new number.

        False for any other group, and when we were there already.
        """
        async with self._database.write() as db:
            if old != self.group(await about.value(db, about.ADMIN_CHAT)):
                return False
            await about.put(db, about.ADMIN_CHAT, json.dumps([self.setting, new]))
            await self._audit.note_in(db, BY_ITSELF, "admin group moved", "admin group")
        return True

    async def pseudonym(self, person: int) -> str:
        """What records call somebody of the staff; never changes and is never given again."""
        async with self._database.write() as db:
            return await self.pseudonym_in(db, person)

    async def pseudonym_in(self, db: Connection, person: int) -> str:
        return (await self._member(db, person)).pseudonym

    async def person_of(self, pseudonym: str, least: Role = Role.SUPPORTER) -> int | None:
        """Whom a pseudonym belongs to; None for somebody whose role is lower by now."""
        async with self._database.read() as db:
            found = await store.by_pseudonym(db, pseudonym)
        if found is None or self.rank(found.id, found.role) < least:
            return None
        return found.id

    async def is_alone_in(self, db: Connection, pseudonyms: Collection[str]) -> bool:
        """Whether one of these is the only one there is to approve; asks only, writes nothing.

        Two who have both written on it are not alone: neither may stand in for the other.
        """
        found = await store.members(db)
        nameless = self._owners - {one.id for one in found}
        approvers = {one.pseudonym for one in found if self.rank(one.id, one.role) >= Role.ADMIN}
        return not nameless and len(approvers) == 1 and approvers <= set(pseudonyms)

    async def may_approve_in(self, db: Connection, pseudonym: str | None) -> bool:
        """Whether who is called so is an admin or owner at this moment."""
        member = await store.by_pseudonym(db, pseudonym) if pseudonym else None
        return member is not None and self.rank(member.id, member.role) >= Role.ADMIN

    async def has_just_made_in(
        self, db: Connection, person: int, pseudonyms: Collection[str]
    ) -> bool:
        """Whether an admin gave one of them her role less than `TRIAL` ago.

        Else her own second account could write what she then approves. Owners may: whoever owns
        the settings owns the bot.
        """
        if await self.role_in(db, person) >= Role.OWNER:
            return False
        maker, now = await self.pseudonym_in(db, person), self._now()
        made = [await store.by_pseudonym(db, one) for one in pseudonyms]
        return any(
            one is not None and one.appointed_by == maker and now - one.since < TRIAL
            for one in made
        )

    async def everybody(self) -> Sequence[Member]:
        """The whole staff, the highest role first."""
        async with self._database.write() as db:
            for owner in self._owners:
                await self._member(db, owner)
            found = await store.members(db)
        ranked = [replace(one, role=self.rank(one.id, one.role)) for one in found]
        staff = [one for one in ranked if one.role > Role.SUPPORTER]
        return sorted(staff, key=lambda one: -one.role)

    async def appoint(self, actor: int, person: int, role: Role) -> Appointment:
        """Give somebody a role; SUPPORTER takes away the one she has, and her links with it.

        Raises:
            NotAllowed: The actor is no admin (any more).
            OutOfRank: The role, or the person, is not below the actor. Nothing was done.
        """
        async with self._database.write() as db:
            await self._may_give(db, actor, role)
            before = await self.role_in(db, person)
            if before >= await self.role_in(db, actor):
                raise OutOfRank
            if before == role:
                return Appointment(person, before, role)
            if role < before:
                await store.drop_links_of(db, person)
            member = await self._enter(db, person, role, actor)
            actor_name = await self.pseudonym_in(db, actor)
            await self._note(db, actor_name, "role given", member)
        return Appointment(person, before, role)

    async def invite(self, maker: int, role: Role) -> str:
        """The secret of a link that gives one person the role, once, within an hour.

        Raises:
            NotAllowed, OutOfRank: The maker may not give this role.
        """
        token = secrets.token_urlsafe(16)
        async with self._database.write() as db:
            await self._may_give(db, maker, role)
            expires_at, name = self._now() + LINK_LIVES, await self.pseudonym_in(db, maker)
            await store.add_link(db, Invitation(_digest(token), maker, role, expires_at))
            await self._audit.note_in(db, name, "role link made", f"role:{role.name.lower()}")
        return token

    async def join(self, person: int, token: str) -> tuple[Appointment, int]:
        """Use a link; also who made it. Somebody who has the role already leaves it unused.

        The one who used it gets the same answer again until it is `announced`: a kill in between
        must not keep it from the admin group.

        Raises:
            LinkVoid: It gives nothing, or its maker may give nothing any more.
        """
        async with self._database.write() as db:
            link = await store.link(db, _digest(token), self._now())
            if link is None:
                return await self._joined(db, person, token)
            if not await self._is_good(db, link):
                raise LinkVoid
            before = await self.role_in(db, person)
            if before >= link.role:
                return Appointment(person, before, before), link.maker
            await store.drop_link(db, link.digest)
            await store.add_link(db, replace(link, digest=_digest(token, person)))
            member = await self._enter(db, person, link.role, link.maker)
            await self._note(db, member.pseudonym, "role taken by link", member)
        return Appointment(person, before, link.role), link.maker

    async def announced(self, person: int, token: str) -> None:
        """The admin group knows who used the link: it is gone for good."""
        async with self._database.write() as db:
            await store.drop_link(db, _digest(token, person))

    async def _joined(self, db: Connection, person: int, token: str) -> tuple[Appointment, int]:
        used = await store.link(db, _digest(token, person), self._now())
        if used is None or await self.role_in(db, person) < used.role:
            raise LinkVoid
        return Appointment(person, Role.SUPPORTER, used.role), used.maker

    async def _may_give(self, db: Connection, actor: int, role: Role) -> None:
        await self.require_in(db, actor, Role.ADMIN)
        if role >= await self.role_in(db, actor):
            raise OutOfRank

    async def _is_good(self, db: Connection, link: Invitation) -> bool:
        rank = await self.role_in(db, link.maker)
        return rank >= Role.ADMIN and rank > link.role

    async def _note(self, db: Connection, pseudonym: str, act: str, member: Member) -> None:
        subject, role = f"staff:{member.pseudonym}", member.role.name.lower()
        await self._audit.note_in(db, pseudonym, act, subject, role)

    async def _enter(self, db: Connection, person: int, role: Role, actor: int) -> Member:
        member, maker = await self._member(db, person), await self._member(db, actor)
        given = replace(member, role=role, since=self._now(), appointed_by=maker.pseudonym)
        await store.put(db, given)
        return given

    async def _member(self, db: Connection, person: int) -> Member:
        """Somebody's row, which is made when there is none."""
        member = await store.member(db, person)
        if member is None:
            name = await _new_pseudonym(db)
            member = Member(person, Role.SUPPORTER, name, self._now())
            await store.put(db, member)
        return member


async def _new_pseudonym(db: Connection) -> str:
    while True:
        name = f"S-{secrets.token_hex(2).upper()}"
        is_taken = await store.by_pseudonym(db, name) is not None
        if not is_taken and not await audit.names(db, name):  # somebody's who was erased
            return name


def _digest(token: str, user: int | None = None) -> str:
    """Of a link; with `user`, of one that this person has used."""
    return sha256((token if user is None else f"{token} {user}").encode()).hexdigest()
