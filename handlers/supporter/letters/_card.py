"""What a letter's card says and offers."""

from datetime import timedelta

from markupsafe import Markup
from telegram import CopyTextButton, InlineKeyboardButton

from bot.content import Addressee, Letter
from bot.content.texts import fill, utf16_units
from bot.context import Buttons, Context, button
from bot.models.sharing import Kind, Target
from bot.services.letters import LetterCard
from handlers.links import share_button
from handlers.review import dated
from handlers.supporter.quiet import rests

COPIED = 256  # units: more Telegram's button does not copy


def words(card: LetterCard, context: Context) -> Markup:
    letter, t = card.letter, context.t
    text = t(
        "<b>{title}</b>\n\n{about}\n\n<b>To:</b>\n{addressees}\n\n<b>How:</b> {tone}",
        title=letter.title,
        about=letter.about,
        addressees=Markup("\n").join(_addressee(one, context) for one in letter.addressees),
        tone=letter.tone,
    )
    parts = [text, *_open_parts(card, context)] if card.is_open else [text]
    return dated(Markup("\n\n").join([*parts, standing(card, context)]), letter, context)


def buttons(card: LetterCard, context: Context) -> Buttons:
    t, slug = context.t, card.letter.slug
    rows = [[_text_button(card.letter, context)]] if card.is_open else []
    if card.has_written:
        rows.append([button(t("I did not send it"), f"letter:unsent:{slug}")])
    elif card.is_open:
        rows.append([button(t("I sent it"), f"letter:sent:{slug}")])
    if card.is_open and card.waits:
        rows.append([button(t("Do not remind me"), f"letter:forgo:{slug}")])
    elif card.is_open and card.remind_at and not card.has_written:
        rows.append([button(t("Remind me"), f"letter:remind:{slug}")])
    if card.is_open and not rests(context):
        rows.append([share_button(Target(Kind.LETTER, slug), context)])
        rows.append([button(t("Other things you can do"), "letters:list")])
    return rows


def template(letter: Letter, context: Context) -> str:
    house = context.services.house
    return fill(letter.body, house.organisation, house.contact)


def standing(card: LetterCard, context: Context) -> Markup:
    """How many wrote, until when it helps, and what she herself has said."""
    t, zone = context.t, context.services.house.timezone
    last = t.day(card.closes_at - timedelta(seconds=1), zone)
    until = (
        t("It helps until the end of {day}.", day=last)
        if card.is_open
        else t("<b>The time for this letter was over at the end of {day}.</b>", day=last)
    )
    mine = [t("You said that you sent it. Thank you.")] if card.has_written else []
    return Markup("\n").join([_count(card, context), until, *mine, *_waits(card, context)])


def _count(card: LetterCard, context: Context) -> Markup:
    if not card.wrote:
        return context.t("Nobody has said yet that they wrote.")
    return context.t.n(
        "{n} person said that they wrote.", "{n} people said that they wrote.", card.wrote
    )


def _waits(card: LetterCard, context: Context) -> tuple[Markup, ...]:
    if not card.waits or not card.is_open:
        return ()
    return (context.t("You asked to be reminded once, on the day before."),)


def _open_parts(card: LetterCard, context: Context) -> tuple[Markup, ...]:
    return (_draft(card.letter, context), _unseen(card, context), _danger(card.letter, context))


def _addressee(one: Addressee, context: Context) -> Markup:
    line = context.t("• {name}, {office}: {send}", name=one.name, office=one.office, send=one.send)
    if one.address is None:
        return line
    return context.t("{line}\n<code>{address}</code>", line=line, address=one.address)


def _draft(letter: Letter, context: Context) -> Markup:
    """What is copied at a tap can be read before."""
    text, t = template(letter, context), context.t
    if _fits(text):
        return t("<b>To begin with:</b>\n<blockquote>{text}</blockquote>", text=t.text(text))
    return t(
        "A letter to begin with comes as a message of its own, which you can forward, or copy and "
        "change."
    )


def _unseen(card: LetterCard, context: Context) -> Markup:
    t = context.t
    said = t(
        "<b>What nobody here knows:</b> you write and send it yourself. We do not see whether you "
        "write, nor what. Whoever gets it sees the name and the address that you write from.\n"
        "• <b>I sent it</b>: one more is counted. So that it is once, we keep the number and "
        "language of your Telegram account until you take it back."
    )
    if card.remind_at is None or card.has_written:
        return said
    return t(
        "{said}\n• <b>Remind me</b>: one message on the day before the last one, which can show on "
        "a lock screen. Until then we keep the same of you.",
        said=said,
    )


def _danger(letter: Letter, context: Context) -> Markup:
    t = context.t
    general = t(
        "<b>Be safe:</b> where you live, writing to them may be dangerous, and letters and e-mails "
        "may be read. Then do not write. Nobody will ask why."
    )
    if letter.warning is None:
        return general
    return t("{general} {warning}", general=general, warning=letter.warning)


def _text_button(letter: Letter, context: Context) -> InlineKeyboardButton:
    text = template(letter, context)
    if _fits(text):
        label = context.t("Copy the letter")
        return InlineKeyboardButton(label, copy_text=CopyTextButton(text))
    return button(context.t("Message to forward"), f"letter:text:{letter.slug}")


def _fits(text: str) -> bool:
    return utf16_units(text) <= COPIED
