from datetime import date
from pathlib import Path

import pytest

from bot.content import Content, ContentError, State, check, load
from tests.content.folder import BAN, FILES, NEVER, REVIEW, passage, text, write


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return load(write(tmp_path))


def only_problem(folder: Path) -> str:
    problems = check(folder)
    assert len(problems) == 1, problems
    return str(problems[0]).removeprefix(f"{folder}/")


def test_a_whole_folder_loads_without_a_problem(tmp_path: Path) -> None:
    assert check(write(tmp_path)) == []


def test_subjects_keep_their_order_and_know_their_passages(content: Content) -> None:
    subjects = content.language("en").subjects
    assert [subject.slug for subject in subjects] == ["law", "protection"]
    assert [passage.id for passage in subjects[0].passages] == ["ban", "never"]


def test_an_unknown_language_gets_the_first_released_one(content: Content) -> None:
    assert content.language("xx") is content.language("en")
    assert content.language("") is content.language("en")


def test_a_passage_is_shown_with_title_body_source_and_date(content: Content) -> None:
    assert content.language("en").passages["ban"].shown() == (
        "Since when torture is banned\n\n"
        "Torture has been outlawed internationally since 1948.\n\n"
        "Source: Amnesty International, “Torture”\nAs of: late 2014"
    )


def test_source_and_date_can_be_worded_in_the_readers_language(content: Content) -> None:
    shown = content.language("en").passages["ban"].shown(wording="Quelle: {source}, {as_of}")
    assert shown.endswith("\n\nQuelle: Amnesty International, “Torture”, late 2014")


def test_placeholders_are_filled_and_other_braces_in_values_are_not(content: Content) -> None:
    shown = content.language("en").support.shown("Org", "{organisation}@example.org")
    assert shown == "You are not alone\n\nWrite to {organisation}@example.org."


def test_stop_words_are_folded_and_lose_their_comments(content: Content) -> None:
    assert content.stop_words == {"stop", "arret"}


def test_a_year_alone_is_a_good_date(content: Content) -> None:
    assert content.language("en").petitions["cameroon"].as_of == "2014"


def test_pending_names_everything_that_nobody_has_reviewed(content: Content) -> None:
    assert {text.id for text in content.pending} == {
        "ban", "never", "lawyer", "support", "privacy", "cameroon", "angel", "write",
    }  # fmt: skip


def test_an_approved_text_is_not_pending(tmp_path: Path) -> None:
    approved = BAN.replace(
        "review: pending", "review: approved\nreviewed_by: A. Reviewer\nreviewed_on: 2026-11-01"
    )
    content = load(write(tmp_path, en__explainer__law__ban_md=approved))
    assert "ban" not in {text.id for text in content.pending}


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2027, 5, 31), State.CURRENT),
        (date(2027, 6, 1), State.OVERDUE),
        (date(2027, 11, 27), State.OVERDUE),
        (date(2027, 11, 28), State.WITHDRAWN),
    ],
)
def test_a_passage_grows_old(content: Content, today: date, state: State) -> None:
    assert content.language("en").passages["ban"].state(today) is state


def test_content_cannot_be_changed(content: Content) -> None:
    passages = content.language("en").passages
    with pytest.raises(ValueError, match="frozen"):
        setattr(passages["ban"], "title", "Other")  # noqa: B010  (mypy refuses the plain way)
    assert not hasattr(passages, "__setitem__")


def test_load_says_the_first_fault_and_how_many_more(tmp_path: Path) -> None:
    spoilt = BAN.replace("as_of: late 2014\n", "").replace("title:", "titel:")
    folder = write(tmp_path, en__explainer__law__ban_md=spoilt)
    with pytest.raises(ContentError) as caught:
        load(folder)
    assert str(caught.value).endswith(
        f"{folder}/en/explainer/law/ban.md, line 2: titel is not a field here. "
        "Did you mean title? (2 more: python -m bot content check lists them)"
    )


LONG = "x" * 61
SPOILT = {
    "missing field": (
        BAN.replace("as_of: late 2014\n", ""),
        "line 18: as_of is missing. Write for example: as_of: late 2014",
    ),
    "unknown field": (
        BAN.replace("source:", "colour: red\nsource:"),
        "line 13: colour is not a field here. The fields are: ",
    ),
    "bad date": (
        BAN.replace("2027-05-31", "31.05.2027"),
        (
            "line 16: review_by is not a day I can read: “31.05.2027”. "
            "Write year-month-day, for example: 2027-06-30"
        ),
    ),
    "impossible date": (BAN.replace("2027-05-31", "2027-02-31"), "line 1: the header cannot be"),
    "no year": (
        BAN.replace("late 2014", "some time ago"),
        "line 14: as_of names no year: “some time ago”. Write for example: as_of: late 2014",
    ),
    "too long": (
        BAN.replace("Since when torture is banned", LONG),
        (
            "line 2: title is 61 characters long; 60 are allowed, because it stands on a button. "
            "Take out 1."
        ),
    ),
    "too few examples": (
        BAN.replace("  - is the ban old\n", ""),
        (
            "line 3: examples has only 5; at least 6 are needed, because they are how a question "
            "finds it."
        ),
    ),
    "empty body": (
        BAN.replace("Torture has been outlawed internationally since 1948.", ""),
        "line 19: the text is empty. Write it below the second line of three hyphens.",
    ),
    "bad YAML": (
        BAN.replace("Since when torture", "Since when: torture"),
        (
            "line 2: I cannot read this line (mapping values are not allowed in this context). "
            "A text that holds a colon, or begins with a quotation mark, must stand in quotes."
        ),
    ),
    "no header": ("Just a text.\n", "line 1: the file has no header."),
    "a colon in an example": (
        BAN.replace("is the ban old", "debate: is it old"),
        (
            "line 9: entry 6 of examples holds a colon, which splits it in two. "
            "Put the whole entry in quotes."
        ),
    ),
    "written twice": (
        BAN.replace("source:", "title: Again\nsource:"),
        "line 13: title is written twice. Keep one.",
    ),
    "half approved": (
        BAN.replace("review: pending", "review: approved"),
        "line 19: review is approved, so reviewed_by (who) and reviewed_on (a day) are needed",
    ),
    "unknown placeholder": (
        BAN.replace("1948.", "1948. Ask {contakt}."),
        "line 19: the text holds {contakt}, which nobody fills in.",
    ),
    "unknown related": (
        BAN.replace("  - never\n", "  - nevr\n"),
        "line 18: related names nevr, which is no other passage. Did you mean never?",
    ),
}


