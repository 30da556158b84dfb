"""What people write to the team as the group sees it, and the way back of an answer."""

from datetime import datetime

from markupsafe import Markup
from telegram import Bot, InlineKeyboardMarkup, Message, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import filters

from bot.content.texts import utf16_units
from bot.context import Context, Services, button
from bot.i18n import Translator, own_direction
from bot.models import Relay, Role
from bot.services.contact import LONGEST, on_top_of
from handlers.admin.gate import admin_group
from handlers.admin.notices import tell
from handlers.voice import own_voice


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
    message, about = update.effective_message, meant(update.effective_message)
    assert message is not None
    assert about is not None  # the filter lets nothing else through
    t, relay = context.t, await context.services.contact.behind(*about)
    if relay is None:
        await context.say(ended(about[0], t), quoting=True)
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


async def _deliver(words: str, relay: Relay, context: Context) -> Markup:
    """Send the answer, and say what became of it."""
    services, t = context.services, context.t
    hers = services.catalogues[services.catalogues.released(relay.language)]
    try:
        await context.bot.send_message(
            relay.person, _answered(words, hers), reply_markup=_answer_back(hers)
        )
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


def _answered(words: str, t: Translator) -> Markup:
    return t("<b>The team answers you:</b>\n\n{words}", words=own_direction(words))


def _answer_back(t: Translator) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button(t("Answer the team"), "contact:answer")]])


def ended(alias: str, t: Translator) -> Markup:
    return t(
        "The alias #{alias} has ended, and nobody knows any more who it was: nothing was done. "
        "An alias lives for a week, and ends before that when the person says so.",
        alias=alias,
    )


def meant(message: Message | None) -> tuple[str, datetime] | None:
    """The alias that a reply is about, and when the message it answers was written."""
    asked = message.reply_to_message if message else None
    if message is None or asked is None or asked.from_user is None:
        return None
    is_ours = asked.from_user.id == message.get_bot().id
    alias = on_top_of(asked.text or "") if is_ours else None
    return (alias, asked.date) if alias else None


class ToAlias(filters.MessageFilter):
    """A reply to a message that stands under an alias; all other talk is no business of ours."""

    def filter(self, message: Message) -> bool:
        return meant(message) is not None
