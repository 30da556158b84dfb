"""What people of the staff are called, and what is said when a role is given or taken."""

from contextlib import suppress

from markupsafe import Markup
from telegram import Bot, Chat, User
from telegram.error import TelegramError

from bot.context import Services
from bot.i18n import Translator, own_direction
from bot.models import Appointment, Role
from bot.settings import NOBODY

ROLES = {
    "viewer": Role.VIEWER,
    "organiser": Role.ORGANISER,
    "organizer": Role.ORGANISER,
    "admin": Role.ADMIN,
}


def role_name(role: Role, t: Translator) -> Markup:
    match role:
        case Role.OWNER:
            return t("owner")
        case Role.ADMIN:
            return t("admin")
        case Role.ORGANISER:
            return t("organiser")
        case Role.VIEWER:
            return t("viewer")
    return t("supporter")


async def shown(bot: Bot, services: Services, person: int, t: Translator) -> Markup:
    """Somebody's name as Telegram has it at this moment: it is never stored."""
    name = await full_name(bot, person, await services.staff.admin_chat())
    if name:
        return isolated(name)
    pseudonym = await services.staff.pseudonym(person)
    return t("{person} ({pseudonym})", person=person, pseudonym=pseudonym)


async def full_name(bot: Bot, person: int, group: int | None) -> str | None:
    """None for somebody who has never met the bot, neither alone nor in the admin group."""
    with suppress(TelegramError):
        return (await bot.get_chat(person)).full_name
    if group is not None:
        with suppress(TelegramError):
            return (await bot.get_chat_member(group, person)).user.full_name
    return None


def name_of(user: User | None) -> Markup:
    assert user is not None  # `handlers.identify` lets nobody else through
    return isolated(user.full_name)


def isolated(name: str) -> Markup:
    return Markup("{}").format(own_direction(name))


async def is_person(bot: Bot, number: int) -> bool:
    """False for groups, for bots that the bot knows, and for Telegram's own accounts."""
    if not 0 < number < 2**52 or number in NOBODY or number == bot.id:
        return False
    try:
        return (await bot.get_chat(number)).type == Chat.PRIVATE
    except TelegramError:  # most often they have never met, and the number may be right
        return True


def announcement(actor: Markup, name: Markup, given: Appointment, t: Translator) -> Markup:
    """What the admin group is told."""
    if given.before == given.role:
        return _already(name, given.role, t)
    match given.role:
        case Role.SUPPORTER:
            return t("{actor} took {name} off the staff.", actor=actor, name=name)
        case Role.VIEWER:
            return t("{actor} made {name} a viewer.", actor=actor, name=name)
        case Role.ORGANISER:
            return t("{actor} made {name} an organiser.", actor=actor, name=name)
    return t("{actor} made {name} an admin.", actor=actor, name=name)


def _already(name: Markup, role: Role, t: Translator) -> Markup:
    if role is Role.SUPPORTER:
        return t("{name} is not on the staff.", name=name)
    return t("Nothing changes: {name} is {role} already.", name=name, role=role_name(role, t))


def note(role: Role, t: Translator) -> Markup:
    """What she herself is told."""
    match role:
        case Role.SUPPORTER:
            return t("You are no longer on the staff of this bot. All else stays as it was.")
        case Role.VIEWER:
            return t(
                "You are a viewer now: in the admin group you can ask me how things stand. "
                "/help there says for what."
            )
        case Role.ORGANISER:
            return t(
                "You are an organiser now: you can write alerts and updates here. The menu beside "
                "the text field shows how."
            )
    return t(
        "You are an admin now: you approve alerts in the admin group and say who is on the staff. "
        "The menu beside the text field shows how."
    )
