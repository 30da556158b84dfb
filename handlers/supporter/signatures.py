"""/mysignatures: what one signed, how it stands, and taking it back in two taps."""

from markupsafe import Markup
from telegram import InlineKeyboardButton, Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Buttons, Command, Context, button
from bot.i18n import N_, own_direction
from bot.models import PetitionState
from bot.services.petitions import Signed
from handlers.supporter.petitions import signed_line


async def list_signatures(_: Update, context: Context) -> None:
    found = await context.services.petitions.signed_by(context.supporter)
    if not found:
        await context.reply(
            context.t("You have signed nothing here. /petitions shows what you can sign.")
        )
        return
    lines = Markup("\n\n").join(_line(one, context) for one in found)
    await context.reply(
        context.t("<b>What you signed</b>\n\n{lines}", lines=lines),
        [_row(one, context) for one in found],
    )


async def ask_to_withdraw(_: Update, context: Context) -> None:
    t, slug = context.t, context.group("slug")
    signed = await context.services.petitions.signed_by(context.supporter)
    mine = next((one for one in signed if one.signature.petition == slug), None)
    if mine is None:
        await context.reply(_nothing_there(context), _to_petitions(context))
        return
    await context.reply(
        t(
            "Take back your signature under “{title}”? The petition counts one less, and what we "
            "kept of the signature is erased. If you sign again, you get a new number.",
            title=mine.title,
        ),
        [
            [button(t("Yes, take it back"), f"withdraw:do:{slug}")],
            [button(t("Keep it"), "go:mysignatures")],
        ],
    )


async def withdraw(_: Update, context: Context) -> None:
    was_there = await context.services.petitions.withdraw(context.group("slug"), context.supporter)
    if was_there:
        text = context.t("Your signature is taken back, and what we kept of it is erased.")
    else:
        text = _nothing_there(context)
    await context.reply(text, _to_petitions(context))


def _nothing_there(context: Context) -> Markup:
    return context.t(
        "There is no signature of yours under this petition. /mysignatures shows what you signed."
    )


def _to_petitions(context: Context) -> Buttons:
    return [[button(context.t("Petitions"), "go:petitions")]]


def _line(one: Signed, context: Context) -> Markup:
    t, name = context.t, one.signature.name
    how = t("Name: {name}", name=own_direction(name)) if name else t("Without your name")
    return t(
        "<b>{title}</b> ({state})\n{mine}\n{how}",
        title=one.title,
        state=_state(one, context),
        mine=signed_line(one.signature, context),
        how=how,
    )


def _state(one: Signed, context: Context) -> Markup:
    if one.petition is None:
        return context.t("withdrawn")
    if one.standing.state is PetitionState.OPEN:
        return context.t("open")
    return context.t("closed")


def _row(one: Signed, context: Context) -> list[InlineKeyboardButton]:
    slug = one.signature.petition
    return [
        button(one.title, f"petition:{slug}"),
        button(context.t("Take it back"), f"withdraw:ask:{slug}"),
    ]


COMMANDS = (Command("mysignatures", N_("What you signed"), list_signatures),)


def register(app: App) -> None:
    for pattern, handler in (
        (r"^withdraw:ask:(?P<slug>[a-z0-9-]+)$", ask_to_withdraw),
        (r"^withdraw:do:(?P<slug>[a-z0-9-]+)$", withdraw),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=pattern))
