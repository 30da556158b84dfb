"""What writers invented beside the texts: questions, messages of danger, and follow-ups."""

from pathlib import Path

import pytest

from bot.content import ContentError, check, load
from bot.content.disclosures import Disclosure
from bot.content.questions import Asked
from tests.content.folder import write

QUESTIONS = """\
# by somebody
[explainer/ban]
  since when is it forbidden

# nobody answers these
[everyday]
what is a good pizza
[near]
how do prisons work
[meta/delete]
wipe it
"""
UNKNOWN = (
    "there is no text “{}”. A section names folder and file, such as "
    "[explainer/what-is-torture], or is [everyday] or [near]."
)
HOMELESS = (
    "this question stands above the first section. Write a line such as "
    "[explainer/what-is-torture] above it."
)
LONG = "this line has more than 600 characters. One line is one message: shorten it."
UNMARKED = "a line begins with “yes: ” or “no: ”, and a message follows."


def faults(folder: Path) -> list[str]:
    return [str(problem).removeprefix(f"{folder}/") for problem in check(folder)]


def test_a_question_knows_its_text_and_its_writer(tmp_path: Path) -> None:
    folder = write(
        tmp_path, en__questions__ada_txt=QUESTIONS, en__questions__ben_txt="[near]\nwho is who\n"
    )
    assert check(folder) == []
    assert load(folder).language("en").questions == (
        Asked("explainer/ban", "ada", "since when is it forbidden"),
        Asked("everyday", "ada", "what is a good pizza"),
        Asked("near", "ada", "how do prisons work"),
        Asked("meta/delete", "ada", "wipe it"),
        Asked("near", "ben", "who is who"),
    )


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("[explainer/bann]\nwhy\n", 1, UNKNOWN.format("explainer/bann")),
        ("[explainer/ban]\nwhy\n[Ban]\n", None, ""),  # no section, so a question
        ("[near]\nx\n[ban]\nwhy\n", 3, UNKNOWN.format("ban")),
        ("[smalltalk/ban]\n", 1, UNKNOWN.format("smalltalk/ban")),
        ("# note\n\nwhy is it banned\n[near]\n", 3, HOMELESS),
        (f"[near]\n{'x' * 600}\n", None, ""),
        (f"[near]\n{'x' * 601}\n", 2, LONG),
    ],
)
def test_a_fault_in_questions_is_told_with_its_line(
    tmp_path: Path, source: str, line: int | None, sentence: str
) -> None:
    folder = write(tmp_path, en__questions__ada_txt=source)
    wanted = [f"en/questions/ada.txt, line {line}: {sentence}"] if line else []
    assert faults(folder) == wanted


def test_what_stands_below_an_unknown_section_is_told_once(tmp_path: Path) -> None:
    source = "[explainer/bann]\none\ntwo\nthree\n[near]\nfour\n"
    folder = write(tmp_path, en__questions__ada_txt=source)
    assert len(faults(folder)) == 1
    with pytest.raises(ContentError, match="bann"):
        load(folder)


def test_a_disclosure_knows_its_language_and_writer_released_or_not(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        en__disclosures__a_txt="# note\nyes: they took him: at night\n\nno:  this exam  \n",
        fr__disclosures__b_txt="yes: ils l'ont pris\n",
    )
    assert check(folder) == []
    assert load(folder).disclosures == (
        Disclosure("en", "a", "they took him: at night", is_one=True),
        Disclosure("en", "a", "this exam", is_one=False),
        Disclosure("fr", "b", "ils l'ont pris", is_one=True),
    )


@pytest.mark.parametrize(
    "line", ["they took him", "Yes: they took him", "yes:", "maybe: he", "no: "]
)
def test_a_message_without_its_mark_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    folder = write(tmp_path, en__disclosures__a_txt=f"yes: one\n{line}\nno: two\n")
    assert faults(folder) == [f"en/disclosures/a.txt, line 2: {UNMARKED}"]


def test_follow_ups_are_whole_messages_and_may_be_missing(tmp_path: Path) -> None:
    assert load(write(tmp_path)).language("en").follow_ups == frozenset()
    folder = write(tmp_path, en__follow_ups_txt="# note\nWhy\n  Et après # French\n\n")
    assert check(folder) == []
    assert load(folder).language("en").follow_ups == {"why", "et apres"}


@pytest.mark.parametrize("name", ["questions/ada.txt", "disclosures/a.txt", "follow_ups.txt"])
def test_a_file_in_another_encoding_is_named(tmp_path: Path, name: str) -> None:
    file = write(tmp_path) / "en" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes("[near]\ncafé\n".encode("latin-1"))
    assert any(
        fault.startswith(f"en/{name}, line 2: the file is not in UTF-8.")
        for fault in faults(tmp_path)
    )
