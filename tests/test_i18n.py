"""Sentences in the language of whoever reads them, whatever is filled in."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from markupsafe import Markup

from bot.i18n import (
    DOMAIN,
    LOCALES,
    N_,
    Catalogues,
    catalogue_faults,
    own_direction,
    untranslated,
)
from bot.settings import Settings

EVENING = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """A catalogue in French that says everything backwards, and one plural in Arabic."""
    written(
        tmp_path,
        "fr",
        {
            "You signed as {name}.": ".{name} ʇᴉ pǝuƃᴉs noʎ",
            ("{n} name of {all}", "{n} names of {all}"): ("{n} uno {all}", "{n} muchos {all}"),
        },
    )
    forms = tuple(f"{{n}} form {form}" for form in range(6))
    written(tmp_path, "ar", {("{n} name", "{n} names"): forms})
    return tmp_path


def written(folder: Path, language: str, sentences: dict[object, object]) -> None:
    catalogue = Catalog(locale=language)
    for english, there in sentences.items():
        catalogue.add(english, there)  # type: ignore[arg-type]  # babel's stubs know no plurals
    file = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_po(out, catalogue)


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


SIDEWAYS = [  # the sentence, what is filled in, and the whole with its marks made visible
    ("اكتب /help لرؤية كل شيء", {}, "اكتب [/help] لرؤية كل شيء"),
    ("/stop – إيقاف", {}, "[/stop] – إيقاف"),
    ("{a} إلى {b}", {"a": "18:00 CET", "b": "17:00 UTC"}, "[18:00 CET] إلى [17:00 UTC]"),
    ("{n} شخصًا", {"n": "1,234"}, "1,234 شخصًا"),
    ("باسم {name}.", {"name": "<Tom>"}, "باسم [&lt;Tom&gt;]."),
    ("باسم {name}.", {"name": "ليلى"}, "باسم ليلى."),
    ("باسم {name}.", {"name": own_direction("Tom")}, "باسم [Tom]."),
    ("<b>{title}</b>", {"title": "Amnesty"}, "←<b>[Amnesty]</b>"),
    ("الرقم <code>{id}</code>.", {"id": -100}, "الرقم [<code>-100</code>]."),
    ("{body}", {"body": "أولًا\nUSA وغيرها\n\n/help"}, "أولًا\n←USA وغيرها\n\n←[/help]"),
    ("</b> {a}/{b} https://t.me/vigil", {"a": 1, "b": 2}, "←</b> 1/2 https://t.me/vigil"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "values", "shown"), SIDEWAYS)
def test_from_right_to_left_nothing_changes_places(
    sentence: str, values: dict[str, object], shown: str, tmp_path: Path
) -> None:
    written(tmp_path, "ar", {})
    said = Catalogues(("ar",), tmp_path)["ar"](sentence, **values)

    assert str(said).translate({0x2068: "[", 0x2069: "]", 0x200F: "←"}) == shown


def test_other_languages_are_left_alone(locales: Path) -> None:
    said = Catalogues(("fr",), locales)["fr"]("{when} /help", when="18:00 CET")

    assert said == "18:00 CET /help"


def test_an_editors_text_is_escaped_and_a_list_has_the_languages_comma() -> None:
    catalogues = Catalogues(("en", "ar"))

    assert catalogues["en"].text("a < b /help") == "a &lt; b /help"
    assert catalogues["ar"].text("اكتب /help") == "اكتب \u2068/help\u2069"
    assert catalogues["en"].list(["<a>", "b"]) == "&lt;a&gt;, b"
    assert "،" in catalogues["ar"].list(["أ", "ب"])


def test_languages_have_names() -> None:
    catalogues = Catalogues(("en", "fr", "es", "ar"))

    assert [catalogues[code].name for code in catalogues] == [
        "English", "Français", "Español", "العربية",
    ]  # fmt: skip
    assert catalogues["fr"].name_of("ar") == "arabe"
    assert catalogues["en"].name_of("xx") == "xx"


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


ENGLISH = (
    'msgid "Hello {name}, see /help."\nmsgstr ""\n\n'
    'msgid "<b>{n} day</b> "\nmsgid_plural "<b>{n} days</b> "\nmsgstr[0] ""\nmsgstr[1] ""\n'
)
HELLO = 'msgid "Hello {name}, see /help."\nmsgstr "Bonjour {name}, voyez /help."\n\n'
DAYS = 'msgid "<b>{n} day</b> "\nmsgid_plural "<b>{n} days</b> "\n'
WHOLE = f'{HELLO}{DAYS}msgstr[0] "<b>Un jour</b> "\nmsgstr[1] "<b>{{n}} jours</b> "\n'
FAULTS = [
    (WHOLE, None),
    (WHOLE.replace("{name}, voyez", "{nom}, voyez"), "differ in what is filled in: {name}, {nom}."),
    (WHOLE.replace("voyez /help", "voyez /aide"), "name different commands."),
    (WHOLE.replace("Un jour</b>", "Un jour"), "differ in their markup."),
    (WHOLE.replace('jour</b> "', 'jour</b>"'), "begin or end with different spaces or lines."),
    (WHOLE.replace("{n} jours", "{m} jours"), "differ in what is filled in: {m}."),
    (WHOLE.replace("<b>{n} jours</b> ", ""), "needs all 2 plural forms."),
    (WHOLE.replace(HELLO, ""), "is not translated."),
    (WHOLE.replace("Bonjour {name}, voyez /help.", ""), "is not translated."),
    (f"#, fuzzy\n{WHOLE}", "is marked fuzzy: nobody has made sure of it."),
    (f"{WHOLE}\nwhat is this", "this cannot be read:"),
    (None, "there is no such file, and the language is released."),
]


@pytest.mark.parametrize(("french", "fault"), FAULTS)
def test_a_fault_in_a_translation_is_found(
    french: str | None, fault: str | None, tmp_path: Path
) -> None:
    (tmp_path / f"{DOMAIN}.pot").write_text(ENGLISH)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    file = tmp_path / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po"
    file.parent.mkdir(parents=True)
    if french is not None:
        file.write_text(head + french)

    found = catalogue_faults(("en", "fr"), tmp_path)

    assert bool(found) == bool(fault)
    assert all(one.path == file and (fault or "") in str(one) for one in found)


def test_every_released_language_is_translated() -> None:
    assert catalogue_faults(Settings(_env_file=None).languages) == []


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
