"""The text of a draft, in one language; a long one may come in pieces."""

from telegram import Message

from bot.context import Context, button
from bot.delivery import rendering
from bot.errors import WordsRefused
from bot.models import Alert
from handlers.organiser import words
from handlers.organiser._card import show
from handlers.organiser.steps._common import at, seen_revision, wait_for
from handlers.organiser.steps._picture import put_picture, take_picture

_FULL = 3_000  # characters from which on a client may have cut a longer text in two


async def ask_text(alert: Alert, language: str, context: Context) -> None:
    t = context.t
    if language not in context.services.catalogues:  # a forged button's
        await show(await context.services.drafts.overview(alert.id), context)
        return
    await wait_for(alert, f"text:{language}", context)
    rows = [[button(t("Back"), f"{at(alert)}:back")]]
    if language in alert.words and len(alert.words) > 1:
        rows.insert(0, [button(t("Take this text out"), f"{at(alert)}:notext:{language}")])
    await context.reply(
        t(
            "Write the text as it shall go out, in one message of {most} characters at most. Bold, "
            "italics and links stay as you set them.",
            most=t.number(rendering.longest_text(alert)),
        ),
        rows,
    )


async def drop_text(alert: Alert, language: str, context: Context) -> None:
    drafts, person = context.services.drafts, context.supporter.id
    await show(await drafts.unwrite(alert.id, alert.revision, person, language), context)


async def take_text(message: Message, alert: Alert, language: str, context: Context) -> None:
    """A photo with its caption is both at once."""
    revision = seen_revision(context)
    if message.photo:
        if not message.caption:
            await take_picture(message, alert, "", context)
            return
        await put_picture(words.picture(message), alert, context)
        revision += 1
    written = words.read(message)
    most = rendering.longest_text(alert) if not message.photo else rendering.longest_caption(alert)
    length = rendering.units(written.text)
    if length > most:
        raise WordsRefused(WordsRefused.TOO_LONG, length, most)
    seen = await context.services.drafts.write(
        alert.id, revision, context.supporter.id, language, written
    )
    await show(seen, context)
    if length >= _FULL:  # a next piece may follow at once
        await wait_for(seen.alert, f"more:{language}", context, length=length)
    else:
        await context.services.dialogs.close(context.supporter)


async def take_more(message: Message, alert: Alert, language: str, context: Context) -> None:
    """Words right behind a text that nearly fills a message: its second piece.

    A first piece alone must not go out, so it is taken out again.
    """
    assert context.dialog is not None
    drafts, person = context.services.drafts, context.supporter.id
    piece = rendering.units(message.text or "")
    length = context.dialog.data["length"] + piece
    if language in alert.words:
        alert = (await drafts.unwrite(alert.id, alert.revision, person, language)).alert
    step = "more" if piece >= _FULL else "text"  # behind a full piece there may be another one
    await wait_for(alert, f"{step}:{language}", context, length=length)
    raise WordsRefused(WordsRefused.IN_PIECES, length, rendering.longest_text(alert))
