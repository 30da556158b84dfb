"""/staff in an admin's private chat: choose people from one's contacts."""

from collections.abc import Sequence

from markupsafe import Markup
from telegram import (
    KeyboardButton,
    KeyboardButtonRequestUsers,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    SharedUser,
    Update,
)
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.context import App, Context, button
from bot.errors import OutOfRank
from bot.models import Role
from handlers.admin.gate import private
from handlers.admin.notices import tell
from handlers.admin.staff._appointing import appoint
from handlers.admin.staff._people import ROLES, is_person, isolated, role_name
from handlers.errors import explain

MOST = 10  # people at a time


@private(Role.ADMIN)
async def choose_role(_: Update, context: Context) -> None:
    t = context.t
    roles = [role for role in (Role.VIEWER, Role.ORGANISER, Role.ADMIN) if role < context.role]
    await context.reply(
        t("Which role shall they have? I tell the admin group whom you add."),
        [
            [button(role_name(role, t).unescape(), f"staff:pick:{role.name.lower()}")]
            for role in roles
        ],
    )


@private(Role.ADMIN)
async def offer_list(update: Update, context: Context) -> None:
    """Only a keyboard below the text field can open Telegram's list of people."""
    role, t = ROLES[context.group("role")], context.t
    if role >= context.role:
        raise OutOfRank
    assert update.callback_query is not None
    await context.acknowledge(update.callback_query)
    people = KeyboardButtonRequestUsers(
        request_id=int(role), user_is_bot=False, max_quantity=MOST, request_name=True
    )
    choose = KeyboardButton(t("Choose people").unescape(), request_users=people)
    await context.bot.send_message(
        context.chat.id,
        t(
            "Press “Choose people” below the text field, and pick up to {most}. Role: {role}.",
            most=MOST,
            role=role_name(role, t),
        ),
        reply_markup=ReplyKeyboardMarkup([[choose]], resize_keyboard=True, one_time_keyboard=True),
    )


@private(Role.ADMIN)
async def add_chosen(update: Update, context: Context) -> None:
    """The list carries the role in its number; whether it may be given is asked again."""
    assert update.message is not None
    assert update.message.users_shared is not None
    shared = update.message.users_shared
    role = next((role for role in set(ROLES.values()) if role == shared.request_id), None)
    told = [] if role is None else await _add(shared.users, role, context)
    await context.bot.send_message(
        context.chat.id,
        Markup("\n").join(told) or context.t("Nobody was added."),
        reply_markup=ReplyKeyboardRemove(),
    )


async def _add(users: Sequence[SharedUser], role: Role, context: Context) -> list[Markup]:
    """One sentence for each; the admin group hears of those whose role has changed."""
    told, news = [], []
    for user in users:
        name = isolated(user.full_name) if user.full_name else None
        if not await is_person(context.bot, user.user_id):
            told.append(context.t("That was not a person, so nothing was changed."))
            continue
        try:
            given, sentence = await appoint(context, user.user_id, role, name)
        except OutOfRank as error:
            told.append(explain(error, context.t) or Markup())
            continue
        told.append(sentence)
        if given.before != given.role:
            news.append(sentence)
    if news:
        await tell(context.bot, context.services, Markup("\n").join(news))
    return told


def register(app: App) -> None:
    """Before the commands of the admin group, of which one has the same name."""
    app.add_handler(CommandHandler("staff", choose_role, filters.ChatType.PRIVATE))
    pattern = r"^staff:pick:(?P<role>viewer|organiser|admin)$"
    app.add_handler(CallbackQueryHandler(offer_list, pattern=pattern))
    app.add_handler(MessageHandler(filters.StatusUpdate.USERS_SHARED, add_chosen))
