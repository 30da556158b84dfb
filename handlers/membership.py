"""The bot is added to a group, blocked, or let in again."""

from telegram import Chat, ChatMember, ChatMemberUpdated, Update
from telegram.ext import ChatMemberHandler

from bot.context import App, Context
from handlers import admin
from handlers.supporter.numbers import group_number

_OUT = {ChatMember.LEFT, ChatMember.BANNED}


async def membership(update: Update, context: Context) -> None:
    change = update.my_chat_member
    assert change is not None
    if change.chat.type == Chat.PRIVATE:
        await _private(change, context)
    elif _has_joined(change):
        await _joined(change, context)


async def _private(change: ChatMemberUpdated, context: Context) -> None:
    """Blocked is unreachable, never erased."""
    if change.new_chat_member.status in _OUT:
        await context.services.supporters.blocked(change.from_user.id)
    else:
        await context.services.supporters.unblocked(change.from_user.id)


async def _joined(change: ChatMemberUpdated, context: Context) -> None:
    if change.chat.id == context.admin_chat:
        await context.say(admin.introduction(context.t))
    elif context.admin_chat is None:
        await context.say(group_number(context))
    else:
        await context.say(admin.elsewhere(context.t))


def _has_joined(change: ChatMemberUpdated) -> bool:
    was, now = change.old_chat_member.status, change.new_chat_member.status
    return was in _OUT and now not in _OUT


def register(app: App) -> None:
    app.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
