"""/content: what nobody has reviewed yet, and what is past its date; and a notice by itself."""

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Bot, Update

from bot.content import Case, Passage, State
from bot.content.library import Pending
from bot.context import Command, Context, Services
from bot.i18n import N_, Translator
from bot.models import Role
from handlers.admin.gate import admin_group
from handlers.admin.notices import tell

_LISTED = 15
_HIDDEN = (Passage, Case)  # a petition, the support card and /privacy are needed all the same


@admin_group(Role.VIEWER)
async def content(_: Update, context: Context) -> None:
    editorial, t = context.services.editorial, context.t
    states, pending = editorial.states(), editorial.pending
    await context.say(
        t(
            "<b>Content</b>\nIn date: {current}\nPast their review date: {overdue}\n"
            "Long past it: {withdrawn}\n\n{pending}",
            current=states[State.CURRENT],
            overdue=states[State.OVERDUE],
            withdrawn=states[State.WITHDRAWN],
            pending=_waiting(pending, t),
        )
    )


def _waiting(texts: Sequence[Pending], t: Translator) -> Markup:
    if not texts:
        return t("Every text has been reviewed.")
    names = _names(texts, t)
    return t.n(
        "{n} text waits for a review by a person (review: pending):\n{names}",
        "{n} texts wait for a review by a person (review: pending):\n{names}",
        len(texts),
        names=names,
    )


def _names(texts: Sequence[Pending], t: Translator) -> Markup:
    shown = [t("• {name}", name=text.path.name) for text in texts[:_LISTED]]
    if len(texts) > _LISTED:
        shown.append(t("and {more} more", more=t.number(len(texts) - _LISTED)))
    return Markup("\n").join(shown)


async def tell_withdrawn(bot: Bot, services: Services) -> None:
    """Tell the admin group, once, of texts that are long past their review date."""
    if await services.staff.admin_chat() is None:
        return
    gone = await services.editorial.newly_withdrawn()
    hidden = [text for text in gone if isinstance(text, _HIDDEN)]
    kept = [text for text in gone if not isinstance(text, _HIDDEN)]
    t = services.catalogues[services.catalogues.first]
    for texts, sentence in ((hidden, _no_longer_shown), (kept, _still_shown)):
        if texts and not await _tell(bot, services, sentence(texts, t), texts):
            return


async def _tell(bot: Bot, services: Services, sentence: Markup, texts: Sequence[Pending]) -> bool:
    """False for a group that cannot be written to: it must not be tried at every tick."""
    if await tell(bot, services, sentence) is None:
        services.editorial.postpone()
        return False
    await services.editorial.told(texts)
    return True


def _no_longer_shown(texts: Sequence[Pending], t: Translator) -> Markup:
    names = _names(texts, t)
    return t.n(
        "{n} text is long past its review date and is no longer shown:\n{names}",
        "{n} texts are long past their review date and are no longer shown:\n{names}",
        len(texts),
        names=names,
    )


def _still_shown(texts: Sequence[Pending], t: Translator) -> Markup:
    names = _names(texts, t)
    return t.n(
        "{n} text is long past its review date. It is still shown, since people need it; please "
        "have it checked soon:\n{names}",
        "{n} texts are long past their review date. They are still shown, since people need them; "
        "please have them checked soon:\n{names}",
        len(texts),
        names=names,
    )


COMMANDS = (Command("content", N_("State of the texts and their reviews"), content),)
