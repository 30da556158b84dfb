"""What an operator may set, and what is said when it cannot be used: never the value itself."""

import logging
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.errors import StartRefused
from bot.settings import PREFIX, Settings, read_settings, remarks
from tests.conftest import KEY

PROXY = "http://vigil:geheim@proxy.example:3128"
EXAMPLE = Path(__file__).parent.parent / ".env.example"
TOKEN = "123456789:AAHq9-secret_secret_secret_secret_1"
NAMES = [f"{PREFIX}{name}".upper() for name in Settings.model_fields]
BAD = {
    "VIGIL_BOT_TOKEN": ("Bearer AAHq9-secret", "AAHq9-secret_secret 1", "123456789: AAHq9"),
    "VIGIL_BOT_TOKEN_FILE": (TOKEN, "/no/such/file", "/"),
    "VIGIL_API_URL": ("telegram.example", "ftp://telegram.example", TOKEN),
    "VIGIL_PROXY": (
        "proxy.example:3128",
        "socks5://vigil:geheim@proxy.example:9050",
        "http://vigil:geheim@:3128",
        "http://vigil:geheim@proxy.example:99999",
        "http://vigil:geheim@proxy.example:x",
    ),
    "VIGIL_PROXY_FILE": ("http://vigil:geheim@proxy.example:3128", "/no/such/file"),
    "VIGIL_ADMIN_CHAT": ("@our_group", "-100 123", TOKEN),
    "VIGIL_OWNERS": ("@hanna", "12,@hanna", "[12345678]", "12;34", "-1001900000001", "１２,x"),
    "VIGIL_DATABASE": ("postgresql+psycopg://vigil:geheim@db.example/vigil",),
    "VIGIL_DATABASE_KEY": ("geheim", "5e" * 31, "5e" * 33, "5g" * 32),
    "VIGIL_DATABASE_KEY_FILE": ("5e" * 32, "/no/such/file"),
    "VIGIL_LANGUAGES": ("english", "en,pt-br", ", ,", "EN"),
    "VIGIL_ACCEPT_UNREVIEWED": ("gewiss",),
    "VIGIL_ORGANISATION": ("geheim " * 20,),
    "VIGIL_CONTACT": ("geheim " * 40,),
    "VIGIL_TIMEZONE": ("Geheimstadt", "UTC+geheim", "../../etc/passwd", "Antarctica", "/etc"),
    "VIGIL_MESSAGES_PER_SECOND": ("geheim", "0.0", "31", "-5", "nan", "inf"),
}


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Nothing is set, and there is no `.env` here. Gives the place for one."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("VIGIL_REQUEST_LOG", raising=False)
    return tmp_path / ".env"


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("VIGIL_API_URL", "http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("VIGIL_ADMIN_CHAT", "-1001900000001", -1001900000001),
        ("VIGIL_OWNERS", "530000001, 530000002,", frozenset({530000001, 530000002})),
        ("VIGIL_DATABASE", "/srv/vigil.db", Path("/srv/vigil.db")),
        ("VIGIL_STATE", "/srv/state", Path("/srv/state")),
        ("VIGIL_CONTENT", "/srv/content", Path("/srv/content")),
        ("VIGIL_LANGUAGES", "en, fr,en", ("en", "fr")),
        ("VIGIL_ACCEPT_UNREVIEWED", "true", True),
        ("VIGIL_ORGANISATION", "Voices", "Voices"),
        ("VIGIL_CONTACT", "help@example.org", "help@example.org"),
        ("VIGIL_TIMEZONE", "Asia/Kathmandu", ZoneInfo("Asia/Kathmandu")),
        ("VIGIL_MESSAGES_PER_SECOND", "0.5", 0.5),
    ],
)
def test_a_variable_is_read(
    name: str, written: str, read: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, written)

    assert getattr(read_settings(), name.removeprefix(PREFIX).lower()) == read


