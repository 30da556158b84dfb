"""Giving and taking a role, and telling whom it concerns."""

from contextlib import suppress

from markupsafe import Markup
from telegram import Bot
from telegram.error import TelegramError

from bot.context import Context, Services
from bot.models import Appointment, Role
from handlers.admin.staff._people import announcement, name_of, note, shown
from handlers.menus import set_person


async def appoint(
    context: Context, person: int, role: Role, name: Markup | None = None
) -> tuple[Appointment, Markup]:
    """Give somebody a role, in the name of who sent the update; and what the group is to hear.

    Raises:
        NotAllowed, OutOfRank: Nothing was done.
    """
    services, bot, t = context.services, context.bot, context.t
    given = await services.staff.appoint(context.supporter.id, person, role)
    if name is None:
        name = await shown(bot, services, person, t)
    if given.before != given.role:
        await tell_person(bot, services, given)
    actor = name_of(context.incoming.effective_user)
    return given, announcement(actor, name, given, t)


async def tell_person(bot: Bot, services: Services, given: Appointment) -> None:
    """Her menu shows what she may do; she hears of it if she has started the bot."""
    await set_person(bot, services, given.person, given.role)
    t = services.catalogues[services.catalogues.first]
    with suppress(TelegramError):
        await bot.send_message(given.person, note(given.role, t))
