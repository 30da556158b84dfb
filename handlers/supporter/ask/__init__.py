"""Questions: in free text, by /ask, and by the buttons that lead to every passage."""

import asyncio
import re

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.content import Meta, Passage
from bot.content.texts import utf16_units
from bot.context import App, Command, Context
from bot.i18n import N_
from bot.services.explainer import Reply
from bot.services.questions import kept_words
from handlers.supporter.ask import _declines as declines
from handlers.supporter.ask import _found as found
from handlers.supporter.ask import _tongue as tongue
from handlers.supporter.ask._subjects import show, show_passage, show_subject, show_subjects
from handlers.supporter.ask._tongue import LANGUAGE, in_its_language, speak
from handlers.supporter.ask._words import (
    all_subjects,
    doors,
    filled,
    open_text,
    support_card,
    sure,
    to_a_person,
    too_long,
    what_is_kept,
)
from handlers.supporter.near import with_near
from handlers.supporter.quiet import invites, uninviting

__all__ = [
    "COMMANDS",
    "LANGUAGE",
    "answer",
    "ask",
    "in_its_language",
    "look_up",
    "register",
    "show",
    "speak",
    "support",
]

_SPLIT = 4_000  # UTF-16 units: clients cut what is longer than 4096, some of them at a space
_COMMAND = re.compile(r"/\w+(@\w+)?\s+")
_SUPPORT_IN = re.compile(r"/support_(?P<language>[a-z]+)")


async def ask(update: Update, context: Context) -> None:
    """`/ask` shows the subjects; with words behind it, it answers them."""
    words = " ".join(context.args or ())
    if not words:
        await show_subjects(update, context)
        return
    await answer(words, await look_up(words, context), context)


async def look_up(words: str, context: Context) -> Reply:
    """What the explainer says; in a thread, since a long message takes it a while."""
    today, person = context.services.now().date(), context.supporter
    explain = context.services.explainer.ask
    return await asyncio.to_thread(explain, words, person.language, today, person.last_read)


async def support(context: Context, reply: Reply | None = None) -> None:
    """The support card, alone: nothing to sign, nothing to share, nothing kept.

    It ends an open dialog, which would keep what the person writes next. For an hour nothing
    comes by itself; what says so is the same as for anybody who asks to be left in peace.
    """
    if context.dialog is not None:
        await context.services.dialogs.close(context.supporter)
    if reply is not None:
        speak(reply.language, context)
    await context.say(support_card(context), to_a_person(context), insist=True)
    context.supporter = await context.services.supporters.leave_in_peace(context.supporter)
    context.supporter = await context.services.reading.left(context.supporter)


async def answer(words: str, reply: Reply, context: Context) -> None:
    """Say what the explainer found, or honestly that it found nothing."""
    if reply.kind == "support":
        await support(context, reply)
        return
    speak(reply.language, context)
    match reply.kind, reply.text:
        case _ if utf16_units(words) >= _SPLIT:
            await tongue.say(with_near(too_long(context), context), (), context)
        case "decline", _ if reply.reason == "follow_up":
            await declines.say_unclear(context)
        case "answer" | "meta", Passage() | Meta() as text:
            await found.say_foremost((text, *reply.also), context)
        case "suggest", _:
            await _suggest(reply, context)
        case "smalltalk", text if text is not None:
            said = filled(uninviting(text.body, context), context)
            await tongue.say(said, doors(context), context)
        case _:
            await declines.decline(reply, context)


async def _suggest(reply: Reply, context: Context) -> None:
    if reply.reason == "follow_up":
        linked = (text for text in reply.options if isinstance(text, Passage))
        rows = [[open_text(text, context)] for text in linked if not invites(text, context)]
        text = with_near(context.t("This is linked to what you have just read:"), context)
        await tongue.say(text, [*rows, [all_subjects(context)]], context)
        return
    await found.say_choices(reply.options, context)
    context.supporter = await context.services.reading.left(context.supporter)


async def pass_on(_: Update, context: Context) -> None:
    """Keep the question that the tapped message quotes: nobody had to keep it until this yes.

    It is kept as it stands there; where something would be left out, that is shown first.
    """
    words = _quoted(context)
    reply = await look_up(words, context) if words else None
    if reply is None or reply.kind == "support":
        await context.reply(
            context.t("I cannot see your question any more. Write it again, please.")
        )
        return
    kept = kept_words(words)
    if kept != " ".join(words.split()) and context.group("how") != "sure":
        await context.reply(what_is_kept(kept, context), sure(context))
        return
    under = context.chat.id, context.message_id
    await context.services.questions.keep(reply.language, words, under)
    await context.reply(
        context.t(
            "Passed on, without your name or number. The team sees it among others and may write "
            "an answer for everybody, or keep its wording as one by which an answer is found. "
            "Otherwise it is deleted after 30 days.\n\n"
            "For an answer to you in person: /contact"
        )
    )


def _quoted(context: Context) -> str:
    """The question under which the tapped message stands, without the command before it."""
    message = context.incoming.effective_message
    asked = message.reply_to_message if isinstance(message, Message) else None
    return _COMMAND.sub("", (asked.text or asked.caption or "") if asked else "", count=1)


async def show_support(update: Update, context: Context) -> None:
    """`/support`, the line under answers: in no menu, where others would see it.

    Under an answer in another language it is `/support_fr` and the like.
    """
    message = update.effective_message
    wished = _SUPPORT_IN.match((message.text or "") if message else "")
    if wished:
        speak(wished["language"], context)
    await support(context)


COMMANDS = (
    Command("ask", N_("Ask a question, or choose a subject"), ask),
    Command("support", "", show_support),
)


def register(app: App) -> None:
    spoken = app.bot_data["services"].catalogues
    commands = [f"support_{language}" for language in spoken]
    app.add_handler(CommandHandler(commands, show_support, filters.ChatType.PRIVATE))
    for pattern, handler in (
        ("subjects", show_subjects),
        ("subject:(?P<slug>[a-z0-9-]+)", show_subject),
        ("passage:(?P<name>[a-z0-9-]+)", show_passage),
        (f"pick{found.MARKS}", found.show_foremost),
        (f"else{found.MARKS}", found.show_others),
        (f"choose{found.MARKS}", found.show_choices),
        (f"none{found.MARKS}", found.show_none),
        ("(?P<how>pass|sure)", pass_on),
    ):
        whole = f"^ask:{pattern}{LANGUAGE}"
        app.add_handler(CallbackQueryHandler(in_its_language(handler), whole))
    app.add_handler(CallbackQueryHandler(tongue.keep, r"^ask:always:(?P<language>[a-z]+)$"))
