"""Signing: two taps from the card, with a name or without one."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Context, button
from bot.errors import CaseEnded, PetitionClosed, Refusal, TextChanged
from bot.services.petitions import Card, clean_name, profile_name
from handlers.marks import mark
from handlers.supporter.cases import or_family
from handlers.supporter.petitions import refused, related, show
from handlers.supporter.quiet import to_petitions
from handlers.supporter.signing._words import after, confirm, thanks, will_stand

DIALOG = "sign"


async def offer_name(update: Update, context: Context) -> None:
    """The first tap of *Add my name*: the profile's name, which may be changed."""
    slug = context.group("slug")
    card = await _card_to_sign(slug, _version(context), context)
    name = _name_of(update)
    if card is not None and name is not None:
        await context.reply(
            will_stand(card, name, context),
            confirm(name, f"sign:named:{slug}:{mark(name)}:{card.version}", card, context),
        )
    elif card is not None:
        await _ask_for_name(card, context)


async def sign_named(update: Update, context: Context) -> None:
    """The second tap. The name must still be the one that the button showed."""
    name = _name_of(update)
    if name is None or mark(name) != context.group("mark"):
        await offer_name(update, context)
        return
    await _sign(context.group("slug"), name, _version(context), context)


async def other_name(_: Update, context: Context) -> None:
    card = await _card_to_sign(context.group("slug"), _version(context), context)
    if card is not None:
        await _ask_for_name(card, context)


async def sign_typed(update: Update, context: Context) -> None:
    """The second tap after a name was typed: the dialog's row keeps it until then."""
    slug, name = context.group("slug"), _typed_name(context)
    if name is None:
        await offer_name(update, context)
    elif mark(name) != context.group("mark"):  # the button shows a name typed before this one
        await _offer_typed(slug, name, _version(context), context)
    else:
        await _sign(slug, name, _version(context), context)
        await context.services.dialogs.close(context.supporter)


async def offer_nameless(_: Update, context: Context) -> None:
    """The first tap of *Count me without my name*."""
    slug, t = context.group("slug"), context.t
    card = await _card_to_sign(slug, _version(context), context)
    if card is None:
        return
    await context.reply(
        t(
            "You will be counted under “{title}” without your name. Nothing is signed yet.",
            title=card.petition.title,
        ),
        [
            [button(t("Count me"), f"sign:counted:{slug}:{card.version}")],
            [button(t("Back"), f"petition:{slug}")],
        ],
    )


async def sign_nameless(_: Update, context: Context) -> None:
    await _sign(context.group("slug"), None, _version(context), context)


@or_family
async def read_name(words: str, context: Context) -> None:
    """A typed name; one that cannot stand is refused with a sentence, and asked for again."""
    assert context.dialog is not None
    slug, version = context.dialog.data["slug"], context.dialog.data["version"]
    if await _card_to_sign(slug, version, context) is not None:
        name = clean_name(words)
        await _move(context, "name", {"slug": slug, "version": version, "name": name})
        await _offer_typed(slug, name, version, context)


@or_family
async def repeat(_: str, context: Context) -> None:
    """Show the name that was typed once more; only a typed name moves this dialog by a message."""
    assert context.dialog is not None
    data = context.dialog.data
    await _offer_typed(data["slug"], data["name"], data["version"], context)


async def _offer_typed(slug: str, name: str, version: int, context: Context) -> None:
    """`version` is the one she read; where there is a newer one, the buttons sign nothing."""
    try:
        shown = await context.services.petitions.card(slug, context.supporter)
    except CaseEnded:
        await context.services.dialogs.close(context.supporter)
        raise
    card = replace(shown, version=version)
    await context.reply(
        will_stand(card, name, context),
        confirm(name, f"sign:typed:{slug}:{mark(name)}:{version}", card, context),
    )


async def _ask_for_name(card: Card, context: Context) -> None:
    slug = card.petition.slug
    await _move(context, "name", {"slug": slug, "version": card.version})
    await context.reply(
        context.t(
            "Write the name that shall stand under “{title}”. /cancel leaves it.",
            title=card.petition.title,
        ),
        [[button(context.t("Back"), f"petition:{slug}")]],
    )


async def _card_to_sign(slug: str, version: int, context: Context) -> Card | None:
    """The card; None when she cannot sign it now: then she has been told, and no dialog waits.

    Raises:
        PetitionUnknown, PetitionNotOpen, CaseEnded: as `Petitions.card` does.
        TextChanged: This is no longer the version that she read.
    """
    try:
        card = await context.services.petitions.card(slug, context.supporter)
        if card.mine is None and card.is_open:
            return _as_read(card, version)
    except Refusal:
        await context.services.dialogs.close(context.supporter)
        raise
    await context.services.dialogs.close(context.supporter)
    if card.mine is None:
        await show(slug, context)
    else:
        await context.reply(thanks(card, card.mine, context), await after(slug, context))
    return None


def _as_read(card: Card, version: int) -> Card:
    if card.version != version:
        raise TextChanged(card.petition.slug)
    return card


async def _sign(slug: str, name: str | None, version: int, context: Context) -> None:
    try:
        card = await context.services.petitions.sign(slug, context.supporter, name, version)
    except CaseEnded:
        await context.services.dialogs.close(context.supporter)
        raise
    except PetitionClosed:  # since she saw the card
        card = await context.services.petitions.card(slug, context.supporter)
        nearest = await related(card, context)
        await context.reply(refused(card, context), nearest or [[*to_petitions(context)]])
        return
    assert card.mine is not None  # she has just signed
    await context.reply(thanks(card, card.mine, context), await after(slug, context))


async def _move(context: Context, step: str, data: Mapping[str, str | int]) -> None:
    update_id = context.incoming.update_id
    await context.services.dialogs.move(context.supporter, DIALOG, step, data, update_id)


def _version(context: Context) -> int:
    """Of the text that stood on the card this button belongs to."""
    return int(context.group("version"))


def _typed_name(context: Context) -> str | None:
    dialog = context.dialog
    if dialog is None or dialog.name != DIALOG or dialog.data["slug"] != context.group("slug"):
        return None
    return dialog.data.get("name")


def _name_of(update: Update) -> str | None:
    assert update.effective_user is not None
    return profile_name(update.effective_user.full_name)


Step = Callable[[str, Context], Awaitable[None]]
STEPS: Mapping[str, Step] = {"name": read_name}


def register(app: App) -> None:
    slug, version = "(?P<slug>[a-z0-9-]+)", "(?P<version>[0-9]{1,6})"
    for pattern, handler in (
        (rf"^sign:name:{slug}:{version}$", offer_name),
        (rf"^sign:named:{slug}:(?P<mark>[0-9a-f]+):{version}$", sign_named),
        (rf"^sign:other:{slug}:{version}$", other_name),
        (rf"^sign:typed:{slug}:(?P<mark>[0-9a-f]+):{version}$", sign_typed),
        (rf"^sign:nameless:{slug}:{version}$", offer_nameless),
        (rf"^sign:counted:{slug}:{version}$", sign_nameless),
    ):
        app.add_handler(CallbackQueryHandler(or_family(handler), pattern=pattern))
