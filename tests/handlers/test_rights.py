"""/privacy, /mydata and /forgetme: what is kept, all of it, and an end to it."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content
from bot.models import AlertKind, AlertState, Audience, DeliveryState, Role, Supporter
from bot.services.reading import REMEMBERED
from bot.store import alerts
from bot.store.schema import metadata
from tests.conftest import PETITION, Vigil
from tests.conversation import Chat
from tests.handlers.given import (
    delivered,
    employ,
    invited,
    lettered,
    passed_on,
    written_to_the_team,
)
from tests.handlers.rows import all_rows, rows_about, written
from tests.handlers.test_choosing import URGENT, choose
from tests.handlers.test_signing import LINK, counted, sign

PERSONAL = {
    "supporters": {"supporter_id", "language", "since", "stopped_at", "unreachable_since"},
    "signatures": {"petition", "supporter_id", "number", "name", "version", "signed_at", "salt"},
    "dialogs": {"supporter_id", "chat_id", "name", "step", "data", "update_id", "expires_at"},
    "choices": {"supporter_id", "topic", "about", "wording", "version", "chosen_at"},
    "deliveries": {
        "alert_id",
        "supporter_id",
        "state",
        "reason",
        "message_id",
        "settled_at",
        "not_before",
    },
    "staff": {"supporter_id", "role", "pseudonym", "since", "appointed_by"},
    "staff_links": {"digest", "supporter_id", "role", "expires_at"},
    "languages": {"supporter_id", "language"},
    "quiet_times": {"supporter_id", "quiet_until", "announced"},
    "preferences": {
        "supporter_id",
        "zone",
        "quiet_from",
        "quiet_to",
        "per_week",
        "digest_on",
        "rings",
    },
    "last_read": {"supporter_id", "passage", "until"},
    "relays": {"supporter_id", "alias", "language", "given_at", "ends_at"},
    "contact_bans": {"supporter_id", "handle", "since"},
    "share_links": {"token", "supporter_id", "kind", "slug", "signed"},
    "share_visits": {"supporter_id", "petition", "token", "until"},
    "letter_writers": {"supporter_id", "letter"},
    "letter_reminders": {"supporter_id", "letter"},
}


def test_the_readme_names_every_table_that_holds_something_about_a_person() -> None:
    section = Path("README.md").read_text("utf-8").partition("## What is kept about people")[2]
    rows = section.partition("\n`/privacy` tells")[0].splitlines()
    cells = (row.split("|")[-2] for row in rows if row.startswith("|"))
    named = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert named >= PERSONAL.keys()
    assert named <= metadata.tables.keys()


def file_sent(chat: Chat) -> Any:
    """The JSON that the newest message of the bot carries."""
    document = chat.last["document"]
    assert document["file_name"] == "vigil-my-data.json"
    return json.loads(chat.world.files.by_id[document["file_id"]].upload.content)


async def fill(chat: Chat, vigil: Vigil) -> None:
    """Leave a signer's row in every other table that has some about persons."""
    await choose(chat)
    await vigil.services.supporters.speak(Supporter(chat.user, "en"), "en")
    await vigil.services.supporters.leave_in_peace(Supporter(chat.user, "en"))
    await vigil.services.preferences.change(Supporter(chat.user, "en"), rings=False)
    await vigil.services.reading.shown(Supporter(chat.user, "en"), "definition")
    await delivered(vigil, chat.user, message=chat.last["message_id"])
    await employ(vigil, chat.user)
    await invited(vigil, chat.user)
    await written_to_the_team(vigil, chat.user)
    await passed_on(vigil, chat.user)
    await lettered(vigil, chat.user)
    await begin_a_name(chat, vigil)
    found = await rows_about(vigil.database, chat.user)
    assert {name for name, rows in found.items() if rows} == set(PERSONAL)


async def begin_a_name(chat: Chat, vigil: Vigil) -> None:
    """As the question for a name does, which a signer is not asked under the same petition."""
    supporter = Supporter(chat.user, "en")
    await vigil.services.dialogs.move(supporter, "sign", "name", {"slug": PETITION}, 1)


