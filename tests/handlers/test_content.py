"""/content: the files are read again, corrected and reviewed from the admin group."""

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content, load
from bot.models import Role
from bot.models.content import ChangeState
from bot.services.content import LARGEST, Changes, Press
from bot.services.explainer import Explainer
from bot.store import content as store
from handlers.admin.content import finish_cooled
from tests.conftest import PETITION, Start, Vigil
from tests.conversation import Chat
from tests.handlers.given import employ
from tests.handlers.rows import all_rows
from tests.handlers.test_following import CASE, TITLE

PLACE = "en/explainer/law/convention-states.md"
FIGURE, NEWER = "156 countries were signatories", "173 countries were parties"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder of the test's own, small enough to be made an explainer of in no time."""
    copy = tmp_path / "content"
    shutil.copytree("content", copy, ignore=shutil.ignore_patterns("fr", "es", "ar"))
    for name in ("smalltalk", "meta", "not_covered", "questions"):  # the last ask for all texts
        shutil.rmtree(copy / "en" / name)
    return copy


@pytest.fixture
def content(folder: Path) -> Content:
    return load(folder, ("en",))


@pytest.fixture
async def vigil(start: Start, folder: Path) -> Vigil:
    return await start(content=folder, languages=("en",))


@pytest.fixture
def first(vigil: Vigil) -> Chat:
    return vigil.group(0)


@pytest.fixture
def second(vigil: Vigil) -> Chat:
    return vigil.group(1)


def edited(folder: Path, place: str, old: str, new: str) -> bytes:
    """What the file would be with other words in it."""
    text = (folder / place).read_text()
    assert old in text
    return text.replace(old, new).encode()


async def join_group(vigil: Vigil, person: int, role: Role) -> Chat:
    """Somebody more in the admin group."""
    user, group = vigil.chat(person).user, vigil.world.admin_chat
    await employ(vigil, user, role)
    group.members.append(user)
    return Chat(vigil.world, user, group.id)


def correction(folder: Path) -> bytes:
    return edited(folder, PLACE, FIGURE, NEWER)


