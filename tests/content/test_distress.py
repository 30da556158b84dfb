from pathlib import Path

import pytest

from bot.content import ContentProblem, DistressRules, check
from bot.content.distress import read_distress
from bot.content.folding import fold
from tests.content.folder import write


def rules(folder: Path, source: str) -> DistressRules:
    problems: list[ContentProblem] = []
    path = folder / "distress.txt"
    path.write_text(source, encoding="utf-8")
    found = read_distress(path, "en", problems)
    assert not problems
    assert found
    return found


def raised(found: DistressRules, message: str) -> list[str]:
    return [rule.name for rule in found.rules if rule.find(fold(message))]


def test_lists_gaps_and_endings_stand_for_words(tmp_path: Path) -> None:
    found = rules(tmp_path, "@kin: my brother | my\n sister\ntaken: {kin} ... (taken|tortur*)\n")
    assert raised(found, "my brother was tortured") == ["taken"]
    assert raised(found, "my brother and I were suddenly taken") == ["taken"]
    assert raised(found, "my brother and I and all of us were taken") == []
    assert raised(found, "my brotherhood was taken") == []


def test_a_gap_ends_with_the_sentence(tmp_path: Path) -> None:
    found = rules(tmp_path, "taken: my brother ... taken\n")
    assert raised(found, "i love my brother . photos taken") == []


def test_a_wider_gap_is_written_with_its_number(tmp_path: Path) -> None:
    found = rules(tmp_path, "taken: brother ...8 taken\n")
    assert raised(found, "brother one two three four five six taken") == ["taken"]


def test_accents_and_apostrophes_do_not_matter(tmp_path: Path) -> None:
    found = rules(tmp_path, "pris: j'ai été arrêté\n")
    assert raised(found, "J’AI ÉTÉ ARRÊTÉ") == ["pris"]


def test_an_exception_cancels_only_its_own_rule_and_only_where_both_overlap(tmp_path: Path) -> None:
    source = "hit: he hit me\nhit except: hit me with (facts|jokes)\nharm: he hit me\n"
    found = rules(tmp_path, source)
    assert raised(found, "he hit me with jokes") == ["harm"]
    assert raised(found, "he hit me with jokes . then he hit me") == ["hit", "harm"]


def test_words_of_exceptions_are_no_words_to_mend_toward(tmp_path: Path) -> None:
    found = rules(tmp_path, "hit: beaten\nhit except: beaten at chess\n")
    assert found.vocabulary == {"beaten"}


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("held: (taken\n", "line 1: the pattern of held cannot be read: missing )"),
        ("\n# note\nno rule here\n", "line 3: this is not a rule."),
        (
            "@kin: my son\nheld: {kins} taken\n",
            "line 2: held uses {kins}, and there is no list of that name. Did you mean {kin}?",
        ),
        ("a: b\nc except: d\n", "line 2: there is no rule c for this exception to cancel."),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, source: str, sentence: str) -> None:
    folder = write(tmp_path, en__distress_txt=source)
    told = [str(problem) for problem in check(folder)]
    assert len(told) == 1
    assert told[0].startswith(f"{folder}/en/distress.txt, {sentence}")
