"""The picture of a draft."""

from telegram import Message

from bot.context import Context, button
from bot.delivery import rendering
from bot.errors import WordsRefused
from bot.models import Alert
from handlers.organiser import words
from handlers.organiser._card import show
from handlers.organiser.steps._common import at, finish, seen_revision, wait_for


async def ask_picture(alert: Alert, _: str, context: Context) -> None:
    t = context.t
    await wait_for(alert, "picture", context)
    rows = [[button(t("Back"), f"{at(alert)}:back")]]
    if alert.picture:
        rows.insert(0, [button(t("Take the picture out"), f"{at(alert)}:nopicture")])
    await context.reply(
        t(
            "Send one picture, as a photo. The text may then have 1,024 characters. Show nobody "
            "who has not agreed to it, and nothing that tells where somebody is."
        ),
        rows,
    )


async def drop_picture(alert: Alert, _: str, context: Context) -> None:
    drafts, person = context.services.drafts, context.supporter.id
    await show(await drafts.picture(alert.id, alert.revision, person, None), context)


async def take_picture(message: Message, alert: Alert, _: str, context: Context) -> None:
    file_id = words.picture(message)
    length = max((rendering.units(one.text) for one in alert.words.values()), default=0)
    if length > rendering.LONGEST_CAPTION and not message.caption:
        raise WordsRefused(WordsRefused.NO_ROOM, length, rendering.LONGEST_CAPTION)
    seen = await context.services.drafts.picture(
        alert.id, seen_revision(context), context.supporter.id, file_id
    )
    if not message.caption:
        await finish(seen, context)
