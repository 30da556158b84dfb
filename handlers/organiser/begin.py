"""/alert and /update: begin something new, or go on with what lies on the table."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Command, Context, button
from bot.i18n import N_
from bot.models import Alert, AlertKind, Role
from handlers.admin.gate import private
from handlers.organiser._card import show
from handlers.organiser.names import KINDS

ALERTS = (AlertKind.URGENT, AlertKind.NEWSLETTER, AlertKind.REMINDER)
UPDATES = (AlertKind.NEWS, AlertKind.OUTCOME)
LISTED = 30  # newest drafts; a message takes a hundred buttons


@private(Role.ORGANISER)
async def alert(_: Update, context: Context) -> None:
    await context.reply(
        context.t("What shall go out? Nothing is sent before somebody else has approved it."),
        await _doors(ALERTS, context),
    )


@private(Role.ORGANISER)
async def update(_: Update, context: Context) -> None:
    await context.reply(
        context.t(
            "What is there to tell? It goes to those who follow the case, and to those who signed "
            "for it and said that they want to know. Nothing is sent before somebody else has "
            "approved it."
        ),
        await _doors(UPDATES, context),
    )


@private(Role.ORGANISER)
async def begin(_: Update, context: Context) -> None:
    kind = AlertKind(context.group("kind"))
    await context.services.dialogs.close(context.supporter)  # what another draft waited for
    draft = await context.services.drafts.begin(context.supporter.id, kind)
    await show(await context.services.drafts.overview(draft.id), context)


async def _doors(
    kinds: Sequence[AlertKind], context: Context
) -> Sequence[Sequence[InlineKeyboardButton]]:
    t = context.t
    drafts = [one for one in await context.services.watching.drafts() if one.kind in kinds]
    return [
        *([button(t(KINDS[kind]), f"begin:{kind}")] for kind in kinds),
        *([_resume(draft, context)] for draft in drafts[-LISTED:]),
    ]


def _resume(draft: Alert, context: Context) -> InlineKeyboardButton:
    label = context.t(
        "Go on with draft {number} ({kind})", number=draft.id, kind=context.t(KINDS[draft.kind])
    )
    return button(label.unescape(), f"draft:{draft.id}:{draft.revision}:back")


COMMANDS = (
    Command("alert", N_("Write an urgent action, a newsletter or a reminder"), alert),
    Command("update", N_("Write news of a case or a petition"), update),
)


def register(app: App) -> None:
    kinds = "|".join((*ALERTS, *UPDATES))
    app.add_handler(CallbackQueryHandler(begin, pattern=rf"^begin:(?P<kind>{kinds})$"))
