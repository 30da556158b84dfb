"""Every sentence the program says to people: gettext, with the English sentence as its key.

`t("You signed as {name}.", name=…)` is safe to send with Telegram's HTML: what is filled in is
escaped, and runs in its own direction, so that an Arabic name does not turn a sentence round.
"""

from bot.i18n._catalogues import DOMAIN, LOCALES, Catalogues, untranslated
from bot.i18n._direction import own_direction
from bot.i18n._faults import CatalogueFault, catalogue_faults
from bot.i18n._translator import N_, Translator

__all__ = [
    "DOMAIN",
    "LOCALES",
    "N_",
    "CatalogueFault",
    "Catalogues",
    "Translator",
    "catalogue_faults",
    "own_direction",
    "untranslated",
]
