"""What an admin does with a group: its questions become ways of asking, or are dropped."""

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot.content import ContentError
from bot.content.texts import Entry
from bot.context import Buttons, Context, button
from bot.models import Role
from bot.services.questions import Group, Offered, marked
from handlers.admin.content import faults, show_proposal
from handlers.admin.gate import admin_group
from handlers.admin.questions._list import chosen, show_list
from handlers.admin.questions._words import Spot, counts, spot


@admin_group(Role.ADMIN)
async def choose_text(_: Update, context: Context) -> None:
    """Which text answers these questions? The three nearest are offered."""
    group = await chosen(context)
    if group is not None:
        t, where = context.t, spot(context)
        texts = await _choices(group, context, covered=True)
        words = t(
            "<b>{counts}</b>\n\nWhich text answers them? All their wordings become ways of asking "
            "for it, once another admin has accepted that.",
            counts=counts(group, t),
        )
        await context.reply(words, _offered(texts, group, where, context))


@admin_group(Role.ADMIN)
async def choose_exclusion(_: Update, context: Context) -> None:
    """Which text says that this is not covered? Or shall there be a new one?"""
    group = await chosen(context)
    if group is not None:
        t, where = context.t, spot(context)
        texts = await _choices(group, context, covered=False)
        words = t(
            "<b>{counts}</b>\n\nWhich text says that we do not cover this? Whoever asks so is "
            "then told so at once, instead of being offered something that is only near.",
            counts=counts(group, t),
        )
        *rows, back = _offered(texts, group, where, context)
        draft = button(t("Draft a new one"), where.data("exclusion", group.digest))
        await context.reply(words, [*rows, [draft], back])


@admin_group(Role.ADMIN)
async def add(_: Update, context: Context) -> None:
    group = await chosen(context)
    if group is None:
        return
    services, where, mark = context.services, spot(context), context.group("mark")
    try:
        offered = await services.questions.add(group, mark, context.supporter.id)
    except ContentError as error:
        named = faults(error.problems, context.t)
        note = context.t(
            "The files hold faults, so nothing can be added to them now:\n{faults}", faults=named
        )
        await context.reply(note, [[button(context.t("Back"), where.data("open", group.digest))]])
        return
    await show_list(where, context, _proposed(offered, context))
    for one in offered:
        await show_proposal(one.proposal, context)


@admin_group(Role.ADMIN)
async def show_waiting(_: Update, context: Context) -> None:
    """The card of a proposal again: a kill may have come between it and its questions."""
    assert context.incoming.callback_query is not None
    proposal = await context.services.changes.waiting(int(context.group("number")))
    await context.acknowledge(context.incoming.callback_query)
    await show_proposal(proposal, context)


@admin_group(Role.ADMIN)
async def ask_to_drop(_: Update, context: Context) -> None:
    group = await chosen(context)
    if group is not None:
        t, where = context.t, spot(context)
        words = t(
            "<b>{counts}</b>\n\nThey are deleted for good, and nothing is learnt from them.",
            counts=counts(group, t),
        )
        rows = [
            [button(t("Drop them"), where.data("gone", group.digest))],
            [button(t("Back"), where.data("open", group.digest))],
        ]
        await context.reply(words, rows)


@admin_group(Role.ADMIN)
async def drop(_: Update, context: Context) -> None:
    group = await chosen(context)
    if group is not None:
        t, is_gone = context.t, await context.services.questions.drop(group)
        note = t.n("Dropped: {n} question.", "Dropped: {n} questions.", group.times)
        await show_list(spot(context), context, note if is_gone else _too_late(context))


async def _choices(group: Group, context: Context, *, covered: bool) -> Sequence[Entry]:
    language = context.supporter.language
    return await context.services.questions.choices(group, language, covered=covered)


def _offered(texts: Sequence[Entry], group: Group, where: Spot, context: Context) -> Buttons:
    return [
        *([button(text.title, where.data("add", group.digest, marked(text)))] for text in texts),
        [button(context.t("Back"), where.data("open", group.digest))],
    ]


def _proposed(offered: Sequence[Offered], context: Context) -> Markup:
    t = context.t
    if not offered:
        return _too_late(context)
    note = t("Proposed: another admin accepts it below. Dropped, the questions come back here.")
    former = [t("Correction {number}", number=one.former) for one in offered if one.former]
    if not former:
        return note
    held = t("{corrections}: held in the new one, and closed.", corrections=t.list(former))
    return Markup("\n").join((note, held))


def _too_late(context: Context) -> Markup:
    return context.t("Somebody else was faster: this is decided already.")
