"""/petitions, and the card on which everything stands that must be known before signing."""

from collections.abc import Mapping
from datetime import time, timedelta

from markupsafe import Markup
from telegram import InlineKeyboardButton, Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Buttons, Command, Context, button
from bot.i18n import N_
from bot.models import NamesFor, PetitionState, Signature
from bot.models.sharing import Kind, Target
from bot.services.petitions import Card
from handlers.links import more_to_do, share_button
from handlers.review import dated
from handlers.supporter.cases import or_family, to_case
from handlers.supporter.quiet import rests
from handlers.voice import Voice

STATES: Mapping[PetitionState, str] = {
    PetitionState.DRAFT: N_("draft"),
    PetitionState.REVIEW: N_("in review"),
    PetitionState.OPEN: N_("open"),
    PetitionState.PAUSED: N_("paused"),
    PetitionState.CLOSED: N_("closed"),
    PetitionState.DELIVERED: N_("handed over"),
    PetitionState.WON: N_("won"),
    PetitionState.NOT_WON: N_("not won"),
    PetitionState.WITHDRAWN: N_("withdrawn"),
}
_BLOCKS = 10


async def list_petitions(_: Update, context: Context) -> None:
    found = await context.services.petitions.open_ones(context.supporter.language)
    more = await more_to_do(context)
    if not found:
        await context.reply(
            context.t("No petition is open at the moment. Please look in again later."), more
        )
        return
    buttons = [[button(petition.title, f"petition:{petition.slug}")] for petition, _ in found]
    await context.reply(context.t("Petitions that you can sign now:"), [*buttons, *more])


@or_family
async def show(slug: str, context: Context) -> None:
    """The card of a petition, open or not, or what a family says: old links lead somewhere."""
    card = await context.services.petitions.card(slug, context.supporter)
    own = card_buttons(card, context, shares=not rests(context))
    await context.reply(card_text(card, context), [*own, *await related(card, context)])


async def open_petition(_: Update, context: Context) -> None:
    await show(context.group("slug"), context)


async def open_from_alert(update: Update, context: Context) -> None:
    context.anew()
    await open_petition(update, context)


async def related(card: Card, context: Context) -> Buttons:
    """One thing that can still be done: the nearest open petition, or reading about the case."""
    if card.is_open:
        return []
    language = context.supporter.language
    if other := await context.services.petitions.another(card, language):
        return [[button(other.title, f"petition:{other.slug}")]]
    return to_case(card.cases, context)


def card_text(card: Card, voice: Voice) -> Markup:
    """Of a petition that was withdrawn only the title is left, and why."""
    petition, t = card.petition, voice.t
    if card.standing.state is PetitionState.WITHDRAWN:
        return t(
            "<b>{title}</b>\n\n{standing}", title=petition.title, standing=_standing(card, voice)
        )
    text = t(
        "<b>{title}</b>\n\nTo: {addressee}\n\n<b>{ask}</b>\n\n{body}\n\n"
        "<i>Source: {source}\nAs of: {as_of}</i>\n\n{standing}",
        title=petition.title,
        addressee=petition.addressee,
        ask=petition.ask,
        body=petition.body,
        source=petition.source,
        as_of=petition.as_of,
        standing=_standing(card, voice),
    )
    return dated(text, petition, voice)


def card_buttons(card: Card, voice: Voice, *, shares: bool = True) -> Buttons:
    t, slug = voice.t, card.petition.slug
    read = [*_background(card, voice), button(t("All petitions"), "go:petitions")]
    may_share = shares and card.is_open
    share = [[share_button(Target(Kind.PETITION, slug), voice)]] if may_share else []
    if card.mine is not None:
        return [[button(t("Take my signature back"), f"withdraw:ask:{slug}")], *share, read]
    if not card.is_open:
        return [read]
    return [
        [button(t("Add my name"), f"sign:name:{slug}:{card.version}")],
        [button(t("Count me without my name"), f"sign:nameless:{slug}:{card.version}")],
        *share,
        read,
    ]


def _background(card: Card, voice: Voice) -> list[InlineKeyboardButton]:
    subject = card.petition.subject
    return [button(voice.t("Read more"), f"ask:passage:{subject}")] if subject else []


def count(card: Card, voice: Voice) -> Markup:
    """How many have signed, said as what it is: accounts, which may not be people."""
    if card.standing.published == 0:
        return voice.t("Nobody has signed yet.")
    return voice.t.n(
        "{n} Telegram account has signed.",
        "{n} Telegram accounts have signed.",
        card.standing.published,
    )


def signed_line(mine: Signature, voice: Voice) -> Markup:
    zone = voice.services.house.timezone
    return voice.t(
        "You signed on {day} as number {number}.",
        day=voice.t.day(mine.signed_at, zone),
        number=voice.t.number(mine.number),
    )


def refused(card: Card, voice: Voice) -> Markup:
    """Why a name was not added that came too late, or while it pauses."""
    t, standing = voice.t, card.standing
    if standing.state is PetitionState.PAUSED:
        return t(
            "This petition takes no signatures at the moment, so your name was not added. You "
            "can look in again later."
        )
    if standing.state is PetitionState.WITHDRAWN:
        return t("This petition was withdrawn, so your name was not added.")
    if standing.state is not PetitionState.CLOSED or standing.moved_at is None:
        return t("This petition has closed, so your name was not added.")
    closed_at = t.time(standing.moved_at, voice.services.house.timezone)
    return t("This petition closed on {moment}, so your name was not added.", moment=closed_at)


