"""What people write to the team, and the team's answers; nobody here sees an account."""

from datetime import datetime

from markupsafe import Markup
from telegram import Bot, InlineKeyboardMarkup, Message, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.content.texts import utf16_units
from bot.context import App, Command, Context, Services, button
from bot.i18n import N_, Translator, own_direction
from bot.models import Relay, Role
from bot.services.contact import LONGEST, on_top_of
from handlers.admin.gate import admin_group
from handlers.admin.notices import tell
from handlers.voice import own_voice

_LISTED = 20


async def post(words: str, relay: Relay, bot: Bot, services: Services) -> bool:
    """Show the admin group what somebody wrote; False when it cannot be reached.

    The first line is what an answer is known by: `services.contact.on_top_of` reads it.
    """
    t = own_voice(services).t
    text = t(
        "#{alias}\n\n{words}\n\n<i>Whatever an admin writes as a reply to this message goes to "
        "the person, word for word. Nobody sees who it is. The alias ends on {day}.</i>",
        alias=relay.alias,
        words=own_direction(words),
        day=t.day(relay.ends_at, services.house.timezone),
    )
    no_more = button(t("Take no more messages"), f"admin:contact:ban:{relay.alias}")
    return await tell(bot, services, text, [[no_more]]) is not None


@admin_group(Role.ADMIN)
async def answer(update: Update, context: Context) -> None:
    """A reply to what somebody wrote: it reaches her as the team's."""
    message, meant = update.effective_message, _meant(update.effective_message)
    assert message is not None
    assert meant is not None  # the filter lets nothing else through
    t, relay = context.t, await context.services.contact.behind(*meant)
    if relay is None:
        await context.say(_ended(meant[0], t), quoting=True)
    elif message.text is None:
        await context.say(
            t("I can pass on words only, so #{alias} has not got this.", alias=relay.alias),
            quoting=True,
        )
    elif utf16_units(message.text) > LONGEST:
        await context.say(
            t(
                "This is longer than I can pass on at once, so #{alias} has not got it. Write it "
                "in several answers of at most {most} characters, please.",
                alias=relay.alias,
                most=t.number(LONGEST),
            ),
            quoting=True,
        )
    else:
        await context.say(await _deliver(message.text, relay, context), quoting=True)


@admin_group(Role.ADMIN)
async def ban(update: Update, context: Context) -> None:
    """`/ban` as a reply to what somebody wrote."""
    meant = _meant(update.effective_message)
    if meant is None:
        await context.say(
            context.t(
                "Reply with /ban to something that a person wrote to the team: then no more "
                "messages of theirs are passed on. /unban shows who is banned."
            )
        )
        return
    await _ban(*meant, context)


@admin_group(Role.ADMIN)
async def ban_by_button(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    assert query.message is not None  # it stands in a group
    context.anew()  # what the person wrote stays where it is
    await _ban(context.group("alias"), query.message.date, context)


@admin_group(Role.ADMIN)
async def unban(update: Update, context: Context) -> None:
    """`/unban` as a reply while the alias lives; alone it lists all bans, by their day."""
    meant, contact = _meant(update.effective_message), context.services.contact
    if meant is None:
        await _list(context)
    elif (relay := await contact.behind(*meant)) is None:
        await context.say(_ended(meant[0], context.t))
    else:
        found = await contact.ban_of(relay.person)
        await _lift(found.handle if found else "", context)


@admin_group(Role.ADMIN)
async def unban_by_button(_: Update, context: Context) -> None:
    await _lift(context.group("handle"), context)


async def _deliver(words: str, relay: Relay, context: Context) -> Markup:
    """Send the answer, and say what became of it."""
    services, t = context.services, context.t
    hers = services.catalogues[services.catalogues.released(relay.language)]
    keyboard = InlineKeyboardMarkup([[button(hers("Answer the team"), "contact:answer")]])
    text = hers("<b>The team answers you:</b>\n\n{words}", words=own_direction(words))
    try:
        await context.bot.send_message(relay.person, text, reply_markup=keyboard)
    except Forbidden:
        await services.supporters.blocked(relay.person)
        return t(
            "This did not reach #{alias}: Telegram no longer lets me write to this person.",
            alias=relay.alias,
        )
    except TelegramError:
        return t(
            "I could not make sure that this reached #{alias}: Telegram did not take it, or did "
            "not answer. Reply once more in a few minutes.",
            alias=relay.alias,
        )
    return t("This has reached #{alias}.", alias=relay.alias)


async def _ban(alias: str, written_at: datetime, context: Context) -> None:
    t, contact = context.t, context.services.contact
    relay = await contact.behind(alias, written_at)
    if relay is None:
        await context.reply(_ended(alias, t))
        return
    banned = await contact.ban(relay.person)
    await context.reply(
        t(
            "From now on nothing that #{alias} writes is passed on; they are told so when they "
            "try. An answer of yours still reaches them until the alias ends.",
            alias=alias,
        ),
        [[button(t("Take messages again"), f"admin:contact:unban:{banned.handle}")]],
    )


async def _list(context: Context) -> None:
    t, found = context.t, await context.services.contact.bans()
    if not found:
        await context.say(t("Everybody may write to the team: nobody is banned."))
        return
    zone = context.services.house.timezone
    text = t.n(
        "{n} person may not write to the team. Who they are is known to nobody here; whose "
        "messages shall be taken again?",
        "{n} people may not write to the team. Who they are is known to nobody here; whose "
        "messages shall be taken again?",
        len(found),
    )
    rows = [
        [
            button(
                t("Banned {moment}", moment=t.time(one.since, zone)).unescape(),
                _lifting(one.handle),
            )
        ]
        for one in found[:_LISTED]
    ]
    await context.say(text, rows)


def _lifting(handle: str) -> str:
    return f"admin:contact:unban:{handle}"


async def _lift(handle: str, context: Context) -> None:
    t = context.t
    if await context.services.contact.lift(handle):
        await context.reply(t("This person's messages are passed on again."))
    else:
        await context.reply(
            t("There is no such ban, so this person can write: it was lifted, or erased by them.")
        )


def _ended(alias: str, t: Translator) -> Markup:
    return t(
        "The alias #{alias} has ended, and nobody knows any more who it was: nothing was done. "
        "An alias lives for a week, and ends before that when the person says so.",
        alias=alias,
    )


def _meant(message: Message | None) -> tuple[str, datetime] | None:
    """The alias that a reply is about, and when the message it answers was written."""
    asked = message.reply_to_message if message else None
    if message is None or asked is None or asked.from_user is None:
        return None
    is_ours = asked.from_user.id == message.get_bot().id
    alias = on_top_of(asked.text or "") if is_ours else None
    return (alias, asked.date) if alias else None


class _ToAlias(filters.MessageFilter):
    """A reply to a message that stands under an alias; all other talk is no business of ours."""

    def filter(self, message: Message) -> bool:
        return _meant(message) is not None


COMMANDS = (
    Command("ban", N_("Take no more messages from somebody (as a reply)"), ban),
    Command("unban", N_("Take somebody's messages again"), unban),
)


def register(app: App) -> None:
    alias, handle = "(?P<alias>[a-z]{1,16}_[a-z]{1,16})", "(?P<handle>[0-9a-f]{8})"
    app.add_handler(CallbackQueryHandler(ban_by_button, rf"^admin:contact:ban:{alias}$"))
    app.add_handler(CallbackQueryHandler(unban_by_button, rf"^admin:contact:unban:{handle}$"))
    replies = filters.ChatType.GROUPS & filters.REPLY & ~filters.COMMAND & _ToAlias()
    app.add_handler(MessageHandler(replies, answer))
