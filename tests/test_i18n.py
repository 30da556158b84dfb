"""Sentences in the language of whoever reads them, whatever is filled in."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

from bot.i18n import DOMAIN, LOCALES, N_, Catalogues, own_direction, untranslated

EVENING = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """A catalogue in French that says everything backwards, and one plural in Arabic."""
    compiled(
        tmp_path,
        "fr",
        {
            "You signed as {name}.": ".{name} ʇᴉ pǝuƃᴉs noʎ",
            ("{n} name of {all}", "{n} names of {all}"): ("{n} uno {all}", "{n} muchos {all}"),
        },
    )
    forms = tuple(f"{{n}} form {form}" for form in range(6))
    compiled(tmp_path, "ar", {("{n} name", "{n} names"): forms})
    return tmp_path


def compiled(folder: Path, language: str, sentences: dict[object, object]) -> None:
    catalogue = Catalog(locale=language)
    for english, there in sentences.items():
        catalogue.add(english, there)  # type: ignore[arg-type]  # babel's stubs know no plurals
    file = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, catalogue)


def test_a_catalogue_translates(locales: Path) -> None:
    t = Catalogues(("en", "fr"), locales)["fr"]

    assert t("You signed as {name}.", name="Inés") == ".Inés ʇᴉ pǝuƃᴉs noʎ"
    assert t.n("{n} name of {all}", "{n} names of {all}", 1, all=9) == "1 uno 9"
    assert t.n("{n} name of {all}", "{n} names of {all}", 4, all=9) == "4 muchos 9"


def test_what_is_not_translated_is_said_in_english(locales: Path) -> None:
    t = Catalogues(("en", "fr"), locales)["fr"]

    assert t("Nobody has translated {this}.", this="this") == "Nobody has translated this."
    assert t.n("{n} case", "{n} cases", 2) == "2 cases"


@pytest.mark.parametrize(("n", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (11, 5), (100, 4)])
def test_every_plural_of_a_language_is_used(n: int, form: int, locales: Path) -> None:
    said = Catalogues(("ar",), locales)["ar"].n("{n} name", "{n} names", n)

    assert said.endswith(f"form {form}")


@pytest.mark.parametrize(
    ("code", "served"),
    [("fr", "fr"), ("fr-CA", "fr"), ("FR-ca", "fr"), ("pt-br", "en"), ("", "en"), (None, "en")],
)
def test_the_first_language_stands_in_for_the_others(
    code: str | None, served: str, locales: Path
) -> None:
    catalogues = Catalogues(("en", "fr"), locales)

    assert catalogues.released(code) == served
    assert list(catalogues) == ["en", "fr"]
    assert catalogues.first == "en"


def test_english_needs_no_catalogue_and_others_do(locales: Path, tmp_path: Path) -> None:
    assert untranslated(("en", "fr", "ar", "es"), locales) == ["es"]
    assert Catalogues(("en",), tmp_path / "none")["en"]("Thank you.") == "Thank you."


def test_what_is_filled_in_is_escaped_and_the_sentence_is_not() -> None:
    t = Catalogues(("en",))["en"]
    said = t("<b>{title}</b> {who}", title="Tom <b>&</b>", who=Markup("<i>us</i>"))

    assert said == "<b>Tom &lt;b&gt;&amp;&lt;/b&gt;</b> <i>us</i>"
    assert t.n("{n} <b>{x}</b>", "{n} <b>{x}</b>", 1, x="<") == "1 <b>&lt;</b>"


def test_braces_in_a_name_are_a_name() -> None:
    t = Catalogues(("en",))["en"]

    assert t("As {name}.", name="{name} {0} %s") == "As {name} {0} %s."


def test_words_of_another_script_keep_to_themselves() -> None:
    t = Catalogues(("en",))["en"]

    assert own_direction("ليلى") == "\u2068ليلى\u2069"
    assert t("As {name}.", name=own_direction("<ليلى>")) == "As \u2068&lt;ليلى&gt;\u2069."


def test_numbers_and_days_are_written_as_people_write_them(locales: Path) -> None:
    catalogues = Catalogues(("en", "fr"), locales)
    t, there = catalogues["en"], catalogues["fr"]

    assert t.number(1_234_567) == "1,234,567"
    assert there.number(1_234_567).replace("\u202f", " ") == "1 234 567"
    assert t.day(EVENING, ZoneInfo("UTC")) == "1 March 2027"
    assert t.day(EVENING, ZoneInfo("Asia/Kathmandu")) == "2 March 2027"
    assert there.day(EVENING, BERLIN) == "1 mars 2027"


def test_a_time_names_its_zone() -> None:
    t = Catalogues(("en",))["en"]

    assert t.time(EVENING, ZoneInfo("UTC")) == "1 March 2027, 22:30 UTC"
    assert t.time(EVENING, ZoneInfo("Asia/Kathmandu")).startswith("2 March 2027, 04:15 ")
    assert t.time(EVENING, BERLIN).endswith("23:30 CET")
    summer = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)
    assert t.time(EVENING, BERLIN).partition(", ")[2] != t.time(summer, BERLIN).partition(", ")[2]


def test_marking_a_sentence_changes_nothing() -> None:
    assert N_("What I can do") == "What I can do"


def test_every_sentence_of_the_code_is_in_the_catalogue() -> None:
    """Babel overlooks a call that is not written as `t(…)`, `t.n(…)` or `N_(…)`."""
    with (LOCALES / "vigil.pot").open("rb") as file:
        known = {one.id if isinstance(one.id, str) else one.id[0] for one in read_po(file)}
        # A plural must be known as one, or other languages would say the English sentence.
        file.seek(0)
        plurals = {one.id[0] for one in read_po(file) if not isinstance(one.id, str)}

    said = dict(sentences())

    assert {sentence for sentence in said if sentence not in known} == set()
    assert {sentence for sentence, is_plural in said.items() if is_plural} <= plurals
    assert len(said) > 400


def sentences() -> Iterator[tuple[str, bool]]:
    """What is said in the code, and whether it is about a number of things."""
    for folder in ("bot", "handlers"):
        for path in (LOCALES.parent / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args and (name := _called(node.func)):
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        yield first.value, name == "n"


def _called(function: ast.expr) -> str | None:
    match function:
        case ast.Name(id="t" | "N_" as name):
            return name
        case ast.Attribute(attr="t" as name):
            return name
        case ast.Attribute(value=ast.Name(id="t") | ast.Attribute(attr="t"), attr="n" as name):
            return name
    return None
