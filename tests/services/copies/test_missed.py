"""A restored database does again what people asked for after its day, before anything is sent."""

from datetime import timedelta

import pytest

from bot.keys import state_file
from handlers import tell_copied
from handlers.admin.cases import tell_stopped
from playground.world import World
from tests.conftest import Start, Vigil
from tests.conversation import Chat, words
from tests.handlers.organiser import desk
from tests.handlers.rows import all_rows, rows_about
from tests.handlers.test_cases import asked_to_stop
from tests.handlers.test_choosing import URGENT, choose
from tests.handlers.test_following import CASE, TITLE, follow
from tests.handlers.test_signing import counted, sign
from tests.services.copies.conftest import Backup, Restore

LOST = "The database that was restored knew nothing of this"
NEWS = "Turn on: Newsletter"


@pytest.fixture
async def world() -> World:
    return desk.crowded(0)


async def turn_off(chat: Chat, label: str) -> None:
    await chat.say("/alerts")
    await chat.tap(label)


async def take_back(chat: Chat) -> None:
    await chat.say("/mysignatures")
    await chat.tap("Take it back")
    await chat.tap("Yes, take it back")


async def forget(chat: Chat) -> None:
    await chat.say("/forgetme")
    await chat.tap("Erase everything")


async def chosen(vigil: Vigil) -> set[tuple[int, str]]:
    """Who by her number among the playground's supporters, and what."""
    numbers = {person.id: number for number, person in enumerate(vigil.world.supporters)}
    rows = (await all_rows(vigil.database))["choices"]
    return {(numbers[row["supporter_id"]], row["topic"]) for row in rows}


async def test_who_stopped_or_was_erased_since_the_backup_is_again(
    start: Start, back_up: Backup, restore: Restore
) -> None:
    vigil = await start()
    people = [vigil.chat(number) for number in range(6)]
    stays, stopped, withdrew, erased, returned, signed = people
    for person in people:
        await choose(person)
        await choose(person, NEWS)
        await sign(person)
    await back_up(vigil)

    await stopped.say("STOP!")
    await turn_off(withdrew, "Turn off: Newsletter")
    await forget(erased)
    await sign(erased)  # and meets us for the first time
    await returned.say("/stop")
    await choose(returned)
    await turn_off(signed, "Turn off: Urgent actions")
    await choose(signed)
    before = await chosen(vigil)
    vigil = await restore(vigil)

    assert await chosen(vigil) == before
    assert before == {
        (0, "urgent"), (0, "newsletter"), (2, "urgent"), (4, "urgent"), (5, "urgent"),
        (5, "newsletter"),
    }  # fmt: skip
    assert not any((await rows_about(vigil.database, erased.user)).values())
    assert await counted(vigil) == (5, 5)
    assert (await vigil.chat(1).say("/stop")).startswith("It is so already: you have said stop")
    await tell_copied(vigil.app.bot, vigil.services)
    notice = words(vigil.group().last)
    assert "3 people had stopped messages since; I have stopped them again." in notice
    assert "1 person had been erased since; I have erased that person again." in notice
    assert (await stays.say("/mysignatures")).startswith("What you signed")

    vigil = await start()  # while nobody has confirmed it
    assert await chosen(vigil) == before
    assert await counted(vigil) == (5, 5)


async def test_only_the_last_word_of_each_counts(
    start: Start, back_up: Backup, restore: Restore
) -> None:
    """Whoever goes on saying stop and yes leaves the journal as she left the conversation."""
    vigil = await start()
    ends_in_yes, ends_in_no = vigil.chat(0), vigil.chat(1)
    for chat in (ends_in_yes, ends_in_no):
        await choose(chat)
    await back_up(vigil)
    for _ in range(3):
        await ends_in_yes.say("/stop")
        await choose(ends_in_yes)
        await ends_in_no.say("/stop")
        await choose(ends_in_no)
    await ends_in_no.say("/stop")
    vigil.world.clock.jump(timedelta(days=1))  # after midnight the journal is tidied
    await vigil.chat(2).say("/settings")
    await forget(vigil.chat(2))

    vigil = await restore(vigil)
    assert await chosen(vigil) == {(0, "urgent")}


