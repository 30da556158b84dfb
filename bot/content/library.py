"""Everything under `content/`, read once, checked and frozen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from bot.content import _reader
from bot.content._files import list_folder
from bot.content.cards import ReviewedCard, Welcome
from bot.content.cases import Case
from bot.content.conversation import Meta, NotCovered, SmallTalk
from bot.content.disclosures import Disclosure
from bot.content.distress import DistressRules
from bot.content.letters import Letter
from bot.content.passages import Passage
from bot.content.petitions import Petition
from bot.content.problems import ContentError, ContentProblem
from bot.content.questions import Asked
from bot.content.texts import Entry, Text
from bot.heap import uncollected

Pending = Passage | ReviewedCard | Petition | Case | Letter


@dataclass(frozen=True)
class Subject:
    """What some passages are about; `slug` is their folder."""

    slug: str
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Language:
    """All texts of one language, by id (file name)."""

    code: str
    subjects: tuple[Subject, ...]
    passages: Mapping[str, Passage]
    smalltalk: Mapping[str, SmallTalk]
    meta: Mapping[str, Meta]
    not_covered: Mapping[str, NotCovered]
    support: ReviewedCard
    privacy: ReviewedCard
    welcome: Welcome
    petitions: Mapping[str, Petition]
    cases: Mapping[str, Case]
    letters: Mapping[str, Letter]
    questions: tuple[Asked, ...] = ()  # beside the examples in the texts themselves
    follow_ups: frozenset[str] = frozenset()  # folded whole messages that ask for more of the same

    @property
    def entries(self) -> Iterator[Entry]:
        """Every text that a question can find."""
        for texts in (self.passages, self.meta, self.smalltalk, self.not_covered):
            yield from texts.values()

    @cached_property
    def by_owner(self) -> Mapping[str, Entry]:
        """Those by folder and name, as questions name what they ask for."""
        return MappingProxyType({owner(text): text for text in self.entries})

    @property
    def reviewables(self) -> Iterator[Pending]:
        yield from self.passages.values()
        yield from (self.support, self.privacy)
        yield from self.petitions.values()
        yield from self.cases.values()
        yield from self.letters.values()

    @property
    def texts(self) -> Iterator[Text]:
        yield from self.entries
        yield from (self.support, self.privacy, self.welcome)
        yield from self.petitions.values()
        yield from self.cases.values()
        yield from self.letters.values()


@dataclass(frozen=True)
class Content:
    """The released languages, and what all of them share."""

    languages: Mapping[str, Language]
    stop_words: frozenset[str]  # folded whole messages that mean: send me no more
    distress: tuple[DistressRules, ...]  # of every language that has some, released or not
    disclosures: tuple[Disclosure, ...] = ()  # likewise

    def language(self, code: str) -> Language:
        """The language, or the first released one when it is unknown."""
        return self.languages.get(code) or next(iter(self.languages.values()))

    @property
    def pending(self) -> tuple[Pending, ...]:
        """Everything that no person has reviewed yet."""
        texts = (text for language in self.languages.values() for text in language.reviewables)
        return tuple(text for text in texts if text.review == "pending")


_FOLDERS = {Passage: "explainer", SmallTalk: "smalltalk", Meta: "meta", NotCovered: "not_covered"}


def owner(text: Entry) -> str:
    """Folder and name, by which questions say what they ask for; the same in all languages."""
    return f"{_FOLDERS[type(text)]}/{text.id}"


@uncollected()
def load(folder: Path, languages: Sequence[str] = ("en",)) -> Content:
    """Read the content of the given languages, and the distress rules of all.

    Raises:
        ContentError: Something is missing or wrong; names file, line and field.
    """
    content, problems = read(folder, languages)
    if content is None or problems:
        raise ContentError(problems)
    return content


def read(folder: Path, languages: Sequence[str]) -> tuple[Content | None, list[ContentProblem]]:
    """What could be read, and every fault met; None when a language is not whole."""
    problems: list[ContentProblem] = []
    if not list_folder(folder, problems):
        return None, problems or [ContentProblem(folder, 0, "this folder is empty.")]
    found = {code: _language(folder / code, problems) for code in languages}
    stop_words = _reader.phrases(folder / "stop_words.txt", problems)
    distress = _reader.distress(folder, problems)
    whole = {code: language for code, language in found.items() if language}
    if len(whole) < len(found) or not whole:
        return None, problems
    _check_renamed(whole, problems)
    _check_letters(whole, problems)
    disclosures = _reader.disclosures(folder, problems)
    return Content(MappingProxyType(whole), stop_words, distress, disclosures), problems


def _language(folder: Path, problems: list[ContentProblem]) -> Language | None:
    _reader.check_names(folder, problems)
    passages, subjects = _reader.explainer(folder, problems)
    support = _reader.card(ReviewedCard, folder / "support.md", problems)
    privacy = _reader.card(ReviewedCard, folder / "privacy.md", problems)
    welcome = _reader.card(Welcome, folder / "welcome.md", problems)
    smalltalk, meta, not_covered, petitions, cases, letters = (
        _reader.folder(SmallTalk, folder / "smalltalk", problems),
        _reader.folder(Meta, folder / "meta", problems),
        _reader.folder(NotCovered, folder / "not_covered", problems),
        _by_slug(_reader.folder(Petition, folder / "petitions", problems), problems),
        _reader.folder(Case, folder / "cases", problems),
        _reader.folder(Letter, folder / "letters", problems),
    )
    names = _reader.names(folder, "explainer/*/*.md")
    _check_references(names, passages, petitions, problems)
    _check_cases(
        _reader.names(folder, "cases/*.md"), [*petitions.values(), *letters.values()], problems
    )
    _check_petitions(_petition_names(folder, petitions), letters, problems)
    owners = {
        owner(text) for kind in (passages, smalltalk, meta, not_covered) for text in kind.values()
    }
    questions = _reader.questions(folder, owners, problems)
    more = folder / "follow_ups.txt"
    follow_ups = _reader.phrases(more, problems) if more.exists() else frozenset[str]()
    if not (support and privacy and welcome):
        return None
    return Language(
        folder.name,
        tuple(
            Subject(slug, title, tuple(p for p in passages.values() if p.subject == slug))
            for slug, title in subjects.items()
        ),
        passages, smalltalk, meta, not_covered, support, privacy, welcome, petitions, cases,
        letters, questions, follow_ups,
    )  # fmt: skip


def _by_slug(
    files: Mapping[str, Petition], problems: list[ContentProblem]
) -> Mapping[str, Petition]:
    """By the name that a petition keeps, also when its file is renamed."""
    petitions: dict[str, Petition] = {}
    for petition in files.values():
        if other := petitions.get(petition.slug):
            message = f"{other.path} is the same petition by its name or its former one."
            problems.append(ContentProblem(petition.path, 0, message))
        petitions[petition.slug] = petition
    return MappingProxyType(petitions)


def _check_renamed(languages: Mapping[str, Language], problems: list[ContentProblem]) -> None:
    """A petition is renamed in all languages, or its signatures fall apart."""
    renamed = {
        one.id: one.formerly
        for language in languages.values()
        for one in language.petitions.values()
        if one.formerly
    }
    for language in languages.values():
        for petition in language.petitions.values():
            former = renamed.get(petition.id)
            if former != petition.formerly:
                message = f"formerly is missing. Another language says: formerly: {former}"
                problems.append(ContentProblem(petition.path, 0, message))


def _check_references(
    names: frozenset[str],
    passages: Mapping[str, Passage],
    petitions: Mapping[str, Petition],
    problems: list[ContentProblem],
) -> None:
    problems += (
        _reader.bad_reference(passage.path, "related", other, names)
        for passage in passages.values()
        for other in passage.related
        if other not in names or other == passage.id
    )
    problems += (
        _reader.bad_reference(petition.path, "subject", petition.subject, names)
        for petition in petitions.values()
        if petition.subject is not None and petition.subject not in names
    )


def _check_cases(
    names: frozenset[str], texts: Sequence[Petition | Letter], problems: list[ContentProblem]
) -> None:
    problems += (
        _reader.bad_reference(text.path, "case", text.case, names, "case")
        for text in texts
        if text.case is not None and text.case not in names
    )


def _check_petitions(
    names: frozenset[str], letters: Mapping[str, Letter], problems: list[ContentProblem]
) -> None:
    problems += (
        _reader.bad_reference(letter.path, "petition", letter.petition, names, "petition")
        for letter in letters.values()
        if letter.petition is not None and letter.petition not in names
    )


def _petition_names(folder: Path, petitions: Mapping[str, Petition]) -> frozenset[str]:
    """What they are called everywhere; of a file with a fault its own name."""
    sound = {petition.id for petition in petitions.values()}
    return (_reader.names(folder, "petitions/*.md") - sound) | petitions.keys()


def _check_letters(languages: Mapping[str, Language], problems: list[ContentProblem]) -> None:
    """One letter is one action, in whichever language somebody reads of it."""
    first: dict[str, Letter] = {}
    for language in languages.values():
        for letter in language.letters.values():
            other = first.setdefault(letter.id, letter)
            for field in ("deadline", "petition", "case"):
                here, there = getattr(letter, field), getattr(other, field)
                if here != there:
                    line = _reader.line_of(letter.path, f"{field}:")
                    message = f"{field} is {here}, and in {other.path} it is {there}."
                    problems.append(ContentProblem(letter.path, line, message))
