"""What is said on the way to a signature, and the buttons below it."""

import unicodedata

from markupsafe import Markup

from bot.context import Buttons, Context, button
from bot.i18n import own_direction
from bot.models import Signature, Topic
from bot.models.sharing import Kind, Target
from bot.services.petitions import Card
from handlers.links import share_button
from handlers.supporter.petitions import count
from handlers.supporter.quiet import rests
from handlers.supporter.subjects import Subject, choice_of

_HALVES = frozenset(
    {"عبد", "أبو", "ابو", "أم", "ام", "abd", "abdul", "abu", "umm"}
)  # “Servant of …”


def will_stand(card: Card, name: str, context: Context) -> Markup:
    return context.t(
        "Your name will stand under “{title}” like this:\n\n<b>{name}</b>\n\n"
        "Nothing is signed yet.",
        title=card.petition.title,
        name=own_direction(name),
    )


def confirm(name: str, data: str, card: Card, context: Context) -> Buttons:
    t, slug = context.t, card.petition.slug
    return [
        [button(t("Sign as {name}", name=own_direction(_short(name))).unescape(), data)],
        [button(t("Write another name"), f"sign:other:{slug}:{card.version}")],
        [button(t("Back"), f"petition:{slug}")],
    ]


def thanks(card: Card, mine: Signature, context: Context) -> Markup:
    return context.t(
        "{words}\n\n{receipt}\n\n{count}",
        words=_greeting(card, mine, context) if mine.is_new else _repeated(card, mine, context),
        receipt=_receipt(mine, context),
        count=count(card, context),
    )


def _greeting(card: Card, mine: Signature, context: Context) -> Markup:
    t, number, title = context.t, context.t.number(mine.number), card.petition.title
    if mine.name is None:
        return t("Thank you. You are number {number} under “{title}”.", number=number, title=title)
    return t(
        "{name}, thank you. You are number {number} under “{title}”.",
        name=own_direction(_first(mine.name)),
        number=number,
        title=title,
    )


def _first(name: str) -> str:
    """What a person is greeted by: the first word, unless that alone is no name.

    Such are an initial, a title, which ends with a dot, a sign, and “Servant of”.
    """
    first = name.split(maxsplit=1)[0]
    is_word = first[0].isalpha() and unicodedata.category(first[-1])[0] in "LM"
    return first if is_word and len(first) > 1 and first.lower() not in _HALVES else name


def _repeated(card: Card, mine: Signature, context: Context) -> Markup:
    return context.t(
        "You had signed “{title}” already, on {day} as number {number}. Nothing changed.",
        title=card.petition.title,
        day=context.t.day(mine.signed_at, context.services.house.timezone),
        number=context.t.number(mine.number),
    )


def _receipt(mine: Signature, context: Context) -> Markup:
    zone = context.services.house.timezone
    return context.t(
        "<b>Receipt:</b> number {number}, signed on {moment}, version {version} of the text, "
        "{how}.",
        number=context.t.number(mine.number),
        moment=context.t.time(mine.signed_at, zone),
        version=mine.version,
        how=context.t("with your name") if mine.name else context.t("without your name"),
    )


async def after(slug: str, context: Context) -> Buttons:
    """Being told what happens is offered and never taken for granted."""
    t, subject = context.t, Subject(Topic.PETITIONS, slug)
    offer = [button(t("Tell me what happens"), subject.data("ask"))]
    share = [share_button(Target(Kind.PETITION, slug), context)]
    is_told = await choice_of(subject, context) is not None
    return [
        *(() if rests(context) else [share] if is_told else [offer, share]),
        [button(t("My signatures"), "go:mysignatures")],
        [button(t("Take it back"), f"withdraw:ask:{slug}")],
    ]


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"