@pytest.mark.parametrize(
    ("name", "value"), [("bot_token", TOKEN), ("database_key", KEY), ("proxy", PROXY)]
)
def test_a_secret_is_read_from_the_variable_or_a_file(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    file.write_text(f"\ufeff{value}\r\n", encoding="utf-8")
    monkeypatch.setenv(f"{PREFIX}{name}_FILE".upper(), str(file))
    assert secret(name) == value

    monkeypatch.setenv(f"{PREFIX}{name}".upper(), value[::-1] if name == "database_key" else value)
    file.write_text("ignored")
    assert secret(name) != "ignored"
    assert value not in repr(read_settings())


def secret(name: str) -> str:
    found: str = getattr(read_settings(), name).get_secret_value()
    return found


@pytest.mark.parametrize(("name", "value"), [(name, bad) for name in BAD for bad in BAD[name]])
def test_a_bad_value_is_a_sentence_that_never_shows_it(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(StartRefused) as caught:
        read_settings()

    sentence = str(caught.value)
    assert sentence.startswith(f"{name}")
    assert re.search(r"[a-z]{3}.*\.$", sentence, re.DOTALL)
    for shown in (sentence, repr(caught.value), repr(caught.value.__cause__)):
        assert value not in shown
        assert "geheim" not in shown
        assert "AAHq9" not in shown


def test_every_bad_variable_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIL_OWNERS", "hanna")
    monkeypatch.setenv("VIGIL_TIMEZONE", "Berlin")

    with pytest.raises(StartRefused, match=r"(?s)VIGIL_OWNERS.*\n.*VIGIL_TIMEZONE"):
        read_settings()


@pytest.mark.parametrize("number", [1087968824, 136817688, 777000])
def test_nobody_in_particular_is_no_owner(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIL_OWNERS", f"530000001,{number}")

    with pytest.raises(StartRefused, match=r"VIGIL_OWNERS: .*not a person"):
        read_settings()


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, "")

    assert read_settings() == Settings(_env_file=None)


def test_the_environment_wins_over_the_file(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(empty, "VIGIL_CONTACT=file\nVIGIL_ORGANISATION='Voices: of many'\n")
    monkeypatch.setenv("VIGIL_CONTACT", "environment")

    settings = read_settings()
    assert (settings.contact, settings.organisation) == ("environment", "Voices: of many")


def test_a_mark_at_the_start_of_the_file_does_no_harm(empty: Path) -> None:
    write(empty, "\ufeffVIGIL_CONTACT=Inés\r\nVIGIL_ORGANISATION=Voces\r\n")

    assert read_settings().contact == "Inés"
    assert remarks() == []


def test_a_file_that_is_not_utf_8_is_a_sentence(empty: Path) -> None:
    empty.write_bytes("VIGIL_CONTACT=Inés\n".encode("latin-1"))

    with pytest.raises(StartRefused, match=r"\.env is not UTF-8 text\. Save it as UTF-8\."):
        read_settings()


def test_a_bad_value_in_the_file_is_not_shown_either(empty: Path) -> None:
    write(empty, f"VIGIL_OWNERS={TOKEN}\n")
    with pytest.raises(StartRefused) as caught:
        read_settings()

    assert str(caught.value).startswith("VIGIL_OWNERS: ")
    assert TOKEN not in str(caught.value)


FOREIGN = f"""\
PATH_TO_SOMETHING=/srv
{TOKEN}
this line = "is broken by a quote
VIGIL_CONTACT=help@example.org
VIGIL_BOT_TOKEN {TOKEN}
VIGIL_{TOKEN}=1
DATABASE_PASSWORD=geheim
"""


def test_foreign_lines_are_counted_and_never_printed(
    empty: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    write(empty, FOREIGN)
    with caplog.at_level(logging.DEBUG):
        settings, told = read_settings(), remarks()

    assert settings.contact == "help@example.org"
    assert settings.bot_token is None
    lines = [line.partition(": no setting can be read there")[0] for line in told]
    assert lines == [".env, line 2", ".env, line 3", ".env, line 5"]
    shown = "".join((*told, caplog.text, *capfd.readouterr()))
    for never in (TOKEN, TOKEN[:9], "AAHq9", "broken by", "geheim"):
        assert never not in shown


def test_a_name_that_is_nearly_ours_gets_a_hint(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIGIL_OWNER", "12345678")
    write(empty, "VIGIL_TIME_ZONE=UTC\nvigil_contact=x\nVIGIL_QQQQQQQQ=geheim\n")

    assert remarks() == [
        "VIGIL_OWNER is no setting of Vigil and was ignored. Did you mean VIGIL_OWNERS?",
        "VIGIL_QQQQQQQQ is no setting of Vigil and was ignored.",
        "VIGIL_TIME_ZONE is no setting of Vigil and was ignored. Did you mean VIGIL_TIMEZONE?",
    ]


def test_settings_do_not_show_secrets() -> None:
    settings = Settings(_env_file=None, bot_token=TOKEN, database_key=KEY, proxy=PROXY)

    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        for never in (TOKEN, KEY, PROXY, "geheim"):
            assert never not in shown


def test_the_example_shows_every_setting_in_order_and_changes_nothing(empty: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("#") for line in lines if line)
    assert [line[2:].partition("=")[0] for line in lines if "# VIGIL_" in line] == NAMES

    write(empty, "\n".join(lines))
    assert read_settings() == Settings(_env_file=None)
    assert remarks() == []


UNSET = {f"{PREFIX}{name}" for name in ("BOT_TOKEN", "PROXY", "ADMIN_CHAT", "OWNERS", "STATE")}
DEFAULTS = sorted(set(NAMES) - UNSET)


@pytest.mark.parametrize(
    "name", [one for one in DEFAULTS if "KEY" not in one and "FILE" not in one]
)
def test_the_example_writes_down_the_usual_value(empty: Path, name: str) -> None:
    written = re.search(rf"^# ({name}=.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert written
    write(empty, written[1])

    assert read_settings() == Settings(_env_file=None)


def write(file: Path, text: Any) -> None:
    file.write_text(text, encoding="utf-8")
