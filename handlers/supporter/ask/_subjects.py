"""All passages by subject, and each of them by its name."""

from telegram import Update

from bot.context import Context, button
from handlers.review import is_shown, withheld
from handlers.supporter.ask._tongue import reply, tagged
from handlers.supporter.ask._words import (
    all_subjects,
    also,
    being_checked,
    gone,
    open_text,
    passage_text,
    texts,
    to_a_person,
)
from handlers.supporter.near import with_near
from handlers.supporter.quiet import invites


async def show_subjects(_: Update, context: Context) -> None:
    buttons = [
        [button(subject.title, tagged(f"ask:subject:{subject.slug}", context))]
        for subject in texts(context).subjects
    ]
    words = context.t("Write your question in your own words, or choose a subject:")
    await reply(words, buttons, context)


async def show_subject(update: Update, context: Context) -> None:
    slug = context.group("slug")
    found = [subject for subject in texts(context).subjects if subject.slug == slug]
    if not found:
        await show_subjects(update, context)
        return
    t, subject = context.t, found[0]
    shown = [passage for passage in subject.passages if is_shown(passage, context)]
    rows = [[open_text(passage, context)] for passage in shown if not invites(passage, context)]
    checked = with_near(being_checked(context), context)
    words = t("Choose what you want to read:") if shown else checked
    text = t("<b>{subject}</b>\n\n{words}", subject=subject.title, words=words)
    await reply(text, [*rows, [all_subjects(context)]], context)


async def show_passage(_: Update, context: Context) -> None:
    await show(context.group("name"), context)


async def show(name: str, context: Context) -> None:
    """A passage by its name, from a button or a link; says so when there is none any more."""
    passage = texts(context).passages.get(name)
    if passage is None:
        await reply(*gone(context), context)
        return
    if not is_shown(passage, context):
        said = with_near(withheld(passage, context), context)
        await reply(said, [*to_a_person(context), [all_subjects(context)]], context)
        return
    related = [texts(context).passages[other] for other in passage.related]
    await reply(passage_text(passage, context), also(related, passage, context), context)
    context.supporter = await context.services.reading.shown(context.supporter, name)
