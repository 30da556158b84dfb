"""Whatever is asked, nothing is said that does not stand in a file of the content."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli._explanation import explained
from bot.content import Content, Meta, Passage
from bot.services.explainer import Explainer, Reply, Speech, as_json
from tests.services.explainer.conftest import LANGUAGES, TODAY

ROOT = Path("content")


def bounded(examples: int) -> settings:
    """The same examples each time, and none kept."""
    return settings(max_examples=examples, derandomize=True, deadline=None, database=None)


@cache
def file_texts() -> Mapping[Path, str]:
    return {path: path.read_text("utf-8") for path in ROOT.glob("*/**/*.md")}


@cache
def bodies() -> tuple[str, ...]:
    """What stands below the headers, as it is on disk."""
    return tuple(text.partition("\n---\n")[2].strip() for text in file_texts().values())


@cache
def vocabulary() -> tuple[str, ...]:
    asked = (path.read_text("utf-8") for path in ROOT.glob("*/questions/*.txt"))
    return tuple(sorted({word for text in (*asked, *bodies()) for word in text.split()}))


@st.composite
def slices(draw: st.DrawFn) -> str:
    """A piece of a text of the content, cut anywhere."""
    text = draw(st.sampled_from(bodies()))
    start = draw(st.integers(0, len(text) - 1))
    return text[start : start + draw(st.integers(1, 400))]


mixtures = st.lists(st.deferred(lambda: st.sampled_from(vocabulary())), min_size=1, max_size=25)
questions = st.one_of(
    mixtures.map(" ".join),
    st.text(max_size=300),
    st.deferred(slices),
    st.tuples(st.deferred(slices), st.text(max_size=20), mixtures.map(" ".join)).map("".join),
)
after = st.sampled_from([None, "", "definition", "sleep-deprivation", "no-such-text"])


def stands_in_the_content(reply: Reply, content: Content) -> None:
    language = content.languages[reply.language]
    folder = ROOT / reply.language
    shown = [text for text in (reply.text, *reply.options, *reply.also) if text]
    for text in shown:
        file = file_texts()[text.path]
        assert folder in text.path.parents
        assert text.body in file
        assert text.title in file
    told = as_json(reply, Speech())["text"]
    if isinstance(reply.text, Passage):
        assert reply.text.shown() in str(told)  # a line below says that a machine translated it
    buttons = (*reply.options, *reply.also)
    assert all(one in language.passages.values() or isinstance(one, Meta) for one in buttons)
    assert all(isinstance(one, Passage) for one in reply.also)
    assert len(set(buttons)) == len(buttons) <= 3


def test_every_answer_is_a_part_of_a_file(engine: Explainer, whole: Content) -> None:
    @bounded(80)
    @given(questions, st.sampled_from([*LANGUAGES, "", "xx"]), after)
    def holds(question: str, language: str, after: str | None) -> None:
        reply = engine.ask(question, language, TODAY, after)
        stands_in_the_content(reply, whole)
        assert bool(reply.text) or reply.kind in {"suggest", "decline"}
        assert bool(reply.options) == (reply.kind == "suggest")

    holds()


def test_without_an_encoder_likewise(by_words: Explainer, printed: Content) -> None:
    @bounded(50)
    @given(questions)
    def holds(question: str) -> None:
        stands_in_the_content(by_words.ask(question, "en", TODAY), printed)

    holds()


def test_what_editors_are_told_can_always_be_told(engine: Explainer, whole: Content) -> None:
    @bounded(25)
    @given(questions, st.sampled_from(LANGUAGES))
    def holds(question: str, language: str) -> None:
        assert list(explained(engine.explain(question, language, TODAY), whole))

    holds()
