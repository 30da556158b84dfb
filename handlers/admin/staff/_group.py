"""/staff in the admin group: the list, adding, and removing."""

from markupsafe import Markup
from telegram import (
    Message,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
)
from telegram.ext import CallbackQueryHandler

from bot.context import App, Buttons, Context, button
from bot.i18n import Translator
from bot.models import Member, Role
from handlers.admin.gate import admin_group
from handlers.admin.staff._appointing import appoint
from handlers.admin.staff._links import offer
from handlers.admin.staff._people import ROLES, is_person, role_name, shown

REMOVE = "remove"
_LISTED = 20  # with long names, as many as fit into one message
_GIVEN = {**ROLES, REMOVE: Role.SUPPORTER}


@admin_group(Role.ADMIN)
async def staff(update: Update, context: Context) -> None:
    """`/staff`, `/staff organiser 123`, `/staff organiser link`, `/staff remove` as a reply …"""
    words = [word.casefold() for word in context.args or ()]
    role = _GIVEN.get(words[0]) if words else None
    whom = words[1] if len(words) == 2 else ""
    if not words:
        await _list(context)
    elif role is None or len(words) > 2:
        await context.say(_usage(context.t))
    elif whom == "link" and role is not Role.SUPPORTER:
        await offer(role, context)
    elif whom:
        await _by_number(whom, role, context)
    else:
        await _by_reply(update.message, role, context)


async def _list(context: Context) -> None:
    t, services = context.t, context.services
    found = await services.staff.everybody()
    everybody, more = found[:_LISTED], len(found) - _LISTED
    names = {one.id: await shown(context.bot, services, one.id, t) for one in everybody}
    lines = [
        t("• {name} – {role}", name=names[one.id], role=role_name(one.role, t)) for one in everybody
    ]
    if more > 0:
        lines.append(
            t(
                "and {more} more, whom <code>/staff remove</code> with their number takes off",
                more=t.number(more),
            )
        )
    await context.reply(
        t("<b>Staff</b>\n{lines}\n\n{usage}", lines=Markup("\n").join(lines), usage=_usage(t)),
        [
            [button(_remove(names[one.id], t), f"admin:staff:remove:{one.pseudonym}")]
            for one in everybody
            if one.role < context.role
        ],
    )


def _remove(name: Markup, t: Translator) -> str:
    return t("Remove {name}", name=name).unescape()


def _usage(t: Translator) -> Markup:
    return t(
        "To add somebody as viewer, organiser or admin:\n"
        "• answer a message of theirs with <code>/staff organiser</code>\n"
        "• or write <code>/staff organiser 123456789</code> (/id tells people their number)\n"
        "• or write <code>/staff organiser link</code>: I make a link that one person can use "
        "within an hour\n"
        "• or send /staff in our private chat, and choose people from a list\n\n"
        "To take somebody off: <code>/staff remove</code>, as an answer or with a number."
    )


async def _by_number(whom: str, role: Role, context: Context) -> None:
    t = context.t
    if whom.startswith("@"):
        await context.say(
            t(
                "Telegram does not let me look people up by their @name. Use the number that /id "
                "tells them, or <code>/staff organiser link</code>."
            )
        )
    elif not (whom.isascii() and whom.isdigit()) or not await is_person(context.bot, int(whom)):
        await context.say(
            t("That is not the number of a person. /id in a private chat with me tells it.")
        )
    else:
        _, told = await appoint(context, int(whom), role)
        await context.say(told)


async def _by_reply(message: Message | None, role: Role, context: Context) -> None:
    answered = message.reply_to_message if message else None
    if answered is None or answered.forum_topic_created:  # in a topic all is an answer to its start
        await context.say(_usage(context.t))
    elif isinstance(answered.forward_origin, MessageOriginHiddenUser):
        await context.say(
            context.t(
                "Whoever wrote that message hides their account when they are forwarded, so I "
                "cannot tell who it is. <code>/staff organiser link</code> makes a link to send "
                "them."
            )
        )
    elif (person := _writer(answered)) is None:
        await context.say(context.t("That was not written by a person, so nothing was changed."))
    else:
        _, told = await appoint(context, person, role)
        await context.say(told)


def _writer(message: Message) -> int | None:
    """Who wrote a message, or the one that it is a forward of; None for bots, groups, channels."""
    origin, user = message.forward_origin, message.from_user
    if isinstance(origin, MessageOriginUser):
        user = origin.sender_user
    elif origin is not None or message.sender_chat is not None:
        return None
    return None if user is None or user.is_bot else user.id


@admin_group(Role.ADMIN)
async def ask_removal(_: Update, context: Context) -> None:
    member = await _tapped(context)
    if member is None:
        await _list(context)
        return
    t = context.t
    name = await shown(context.bot, context.services, member.id, t)
    buttons: Buttons = [
        [button(_remove(name, t), f"admin:staff:gone:{member.pseudonym}")],
        [button(t("Keep"), "admin:staff:list")],
    ]
    role = role_name(member.role, t)
    await context.reply(t("Take {name} ({role}) off the staff?", name=name, role=role), buttons)


@admin_group(Role.ADMIN)
async def remove(_update: Update, context: Context) -> None:
    """Tapped twice, the second time changes nothing."""
    member = await _tapped(context)
    if member is None:
        await _list(context)
        return
    _, told = await appoint(context, member.id, Role.SUPPORTER)
    await context.reply(told)


@admin_group(Role.ADMIN)
async def show_list(_: Update, context: Context) -> None:
    await _list(context)


async def _tapped(context: Context) -> Member | None:
    """Whom the button was for; None when she is gone already."""
    everybody = await context.services.staff.everybody()
    wanted = context.group("pseudonym")
    return next((one for one in everybody if one.pseudonym == wanted), None)


def register(app: App) -> None:
    for name, run in (("remove", ask_removal), ("gone", remove)):
        pattern = rf"^admin:staff:{name}:(?P<pseudonym>S-[0-9A-F]{{4}})$"
        app.add_handler(CallbackQueryHandler(run, pattern=pattern))
    app.add_handler(CallbackQueryHandler(show_list, pattern=r"^admin:staff:list$"))
