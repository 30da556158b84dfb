"""The draft on the table: its card, and what each of the card's buttons does."""

from collections.abc import Awaitable, Callable, Mapping

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Context, button
from bot.errors import AlertIncomplete
from bot.models import Alert, Role
from handlers.admin.cards.void import void
from handlers.admin.gate import private
from handlers.organiser import _aim, _post, steps
from handlers.organiser._card import buttons, show

Verb = Callable[[Alert, str, Context], Awaitable[None]]


async def back(alert: Alert, _: str, context: Context) -> None:
    await context.services.dialogs.close(context.supporter)
    await show(await context.services.drafts.overview(alert.id), context)


async def reopen(alert: Alert, _: str, context: Context) -> None:
    """A change begins by taking the alert back from approval."""
    person = context.supporter.id
    await show(await context.services.drafts.take_back(alert.id, alert.revision, person), context)


async def submit(alert: Alert, _: str, context: Context) -> None:
    t, person = context.t, context.supporter.id
    if context.admin_chat is None:
        await context.reply(
            t("There is no admin group yet, so nobody could approve it. The draft is kept.")
        )
        return
    before = await context.services.watching.one(alert.id)
    try:
        seen = await context.services.drafts.submit(alert.id, alert.revision, person)
    except AlertIncomplete:  # the petition has closed since the card was made, for example
        await back(alert, "", context)
        return
    await context.reply(
        t(
            "Submitted. It goes to {people} once an admin who did not write it approves it in the "
            "admin group. Whoever wrote on it hears from me what they decide.\n\nIf you change "
            "anything, it has to be approved again.",
            people=t.n("{n} person", "{n} people", seen.count.total),
        ),
        buttons(seen, context),
    )
    await void(context.bot, context.services, before)


async def discard(alert: Alert, sure: str, context: Context) -> None:
    t, at = context.t, f"draft:{alert.id}:{alert.revision}"
    if sure != "yes":
        await context.reply(
            t("This throws draft {number} away for good.", number=alert.id),
            [[button(t("Throw it away"), f"{at}:discard:yes"), button(t("Back"), f"{at}:back")]],
        )
        return
    before = await context.services.watching.one(alert.id)
    await context.services.drafts.discard(alert.id, alert.revision, context.supporter.id)
    await context.services.dialogs.close(context.supporter)
    await context.reply(t("Draft {number} is gone.", number=alert.id))
    await void(context.bot, context.services, before)


VERBS: Mapping[str, Verb] = {
    "back": back,
    "reopen": reopen,
    "submit": submit,
    "discard": discard,
    "text": steps.ask_text,
    "picture": steps.ask_picture,
    "nopicture": steps.drop_picture,
    "notext": steps.drop_text,
    "when": steps.ask_when,
    "until": steps.ask_until,
    "at": steps.choose_when,
    "by": steps.choose_until,
    "attach": _aim.ask_attach,
    "to": _aim.attach,
    "audience": _aim.ask_audience,
    "lang": _aim.toggle_language,
    "signers": _aim.toggle_signers,
    "preview": _post.preview,
    "test": _post.test,
}


@private(Role.ORGANISER)
async def press(_: Update, context: Context) -> None:
    """Any button of a draft's card. One of an older card shows the draft as it is now."""
    number, revision = int(context.group("number")), int(context.group("revision"))
    overview = await context.services.drafts.overview(number)
    if overview.alert.revision != revision:
        await show(overview, context)
        return
    verb = VERBS.get(context.group("verb"), back)
    await verb(overview.alert, context.group("argument") or "", context)


def register(app: App) -> None:
    pattern = (
        r"^draft:(?P<number>[0-9]{1,9}):(?P<revision>[0-9]{1,6}):(?P<verb>[a-z]+)"
        r"(:(?P<argument>[a-z0-9:-]+))?$"
    )
    app.add_handler(CallbackQueryHandler(press, pattern=pattern))