def ending(card: Card, voice: Voice) -> Markup:
    """What became of it, in a line or two; for one that does not take signatures."""
    t, standing = voice.t, card.standing
    said = standing.outcome.get(t.language) or next(iter(standing.outcome.values()), "")
    match standing.state:
        case PetitionState.PAUSED:
            return t("<b>This petition is paused.</b> It takes no signatures at the moment.")
        case PetitionState.DELIVERED:
            return _handed_over(card, voice)
        case PetitionState.WON:
            return _with(t("<b>Won.</b> {said}", said=said), _handed_over(card, voice))
        case PetitionState.NOT_WON:
            return _with(t("<b>Not won.</b> {said}", said=said), _handed_over(card, voice))
        case PetitionState.WITHDRAWN:
            if not said:
                return t("<b>This petition was withdrawn.</b>")
            return t("<b>This petition was withdrawn.</b> {said}", said=said)
    return t("<b>This petition has closed. It takes no more signatures.</b>")


def _with(first: Markup, second: Markup) -> Markup:
    return Markup("\n").join((first, second))


def _handed_over(card: Card, voice: Voice) -> Markup:
    t, standing = voice.t, card.standing
    assert standing.delivered_at is not None
    day = t.day(standing.delivered_at, voice.services.house.timezone)
    return t.n(
        "The list was handed over to the addressee on {day}, with {n} signature.",
        "The list was handed over to the addressee on {day}, with {n} signatures.",
        standing.delivered or 0,
        day=day,
    )


def _standing(card: Card, voice: Voice) -> Markup:
    t = voice.t
    closed = () if card.is_open else (ending(card, voice),)
    mine = (signed_line(card.mine, voice),) if card.mine else ()
    if closed or mine:
        signed = (_progress(card, voice),) if _is_counted(card) else ()
        return Markup("\n\n").join((*signed, *closed, *mine))
    return t(
        "{progress}\n{deadline}\n\n{terms}",
        progress=_progress(card, voice),
        deadline=_deadline(card, voice),
        terms=_terms(card, voice),
    )


def _is_counted(card: Card) -> bool:
    """Whether a number says more than what is said of the ending."""
    standing = card.standing
    is_over = standing.delivered is not None or standing.state is PetitionState.WITHDRAWN
    return standing.signatures > 0 and not is_over


def _progress(card: Card, voice: Voice) -> Markup:
    """The count, and towards which goal; drawn as well once somebody has signed."""
    t = voice.t
    if not card.is_open:
        return count(card, voice)
    words = t("{count} {goal}", count=count(card, voice), goal=_goal(card, voice))
    if card.standing.signatures == 0:
        return words
    return t("{bar}\n{words}", bar=bar(card.standing.signatures, card.next_goal), words=words)


def bar(done: int, goal: int) -> str:
    """Blocks without a direction of their own: they fill from where the line begins.

    One is full as soon as there is a signature, and all of them not before the goal is reached.
    """
    full = min(_BLOCKS, max(1, _BLOCKS * done // goal))
    return "█" * full + "░" * (_BLOCKS - full)


def _goal(card: Card, voice: Voice) -> Markup:
    number, goal = voice.t.number, card.standing.goal
    if goal is None or goal <= card.next_goal:
        return voice.t("The next goal is {goal}.", goal=number(card.next_goal))
    return voice.t(
        "The next goal is {step}, on the way to {goal}.",
        step=number(card.next_goal),
        goal=number(goal),
    )


def _deadline(card: Card, voice: Voice) -> Markup:
    closes_at = card.standing.closes_at
    if closes_at is None:
        return voice.t("No deadline is set.")
    zone, t = voice.services.house.timezone, voice.t
    if closes_at.astimezone(zone).time() == time():  # a day's end is the midnight after it
        last = closes_at - timedelta(seconds=1)
        return t("You can sign until the end of {day}.", day=t.day(last, zone))
    return t("You can sign until {moment}.", moment=t.time(closes_at, zone))


def _terms(card: Card, voice: Voice) -> Markup:
    """What is stored and who sees it, whichever button is pressed."""
    organisation = voice.services.house.organisation
    if card.standing.names_for is NamesFor.NOBODY:
        return voice.t(
            "<b>What we keep if you sign:</b> the number and language of your Telegram account, "
            "the time, your number in the list, and which text you signed.\n"
            "• <b>Add my name</b>: also the name that you confirm.\n"
            "The addressee is told how many have signed, and no names. The team of {organisation} "
            "can see what we keep. You can take it back: /mysignatures",
            organisation=organisation,
        )
    return voice.t(
        "<b>What we keep if you sign:</b> the number and language of your Telegram account, the "
        "time, your number in the list, and which text you signed.\n"
        "• <b>Add my name</b>: also the name that you confirm. The addressee sees it when the "
        "list is handed over.\n"
        "• <b>Count me without my name</b>: the addressee sees only that one more has signed.\n"
        "The team of {organisation} can see both. You can take it back: /mysignatures",
        organisation=organisation,
    )


COMMANDS = (Command("petitions", N_("Petitions that you can sign"), list_petitions),)


def register(app: App) -> None:
    slug = "(?P<slug>[a-z0-9-]+)"
    app.add_handler(CallbackQueryHandler(open_petition, pattern=rf"^petition:{slug}$"))
    app.add_handler(CallbackQueryHandler(open_from_alert, pattern=rf"^alert:petition:{slug}$"))
