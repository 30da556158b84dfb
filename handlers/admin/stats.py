"""/stats: how many people can be reached, what they chose, and what became of the alerts."""

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup
from telegram import Update

from bot.context import Command, Context, House
from bot.i18n import N_, Translator, own_direction
from bot.models import AlertKind, DeliveryState, Role, Topic
from bot.services.statistics import Figures, Followed, Open, Sent, Split, Written
from handlers.admin.gate import admin_group

_LISTED = 6  # of each list: all of them together fit into one message
_TITLE = 60  # characters of one title
_TOPICS: Mapping[Topic, str] = {
    Topic.URGENT: N_("Urgent actions"),
    Topic.PETITIONS: N_("News of petitions"),
    Topic.CASES: N_("Updates of cases"),
    Topic.NEWSLETTER: N_("Newsletter"),
}
_KINDS: Mapping[AlertKind, str] = {
    AlertKind.URGENT: N_("Urgent action"),
    AlertKind.NEWSLETTER: N_("Newsletter"),
    AlertKind.REMINDER: N_("Reminder"),
    AlertKind.NEWS: N_("News"),
    AlertKind.OUTCOME: N_("Outcome"),
}


@admin_group(Role.VIEWER)
async def stats(_: Update, context: Context) -> None:
    figures = await context.services.statistics.figures(context.supporter.language)
    await context.say(_written(figures, context.services.house, context.t))


def _written(figures: Figures, house: House, t: Translator) -> Markup:
    parts = [
        _reach(figures, t),
        _topics(figures.topics, t),
        _section(t("Followed cases"), [_follower(one, t) for one in figures.cases], t),
        _section(t("Followed petitions"), [_follower(one, t) for one in figures.petitions], t),
        _section(t("Open petitions"), [_petition(one, house, t) for one in figures.open], t),
        *_letters(figures.letters, t),
        _section(
            t("Alerts of the last 30 days"), [_alert(one, house, t) for one in figures.sent], t
        ),
    ]
    return Markup("\n\n").join(parts)


def _reach(figures: Figures, t: Translator) -> Markup:
    return t(
        "<b>Supporters</b>\nKnown to Vigil: {known}\nCan be reached: {reachable}\n"
        "Chose to hear from us: {asking}",
        known=t.number(figures.reach.known),
        reachable=t.number(figures.reach.reachable),
        asking=t.number(figures.reach.asking),
    )


def _topics(topics: Mapping[Topic, Split], t: Translator) -> Markup:
    lines = [_topic(t(_TOPICS[topic]), split, t) for topic, split in topics.items()]
    return t("<b>What they chose</b>\n{lines}", lines=Markup("\n").join(lines))


def _topic(name: str, split: Split, t: Translator) -> Markup:
    line = t("{name}: {number}", name=name, number=t.number(split.total))
    is_told = len(split.languages) + bool(split.other) > 1
    return line + "\n" + _languages(split, t) if is_told else line


def _languages(split: Split, t: Translator) -> Markup:
    parts = [
        t("{name} {number}", name=t.name_of(code), number=t.number(number))
        for code, number in split.languages.items()
    ]
    if split.other:
        parts.append(t("other {number}", number=t.number(split.other)))
    return t("<i>{languages}</i>", languages=t.list(parts))


def _section(head: Markup, entries: Sequence[Markup], t: Translator) -> Markup:
    """A head with the first entries below it, and how many there are beyond these."""
    lines = [t("<b>{head}</b>", head=head), *entries[:_LISTED]]
    if not entries:
        lines.append(t("None."))
    if len(entries) > _LISTED:
        lines.append(t("and {more} more", more=t.number(len(entries) - _LISTED)))
    return Markup("\n").join(lines)


def _follower(one: Followed, t: Translator) -> Markup:
    return t("{title}: {number}", title=_cut(one.title), number=t.number(one.people))


def _petition(one: Open, house: House, t: Translator) -> Markup:
    lines = [t("• {title}", title=_cut(one.title)), _signatures(one, t)]
    if one.standing.closes_at is not None:
        lines.append(t("until {moment}", moment=t.time(one.standing.closes_at, house.timezone)))
    return Markup("\n").join(lines)


def _signatures(one: Open, t: Translator) -> Markup:
    signatures, goal = one.standing.signatures, one.standing.goal
    if goal is None:
        return t.n("{n} signature", "{n} signatures", signatures)
    return t.n(
        "{n} signature of {goal}", "{n} signatures of {goal}", signatures, goal=t.number(goal)
    )


def _letters(letters: Sequence[Written], t: Translator) -> tuple[Markup, ...]:
    if not letters:
        return ()
    return (_section(t("Letters"), [_letter(one, t) for one in letters], t),)


def _letter(one: Written, t: Translator) -> Markup:
    return t(
        "{title}: {wrote} wrote, {waiting} asked for a reminder",
        title=_cut(one.title),
        wrote=t.number(one.wrote),
        waiting=t.number(one.waiting),
    )


def _alert(one: Sent, house: House, t: Translator) -> Markup:
    lines = [
        t("• {kind}, {moment}", kind=t(_KINDS[one.kind]), moment=t.time(one.at, house.timezone)),
        _outcome(one.people, t),
    ]
    if one.stops:
        lines.append(
            t.n(
                "{n} of them said stop within a day",
                "{n} of them said stop within a day",
                one.stops,
            )
        )
    return Markup("\n").join(lines)


def _outcome(people: Counter[DeliveryState], t: Translator) -> Markup:
    """What is nought is left out, except that nobody got it."""
    numbers = (
        (N_("sent {number}"), people[DeliveryState.SENT]),
        (N_("skipped {number}"), people[DeliveryState.SKIPPED]),
        (N_("failed {number}"), people[DeliveryState.FAILED]),
        (N_("unknown {number}"), people[DeliveryState.UNKNOWN]),
        (
            N_("still to come {number}"),
            people[DeliveryState.PENDING] + people[DeliveryState.SENDING],
        ),
    )
    shown = [entry for place, entry in enumerate(numbers) if entry[1] or not place]
    parts = [t(sentence, number=t.number(number)) for sentence, number in shown]
    return t(
        "{people}: {numbers}",
        people=t.n("{n} person", "{n} people", people.total()),
        numbers=t.list(parts),
    )


def _cut(title: str) -> str:
    return own_direction(title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…")


COMMANDS = (Command("stats", N_("How many people, and what became of the alerts"), stats),)
