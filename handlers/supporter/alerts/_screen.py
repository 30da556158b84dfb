"""What one can choose, what one has chosen, and the cases one by one."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup
from telegram import InlineKeyboardButton, Update

from bot.context import Buttons, Context, button
from bot.i18n import N_
from bot.models import Choice, Topic
from bot.services.choices import counts
from handlers.supporter.alerts._quiet import SPANS, quiet_buttons, quiet_line
from handlers.supporter.subjects import NAMES, Subject, case_titles

EXPLAINED: Mapping[Topic, str] = {
    Topic.URGENT: N_("When somebody needs help quickly. Nobody can say how often that will be."),
    Topic.PETITIONS: N_("When a petition opens, and before one closes."),
    Topic.NEWSLETTER: N_("What we work on, and what came of it: now and then, on no fixed day."),
    Topic.CASES: N_("When there is something new about a case that you follow."),
}
_AS_A_WHOLE = (Topic.URGENT, Topic.PETITIONS, Topic.NEWSLETTER)


async def show_topics(_: Update, context: Context) -> None:
    t = context.t
    chosen = await context.services.choices.of(context.supporter)
    whole = {one.topic: one for one in chosen if not one.about}
    paragraphs = [_topic(topic, whole.get(topic), context) for topic in _AS_A_WHOLE]
    text = t("<b>What I send you by myself</b>\n\n{head}", head=_head(chosen, context))
    await context.reply(
        Markup("\n\n").join(
            (text, *await quiet_line(context), *paragraphs, *_one_by_one(chosen, context))
        ),
        [*(_switch(topic, whole.get(topic), context) for topic in _AS_A_WHOLE), *_rest(context)],
    )


async def begin_quiet(update: Update, context: Context) -> None:
    span, _ = SPANS[context.group("span")]
    supporters = context.services.supporters
    context.supporter = await supporters.leave_in_peace(context.supporter, span, at_least=False)
    await show_topics(update, context)


async def end_quiet(update: Update, context: Context) -> None:
    context.supporter = await context.services.supporters.end_quiet(context.supporter)
    await show_topics(update, context)


async def show_cases(_: Update, context: Context) -> None:
    t = context.t
    chosen = await context.services.choices.of(context.supporter)
    followed = {one.about: one for one in chosen if one.topic is Topic.CASES}
    titles = await case_titles(context)
    lines = [_followed(one, titles.get(one.about), context) for one in followed.values()]
    text = t(
        "<b>Updates of cases</b>\n\nYou are told when there is something new about a case that "
        "you follow."
    )
    rows = [_case_row(slug, title, followed.get(slug), context) for slug, title in titles.items()]
    gone = [_gone_row(slug, context) for slug in followed if slug not in titles]
    await context.reply(
        Markup("\n\n").join((text, *lines)),
        [*rows, *gone, [button(t("What I get"), "go:alerts")]],
    )


def _head(chosen: Sequence[Choice], context: Context) -> Markup:
    t = context.t
    if context.supporter.stopped:
        return t("Nothing, because you have said stop. A new yes to something below ends that.")
    if any(map(counts, chosen)):
        return t("Only what you have said yes to. You can end each with one tap, and all: /stop")
    return t("Nothing, unless you say yes to it. You read first what you say yes to.")


def _topic(topic: Topic, mine: Choice | None, context: Context) -> Markup:
    is_on = mine is not None and counts(mine)
    return context.t(
        "<b>{name}</b> ({state})\n{explained}{since}",
        name=context.t(NAMES[topic]),
        state=context.t("on") if is_on else context.t("off"),
        explained=context.t(EXPLAINED[topic]),
        since=Markup("\n") + _since(mine, context) if mine else "",
    )


def _since(mine: Choice, context: Context) -> Markup:
    t, day = context.t, context.t.day(mine.chosen_at, context.services.house.timezone)
    if counts(mine):
        return t("You said yes on {day}.", day=day)
    return t(
        "You said yes on {day} to words that have changed since, so that it no longer counts. "
        "Nothing is sent unless you say yes again.",
        day=day,
    )


def _one_by_one(chosen: Sequence[Choice], context: Context) -> Iterator[Markup]:
    t = context.t
    single = [one for one in chosen if one.about]
    cases = sum(counts(one) for one in single if one.topic is Topic.CASES)
    follows = t.n("You follow {n} case.", "You follow {n} cases.", cases)
    yield t(
        "<b>{name}</b>\n{explained} {follows}",
        name=t(NAMES[Topic.CASES]),
        explained=t(EXPLAINED[Topic.CASES]),
        follows=follows if cases else t("You follow none."),
    )
    if petitions := sum(map(counts, single)) - cases:
        yield t.n(
            "You are told what becomes of {n} petition that you signed: /mysignatures",
            "You are told what becomes of {n} petitions that you signed: /mysignatures",
            petitions,
        )
    if former := len(single) - cases - petitions:
        yield t.n(
            "You said yes to {n} case or petition in words that have changed since, so that it no "
            "longer counts. “Choose cases” and /mysignatures ask again.",
            "You said yes to {n} cases or petitions in words that have changed since, so that it "
            "no longer counts. “Choose cases” and /mysignatures ask again.",
            former,
        )


def _switch(topic: Topic, mine: Choice | None, context: Context) -> list[InlineKeyboardButton]:
    t, subject, name = context.t, Subject(topic), context.t(NAMES[topic])
    if mine is None or not counts(mine):
        return [button(t("Turn on: {name}", name=name).unescape(), subject.data("ask"))]
    return [
        button(t("Turn off: {name}", name=name).unescape(), subject.data("off")),
        button(t("What I agreed to"), subject.data("said")),
    ]


def _rest(context: Context) -> Buttons:
    return [[button(context.t("Choose cases"), "choose:cases")], *quiet_buttons(context)]


def _followed(mine: Choice, title: str | None, context: Context) -> Markup:
    return context.t(
        "<b>{title}</b>\n{since}",
        title=title or context.t("A case that is no longer shown"),
        since=_since(mine, context),
    )


def _case_row(
    slug: str, title: str, mine: Choice | None, context: Context
) -> list[InlineKeyboardButton]:
    t, subject = context.t, Subject(Topic.CASES, slug)
    follows = mine is not None and counts(mine)
    return [
        button(title, f"case:{slug}"),
        button(t("Stop following"), subject.data("off"))
        if follows
        else button(t("Follow"), subject.data("ask")),
    ]


def _gone_row(slug: str, context: Context) -> list[InlineKeyboardButton]:
    label = context.t("Stop following the one no longer shown")
    return [button(label, Subject(Topic.CASES, slug).data("off"))]
