"""Who was behind an alias: after its week, and after /forgetme, no byte of it is in any file."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.models import Supporter
from bot.services.contact import Contact
from bot.services.contact.service import ALIAS_LIVES
from bot.services.housekeeping import Housekeeping
from bot.services.supporters import Supporters
from bot.services.wishes import Wishes
from bot.store import Database
from tests.conftest import NOON
from tests.store.test_erasing import files, needs_openssl, pages, read

ME, OTHER = Supporter(510_000_001, "en"), Supporter(520_000_002, "en")


class Clock:
    now = NOON

    def __call__(self) -> datetime:
        return self.now


@needs_openssl
@pytest.mark.parametrize("ends", ["by itself", "forgotten", "stopped"])
async def test_of_an_alias_that_has_ended_nothing_is_left(
    database: Database, wishes: Wishes, ends: str
) -> None:
    clock = Clock()
    contact, supporters = Contact(database, clock), Supporters(database, wishes, clock)
    relay = await contact.alias_for(ME)
    clock.now += timedelta(minutes=1)
    other = await contact.alias_for(OTHER)
    traces = (relay.alias.encode(), ME.id.to_bytes(4, "big"), str(ME.id).encode())
    assert await database.truncate_log()
    before = pages(database.path)
    assert all(trace in before for trace in traces[:2])  # so that this search can find anything

    if ends == "by itself":
        clock.now = NOON + ALIAS_LIVES
    elif ends == "forgotten":
        await contact.ban(ME.id, "S-0000")
        await supporters.forget(ME)
    else:
        await contact.end(ME)
    await Housekeeping(database, clock).tick()

    after = pages(database.path)
    assert not any(trace in after for trace in traces)
    assert other.alias.encode() in after
    log = database.path.with_name(f"{database.path.name}-wal")
    assert log in files(database)
    assert not read(log)
    assert await contact.relay(ME) is None
    assert await contact.bans() == []


async def test_the_answers_follow_when_she_changes_her_language(database: Database) -> None:
    contact = Contact(database, lambda: NOON)
    relay = await contact.alias_for(ME)
    changed = await contact.alias_for(Supporter(ME.id, "ar"))
    assert changed == replace(relay, language="ar")
    assert await contact.behind(relay.alias, NOON) == changed


async def test_an_alias_follows_from_nothing_about_the_person(database: Database) -> None:
    contact, given = Contact(database, lambda: NOON), set()
    for _ in range(20):
        given.add((await contact.alias_for(ME)).alias)
        await contact.end(ME)
    assert len(given) > 10
