"""/mysignatures: what one signed, how it stands, and taking it back in two taps."""

from collections.abc import Collection, Iterator
from typing import TypeAlias

from markupsafe import Markup, escape
from telegram import InlineKeyboardButton, Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Command, Context, button
from bot.i18n import N_, own_direction
from bot.models import NamesFor, PetitionState, Topic
from bot.services.choices import counts
from bot.services.petitions import Signed
from handlers.supporter.petitions import STATES, signed_line
from handlers.supporter.quiet import quietly, rests, to_petitions
from handlers.supporter.subjects import Subject, ways_back

Row: TypeAlias = list[InlineKeyboardButton]


async def list_signatures(_: Update, context: Context) -> None:
    found = await context.services.petitions.signed_by(context.supporter)
    if not found:
        nothing = context.t("You have signed nothing here. /petitions shows what you can sign.")
        await context.reply(quietly(nothing, context))
        return
    told = await _told_of(context)
    lines = Markup("\n\n").join(_line(one, told, context) for one in found)
    await context.reply(
        context.t("<b>What you signed</b>\n\n{lines}", lines=lines),
        [row for one in found for row in _rows(one, told, context)],
    )


async def ask_to_withdraw(_: Update, context: Context) -> None:
    t, slug = context.t, context.group("slug")
    mine = await _mine(slug, context)
    if mine is None:
        await context.reply(_nothing_there(context), [[*to_petitions(context)]])
        return
    if mine.standing.delivered_at is not None:
        question, yes = _question_too_late(mine, context), t("Yes, erase our copy")
    else:
        question, yes = _question(mine, context), t("Yes, take it back")
    await context.reply(
        question,
        [[button(yes, f"withdraw:do:{slug}")], [button(t("Keep it"), "go:mysignatures")]],
    )


def _question(mine: Signed, context: Context) -> Markup:
    return context.t(
        "Take back your signature under “{title}”? The petition counts one less, and what we "
        "kept of the signature is erased, also a wish to be told what becomes of it. If you "
        "sign again, you get a new number.",
        title=_title(mine, context),
    )


def _question_too_late(mine: Signed, context: Context) -> Markup:
    """The truth: what was handed over cannot be called back."""
    t = context.t
    assert mine.standing.delivered_at is not None
    day = t.day(mine.standing.delivered_at, context.services.house.timezone)
    if mine.signature.name and mine.standing.names_for is NamesFor.ADDRESSEE:
        had = t(
            "The signatures under “{title}” were handed over on {day}, and your name with them. "
            "We cannot take it back from there.",
            title=_title(mine, context),
            day=day,
        )
    else:
        had = t(
            "The signatures under “{title}” were handed over on {day}, and yours was counted, "
            "without your name. That number cannot be changed any more.",
            title=_title(mine, context),
            day=day,
        )
    can = t(
        "What we can do is erase our own copy: what we kept of your signature, and a wish to be "
        "told what becomes of it."
    )
    return Markup("\n\n").join((had, can))


async def withdraw(_: Update, context: Context) -> None:
    slug, t = context.group("slug"), context.t
    left = await context.services.petitions.withdraw(slug, context.supporter)
    if left is None:
        text = _nothing_there(context)
    elif left.delivered_at is not None:
        text = t("Our copy of your signature is erased. What was handed over stays as it was.")
    else:
        text = t("Your signature is taken back, and what we kept of it is erased.")
    await context.reply(text, [[*to_petitions(context)]])


async def _mine(slug: str, context: Context) -> Signed | None:
    signed = await context.services.petitions.signed_by(context.supporter)
    return next((one for one in signed if one.signature.petition == slug), None)


def _nothing_there(context: Context) -> Markup:
    return context.t(
        "There is no signature of yours under this petition. /mysignatures shows what you signed."
    )


async def _told_of(context: Context) -> Collection[str]:
    """The petitions of which she is told what becomes."""
    chosen = await context.services.choices.of(context.supporter)
    return {one.about for one in chosen if one.topic is Topic.PETITIONS and counts(one)}


def _title(one: Signed, context: Context) -> Markup:
    """Of a case that its family ended nobody's name is shown any more."""
    return escape(one.title) if one.title else context.t("A petition ended at the family's wish")


def _line(one: Signed, told: Collection[str], context: Context) -> Markup:
    t, name = context.t, one.signature.name
    how = t("Name: {name}", name=own_direction(name)) if name else t("Without your name")
    return t(
        "<b>{title}</b> ({state})\n{mine}\n{how}\n{told}",
        title=_title(one, context),
        state=_state(one, context),
        mine=signed_line(one.signature, context),
        how=how,
        told=t("You are told what becomes of it.")
        if one.signature.petition in told
        else t("You are not told what becomes of it."),
    )


def _state(one: Signed, context: Context) -> Markup:
    if one.petition is None:
        return context.t("withdrawn")
    said = one.standing.outcome
    state = context.t(STATES[one.standing.state])
    words = said.get(context.t.language) or next(iter(said.values()), "")
    return context.t("{state}: {said}", state=state, said=words) if words else state


def _rows(one: Signed, told: Collection[str], context: Context) -> Iterator[Row]:
    t, slug = context.t, one.signature.petition
    subject = Subject(Topic.PETITIONS, slug)
    yield [
        button(_title(one, context).unescape(), f"petition:{slug}"),
        button(t("Take it back"), f"withdraw:ask:{slug}"),
    ]
    if slug in told:
        yield ways_back(subject, context)
    elif _can_tell(one) and not rests(context):
        yield [button(t("Tell me what happens"), subject.data("ask"))]


def _can_tell(one: Signed) -> bool:
    return one.petition is not None and one.standing.state is not PetitionState.WITHDRAWN


COMMANDS = (Command("mysignatures", N_("What you signed"), list_signatures),)


def register(app: App) -> None:
    for pattern, handler in (
        (r"^withdraw:ask:(?P<slug>[a-z0-9-]+)$", ask_to_withdraw),
        (r"^withdraw:do:(?P<slug>[a-z0-9-]+)$", withdraw),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=pattern))
