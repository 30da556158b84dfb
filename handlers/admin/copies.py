"""The admin group and the owners hear of a copied database, and of somebody else with the token."""

import logging

from markupsafe import Markup
from telegram import Bot
from telegram.error import TelegramError

from bot.context import Services, button
from bot.i18n import Translator
from bot.services.copies import Copy
from handlers.admin.notices import tell
from handlers.voice import own_voice

log = logging.getLogger(__name__)


async def tell_copied(bot: Bot, services: Services) -> None:
    """Once, and where nobody could be told again in a while."""
    copy = await services.copies.untold()
    if copy is None:
        return
    t = own_voice(services).t
    text = found(copy, t)
    go_on = [[button(t("Let sends go on (owners)"), "admin:unfreeze")]]
    in_group = await tell(bot, services, text, go_on) is not None
    if await _tell_owners(bot, services, text) or in_group:
        await services.copies.told()
    else:
        services.copies.postpone()


async def tell_another_polls(bot: Bot, services: Services) -> None:
    """Once a day, as long as it goes on: both get the updates by turns, and it ends for moments."""
    if await services.updates.is_rival_known():
        return
    t = own_voice(services).t
    text = t(
        "<b>Another program fetches this bot's messages.</b> It uses the same token, so some of "
        "what people write reaches it and not me, and they may wait for an answer in vain.\n\n"
        "If your team has started a second Vigil, or another program with this token, end one of "
        "the two. If nobody knows of any, somebody else has the token: ask @BotFather for a new "
        "one with /revoke, put it into VIGIL_BOT_TOKEN and start me again."
    )
    if await tell(bot, services, text) is not None:
        await services.updates.rival_told()


async def _tell_owners(bot: Bot, services: Services, text: Markup) -> bool:
    """In their own chats; says whether any of them could be told."""
    reached = False
    for owner in sorted(services.staff.owners):
        try:
            await bot.send_message(owner, text)
            reached = True
        except TelegramError as error:
            log.warning("an owner could not be told: %s", type(error).__name__)
    return reached


def found(copy: Copy, t: Translator) -> Markup:
    parts = (_what(copy, t), *_again(copy, t), _choice(t))
    return Markup("\n\n").join(parts)


def _what(copy: Copy, t: Translator) -> Markup:
    if copy.has_marker:
        return t(
            "<b>This is not the database that I ran with last.</b> It has been restored from a "
            "backup, or copied. So that nobody gets anything twice, no alert and no update goes "
            "out. I go on answering people."
        )
    return t(
        "<b>This database may be a copy.</b> The file beside its key, by which I tell it from "
        "one, is not there: so it is after a move to another computer or folder, too. So that "
        "nobody gets anything twice, no alert and no update goes out. I go on answering people."
    )


def _again(copy: Copy, t: Translator) -> list[Markup]:
    """Of what people had asked for since."""
    said = []
    if copy.stopped:
        said.append(
            t.n(
                "{n} person had stopped messages since; I have stopped them again.",
                "{n} people had stopped messages since; I have stopped them again.",
                copy.stopped,
            )
        )
    if copy.unsigned:
        said.append(
            t.n(
                "{n} signature had been taken back since; I have taken it back again.",
                "{n} signatures had been taken back since; I have taken them back again.",
                copy.unsigned,
            )
        )
    if copy.erased:
        said.append(
            t.n(
                "{n} person had been erased since; I have erased that person again.",
                "{n} people had been erased since; I have erased them again.",
                copy.erased,
            )
        )
    return [Markup("\n").join(said)] if said else []


def _choice(t: Translator) -> Markup:
    return t(
        "An owner decides. If this is the database to go on with, and no other Vigil runs on "
        "another copy of it, /unfreeze in the admin group lets sends go on; what should have gone "
        "out more than 15 minutes ago is held back even then, and asks first. If it is not, end me "
        "and put the right one in its place."
    )
