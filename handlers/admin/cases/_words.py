"""The words that people are told: asked for by a message, and written as a reply to it."""

import re
from typing import NamedTuple

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import filters

from bot.content.texts import utf16_units
from bot.context import Context, button
from bot.models import Fate, Role
from bot.services.cases import LONGEST
from handlers.admin.cases import _card
from handlers.admin.gate import admin_group

_TAG = re.compile(r"#words_(?P<number>[0-9]{1,9})_(?P<language>[a-z]{2,3})\b")


class Asked(NamedTuple):
    """What a question asked for: the words of an ending in a language."""

    number: int
    language: str


@admin_group(Role.ADMIN)
async def ask(_: Update, context: Context) -> None:
    """Below, so that the card above can still be read. The first line is what we know it by."""
    number, language, t = int(context.group("number")), context.group("language"), context.t
    ending = await context.services.outcomes.one(number)
    context.anew()
    what = (
        t("the family's words, as they shall stand in every chat")
        if ending.fate is Fate.CLOSED
        else t("what has happened. A thank you stands below it by itself")
    )
    await context.reply(
        Markup(f"#words_{number}_{language}\n\n")
        + t(
            "Write, <b>as a reply to this message</b> and in this language ({language}), {what}. "
            "At most {most} characters.",
            language=t.name_of(language),
            what=what,
            most=t.number(LONGEST),
        ),
        [[button(t("Back to the card"), f"admin:ending:{number}")]],
    )


@admin_group(Role.ADMIN)
async def take(update: Update, context: Context) -> None:
    """What an admin wrote as a reply; the card comes below it."""
    message, about = update.effective_message, asked(update.effective_message)
    assert message is not None
    assert about is not None  # the filter lets nothing else through
    t, words = context.t, (message.text or "").strip()
    if not words or about.language not in context.services.catalogues:
        await context.say(t("I can take words only. Nothing was changed."), quoting=True)
    elif utf16_units(words) > LONGEST:
        await context.say(
            t(
                "This has {length} characters, and {most} are allowed, so nothing was changed. "
                "Reply once more with less, please.",
                length=t.number(utf16_units(words)),
                most=t.number(LONGEST),
            ),
            quoting=True,
        )
    else:
        outcomes, person = context.services.outcomes, context.supporter.id
        ending = await outcomes.write(about.number, person, about.language, words)
        await _card.show(ending, context)


def asked(message: Message | None) -> Asked | None:
    """What the message that it answers asked for, if that was one of our questions."""
    question = message.reply_to_message if message else None
    if message is None or question is None or question.from_user is None:
        return None
    is_ours = question.from_user.id == message.get_bot().id
    tag = _TAG.match(question.text or "") if is_ours else None
    return Asked(int(tag["number"]), tag["language"]) if tag else None


class ToQuestion(filters.MessageFilter):
    """A reply to a question of ours; all other talk is no business of ours."""

    def filter(self, message: Message) -> bool:
        return asked(message) is not None