def texts(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.md"))


def hidden_files(folder: Path) -> list[Path]:
    return list(folder.rglob(".*"))


async def changes(vigil: Vigil) -> Sequence[Mapping[str, Any]]:
    return (await all_rows(vigil.database))["content_changes"]


async def shown(vigil: Vigil) -> str:
    return await vigil.chat().link("ask-convention-states")


async def test_edited_files_are_current_after_a_reload_all_or_nothing(
    vigil: Vigil, first: Chat, folder: Path
) -> None:
    assert "nothing changes" in await first.say("/content reload")

    (folder / PLACE).write_bytes(correction(folder))
    petition = folder / "en" / "petitions" / f"{PETITION}.md"
    petition.write_text(petition.read_text() + "\nSign until spring.\n")
    (folder / "en" / "cases" / "nobody.md").write_text("no header")
    told = await first.say("/content reload")
    assert "There is 1 fault in the files" in told
    assert "en/cases/nobody.md, line 1: the file has no header." in told
    assert FIGURE in await shown(vigil)

    (folder / "en" / "cases" / "nobody.md").unlink()
    told = await first.say("/content reload")
    assert f"2 changed texts:\n• {PLACE}\n• en/petitions/{PETITION}.md" in told
    assert NEWER in await shown(vigil)
    assert "Sign until spring." in await vigil.chat().link(f"petition-{PETITION}")
    await vigil.chat().tap("Add my name")  # the new text is on record


async def test_a_file_that_says_closed_is_told_how_a_family_is_heard(
    vigil: Vigil, first: Chat, folder: Path
) -> None:
    case = folder / "en" / "cases" / f"{CASE}.md"
    case.write_bytes(edited(folder, f"en/cases/{CASE}.md", "outcome: released", "outcome: closed"))
    assert f"An admin writes in the admin group: /case stop {CASE}." in (
        await first.say("/content reload")
    )
    assert TITLE in await vigil.chat().link(f"case-{CASE}")
    await first.say(f"/case@vigil_playground_bot {CASE}")
    assert "The family asks us to stop" in first.buttons


async def test_a_correction_is_current_once_another_admin_accepts_its_difference(
    vigil: Vigil, first: Chat, second: Chat, folder: Path, start: Start
) -> None:
    before = (folder / PLACE).read_bytes()
    assert f"/content {PLACE}" in await first.say("/content file convention-states")
    card = await first.send_file(
        "convention-states.md", correction(folder), reply_to=first.last["message_id"]
    )
    assert card.startswith(f"Correction 1: {PLACE}")
    assert "156173 countries were signatoriesparties" in card
    marks = {one["type"] for one in first.last["entities"]}
    assert {"strikethrough", "underline"} <= marks
    assert FIGURE in await shown(vigil)

    await first.tap("Accept")
    assert "You wrote this one." in first.popups[-1]
    assert (folder / PLACE).read_bytes() == before

    vigil = await start(content=folder, languages=("en",))  # the proposal outlives it
    done = await vigil.group(1).tap("Accept")
    assert "people see it from now on" in done
    assert f"1 changed text:\n• {PLACE}" in done
    assert NEWER in await shown(vigil)
    assert (folder / PLACE).read_bytes() == edited(folder, PLACE, NEWER, NEWER)
    (row,) = await changes(vigil)
    assert (row["state"], row["former"]) == ("done", before)
    assert not hidden_files(folder)


NOT_TAKEN: Sequence[tuple[str, str, bytes, str]] = (
    ("/content ../../etc/passwd.md", "a.md", b"x", "is no place for a text"),
    ("/content en/../../x.md", "a.md", b"x", "is no place for a text"),
    ("/content en/explainer/law/run.py", "a.md", b"x", "is no place for a text"),
    ("/content content/new.md", "a.md", b"x", "is no place for a text"),
    ("/content xx/explainer/law/ban.md", "a.md", b"x", "begin with a released language: en"),
    ("/content", "never-heard-of.md", b"x", "no text called “never-heard-of.md”"),
    ("/content", "convention-states.md", b"\xff\xfe", "no text in UTF-8"),
    ("/content", "convention-states.md", b"x" * (LARGEST + 1), "larger than 64 kB"),
    ("/content", "convention-states.md", b"no header", "would have 1 fault"),
)


async def test_what_is_no_text_or_has_no_place_is_not_taken(
    vigil: Vigil, first: Chat, folder: Path
) -> None:
    before = texts(folder.parent)
    link = folder / "en" / "link"
    link.symlink_to(folder.parent)
    assert "is no place for a text" in await first.send_file("a.md", b"x", "/content en/link/x.md")
    link.unlink()
    same = "/content", "convention-states.md", (folder / PLACE).read_bytes(), "says already"
    for caption, name, content, told in (*NOT_TAKEN, same):
        assert told in await first.send_file(name, content, caption), caption
        assert first.buttons == []
    assert texts(folder.parent) == before
    assert await changes(vigil) == []
    assert await first.send_file("convention-states.md", b"x", "just a file") == ""


async def test_a_change_of_the_file_in_between_voids_a_proposal(
    vigil: Vigil, first: Chat, second: Chat, folder: Path
) -> None:
    await first.send_file("a.md", correction(folder), f"/content {PLACE}")
    by_hand = edited(folder, PLACE, FIGURE, "Nobody knows how many were signatories")
    (folder / PLACE).write_bytes(by_hand)

    await second.tap("Accept")

    assert "The file has changed since" in second.popups[-1]
    assert (folder / PLACE).read_bytes() == by_hand
    assert FIGURE in await shown(vigil)
    await second.send_data("admin:content:accept:1:0123456789abcdef")  # other bytes
    assert "nothing was done" in second.popups[-1]


async def test_the_only_admin_waits_ten_minutes_and_can_drop_it(start: Start, folder: Path) -> None:
    owner = (await start(content=folder, languages=("en",))).world.admins[0].id
    vigil = await start(content=folder, languages=("en",), owners=frozenset({owner}))
    alone = vigil.group(0)
    for act in ("Drop it", "wait"):
        await alone.send_file("a.md", correction(folder), f"/content {PLACE}")
        assert "Nobody else can accept this" in await alone.tap("Accept")
        await finish_cooled(vigil.app.bot, vigil.services)
        assert FIGURE in await shown(vigil)
        if act == "Drop it":
            assert "Nothing has changed." in await alone.tap(act)
            vigil.world.clock.jump(20 * MINUTE)
            await finish_cooled(vigil.app.bot, vigil.services)
            assert FIGURE in await shown(vigil)

    vigil.world.clock.jump(10 * MINUTE)
    await finish_cooled(vigil.app.bot, vigil.services)
    assert NEWER in await shown(vigil)
    assert "people see it from now on" in alone.last["text"]


async def test_a_folder_that_cannot_be_written_loses_nothing(
    vigil: Vigil, first: Chat, second: Chat, folder: Path
) -> None:
    await first.send_file("a.md", correction(folder), f"/content {PLACE}")
    in_the_way = folder / "en" / "explainer" / "law" / ".convention-states.md.new"
    in_the_way.mkdir()

    told = await second.tap("Accept")
    assert "I may not write in the content folder" in told
    file = vigil.world.files.by_id[second.last["document"]["file_id"]].upload
    assert file.content == correction(folder)
    assert FIGURE in await shown(vigil)

    in_the_way.rmdir()
    assert "people see it from now on" in await second.tap("Accept")
    assert NEWER in await shown(vigil)


async def test_a_review_is_anothers_and_stands_for_exactly_these_bytes(
    vigil: Vigil, first: Chat, second: Chat, folder: Path
) -> None:
    claimed = correction(folder).replace(
        b"review: pending", b"review: approved\nreviewed_by: Somebody\nreviewed_on: 2027-01-01"
    )
    card = await first.send_file("a.md", claimed, f"/content {PLACE}")
    assert "counts as not reviewed" in card  # whatever it claims
    await second.tap("Accept")
    assert "review: pending" in (folder / PLACE).read_text()

    assert "You wrote this one." in await first.say("/content review convention-states")
    asked = await second.say("/content review convention-states en 2028-02-01")
    assert "It holds until 2028-02-01." in asked
    assert NEWER in second.replies[0]
    assert "what treaty" not in second.replies[0]
    done = await second.tap("I have checked all of it")
    assert "who has checked all of it" in done

    name = await vigil.services.staff.pseudonym(second.user)
    text = (folder / PLACE).read_text()
    for line in ("review: approved", f"reviewed_by: {name}", "reviewed_on: 2027-03-01"):
        assert f"\n{line}\n" in text
    assert "\nreview_by: 2028-02-01\n" in text
    assert text.split("---\n")[2] == claimed.decode().split("---\n")[2]
    listed = await first.say("/content reviews")
    assert f"{PLACE}: {name}, 1 March 2027" in listed
    assert vigil.services.content.language("en").passages["convention-states"].reviewed_by == name


async def test_where_only_reviewed_texts_are_shown_accepting_is_reviewing(
    start: Start, folder: Path
) -> None:
    for path in (folder / "en").rglob("*.md"):
        stamp = "review: approved\nreviewed_by: Anna\nreviewed_on: 2027-01-01"
        path.write_text(path.read_text().replace("review: pending", stamp))
    vigil = await start(content=folder, languages=("en",), accept_unreviewed=False)
    first, second = vigil.group(0), vigil.group(1)
    await first.send_file("a.md", correction(folder), f"/content {PLACE}")
    assert first.buttons == ["I have checked all of it", "Drop it"]
    data = first.last["reply_markup"]["inline_keyboard"][0][0]["callback_data"]

    await second.send_data(data.replace("vouch", "accept"))
    assert "are not shown here" in second.popups[-1]
    assert "who has checked all of it" in await second.tap("I have checked all of it")
    assert NEWER in await shown(vigil)


async def test_a_new_text_needs_its_whole_place_and_a_long_one_is_shown_in_a_file(
    vigil: Vigil, first: Chat, second: Chat, folder: Path
) -> None:
    place = "en/explainer/law/brand-new.md"
    words = correction(folder).decode().split("---\n")
    examples = "".join(f"  - is this brand new question {n} asked\n" for n in "abcdef")
    start_of, rest = words[1].split("examples:\n")
    fields = rest[rest.index("synonyms:") :]
    long = "\n\n".join(f"Paragraph {n} says <b>more</b> & more." for n in range(80))
    body = f"---\n{start_of}examples:\n{examples}{fields}---\n{long[:2_900]}\n"
    card = await first.send_file("x.md", body.encode(), f"/content@vigil_playground_bot {place}")
    assert "This is how it begins" in card
    assert len(card) < 4_096
    assert len(first.replies) == 2  # the whole difference first

    assert "1 new text:" in await second.tap("Accept")
    assert "Paragraph 1 says <b>more</b> & more." in await vigil.chat().link("ask-brand-new")


async def test_whoever_is_no_admin_changes_nothing(vigil: Vigil, folder: Path) -> None:
    chat = await join_group(vigil, 3, Role.ORGANISER)
    for words in ("/content reload", "/content file privacy", "/content review privacy"):
        assert "Only admins can do that." in await chat.say(words)
    told = await chat.send_file("a.md", correction(folder), f"/content {PLACE}")
    assert "Only admins can do that." in told
    assert await changes(vigil) == []


async def test_tapped_by_several_at_once_it_is_written_once(
    vigil: Vigil, first: Chat, second: Chat, folder: Path
) -> None:
    await first.send_file("a.md", correction(folder), f"/content {PLACE}")
    data = first.last["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    under = first.last["message_id"]
    third = await join_group(vigil, 3, Role.ADMIN)

    await asyncio.gather(*(one.send_data(data, under) for one in (second, third, second)))

    (row,) = await changes(vigil)
    assert row["state"] == "done"
    assert "decided already" in second.popups[-1]


def broken(_: Content) -> Explainer:
    raise RuntimeError("nothing can be made of this")


async def test_when_no_explainer_can_be_made_the_file_is_as_it_was(
    vigil: Vigil, first: Chat, second: Chat, folder: Path
) -> None:
    await first.send_file("a.md", correction(folder), f"/content {PLACE}")
    (row,) = await changes(vigil)
    before, services = (folder / PLACE).read_bytes(), vigil.services
    press = Press(
        services.press.folder, services.shelf, services.petitions, broken, accept_unreviewed=True
    )
    doomed = Changes(vigil.database, press, services.staff, services.now)
    digest = sha256(row["body"]).hexdigest()
    with pytest.raises(RuntimeError):
        await doomed.accept(1, digest, second.user, vouch=False)

    assert (folder / PLACE).read_bytes() == before
    assert FIGURE in await shown(vigil)
    assert "people see it from now on" in await second.tap("Accept")


@pytest.mark.parametrize("is_written", [True, False])
async def test_after_a_kill_amid_the_writing_it_is_done_or_void(
    is_written: bool, vigil: Vigil, first: Chat, folder: Path
) -> None:
    await first.send_file("a.md", correction(folder), f"/content {PLACE}")
    async with vigil.database.write() as db:
        await store.move(db, 1, [ChangeState.WAITING], ChangeState.WRITING)
    if is_written:
        (folder / PLACE).write_bytes(correction(folder))

    await vigil.services.changes.recover()

    (row,) = await changes(vigil)
    assert row["state"] == ("done" if is_written else "void")
