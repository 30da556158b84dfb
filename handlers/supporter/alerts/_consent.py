"""Saying yes and no: the words first, then the yes to exactly these words."""

from markupsafe import Markup
from telegram import InlineKeyboardButton, Update

from bot.context import Context, button
from bot.errors import CaseEnded
from bot.models import Choice, Topic
from bot.services.choices import CURRENT
from handlers.marks import mark
from handlers.supporter.alerts._screen import show_topics
from handlers.supporter.cases import or_family
from handlers.supporter.subjects import (
    NAMES,
    Subject,
    case_titles,
    choice_of,
    no_such_case,
    tapped,
    ways_back,
    wording,
)


@or_family
async def ask(_: Update, context: Context) -> None:
    """Show the words. What becomes of a petition is asked anew: the receipt above stays."""
    subject = tapped(context)
    if subject.about and subject.topic is Topic.PETITIONS:
        context.anew()
    title = await _title(subject, context)
    chosen = await choice_of(subject, context)
    if title is None:
        await context.reply(no_such_case(context))
    elif chosen is not None:
        await _show_choice(subject, title, chosen, context)
    else:
        await _show_words(subject, title, context)


@or_family
async def say_yes(_: Update, context: Context) -> None:
    """Keep the yes, if she read the words as they are now; else they are shown again."""
    subject = tapped(context)
    title = await _title(subject, context)
    if title is None:
        await context.reply(no_such_case(context))
    elif chosen := await choice_of(subject, context):
        await _show_choice(subject, title, chosen, context)  # tapped twice: it stands
    elif context.group("mark") != _mark(subject, title, context):
        await _show_words(subject, title, context)
    else:
        await _keep_yes(subject, title, context)


async def _keep_yes(subject: Subject, title: str, context: Context) -> None:
    words = wording(subject, title, context).unescape()
    chosen = await context.services.choices.choose(
        context.supporter, subject.topic, subject.about, words
    )
    await _show_choice(subject, title, chosen, context)
    if context.supporter.stopped:
        await context.say(
            context.t("Your stop has ended: you get what you have just said yes to, and no more.")
        )


async def say_no(update: Update, context: Context) -> None:
    """No, not any more, or never: whatever was kept of a yes is gone."""
    subject = tapped(context)
    await context.services.choices.withdraw(context.supporter, subject.topic, subject.about)
    if subject.about:
        await context.reply(
            context.t("You are not told about it, and no yes of yours is kept."),
            [_elsewhere(subject, context)],
        )
    else:
        await show_topics(update, context)


@or_family
async def show_receipt(_: Update, context: Context) -> None:
    """The exact words that she said yes to, in the language in which she read them.

    They hold a name, so that of a case which its family ended nothing but its words is shown.
    """
    subject, t = tapped(context), context.t
    await _heed(subject, context)
    found = await context.services.choices.find(context.supporter, subject.topic, subject.about)
    if found is None:
        await context.reply(
            t("There is no yes of yours to that. /alerts shows what there is."),
            [_elsewhere(subject, context)],
        )
        return
    await context.reply(
        t(
            "<b>You said yes to these words on {moment}</b> (version {version}):\n\n{wording}",
            moment=t.time(found.chosen_at, context.services.house.timezone),
            version=found.version,
            wording=found.wording,
        ),
        [ways_back(subject, context)[:1], _elsewhere(subject, context)],
    )


async def _title(subject: Subject, context: Context) -> str | None:
    """What it is called; None for a case that is not shown.

    Raises:
        PetitionUnknown, PetitionNotOpen: There is no such petition to be told of.
        CaseEnded: Of this nobody is told any more.
    """
    if not subject.about:
        return context.t(NAMES[subject.topic])
    if subject.topic is Topic.CASES:
        await _heed(subject, context)
        return (await case_titles(context)).get(subject.about)
    card = await context.services.petitions.card(subject.about, context.supporter)
    return card.petition.title


async def _heed(subject: Subject, context: Context) -> None:
    """Raises:
    CaseEnded: Of this nobody is told any more.
    """
    match subject:
        case Subject(Topic.CASES, slug) if slug in await context.services.cases.closed():
            raise CaseEnded(slug)
        case Subject(Topic.PETITIONS, str(slug)) if slug:
            await context.services.petitions.heed(slug, context.supporter)


async def _show_words(subject: Subject, title: str, context: Context) -> None:
    t = context.t
    yes = f"yes:{_mark(subject, title, context)}"
    await context.reply(
        t(
            "<b>{title}</b>\n\n{wording}\n\n{then}",
            title=title,
            wording=wording(subject, title, context),
            then=_what_a_yes_does(context),
        ),
        [
            [button(t("Yes, send me these"), subject.data(yes))],
            [button(t("No"), subject.data("off"))],
        ],
    )


async def _show_choice(subject: Subject, title: str, chosen: Choice, context: Context) -> None:
    await context.reply(
        context.t(
            "<b>{title}</b>\n\nYou said yes on {day}. From then on you are told about it here, "
            "until you end it.",
            title=title,
            day=context.t.day(chosen.chosen_at, context.services.house.timezone),
        ),
        [ways_back(subject, context), _elsewhere(subject, context)],
    )


def _what_a_yes_does(context: Context) -> Markup:
    if context.supporter.stopped:
        return context.t(
            "You have said stop. A yes to these words ends that, for this and nothing else."
        )
    return context.t("Nothing is sent unless you say yes to these words.")


def _mark(subject: Subject, title: str, context: Context) -> str:
    """Of all that was shown: a yes from before a stop does not end it."""
    version, words = CURRENT[subject.topic], wording(subject, title, context)
    return mark(f"{version}{words}{_what_a_yes_does(context)}")


def _elsewhere(subject: Subject, context: Context) -> list[InlineKeyboardButton]:
    t = context.t
    to_all = button(t("What I get"), "go:alerts")
    match subject:
        case Subject(Topic.CASES, str(slug)):
            return [button(t("The case"), f"case:{slug}"), to_all]
        case Subject(Topic.PETITIONS, str(slug)) if slug:
            return [button(t("My signatures"), "go:mysignatures"), to_all]
    return [to_all]