def test_every_column_about_a_person_is_named_here() -> None:
    """A new one fails: then /privacy, /mydata and /forgetme have to be looked at as well."""
    marked = {
        table.name: {column.name for column in table.c if column.info.get("person")}
        for table in metadata.sorted_tables
    }
    assert {name: columns for name, columns in marked.items() if columns} == PERSONAL


def test_a_table_about_persons_is_marked_as_a_whole() -> None:
    for name, columns in PERSONAL.items():
        assert {column.name for column in metadata.tables[name].c} == columns
    others = set(metadata.tables) - set(PERSONAL)
    assert others == {
        "about", "petitions", "petition_texts", "handled_updates", "questions", "notices",
        "alerts", "alert_authors", "alert_texts", "tallies", "content_changes",
        "audit", "signature_chain", "ended_links", "case_endings", "petition_writings",
        "letter_counts",
    }  # fmt: skip


async def test_privacy_is_short_and_leads_to_the_other_rights(chat: Chat, content: Content) -> None:
    shown = await chat.say("/privacy")
    assert len(shown) < 1_500
    assert "Example Rights" in shown
    assert "help@example.org" in shown
    assert "{" not in shown
    assert chat.buttons == ["Show my data", "Erase it"]


async def test_who_did_not_sign_is_held_nowhere(chat: Chat, vigil: Vigil) -> None:
    for words in ("/start", "hello", "What is torture?", "/petitions", "/mydata", "/stop"):
        await chat.say(words)
    await chat.say("/alerts")
    await chat.tap(URGENT)
    await chat.link(LINK)
    await chat.tap("Add my name")

    (read,) = (await rows_about(vigil.database, chat.user))["last_read"]
    assert read["passage"] == "definition"
    vigil.world.clock.jump(REMEMBERED)
    await vigil.services.housekeeping.tick()
    assert not any((await rows_about(vigil.database, chat.user)).values())
    assert (await chat.say("/mydata")).startswith("We hold nothing about you.")


async def test_mydata_is_all_that_a_scan_of_every_table_finds(chat: Chat, vigil: Vigil) -> None:
    await sign(vigil.chat(1))
    await chat.link(LINK)
    await chat.tap("Add my name")
    await chat.tap("Write another name")
    await chat.say("Leyla Kaya")
    await chat.tap("Sign as \u2068Leyla Kaya\u2069")
    await fill(chat, vigil)
    found = await rows_about(vigil.database, chat.user)

    await chat.say("/mydata")

    shown = {name: rows for name, rows in file_sent(chat).items() if rows}
    assert shown == json.loads(json.dumps({n: r for n, r in found.items() if r}, default=iso))
    assert "Leyla Kaya" in json.dumps(shown, ensure_ascii=False)


