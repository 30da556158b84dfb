"""Letters: what to write, to whom and how; who says that she wrote is counted, and no more."""

from markupsafe import escape
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Buttons, Context, button
from bot.services.letters import LetterCard
from handlers.review import is_shown
from handlers.supporter.cases import show_family
from handlers.supporter.letters._card import buttons, template, words
from handlers.supporter.letters._refusals import no_such_letter, over, related, too_late
from handlers.supporter.letters._reminding import tell_of_letters
from handlers.supporter.quiet import to_petitions

__all__ = ["register", "show", "tell_of_letters"]


async def list_letters(_: Update, context: Context) -> None:
    found = await context.services.letters.open_ones(context.supporter.language)
    rows = [[button(letter.title, f"letter:{letter.slug}")] for letter in found]
    back = [[button(context.t("All cases"), "go:cases"), *to_petitions(context)]]
    if found:
        text = context.t("Letters that you can write yourself. What ends first stands first:")
    else:
        text = context.t("There is no letter to write at the moment. Please look in again later.")
    await context.reply(text, [*rows, *back])


async def show(slug: str, context: Context) -> None:
    """The card of a letter, open or over, or what a family says: old links lead somewhere."""
    if card := await _card(slug, context):
        await context.reply(words(card, context), await _below(card, context))


async def open_letter(_: Update, context: Context) -> None:
    await show(context.group("slug"), context)


async def forward(update: Update, context: Context) -> None:
    """The text alone, as a message of its own: nothing of ours goes along when it is passed on."""
    card = await _card(context.group("slug"), context)
    if card is None:
        return
    if not card.is_open:
        await context.reply(over(card, context), await related(card, context))
        return
    assert update.callback_query is not None
    await context.acknowledge(update.callback_query)
    await context.say(escape(template(card.letter, context)))


async def say_written(_: Update, context: Context) -> None:
    slug = context.group("slug")
    is_done = await context.services.letters.say_written(slug, context.supporter)
    await _show_again(slug, context, is_done=is_done)


async def take_back(_: Update, context: Context) -> None:
    slug = context.group("slug")
    await context.services.letters.take_back(slug, context.supporter)
    await _show_again(slug, context, is_done=True)


async def remind(_: Update, context: Context) -> None:
    slug = context.group("slug")
    is_done = await context.services.letters.remind(slug, context.supporter)
    await _show_again(slug, context, is_done=is_done)


async def forgo(_: Update, context: Context) -> None:
    slug = context.group("slug")
    await context.services.letters.forgo(slug, context.supporter)
    await _show_again(slug, context, is_done=True)


async def _show_again(slug: str, context: Context, *, is_done: bool) -> None:
    """The card as it is now, or why nothing was done."""
    card = await _card(slug, context)
    if card is None:
        return
    if is_done or card.has_written:
        await context.reply(words(card, context), await _below(card, context))
    elif card.is_open:
        await context.reply(
            too_late(card, context), [[button(card.letter.title, f"letter:{slug}")]]
        )
    else:
        await context.reply(over(card, context), await related(card, context))


async def _below(card: LetterCard, context: Context) -> Buttons:
    return [*buttons(card, context), *(() if card.is_open else await related(card, context))]


async def _card(slug: str, context: Context) -> LetterCard | None:
    """None when something else was said in its place."""
    card = await context.services.letters.card(slug, context.supporter)
    language = context.supporter.language
    found = card and await context.services.cases.first_ended(card.cases, language)
    if found:
        await show_family(found, context)
    elif card is None or not is_shown(card.letter, context):
        await context.reply(no_such_letter(context), [[*to_petitions(context)]])
    else:
        return card
    return None


def register(app: App) -> None:
    slug = "(?P<slug>[a-z0-9-]{1,40})"
    app.add_handler(CallbackQueryHandler(list_letters, pattern=r"^letters:list$"))
    for act, run in (
        ("", open_letter),
        ("text:", forward),
        ("sent:", say_written),
        ("unsent:", take_back),
        ("remind:", remind),
        ("forgo:", forgo),
    ):
        app.add_handler(CallbackQueryHandler(run, pattern=rf"^letter:{act}{slug}$"))
