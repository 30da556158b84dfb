"""/content: how the texts stand; reading them again, correcting and reviewing them."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update

from bot.context import App, Command, Context
from bot.i18n import N_
from bot.models import Role
from handlers.admin.content import _corrections, _reload, _reviews, _state
from handlers.admin.content._card import show as show_proposal
from handlers.admin.content._corrections import finish_cooled
from handlers.admin.content._notices import tell_stale
from handlers.admin.content._words import faults
from handlers.admin.gate import admin_group

__all__ = [
    "COMMANDS",
    "faults",
    "finish_cooled",
    "register",
    "show_proposal",
    "tell_stale",
]

_ACTS: Mapping[str, Callable[[list[str], Context], Awaitable[None]]] = {
    "reload": _reload.run,
    "file": _corrections.send,
    "review": _reviews.begin,
    "reviews": _reviews.show,
}


@admin_group(Role.VIEWER)
async def content(_: Update, context: Context) -> None:
    """Without words behind it: the state. Each act looks at the role by itself."""
    name, *words = context.args or [""]
    act = _ACTS.get(name.lower())
    await (act(words, context) if act else _state.show(context))


COMMANDS = (Command("content", N_("State of the texts, corrections and reviews"), content),)


def register(app: App) -> None:
    _reload.register(app)
    _corrections.register(app)
