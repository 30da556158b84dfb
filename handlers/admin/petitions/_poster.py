"""The QR code of a petition: a picture to look at, and the same as a file for the printer."""

import asyncio

from markupsafe import Markup
from telegram import InputFile

from bot.context import Buttons, Context, button
from bot.models import PetitionState
from bot.models.sharing import Kind, Target
from bot.services.petitions import Page
from bot.services.sharing import poster
from handlers.admin.petitions._spot import mark
from handlers.links import address
from handlers.supporter.petitions import STATES

_LISTED = 60  # newest last; a message takes a hundred buttons


async def choose(slug: str, context: Context) -> None:
    """Without the name of one, ask which."""
    desk, t = context.services.petition_desk, context.t
    if slug:
        await send(await desk.page(slug), context)
        return
    every = await desk.all()
    found = [one for one in every if one.standing.state is not PetitionState.WITHDRAWN]
    rows: Buttons = [
        [button(one.title, f"admin:p:qr:{mark(one.standing.slug)}:0:")] for one in found[-_LISTED:]
    ]
    asks = t("Which petition shall the poster lead to?")
    await context.reply(asks if rows else t("There are no petitions. /petition makes one."), rows)


async def send(page: Page, context: Context) -> None:
    t, chat = context.t, context.chat.id
    if page.standing.state is PetitionState.WITHDRAWN:
        context.anew()
        await context.reply(t("This petition was withdrawn, so there is no poster for it."))
        return
    target = Target(Kind.PETITION, page.slug)
    link, code = (
        address(context.bot.username, target.payload),
        context.services.sharing.code(target),
    )
    picture = await asyncio.to_thread(poster, link, code)
    caption = _caption(page, link, code, context)
    await context.bot.send_photo(chat, InputFile(picture, f"{page.slug}.png"), caption=caption)
    await context.send_file(
        InputFile(picture, f"{page.slug}.png"),
        t("The same for the printer: 20 cm wide, sharp, nothing lost on the way."),
    )


def _caption(page: Page, link: str, code: str, context: Context) -> Markup:
    t = context.t
    text = t(
        "<b>{title}</b>\n\nThe picture leads to {link}\n\nWhoever cannot scan it writes "
        "<code>{code}</code> to {bot}: print that name beside it. The code stands in the picture, "
        "and stays the same as long as the petition has its name.",
        title=page.title,
        link=link,
        code=code,
        bot=f"@{context.bot.username}",
    )
    if page.standing.state is PetitionState.OPEN:
        return text
    now = t(
        "<b>Now it is {state}</b>, so nobody can sign there at the moment.",
        state=t(STATES[page.standing.state]),
    )
    return Markup("\n\n").join((text, now))
