"""/petitions, and the card on which everything stands that must be known before signing."""

from datetime import time, timedelta

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Buttons, Command, Context, button
from bot.i18n import N_
from bot.models import PetitionState, Signature
from bot.services.petitions import Card
from handlers.review import dated


async def list_petitions(_: Update, context: Context) -> None:
    found = await context.services.petitions.open_ones(context.supporter.language)
    if not found:
        await context.reply(
            context.t("No petition is open at the moment. Please look in again later.")
        )
        return
    buttons = [[button(petition.title, f"petition:{petition.slug}")] for petition, _ in found]
    await context.reply(context.t("Petitions that you can sign now:"), buttons)


async def show(slug: str, context: Context) -> None:
    """The card of a petition, open or not: old links lead somewhere."""
    card = await context.services.petitions.card(slug, context.supporter)
    await context.reply(card_text(card, context), card_buttons(card, context))


async def open_petition(_: Update, context: Context) -> None:
    await show(context.group("slug"), context)


async def open_from_alert(update: Update, context: Context) -> None:
    context.anew()
    await open_petition(update, context)


def card_text(card: Card, context: Context) -> Markup:
    petition, t = card.petition, context.t
    text = t(
        "<b>{title}</b>\n\nTo: {addressee}\n\n<b>{ask}</b>\n\n{body}\n\n"
        "<i>Source: {source}\nAs of: {as_of}</i>\n\n{standing}",
        title=petition.title,
        addressee=petition.addressee,
        ask=petition.ask,
        body=petition.body,
        source=petition.source,
        as_of=petition.as_of,
        standing=_standing(card, context),
    )
    return dated(text, petition, context)


def card_buttons(card: Card, context: Context) -> Buttons:
    t, slug = context.t, card.petition.slug
    read = [
        button(t("Read more"), f"ask:passage:{card.petition.subject}"),
        button(t("All petitions"), "go:petitions"),
    ]
    if card.mine is not None:
        return [[button(t("Take my signature back"), f"withdraw:ask:{slug}")], read]
    if not card.is_open:
        return [read]
    return [
        [button(t("Add my name"), f"sign:name:{slug}:{card.version}")],
        [button(t("Count me without my name"), f"sign:nameless:{slug}:{card.version}")],
        read,
    ]


def count(card: Card, context: Context) -> Markup:
    """How many have signed, said as what it is: accounts, which may not be people."""
    if card.standing.signatures == 0:
        return context.t("Nobody has signed yet.")
    return context.t.n(
        "{n} Telegram account has signed.",
        "{n} Telegram accounts have signed.",
        card.standing.signatures,
    )


def signed_line(mine: Signature, context: Context) -> Markup:
    zone = context.services.house.timezone
    return context.t(
        "You signed on {day} as number {number}.",
        day=context.t.day(mine.signed_at, zone),
        number=context.t.number(mine.number),
    )


def _standing(card: Card, context: Context) -> Markup:
    t = context.t
    closed = () if card.is_open else (_ended(card, context),)
    mine = (signed_line(card.mine, context),) if card.mine else ()
    if closed or mine:
        signed = (count(card, context),) if card.standing.signatures else ()
        return Markup("\n\n").join((*signed, *closed, *mine))
    return t(
        "{count} {goal}\n{deadline}\n\n{terms}",
        count=count(card, context),
        goal=_goal(card, context),
        deadline=_deadline(card, context),
        terms=_terms(context),
    )


def _goal(card: Card, context: Context) -> Markup:
    number, goal = context.t.number, card.standing.goal
    if goal is None or goal <= card.next_goal:
        return context.t("The next goal is {goal}.", goal=number(max(goal or 0, card.next_goal)))
    return context.t(
        "The next goal is {step}, on the way to {goal}.",
        step=number(card.next_goal),
        goal=number(goal),
    )


def _deadline(card: Card, context: Context) -> Markup:
    closes_at = card.standing.closes_at
    if closes_at is None:
        return context.t("No deadline is set.")
    zone, t = context.services.house.timezone, context.t
    if closes_at.astimezone(zone).time() == time():  # a day's end is the midnight after it
        last = closes_at - timedelta(seconds=1)
        return t("You can sign until the end of {day}.", day=t.day(last, zone))
    return t("You can sign until {moment}.", moment=t.time(closes_at, zone))


def _ended(card: Card, context: Context) -> Markup:
    assert card.standing.state is PetitionState.CLOSED
    return context.t("<b>This petition has closed. It takes no more signatures.</b>")


def _terms(context: Context) -> Markup:
    """What is stored and who sees it, whichever button is pressed."""
    return context.t(
        "<b>What we keep if you sign:</b> the number and language of your Telegram account, the "
        "time, your number in the list, and which text you signed.\n"
        "• <b>Add my name</b>: also the name that you confirm. The addressee sees it when the "
        "list is handed over.\n"
        "• <b>Count me without my name</b>: the addressee sees only that one more has signed.\n"
        "The team of {organisation} can see both. You can take it back: /mysignatures",
        organisation=context.services.house.organisation,
    )


COMMANDS = (Command("petitions", N_("Petitions that you can sign"), list_petitions),)


def register(app: App) -> None:
    slug = "(?P<slug>[a-z0-9-]+)"
    app.add_handler(CallbackQueryHandler(open_petition, pattern=rf"^petition:{slug}$"))
    app.add_handler(CallbackQueryHandler(open_from_alert, pattern=rf"^alert:petition:{slug}$"))