@pytest.mark.parametrize(("spoilt", "sentence"), SPOILT.values(), ids=SPOILT.keys())
def test_a_mistake_is_told_with_line_and_field(tmp_path: Path, spoilt: str, sentence: str) -> None:
    told = check(write(tmp_path, en__explainer__law__ban_md=spoilt))
    names = [str(problem).removeprefix(f"{tmp_path}/") for problem in told]
    assert any(name.startswith(f"en/explainer/law/ban.md, {sentence}") for name in names), names


def test_a_petition_may_belong_to_a_case_that_exists(tmp_path: Path) -> None:
    petition = FILES["en/petitions/cameroon.md"]
    with_case = petition.replace("subject: ban\n", "subject: ban\ncase: angel\n")
    folder = write(tmp_path, en__petitions__cameroon_md=with_case)
    assert load(folder).language("en").petitions["cameroon"].case == "angel"

    write(tmp_path, en__petitions__cameroon_md=with_case.replace("case: angel", "case: angle"))
    assert only_problem(folder) == (
        "en/petitions/cameroon.md, line 8: case names angle, which is no case. Did you mean angel?"
    )


def test_no_file_can_end_a_case_at_its_familys_wish(tmp_path: Path) -> None:
    """It would be half a stop: the story is gone, and its petition is still signed."""
    case = FILES["en/cases/angel.md"].replace("outcome: released", "outcome: Closed")
    folder = write(tmp_path, en__cases__angel_md=case)
    assert only_problem(folder) == (
        "en/cases/angel.md, line 5: outcome is “Closed”, and no file can stop what a family wants "
        "stopped. An admin writes in the admin group: /case stop angel. That ends it everywhere, "
        "whatever this line says; it must be one of these: open, released, justice, died."
    )


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "en/welcome.md").write_bytes("---\ntitle: Café\n---\nx\n".encode("latin-1"))
    assert only_problem(folder).startswith("en/welcome.md, line 2: the file is not in UTF-8.")


def test_a_missing_card_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "en/support.md").unlink()
    assert only_problem(folder).startswith("en/support.md: this is missing.")
    assert str(check(tmp_path / "nowhere")[0]).startswith(f"{tmp_path}/nowhere: this is missing.")


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "en/welcome.md").unlink()
    (folder / "en/welcome.md").mkdir()
    assert "en/welcome.md: this should be a file and is a folder." in {
        str(problem).removeprefix(f"{folder}/") for problem in check(folder)
    }


def test_a_misspelt_folder_is_not_silently_lost(tmp_path: Path) -> None:
    folder = write(tmp_path, en__petition__x_md="x")
    assert only_problem(folder) == "en/petition: nothing reads this. Did you mean petitions?"


def test_hidden_files_backups_and_readme_are_left_alone(tmp_path: Path) -> None:
    folder = write(tmp_path)
    for name in (".DS_Store", "greeting.md~", "README.md"):
        (folder / "en/smalltalk" / name).write_text("x")
    assert check(folder) == []


def test_two_passages_of_one_name_are_refused(tmp_path: Path) -> None:
    told = check(write(tmp_path, en__explainer__protection__ban_md=BAN))
    assert any("has the same name. Rename one of them." in str(problem) for problem in told)


def test_an_example_shared_by_two_texts_is_refused(tmp_path: Path) -> None:
    spoilt = NEVER.replace("it saves lives", "Is torture illegal?")
    folder = write(tmp_path, en__explainer__law__never_md=spoilt)
    assert only_problem(folder) == (
        "en/explainer/law/never.md, line 9: the example “Is torture illegal?” also stands in "
        f"{folder}/en/explainer/law/ban.md. Keep it in one of them."
    )


def test_a_text_that_fills_a_message_is_refused(tmp_path: Path) -> None:
    body = "𝔸" * 1_800  # counts double in Telegram's units
    told = check(write(tmp_path, en__smalltalk__thanks_md=text("Thanks", "thanks", body=body)))
    assert [problem.path.name for problem in told] == ["thanks.md"]
    assert "3608 of a message's 4096 units" in told[0].message


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        en__welcome_md="x",
        en__explainer__law__ban_md=passage("T", ["one"], "Body"),
        en__privacy_md=f"---\ntitel: P\n{REVIEW}---\nx\n",
    )
    assert {problem.path.name for problem in check(folder)} >= {
        "welcome.md",
        "ban.md",
        "privacy.md",
    }


def test_every_sample_file_is_needed_or_optional_on_purpose() -> None:
    assert len(FILES) == 18
