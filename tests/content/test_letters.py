"""What can be wrong with a letter's file, and what an editor reads of it."""

from pathlib import Path

import pytest

from bot.content import check
from tests.content.folder import FILES, write

LETTER = FILES["en/letters/write.md"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tone: Polite.\n", "", "tone is missing. Write for example: tone: Polite, short"),
        ("deadline: 2027-05-31", "deadline: soon", "line 9: deadline is not a day I can read"),
        ("    office: Her office\n", "", "line 5: office of entry 1 of addressees is missing."),
        (
            "    send: by post\n",
            "    sent: by post\n",
            "sent of entry 1 of addressees is not known",
        ),
        ("name: The", f"name: {'x' * 80} The", "name of entry 1 of addressees is 101 characters"),
        ("  - name: The", "  - The", "cannot read this line"),
        ("    office: Her office\n    send: by post\n", "", "send of entry 1 of addressees is mi"),
        (
            "  - name: The Attorney General\n    office: Her office\n    send: by post\n",
            "  - The Attorney General\n",
            "line 5: entry 1 of addressees needs fields of its own",
        ),
        (
            "  - name",
            "  - {name: A, office: B, send: C}\n" * 3 + "  - name",
            "line 4: addressees has 4; 3 are allowed, because they share a card",
        ),
        ("petition: cameroon", "petition: camerun", "which is no petition. Did you mean cameroon?"),
        ("case: angel", "case: angle", "line 11: case names angle, which is no case. Did you"),
        ("review: pending\n", "", "review is missing."),
        ("Please look into it.\n", "", "the text is empty."),
        ("Please look", "Please {look}", "holds {look}, which nobody fills in."),
    ],
)
def test_a_fault_is_named_with_its_place(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in LETTER
    folder = write(tmp_path, en__letters__write_md=LETTER.replace(old, new, 1))
    told = [str(problem) for problem in check(folder)]
    assert any("letters/write.md" in one and said in one for one in told), told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2027-05-31", "2027-06-01", "line 9: deadline is 2027-06-01, and in"),
        ("case: angel\n", "", "case is None, and in"),
    ],
)
def test_a_letter_is_one_action_in_all_languages(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    folder = write(tmp_path, **{name.replace("en/", "fr/"): text for name, text in FILES.items()})
    assert check(folder, ("en", "fr")) == []
    file = folder / "fr" / "letters" / "write.md"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    told = [str(problem) for problem in check(folder, ("en", "fr"))]
    assert len(told) == 1
    assert told[0].startswith(str(file))
    assert said in told[0]
