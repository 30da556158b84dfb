"""/content: what nobody has reviewed yet, and what is past its date; and a notice by itself."""

from markupsafe import Markup
from telegram import Bot, Update

from bot.content import State
from bot.context import Command, Context, Services
from bot.i18n import N_
from bot.models import Role
from handlers.admin.gate import admin_group

_LISTED = 15


@admin_group(Role.VIEWER)
async def content(_: Update, context: Context) -> None:
    editorial, t = context.services.editorial, context.t
    states, pending = editorial.states(), editorial.pending
    await context.say(
        t(
            "<b>Content</b>\nIn date: {current}\nPast their review date: {overdue}\n"
            "Withdrawn: {withdrawn}\n\n{pending}",
            current=states[State.CURRENT],
            overdue=states[State.OVERDUE],
            withdrawn=states[State.WITHDRAWN],
            pending=_pending([text.path.name for text in pending], context),
        )
    )


def _pending(names: list[str], context: Context) -> Markup:
    if not names:
        return context.t("Every text has been reviewed.")
    shown = [f"• {name}" for name in names[:_LISTED]]
    if len(names) > _LISTED:
        shown.append(context.t("and {more} more", more=len(names) - _LISTED))
    return context.t.n(
        "{n} text waits for a review by a person (review: pending):\n{names}",
        "{n} texts wait for a review by a person (review: pending):\n{names}",
        len(names),
        names="\n".join(shown),
    )


async def tell_withdrawn(bot: Bot, services: Services) -> None:
    """Tell the admin group, once, of texts that their date has taken out of the answers."""
    gone = await services.editorial.newly_withdrawn()
    if not gone or services.staff.admin_chat is None:
        return
    t = services.catalogues[services.catalogues.first]
    await bot.send_message(
        services.staff.admin_chat,
        t.n(
            "{n} text is long past its review date and is no longer shown:\n{names}",
            "{n} texts are long past their review date and are no longer shown:\n{names}",
            len(gone),
            names="\n".join(f"• {text.path.name}" for text in gone[:_LISTED]),
        ),
    )
    await services.editorial.told(gone)


COMMANDS = (Command("content", N_("State of the texts and their reviews"), content),)
