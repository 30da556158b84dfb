"""Everything an operator may set, read once from the environment or `.env`."""

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv.parser import Binding, parse_stream
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import StartRefused

PREFIX = "VIGIL_"
NO_CONTACT = "(no address is set yet; ask whoever told you about this bot)"
ENV_FILE = Path(".env")
ENCODING = "utf-8-sig"  # Windows' editors begin a file with a mark that is no text
_TOKEN = re.compile(r"\d+:[\w-]+")
_NAME = re.compile(rf"{PREFIX}[A-Z_]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SECRETS = ("bot_token", "proxy", "database_key")
# Ids that stand for many people: whoever hides behind them would be an owner.
NOBODY = {1087968824: "anonymous group admins", 136817688: "channels", 777000: "Telegram itself"}


class Settings(BaseSettings):
    """Operator settings; each field is documented in `.env.example` in the same order."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding=ENCODING,
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None
    bot_token_file: Path | None = None
    api_url: str = "https://api.telegram.org"
    proxy: SecretStr | None = None
    proxy_file: Path | None = None
    admin_chat: int | None = None
    owners: Annotated[frozenset[int], NoDecode] = frozenset()
    database: Path = Path("var/vigil.db")
    database_key: SecretStr | None = None
    database_key_file: Path | None = None
    state: Path | None = None
    content: Path = Path("content")
    languages: Annotated[tuple[str, ...], NoDecode] = ("en", "fr", "es", "ar")
    accept_unreviewed: bool = False
    organisation: str = Field(default="our organisation", min_length=1, max_length=100)
    contact: str = Field(default=NO_CONTACT, min_length=1, max_length=200)
    timezone: ZoneInfo = ZoneInfo("UTC")
    messages_per_second: float = Field(default=28, gt=0, le=30)
    paid_broadcast: bool = False

    @property
    def paid_per_second(self) -> float | None:
        """What Telegram takes at most from those who pay for it; None from those who do not."""
        return 1_000 if self.paid_broadcast else None

    @model_validator(mode="before")
    @classmethod
    def _secrets_from_files(cls, data: Any) -> Any:
        for name in _SECRETS:
            file = data.get(f"{name}_file")
            if file and not data.get(name):
                data = {**data, name: _secret(Path(file), f"{PREFIX}{name}_file".upper())}
        return data

    @field_validator("bot_token")
    @classmethod
    def _from_botfather(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("@BotFather's tokens are digits, a colon, and letters; copy it again")
        return value

    @field_validator("api_url")
    @classmethod
    def _root(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("write an address that begins with https:// or http://")
        return value.rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _over_http(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _is_http(value.get_secret_value()):
            raise ValueError(
                "write an address like http://name:password@proxy.example.org:3128 (http or https; "
                "Tor offers one with HTTPTunnelPort)"
            )
        return value

    @field_validator("owners", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdecimal() for part in parts):
            raise ValueError("write the numbers of the owners, with commas between them")
        return frozenset(int(part) for part in parts)

    @field_validator("owners")
    @classmethod
    def _persons(cls, value: frozenset[int]) -> frozenset[int]:
        for number in value & NOBODY.keys():
            raise ValueError(
                f"{number} is the number that Telegram uses for {NOBODY[number]}, not a person"
            )
        return value

    @field_validator("languages", mode="before")
    @classmethod
    def _codes(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split(",") if part.strip())

    @field_validator("languages")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value or not all(_LANGUAGE.fullmatch(code) for code in value):
            raise ValueError("write the codes of the languages, with commas between them: en,fr")
        return tuple(dict.fromkeys(value))

    @field_validator("database", mode="before")
    @classmethod
    def _path(cls, value: object) -> object:
        if isinstance(value, str) and "://" in value:
            raise ValueError("write the path of a file; other databases are not served")
        return value

    @field_validator("database_key")
    @classmethod
    def _hex(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            check_key(value.get_secret_value())
        return value

    @field_validator("timezone", mode="before")
    @classmethod
    def _zone(cls, value: object) -> object:
        try:
            return ZoneInfo(value) if isinstance(value, str) else value
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("write a name like Europe/Berlin or America/Lima") from None


def check_key(text: str) -> str:
    """A database key: 64 hex digits.

    Raises:
        ValueError: It is anything else; the message does not repeat it.
    """
    if len(text) != 64 or not set(text) <= set("0123456789abcdefABCDEF"):
        raise ValueError("a key is 64 hex digits (0-9, a-f)")
    return text


def _is_http(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname and parts.port != 0)
    except ValueError:  # the port is no number, or none that there is
        return False


def read_settings(env_file: Path | None = ENV_FILE) -> Settings:
    """The settings, from the environment first and from `.env` where that is silent.

    Raises:
        StartRefused: A value cannot be used. Names the variable and never shows its value.
    """
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        raise StartRefused("\n".join(_sentence(fault) for fault in error.errors())) from None
    except UnicodeDecodeError:
        raise StartRefused(f"{env_file} is not UTF-8 text. Save it as UTF-8.") from None
    except OSError:
        raise StartRefused(f"{env_file} cannot be read. Give Vigil the right to read it.") from None


def remarks(env_file: Path = ENV_FILE) -> list[str]:
    """Sentences about what was ignored: most often a slip of the pen. None shows a value."""
    lines = _bindings(env_file)
    broken = [
        f"{env_file}, line {line.original.line}: no setting can be read there. It was ignored. "
        f"A setting looks like {PREFIX}CONTACT=help@example.org"
        for line in lines
        if line.error or (line.key and line.value is None)
    ]
    return broken + _unknown(set(os.environ) | {line.key for line in lines if line.key})


def _bindings(env_file: Path) -> list[Binding]:
    if not env_file.is_file():
        return []
    with env_file.open(encoding=ENCODING) as text:
        return list(parse_stream(text))


def _unknown(given: set[str]) -> list[str]:
    """What begins like ours and is not. Anything odd behind that may be a token: not shown."""
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    return [
        f"{name} is no setting of Vigil and was ignored.{_nearest(name, known)}"
        for name in sorted(given)
        if _NAME.fullmatch(name) and name.upper() not in known
    ]


def _nearest(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name.upper(), known, n=1)
    return f" Did you mean {near[0]}?" if near else ""


def _secret(path: Path, variable: str) -> str:
    try:
        return path.read_text(ENCODING).strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"{variable} names a file that cannot be read") from None


def _sentence(fault: Mapping[str, Any]) -> str:
    name = "_".join((PREFIX.rstrip("_"), *map(str, fault["loc"]))).upper()
    message = fault["msg"].removeprefix("Value error, ")
    return f"{name}: {message}." if fault["loc"] else f"{message}."