async def test_the_journal_names_nobody_and_grows_with_no_yes_and_no_second_stop(
    start: Start,
) -> None:
    vigil = await start()
    chat = vigil.chat()
    await choose(chat)
    await sign(chat)
    file = state_file(vigil.settings, "journal")
    assert file.read_bytes() == b""

    for _ in range(3):
        await chat.say("/stop")
    written = file.read_text()
    assert written.startswith("1 2027-03-01 stop ")
    assert len(written.splitlines()) == 1
    assert str(chat.user) not in written
    assert f"{chat.user:x}" not in written
    assert file.stat().st_mode & 0o777 == 0o600


async def test_a_journal_that_cannot_be_written_keeps_nobody_from_stopping(
    start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    vigil = await start()
    chat = vigil.chat()
    await choose(chat, URGENT)
    file = state_file(vigil.settings, "journal")
    file.unlink()
    file.mkdir()

    assert (await chat.say("/stop")).startswith("Stopped.")
    assert await chosen(vigil) == set()
    assert "The journal beside the key cannot be written" in caplog.text


async def test_a_signature_that_was_taken_back_since_the_backup_is_taken_back_again(
    start: Start, back_up: Backup, restore: Restore
) -> None:
    vigil = await start()
    stays, withdrew, came_back, told = (vigil.chat(number) for number in range(4))
    for person in (stays, withdrew, came_back, told):
        await sign(person)
    await told.tap("Tell me what happens")
    await back_up(vigil)
    for person in (withdrew, came_back, told):
        await take_back(person)
    await sign(came_back)
    written = state_file(vigil.settings, "journal").read_text()
    assert [line.split()[2] for line in written.splitlines()] == ["stop", "stop", "stop", "yes"]
    assert str(withdrew.user) not in written

    vigil = await restore(vigil)
    assert await counted(vigil) == (2, 2)
    for person in (withdrew, told):
        assert not any((await rows_about(vigil.database, person.user)).values())
    assert (await vigil.chat(2).say("/mysignatures")).startswith("What you signed")
    *_, proof, _ = await vigil.services.integrity.proofs()
    assert (proof.broken, proof.given, proof.withdrawn, proof.counting) == (None, 4, 2, 2)
    await tell_copied(vigil.app.bot, vigil.services)
    assert "2 signatures had been taken back since; I have taken them back again." in words(
        vigil.group().last
    )


async def test_a_case_that_its_family_ended_since_the_backup_is_ended_again(
    start: Start, back_up: Backup, restore: Restore
) -> None:
    """The words are not in the journal, and nobody makes any up."""
    vigil = await start()
    await desk.staffed(vigil)
    amara = vigil.chat()
    await follow(amara)
    await back_up(vigil)
    stopped = await asked_to_stop(vigil)
    await stopped.tap("Stop now")
    assert CASE not in state_file(vigil.settings, "journal").read_text()

    vigil = await restore(vigil)
    amara = vigil.chat()
    said = await amara.link(f"case-{CASE}")
    assert said.startswith("The family asked us to end this case, so its story")
    assert TITLE not in await amara.say("/cases")
    for _ in range(2):
        await tell_stopped(vigil.app.bot, vigil.services)
    reports = [words(one) for one in vigil.group().messages if LOST in words(one)]
    assert len(reports) == 1
    assert await chosen(vigil) == set()
    acts = [(one.act, one.subject) for one in await vigil.services.audit.newest(3)]
    assert ("case stopped", f"case:{CASE}") in acts

    vigil = await start()
    assert len(await vigil.services.cases.closed()) == 1
