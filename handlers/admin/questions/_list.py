"""The groups of questions, the largest first, a page at a time; and one of them whole."""

from collections.abc import Iterator

from markupsafe import Markup
from telegram import InlineKeyboardButton, Update

from bot.context import Buttons, Context, button
from bot.models import Role
from bot.services.questions import Group, Overview
from handlers.admin.gate import admin_group
from handlers.admin.questions._words import Spot, asked, counts, near, spot

_ON_PAGE = 5
_IN_LIST, _IN_LIST_LONG = 2, 90  # wordings of a group, and characters of one
_WHOLE, _WHOLE_LONG = 10, 140
_LEAST, _MOST = 30, 95  # hundredths of likeness that somebody may ask for


@admin_group(Role.VIEWER)
async def unanswered(_: Update, context: Context) -> None:
    """`/unanswered 0.6` gathers more into one group than the usual likeness does."""
    word = "".join(context.args or ())
    percent = _percent(word)
    if word and percent is None:
        await context.say(
            context.t(
                "From which likeness on shall two questions be one? Write a number from {least} "
                "to {most} behind it: /unanswered 0.6",
                least=_share(_LEAST),
                most=_share(_MOST),
            )
        )
        return
    found = await context.services.questions.overview(percent)
    await context.say(await _page(found, 0, context), _buttons(found, 0, context))


@admin_group(Role.VIEWER)
async def show_page(_: Update, context: Context) -> None:
    await show_list(spot(context), context)


async def show_list(where: Spot, context: Context, note: Markup | None = None) -> None:
    """The list as it is now, below what has just been done."""
    found = await context.services.questions.overview(where.percent)
    page = min(where.page, _pages(found) - 1)
    text = await _page(found, page, context)
    words = Markup("\n\n").join((note, text)) if note else text
    await context.reply(words, _buttons(found, page, context))


async def chosen(context: Context) -> Group | None:
    """The group that the tapped button means; when it is no more, the list says so."""
    where = spot(context)
    group = await context.services.questions.group(context.group("digest"), where.percent)
    if group is None:
        note = context.t(
            "This group is decided or has changed since, so this tap did nothing. The list now:"
        )
        await show_list(where, context, note)
    return group


@admin_group(Role.VIEWER)
async def show_group(_: Update, context: Context) -> None:
    group = await chosen(context)
    if group is not None:
        t, where = context.t, spot(context)
        texts = await context.services.questions.nearest(group, context.supporter.language)
        lines = [asked(one, _WHOLE_LONG, t) for one in group.wordings[:_WHOLE]]
        if len(group.wordings) > _WHOLE:
            lines.append(t("and {more} more", more=t.number(len(group.wordings) - _WHOLE)))
        text = t(
            "<b>{counts}</b>\n{lines}\n\n{near}",
            counts=counts(group, t),
            lines=Markup("\n").join(lines),
            near=near(texts, t),
        )
        await context.reply(text, _acts(group, where, context))


def _acts(group: Group, where: Spot, context: Context) -> Buttons:
    t, digest = context.t, group.digest
    return [
        [
            button(t("Add as example"), where.data("example", digest)),
            button(t("Draft a text"), where.data("passage", digest)),
        ],
        [
            button(t("Not covered"), where.data("decoy", digest)),
            button(t("Drop"), where.data("drop", digest)),
        ],
        [button(t("Back to the list"), where.data("list"))],
    ]


async def _page(found: Overview, page: int, context: Context) -> Markup:
    t = context.t
    if not found.groups and not found.quoted:
        return t("No questions have been passed on in the last 30 days.")
    first = page * _ON_PAGE
    shown = found.groups[first : first + _ON_PAGE]
    parts = [await _entry(number, group, context) for number, group in enumerate(shown, first + 1)]
    return Markup("\n\n").join([_head(found, context), *parts, *_waiting(found, context)])


async def _entry(number: int, group: Group, context: Context) -> Markup:
    t = context.t
    texts = await context.services.questions.nearest(group, context.supporter.language)
    return t(
        "<b>{number}.</b> {counts}\n{lines}\n{near}",
        number=t.number(number),
        counts=counts(group, t),
        lines=Markup("\n").join(asked(one, _IN_LIST_LONG, t) for one in group.wordings[:_IN_LIST]),
        near=near(texts, t),
    )


def _head(found: Overview, context: Context) -> Markup:
    t = context.t
    if not found.groups:
        return t("<b>Questions without an answer</b>: all of the last 30 days are in proposals.")
    how = (
        t(
            "Put together by their meaning, in any language, from a likeness of {share} on.",
            share=_share(found.percent),
        )
        if found.is_by_meaning
        else t(
            "Put together by their letters, from a likeness of {share} on.",
            share=_share(found.percent),
        )
    )
    return t(
        "<b>Questions without an answer</b>, passed on in the last 30 days: {questions} in "
        "{groups}.\n<i>{how} A smaller number gathers more: {command}</i>",
        questions=t.n("{n} question", "{n} questions", found.times),
        groups=t.n("{n} group", "{n} groups", len(found.groups)),
        how=how,
        command="/unanswered 0.6",
    )


def _waiting(found: Overview, context: Context) -> Iterator[Markup]:
    """What has left the list, and comes back unless somebody accepts it."""
    t = context.t
    for one in found.quoted:
        yield t.n(
            "{n} question waits in correction {number} of {place}.",
            "{n} questions wait in correction {number} of {place}.",
            one.questions,
            number=one.change,
            place=one.place,
        )


def _buttons(found: Overview, page: int, context: Context) -> Buttons:
    t, where = context.t, Spot(found.percent, page)
    first = page * _ON_PAGE
    shown = list(enumerate(found.groups[first : first + _ON_PAGE], first + 1))
    numbers = [button(t.number(at), where.data("open", one.digest)) for at, one in shown]
    waiting = [[_waiting_button(one.change, context)] for one in found.quoted[:_ON_PAGE]]
    turns = []
    if page:
        turns.append(button(t("Previous"), Spot(found.percent, page - 1).data("list")))
    if page + 1 < _pages(found):
        turns.append(button(t("Next"), Spot(found.percent, page + 1).data("list")))
    return [row for row in (numbers, turns, *waiting) if row]


def _waiting_button(number: int, context: Context) -> InlineKeyboardButton:
    label = context.t("Show correction {number}", number=number)
    return button(label, f"admin:unanswered:waiting:{number}")


def _pages(found: Overview) -> int:
    return max(1, -(-len(found.groups) // _ON_PAGE))


def _percent(word: str) -> int | None:
    """“0.6”, “0,6” and “.6” are 60; None for what is no such number or too far from any use."""
    try:
        percent = round(float(word.replace(",", ".")) * 100)
    except (ValueError, OverflowError):
        return None
    return percent if _LEAST <= percent <= _MOST else None


def _share(percent: int) -> str:
    return f"{percent / 100:.2f}"
