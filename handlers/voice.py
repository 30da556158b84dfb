"""Who can say something: a handler's context, or what speaks by itself."""

from dataclasses import dataclass
from typing import Protocol

from bot.context import Services
from bot.i18n import Translator


class Voice(Protocol):
    @property
    def services(self) -> Services: ...

    @property
    def t(self) -> Translator: ...


@dataclass(frozen=True, slots=True)
class OwnVoice:
    """For what nobody asked for: the status card, the report."""

    services: Services
    t: Translator


def own_voice(services: Services) -> OwnVoice:
    """In the house's first language, which the admin group reads."""
    return OwnVoice(services, services.catalogues[services.catalogues.first])
