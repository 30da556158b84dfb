"""The released languages, each with its translations, read as translators write them."""

import gettext
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.i18n._translator import Translator

LOCALES = Path(__file__).parents[2] / "locales"
DOMAIN = "vigil"


class Catalogues:
    """The released languages; the first one stands in for every other."""

    def __init__(self, released: Sequence[str], folder: Path = LOCALES) -> None:
        self._translators = {code: Translator(code, _read(code, folder)) for code in released}
        self.first = released[0]

    def released(self, code: str | None) -> str:
        """The released language that serves somebody whose Telegram speaks `code` (“pt-br”)."""
        short = (code or "").lower().partition("-")[0]
        return short if short in self._translators else self.first

    def __getitem__(self, code: str) -> Translator:
        return self._translators[code]

    def __contains__(self, code: object) -> bool:
        return code in self._translators

    def __iter__(self) -> Iterator[str]:
        return iter(self._translators)


def catalogue_file(code: str, folder: Path = LOCALES) -> Path:
    return folder / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def untranslated(released: Sequence[str], folder: Path = LOCALES) -> list[str]:
    """The languages that have no catalogue; English needs none."""
    return [code for code in released if code != "en" and not catalogue_file(code, folder).exists()]


@cache
def _read(code: str, folder: Path) -> gettext.NullTranslations:
    """What the translators wrote, compiled here: 40 ms, and no file that may be out of date."""
    if code == "en":
        return gettext.NullTranslations()
    with catalogue_file(code, folder).open("rb") as written:
        catalogue = read_po(written, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
