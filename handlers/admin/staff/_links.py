"""Links that make one person staff: made in the admin group, used in a private chat."""

from markupsafe import Markup
from telegram import Update
from telegram.error import BadRequest, Forbidden

from bot.context import Context
from bot.models import Appointment, Role
from handlers.admin.notices import tell
from handlers.admin.staff._people import announcement, name_of, note, role_name, shown
from handlers.menus import set_person


async def offer(role: Role, context: Context) -> None:
    """Make a link, told to its maker alone: whoever opens it first has the role.

    Raises:
        NotAllowed, OutOfRank: This role is not hers to give.
    """
    t, maker = context.t, context.supporter.id
    token = await context.services.staff.invite(maker, role)
    text = t(
        "Send this link to the one person it is for, and to nobody else. Within an hour it "
        "makes whoever opens it first a member of the staff (role: {role}):\n\n{link}",
        role=role_name(role, t),
        link=f"https://t.me/{context.bot.username}?start=staff-{token}",
    )
    try:
        await context.bot.send_message(maker, text)
    except (BadRequest, Forbidden):
        await context.say(
            t(
                "The link is for your eyes only, and I cannot write to you: open a chat with me, "
                "press Start, and ask again here."
            )
        )
        return
    await context.say(t("You have the link in your private chat with me."))


async def join(update: Update, token: str, context: Context) -> None:
    """Behind `t.me/<bot>?start=staff-<token>`.

    Raises:
        LinkVoid: The link gives nothing (any more).
    """
    services, bot, t = context.services, context.bot, context.t
    given, maker = await services.staff.join(context.supporter.id, token)
    if given.before == given.role:
        await context.say(
            t(
                "You have this role, or a higher one, already ({role}). The link was not used up.",
                role=role_name(given.role, t),
            )
        )
        return
    await set_person(bot, services, given.person, given.role)
    await context.say(note(given.role, t))
    await _announce(given, maker, name_of(update.effective_user), context)
    await services.staff.announced(given.person, token)


async def _announce(given: Appointment, maker: int, name: Markup, context: Context) -> None:
    """In the language of the admin group."""
    services, bot = context.services, context.bot
    t = services.catalogues[services.catalogues.first]
    told = announcement(await shown(bot, services, maker, t), name, given, t)
    await tell(bot, services, t("{told} It was done by a one-time link.", told=told))
