"""What was found for a question, foremost first: to read, to look at the others, or none of them.

All of it rides in the buttons, as marks of the texts' names: what was asked is kept nowhere.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from markupsafe import Markup
from telegram import InlineKeyboardButton, Update

from bot.content import Meta, Passage, owner
from bot.context import Buttons, Context, button
from handlers.marks import mark
from handlers.review import is_shown
from handlers.supporter.ask._tongue import reply, say, tagged
from handlers.supporter.ask._words import (
    action,
    filled,
    gone,
    no_answer,
    passage_text,
    sharing,
    subjects_of,
    texts,
    ways_on,
    without_answer,
)
from handlers.supporter.near import with_near
from handlers.supporter.quiet import body_of, invites

Found: TypeAlias = Sequence[Passage | Meta]
MARKS = r":(?P<marks>(?:[0-9a-f]{6}){1,4})"


async def say_foremost(found: Found, context: Context) -> None:
    """The answer; it stands under its question, so that this can still be passed to the team."""
    await say(*_read(found, context), context, quoting=True)
    await _remember(found[0], context)


async def say_choices(options: Found, context: Context) -> None:
    if any(not invites(option, context) for option in options):
        await say(*_choices(options, context), context, quoting=True)
    else:
        text = without_answer(no_answer(context), context)
        await say(text, ways_on(context), context, quoting=True)


async def show_foremost(_: Update, context: Context) -> None:
    """What was tapped among several, or the way back to it."""
    found = _tapped(context)
    if not found:
        await reply(*gone(context), context)
        return
    await reply(*_read(found, context), context)
    await _remember(found[0], context)


async def show_others(_: Update, context: Context) -> None:
    """“Not what you meant?”: the answer stays to be read, and the others stand below it."""
    found = _tapped(context)
    if not found:
        await reply(*gone(context), context)
        return
    t = context.t
    last = [_none(found, context), button(t("Back"), _data("pick", found, context))]
    text, _buttons = _read(found, context)
    await reply(text, [*_titles(found, context, first=1), last], context)


async def show_choices(_: Update, context: Context) -> None:
    found = _tapped(context)
    await reply(*(_choices(found, context) if found else gone(context)), context)


async def show_none(_: Update, context: Context) -> None:
    found = _tapped(context)
    back = [[button(context.t("Back"), _data("choose", found, context))]] if found else ()
    text = without_answer(no_answer(context), context)
    await reply(text, [*ways_on(context), *back], context)


def _read(found: Found, context: Context) -> tuple[Markup, Buttons]:
    foremost = found[0]
    label = context.t("Not what you meant?")
    others = [button(label, _data("else", found, context))]
    if isinstance(foremost, Passage):
        rows = [others, subjects_of(foremost, context), *sharing(foremost, context)]
        return passage_text(foremost, context), rows
    return filled(body_of(foremost, context), context), [*action(foremost, context), others]


def _choices(found: Found, context: Context) -> tuple[Markup, Buttons]:
    text = with_near(context.t("Did you mean one of these?"), context)
    return text, [*_titles(found, context), [_none(found, context)]]


def _titles(found: Found, context: Context, first: int = 0) -> Iterator[list[InlineKeyboardButton]]:
    """A button for each; behind it the others stay at hand."""
    for place, text in enumerate(found[first:], first):
        if not invites(text, context):
            turned = (text, *found[:place], *found[place + 1 :])
            yield [button(text.title, _data("pick", turned, context))]


def _none(found: Found, context: Context) -> InlineKeyboardButton:
    return button(context.t("None of these"), _data("none", found, context))


def _data(screen: str, found: Found, context: Context) -> str:
    marks = "".join(mark(owner(text)) for text in found)
    return tagged(f"ask:{screen}:{marks}", context)


def _tapped(context: Context) -> Found:
    """What the button stands for, less what is not shown any more since it was made."""
    there = texts(context)
    readable: Found = (*there.passages.values(), *there.meta.values())
    by_mark = {mark(owner(text)): text for text in readable}
    marks = context.group("marks")
    wanted = (by_mark.get(marks[at : at + 6]) for at in range(0, len(marks), 6))
    return [text for text in wanted if text and _is_shown(text, context)]


def _is_shown(text: Passage | Meta, context: Context) -> bool:
    return isinstance(text, Meta) or is_shown(text, context)


async def _remember(text: Passage | Meta, context: Context) -> None:
    if isinstance(text, Passage):
        context.supporter = await context.services.reading.shown(context.supporter, text.id)
