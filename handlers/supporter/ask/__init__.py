"""Questions: in free text, by /ask, and by the buttons that lead to every passage."""

import asyncio
import re
from collections.abc import Iterable

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.content import Meta, Passage
from bot.content.texts import utf16_units
from bot.context import App, Command, Context, button
from bot.i18n import N_
from bot.services.explainer import Reply
from handlers.review import is_shown, withheld
from handlers.supporter.ask._words import (
    action,
    also,
    being_checked,
    doors,
    filled,
    language_of,
    no_answer,
    open_text,
    passage_text,
    support_card,
    texts,
    to_a_person,
    too_long,
    ways_on,
    with_near,
)
from handlers.supporter.quiet import invites, uninviting

_SPLIT = 4_000  # UTF-16 units: clients cut what is longer than 4096, some of them at a space
_COMMAND = re.compile(r"/\w+(@\w+)?\s+")


async def ask(update: Update, context: Context) -> None:
    """`/ask` shows the subjects; with words behind it, it answers them."""
    words = " ".join(context.args or ())
    if not words:
        await show_subjects(update, context)
        return
    await answer(words, await look_up(words, context), context)


async def look_up(words: str, context: Context) -> Reply:
    """What the explainer says; in a thread, since a long message takes it a while."""
    today, language = context.services.now().date(), context.supporter.language
    return await asyncio.to_thread(context.services.explainer.ask, words, language, today)


async def support(context: Context, reply: Reply | None = None) -> None:
    """The support card, alone: nothing to sign, nothing to share, nothing kept.

    It ends an open dialog, which would keep what the person writes next. For an hour nothing
    comes by itself; what says so is the same as for anybody who asks to be left in peace.
    """
    if context.dialog is not None:
        await context.services.dialogs.close(context.supporter)
    language = language_of(reply, context)
    card, ways = support_card(language, context), to_a_person(language, context)
    await context.say(card, ways, insist=True)
    context.supporter = await context.services.supporters.leave_in_peace(context.supporter)


async def answer(words: str, reply: Reply, context: Context) -> None:
    """Say what the explainer found, or honestly that it found nothing."""
    match reply.kind, reply.text:
        case "support", _:
            await support(context, reply)
        case _ if utf16_units(words) >= _SPLIT:
            await context.say(too_long(context))
        case "answer", Passage() as passage:
            await context.say(passage_text(passage, context), also(reply.also, passage, context))
        case "suggest", _:
            await _suggest(reply.options, context)
        case "meta", Meta() as text:
            await context.say(filled(text.body, context), action(text, context))
        case "smalltalk", text if text is not None:
            await context.say(filled(uninviting(text.body, context), context), doors(context))
        case _:
            await _decline(reply, context)


async def show_subjects(_: Update, context: Context) -> None:
    buttons = [
        [button(subject.title, f"ask:subject:{subject.slug}")]
        for subject in texts(context).subjects
    ]
    await context.reply(
        context.t("Write your question in your own words, or choose a subject:"), buttons
    )


async def show_subject(update: Update, context: Context) -> None:
    slug = context.group("slug")
    found = [subject for subject in texts(context).subjects if subject.slug == slug]
    if not found:
        await show_subjects(update, context)
        return
    t, subject = context.t, found[0]
    rows = [[open_text(passage)] for passage in subject.passages if is_shown(passage, context)]
    words = t("Choose what you want to read:") if rows else being_checked(context)
    await context.reply(
        t("<b>{subject}</b>\n\n{words}", subject=subject.title, words=words),
        [*rows, [button(t("All subjects"), "go:ask")]],
    )


async def show(name: str, context: Context) -> None:
    """A passage by its name, from a button or a link; says so when there is none any more."""
    passage = texts(context).passages.get(name)
    if passage is None or not is_shown(passage, context):
        await context.reply(
            withheld(passage, context)
            if passage
            else context.t("There is no such text any more. The subjects lead to all others."),
            [[button(context.t("All subjects"), "go:ask")]],
        )
        return
    related = [texts(context).passages[other] for other in passage.related]
    await context.reply(passage_text(passage, context), also(related, passage, context))


async def show_passage(_: Update, context: Context) -> None:
    await show(context.group("name"), context)


async def show_meta(update: Update, context: Context) -> None:
    text = texts(context).meta.get(context.group("name"))
    if text is None:
        await show_subjects(update, context)
        return
    await context.reply(filled(text.body, context), action(text, context))


async def none_of_these(_: Update, context: Context) -> None:
    await context.reply(with_near(no_answer(context), context), ways_on(context))


async def pass_on(_: Update, context: Context) -> None:
    """Keep the question that the tapped message quotes: nobody had to keep it until this yes."""
    words = _quoted(context)
    if not words or (await look_up(words, context)).kind == "support":
        await context.reply(
            context.t("I cannot see your question any more. Write it again, please.")
        )
        return
    under = context.chat.id, context.message_id
    await context.services.questions.keep(context.supporter.language, words, under)
    await context.reply(
        context.t(
            "Passed on, without your name or number. The team sees it among others and may write "
            "an answer for everybody. It is deleted after 30 days.\n\n"
            "For an answer to you in person: /contact"
        )
    )


def _quoted(context: Context) -> str:
    """The question under which the tapped message stands, without the command before it."""
    message = context.incoming.effective_message
    asked = message.reply_to_message if isinstance(message, Message) else None
    return _COMMAND.sub("", (asked.text or asked.caption or "") if asked else "", count=1)


async def _suggest(options: Iterable[Passage | Meta], context: Context) -> None:
    rows = [[open_text(option)] for option in options if not invites(option, context)]
    if not rows:
        await _without_answer(no_answer(context), context)
        return
    rows.append([button(context.t("None of these"), "ask:none")])
    text = with_near(context.t("Did you mean one of these?"), context)
    await context.say(text, rows, quoting=True)


async def _decline(reply: Reply, context: Context) -> None:
    if reply.reason == "no_words":
        only = context.t("I can only read words. Write your question as a sentence, please.")
        await context.say(with_near(only, context))
    elif reply.text is not None:
        await _without_answer(filled(reply.text.body, context), context)
    elif reply.withheld is not None:
        await _without_answer(withheld(reply.withheld, context), context)
    else:
        await _without_answer(no_answer(context), context)


async def _without_answer(text: Markup, context: Context) -> None:
    await context.say(with_near(text, context), ways_on(context), quoting=True)


async def show_support(_: Update, context: Context) -> None:
    """`/support`, the line under answers: in no menu, where others would see it."""
    await support(context)


COMMANDS = (
    Command("ask", N_("Ask a question, or choose a subject"), ask),
    Command("support", "", show_support),
)


def register(app: App) -> None:
    for pattern, handler in (
        (r"^ask:subject:(?P<slug>[a-z0-9-]+)$", show_subject),
        (r"^ask:passage:(?P<name>[a-z0-9-]+)$", show_passage),
        (r"^ask:meta:(?P<name>[a-z0-9-]+)$", show_meta),
        (r"^ask:none$", none_of_these),
        (r"^ask:pass$", pass_on),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=pattern))
