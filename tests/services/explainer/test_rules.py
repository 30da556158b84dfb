"""The rules of content/*/distress.txt on messages in four languages, as written and misspelt."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import ContentProblem
from bot.content.distress import read_distress
from bot.services.explainer._distress import Watch

ROOT = Path(__file__).parents[3]
DATA = Path(__file__).parents[1] / "explainer_data"
LEAST_RECALL_MISSPELT = 0.85
LEAST_ROWS = 60
SLOWEST = 0.5  # seconds
LONGEST = 4_096  # characters that Telegram lets anybody write
PLAIN = ("blue", "ok", "no", "so", "plum", "bleu", "oui", "azul", "vale", "أزرق", "نعم")


def messages(name: str) -> list[str]:
    return [line for line in (DATA / name).read_text("utf-8").splitlines() if line]


@pytest.fixture(scope="module")
def watch() -> Watch:
    problems: list[ContentProblem] = []
    files = sorted(ROOT.glob("content/*/distress.txt"))
    rules = [read_distress(path, path.parent.name, problems) for path in files]
    assert not problems
    return Watch([found for found in rules if found], frozenset())


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_disclosures_and_what_sounds_alike_are_told_apart(watch: Watch, language: str) -> None:
    rows = [line.partition(": ") for line in messages(f"disclosures_{language}.txt")]
    wanted = {said: kind == "yes" for kind, _, said in rows}
    assert len(wanted) >= LEAST_ROWS
    assert {said: watch.alarm(said) is not None for said in wanted} == wanted


def test_a_slip_of_the_finger_in_arabic_does_not_hide_a_disclosure(watch: Watch) -> None:
    """Letters in disorder, doubled or missing, hamza and endings as people write them."""
    for misspelt in ("اعتلقوا أخي أمس", "اعتققلوا اخى امس", "تعرضت للتعذذيب", "الجنود ضربواامي"):
        assert watch.alarm(misspelt) is not None, misspelt
    assert watch.alarm("أفكر في الانتشار السريع للأخبار") is None  # a letter from suicide


def test_no_message_holds_the_rules_up(watch: Watch) -> None:
    """Ten times what it takes on a slow machine; a pattern that goes astray takes minutes."""
    for piece in ("i was ", "my brother ", "a.", "mi ", "انا ", "je suis ", "ils ont "):
        before = time.process_time()
        watch.alarm((piece * 4096)[:4096])
        assert time.process_time() - before < SLOWEST


def test_what_excuses_a_message_is_not_looked_for_at_each_of_its_words(watch: Watch) -> None:
    for piece in ("can the police hit me ", "could they arrest me if I sign. "):
        before = time.process_time()
        assert watch.alarm((piece * LONGEST)[:LONGEST]) is None
        assert time.process_time() - before < SLOWEST


@pytest.mark.parametrize("filler", ["ok no. ", "a.", "so it is and ", "⒈"])
def test_the_end_of_a_message_of_little_words_is_read_as_well(watch: Watch, filler: str) -> None:
    cry = " my brother was beaten by the police"
    message = (filler * LONGEST)[: LONGEST - len(cry)] + cry
    alarm = watch.alarm(message)
    assert alarm
    assert "my brother was beaten" in alarm.words


def cries() -> list[str]:
    """Each raises a rule by itself."""
    rows = (row for code in ("en", "fr", "es", "ar") for row in messages(f"disclosures_{code}.txt"))
    return [row.removeprefix("yes: ") for row in rows if row.startswith("yes: ")]


def test_a_cry_is_heard_wherever_it_stands(watch: Watch) -> None:
    """Beside it are words of no rule, or whole sentences that raise nothing.

    An exception may excuse what stands in its own sentence; so the sentences end before the cry.
    """
    sentences = st.sampled_from([f"{said}. " for said in messages("distress_no.txt")])
    words = st.sampled_from([f"{word} " for word in PLAIN])
    beside = st.tuples(
        st.lists(sentences | words, max_size=200).map("".join), st.integers(1, 400), words
    ).map(lambda drawn: f"{drawn[0]}. " + drawn[2] * drawn[1])

    @settings(max_examples=100, derandomize=True, deadline=None, database=None)
    @given(beside, st.sampled_from(cries()), beside)
    def holds(before: str, cry: str, after: str) -> None:
        room = LONGEST - len(cry) - len(" . ")
        begun = before[-room:]
        message = f"{begun} {cry}. {after[: room - len(begun)]}"
        assert len(message) <= LONGEST
        assert watch.alarm(message) is not None

    holds()


@pytest.mark.parametrize("name", ["distress_yes.txt", "distress_yes_other_languages.txt"])
def test_every_disclosure_is_met_with_support(watch: Watch, name: str) -> None:
    assert [message for message in messages(name) if watch.alarm(message) is None] == []


@pytest.mark.parametrize("name", ["distress_no.txt", "distress_no_other_languages.txt"])
def test_hyperbole_homework_news_and_films_raise_nothing(watch: Watch, name: str) -> None:
    raised = [(message, watch.alarm(message)) for message in messages(name)]
    assert [(message, alarm) for message, alarm in raised if alarm] == []


def test_there_are_enough_messages_for_the_figures_to_mean_something() -> None:
    assert len(messages("distress_yes.txt")) >= 150
    assert len(messages("distress_no.txt")) >= 150


def test_one_wrong_letter_seldom_hides_a_disclosure(watch: Watch) -> None:
    chance = random.Random(20141010)
    misspelt = [swapped(message, chance) for message in messages("distress_yes.txt")]
    found = sum(watch.alarm(message) is not None for message in misspelt)
    assert found / len(misspelt) >= LEAST_RECALL_MISSPELT


def test_letters_drawn_out_do_not_hide_a_cry_for_help(watch: Watch) -> None:
    assert watch.alarm("pleeeease heeelp my brotherrrr was arrested") is not None


def swapped(message: str, chance: random.Random) -> str:
    """The message with two neighbouring letters of one of its longer words exchanged."""
    words = message.split(" ")
    long = [number for number, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if not long:
        return message
    number = chance.choice(long)
    word, at = words[number], chance.randrange(0, len(words[number]) - 1)
    words[number] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)
