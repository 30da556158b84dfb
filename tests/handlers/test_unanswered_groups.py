"""/unanswered answers a group of questions: as ways of asking for a text, or with a new text."""

import asyncio
import re
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.content import Content, check, load
from tests.conftest import Start, Vigil
from tests.conversation import Chat, Message, plain
from tests.handlers.rows import all_rows, written
from tests.handlers.test_unanswered import data_of, keep

LANGUAGES = ("en", "fr")
BOOK = "Which book about torture should I read?"
READING = "Can you recommend a book on torture to read?"
LIVRE = "Quel livre sur la torture devrais-je lire ?"
TYRES = "Which bicycle tyres fit my wheels?"
HEAD = "# Ways of asking that people passed on to the team.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder of the test's own, with no more in it than it needs."""
    copy = tmp_path / "content"
    ignored = ("es", "ar", "questions", "disclosures", "meta", "smalltalk")
    shutil.copytree("content", copy, ignore=shutil.ignore_patterns(*ignored))
    return copy


@pytest.fixture
def content(folder: Path) -> Content:
    return load(folder, LANGUAGES)


@pytest.fixture
async def vigil(start: Start, folder: Path) -> Vigil:
    return await start(content=folder, languages=LANGUAGES)


async def kept(vigil: Vigil) -> list[str]:
    return [row["text"] for row in (await all_rows(vigil.database))["questions"]]


async def states(vigil: Vigil) -> Sequence[str]:
    return [row["state"] for row in (await all_rows(vigil.database))["content_changes"]]


async def begin(chat: Chat, group: str, act: str) -> None:
    await chat.say("/unanswered")
    await chat.tap(group)
    await chat.tap(act)


async def test_a_group_in_two_languages_becomes_ways_of_asking_once_somebody_else_accepts(
    vigil: Vigil, folder: Path
) -> None:
    first, second = vigil.group(0), vigil.group(1)
    await keep(vigil, BOOK, BOOK.upper(), TYRES, READING)
    await keep(vigil, LIVRE, language="fr")
    listed = plain(await first.say("/unanswered"))
    assert "5 questions in 2 groups" in listed
    assert f"1. 4 questions, 3 wordings (English, French)\n• 2 × {BOOK}" in listed

    await begin(first, "1", "Add as example")
    title, *_ = first.buttons
    text = next(
        one for one in vigil.services.content.language("en").passages.values() if one.title == title
    )
    await first.tap(title)
    listed, english, french = map(plain, first.replies)
    section = f"{HEAD}[explainer/{text.id}]\n"
    assert "1. 1 question, 1 wording" in listed  # the other group is as it was
    assert "3 questions wait in correction 1 of en/questions/asked.txt." in listed
    assert f"{section}{BOOK}\n{READING}" in english
    assert f"{section}{LIVRE}" in french
    await first.tap("Accept")
    assert "You wrote this one." in first.popups[-1]

    done = await second.tap("Accept")
    assert "ways of asking have changed" in done
    assert (folder / "fr/questions/asked.txt").read_text() == f"{section}{LIVRE}\n"
    await vigil.services.housekeeping.tick()
    assert await kept(vigil) == [BOOK, BOOK.upper(), TYRES, READING]
    shown = await vigil.chat().say(LIVRE)
    assert vigil.services.content.language("fr").passages[text.id].body[:80] in shown


async def test_one_proposal_gathers_what_comes_and_gives_it_back_when_dropped(
    start: Start, vigil: Vigil, folder: Path
) -> None:
    first = vigil.group(0)
    await keep(vigil, BOOK, BOOK, TYRES)
    await begin(first, "1", "Add as example")
    both = data_of(first, first.buttons[0])
    await asyncio.gather(*(chat.send_data(both) for chat in (first, vigil.group(1), first)))
    assert await states(vigil) == ["waiting"]  # tapped by several at once it is proposed once

    await begin(first, "1", "Not covered")
    card = plain(await first.tap(first.buttons[0]))
    assert "Correction 1: held in the new one, and closed." in plain(first.replies[0])
    assert BOOK in card
    assert TYRES in card
    assert await states(vigil) == ["waiting"]
    assert "this tap did nothing" in await first.send_data(both)

    vigil = await start(content=folder, languages=LANGUAGES)
    first = vigil.group(0)
    assert "all of the last 30 days are in proposals" in await first.say("/unanswered")
    card = await first.tap("Show correction 2")
    assert TYRES in plain(card)
    await first.tap("Drop it")
    listed = plain(await first.say("/unanswered"))
    assert "3 questions in 2 groups" in listed
    assert not (folder / "en/questions").exists()

    await begin(first, "1", "Add as example")
    await first.tap(first.buttons[0])
    vigil.world.clock.jump(timedelta(days=31))
    await vigil.services.housekeeping.tick()
    words = await written(vigil.database)
    assert BOOK not in words
    assert TYRES not in words
    assert await states(vigil) == []


async def test_a_draft_passes_the_check_once_what_is_marked_is_filled_in(
    vigil: Vigil, folder: Path
) -> None:
    first = vigil.group(0)
    await keep(vigil, f'"{BOOK}" # he: said [x]', READING, BOOK + " - {a}: 'b'")
    await keep(vigil, LIVRE, language="fr")
    for act in ("Draft a text", "Not covered"):
        await begin(first, "1", act)
        if act == "Not covered":
            await first.tap("Draft a new one")
        files = [one for one in first.messages if "document" in one][-2:]
        texts = [completed(vigil, one, folder) for one in files]

        assert check(folder, LANGUAGES) == []
        whole = load(folder, LANGUAGES)
        english, french = (
            next(one for one in whole.language(code).entries if one.path == path)
            for code, path in zip(LANGUAGES, texts, strict=True)
        )
        assert {f'"{BOOK}" # he: said [x]', READING} <= set(english.examples)
        assert LIVRE in french.examples
        for path in texts:
            path.unlink()
    assert len(await kept(vigil)) == 4  # until somebody drops them


def completed(vigil: Vigil, message: Message, folder: Path) -> Path:
    """What an editor does with a draft: nothing can be shown before she has."""
    text = vigil.world.files.by_id[message["document"]["file_id"]].upload.content.decode()
    path = folder / plain(message["caption"]).split()[1]
    path.write_text(text)
    assert any(one.path == path for one in check(folder, LANGUAGES))
    for begins, line in (
        ("title: ", "title: Books"),
        ("source: ", "source: A book"),
        ("as_of: ", "as_of: May 2026"),
        ("  # ", "\n".join(f"  - way {number} of asking in {path}" for number in range(5))),
        ("{", "There are some."),
    ):
        text = re.sub(rf"^{re.escape(begins)}.*$", line, text, flags=re.MULTILINE)
    path.write_text(text)
    return path
