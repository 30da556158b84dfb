"""The picture of a draft."""

from telegram import Message

from bot.context import Context, button
from bot.delivery import rendering
from bot.errors import WordsRefused
from bot.models import Alert
from bot.services.alerts import Overview
from handlers.organiser import words
from handlers.organiser._card import show
from handlers.organiser.steps._common import at, finish, seen_revision, wait_for


async def ask_picture(alert: Alert, _: str, context: Context) -> None:
    t = context.t
    await wait_for(alert, "picture", context)
    rows = [[button(t("Back"), f"{at(alert)}:back")]]
    if alert.picture and alert.amends is None:  # Telegram lets nobody take it out again
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
    """Words under it are left out, since the draft may have others already."""
    file_id = words.picture(message)
    length = max((rendering.units(one.text) for one in alert.words.values()), default=0)
    most = rendering.longest_caption(alert)
    if length > most:
        raise WordsRefused(WordsRefused.NO_ROOM, length, most)
    seen = await put_picture(file_id, alert, context)
    if message.caption:
        await context.say(
            context.t(
                "I have taken the picture, without the words under it. The text of the draft is "
                "as it was; the button <b>Text</b> changes it."
            )
        )
    await finish(seen, context)


async def put_picture(file_id: str, alert: Alert, context: Context) -> Overview:
    return await context.services.drafts.picture(
        alert.id, seen_revision(context), context.supporter.id, file_id
    )