async def test_the_button_sends_the_file_too_and_leaves_the_text(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await chat.say("/privacy")
    await chat.tap("Show my data")
    assert file_sent(chat)["signatures"][0]["number"] == 1
    assert vigil.world.queries == {}


async def test_forgetme_erases_everything_and_touches_nobody_else(vigil: Vigil) -> None:
    chat, other = vigil.chat(0), vigil.chat(1)
    for one in (chat, other):
        await sign(one)
        await fill(one, vigil)
    kept = await rows_about(vigil.database, other.user)

    assert "cannot be undone" in await chat.say("/forgetme")
    assert await counted(vigil) == (2, 2)
    assert (await chat.tap("Erase everything")).startswith("Everything about you is erased.")

    assert not any((await rows_about(vigil.database, chat.user)).values())
    assert str(chat.user) not in await written(vigil.database)
    assert await counted(vigil) == (1, 1)
    assert await rows_about(vigil.database, other.user) == kept
    assert "nothing" in await chat.say("/mydata")


async def test_of_what_was_sent_to_her_only_numbers_stay(chat: Chat, vigil: Vigil) -> None:
    await choose(chat)
    states = ("pending", "sending", "sent", "skipped", "failed", "unknown")
    for state in states:
        await delivered(vigil, chat.user, DeliveryState(state), 4_711)
    await chat.say("/forgetme")
    await chat.tap("Erase everything")

    rows = await all_rows(vigil.database)
    assert rows["deliveries"] == []
    left = {row["alert_id"]: (row["state"], row["number"]) for row in rows["tallies"]}
    assert [left[number] for number in sorted(left)] == [
        ("skipped", 1), ("unknown", 1), ("sent", 1), ("skipped", 1), ("failed", 1), ("unknown", 1),
    ]  # fmt: skip
    assert {row["reason"] for row in rows["tallies"]} == {"erased"}


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.SUPPORTER, None),
        (Role.VIEWER, "You also leave the team"),
        (Role.ADMIN, "You also leave the team"),
    ],
)
async def test_staff_are_told_what_it_means_for_the_team(
    role: Role, words: str | None, chat: Chat, vigil: Vigil
) -> None:
    await sign(chat)
    await employ(vigil, chat.user, role)
    shown = await chat.say("/forgetme")
    assert words is None or words in shown
    assert ("have not gone out" in shown) is (words is not None)
    await chat.tap("Erase everything")
    assert not any((await rows_about(vigil.database, chat.user)).values())


async def test_an_owner_is_told_that_the_settings_still_name_her(vigil: Vigil) -> None:
    owner = Chat(vigil.world, vigil.world.admins[0].id)
    assert "You stay an owner as long as the settings say so." in await owner.say("/forgetme")


async def test_what_an_erased_organiser_wrote_goes_out_no_more(chat: Chat, vigil: Vigil) -> None:
    await employ(vigil, chat.user)
    async with vigil.database.write() as db:
        now = vigil.world.clock.now()
        for state in (AlertState.APPROVED, AlertState.FINISHED):
            number = await alerts.add(db, AlertKind.URGENT, "UTC", Audience(), now)
            await alerts.revise(db, number, f"S-{chat.user}", state=state)
    await chat.say("/forgetme")
    await chat.tap("Erase everything")
    states = {row["state"] for row in (await all_rows(vigil.database))["alerts"]}
    assert states == {AlertState.CANCELLED, AlertState.FINISHED}


async def test_who_signs_again_after_it_gets_a_new_number(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await chat.say("/forgetme")
    await chat.tap("Erase everything")
    assert "You are number 2 " in await sign(chat)


async def test_one_can_think_again(chat: Chat, vigil: Vigil) -> None:
    await sign(chat)
    await chat.say("/forgetme")
    assert await chat.tap("Keep it") == "Nothing was erased. /mydata shows what we hold."
    assert await counted(vigil) == (1, 1)


async def test_erasing_many_times_at_once_erases_once(chat: Chat, vigil: Vigil) -> None:
    await sign(vigil.chat(1))
    await sign(chat)
    await chat.say("/forgetme")
    await asyncio.gather(*(chat.send_data("forget:everything") for _ in range(10)))
    assert await counted(vigil) == (1, 1)
    assert chat.popups == []


async def test_an_open_dialog_without_a_signature_is_shown_and_erased_too(
    chat: Chat, vigil: Vigil
) -> None:
    await begin_a_name(chat, vigil)
    await chat.say("/mydata")
    assert len(file_sent(chat)["dialogs"]) == 1
    await chat.say("/forgetme")
    await chat.tap("Erase everything")
    assert str(chat.user) not in await written(vigil.database)


@pytest.mark.parametrize("person", [0, 2, 3])
async def test_a_name_that_was_erased_is_in_no_table(person: int, vigil: Vigil) -> None:
    chat = vigil.chat(person)
    await chat.link(LINK)
    await chat.tap("Add my name")
    await chat.tap(chat.buttons[0])
    name = (await all_rows(vigil.database))["signatures"][0]["name"]
    assert name
    await chat.say("/forgetme")
    await chat.tap("Erase everything")
    assert name not in await written(vigil.database)


def iso(value: Any) -> Any:
    return value.isoformat()
