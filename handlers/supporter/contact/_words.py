"""What is said to somebody who writes to the team."""

from datetime import timedelta
from math import ceil

from markupsafe import Markup

from bot.context import Context
from bot.models import Relay
from bot.services.contact import LONGEST, MOST


def what_happens(context: Context) -> Markup:
    house = context.services.house
    return context.t(
        "Here you can write to the team of {organisation}. This is what happens:\n\n"
        "• The team's group gets your words under an invented name, such as “amber heron”. "
        "Nobody there sees your name, your number or your account.\n"
        "• They can answer you here for a week. Then the invented name is erased.\n"
        "• Several people read that group, and a chat with a bot is not end-to-end encrypted. "
        "Leave out names, places and whatever else could endanger you or others.\n\n"
        "Write your message now, in one piece. /cancel leaves it.\n\n"
        "Without this bot you reach them here: {contact}",
        organisation=house.organisation,
        contact=house.contact,
    )


def write_now(context: Context) -> Markup:
    return context.t(
        "Write your answer to the team now, in one piece. Leave out names, places and whatever "
        "else could endanger you or others. /cancel leaves it."
    )


def once_more(context: Context) -> Markup:
    return context.t(
        "The team has not got your message: I show you this first, and keep nothing. If you want "
        "them to read it, send it once more, as it is or in other words. It goes to the team at "
        "once. /cancel leaves it."
    )


def passed(relay: Relay | None, context: Context) -> Markup:
    """`relay` is None when it has ended in the same moment."""
    t = context.t
    kept = t(
        "I have not kept it. In this chat it still stands: delete it here if somebody else may "
        "look at your phone."
    )
    if relay is None:
        return t("Passed on to the team.\n\n{kept}", kept=kept)
    return t(
        "Passed on. The team knows you as “{alias}” and can answer you here until {day}. It may "
        "take them a while, so do not wait for them in an emergency.\n\n{kept}\n\n"
        "/contact writes to them again.",
        alias=relay.alias.replace("_", " "),
        day=t.day(relay.ends_at, context.services.house.timezone),
        kept=kept,
    )


def not_passed(context: Context) -> Markup:
    return context.t(
        "I cannot reach the team's group now, so take it that nobody has got your message. I have "
        "not kept it; it stands above. Send it once more in a few minutes, or reach the team here: "
        "{contact}\n\n/cancel leaves it.",
        contact=context.services.house.contact,
    )


def only_words(context: Context) -> Markup:
    return context.t(
        "I can pass on words only, so nothing was passed on. Write it as a message without a "
        "picture or a file, please. /cancel leaves it."
    )


def too_long(context: Context) -> Markup:
    return context.t(
        "That is longer than I can pass on at once, so the team has not got it. /contact begins "
        "again: write at most {most} characters, and the rest in a second message.",
        most=context.t.number(LONGEST),
    )


def too_often(wait: timedelta, context: Context) -> Markup:
    return context.t.n(
        "You have written to the team {most} times within an hour, and I pass on no more than "
        "that. Nothing was passed on now. You can send it in {n} minute, or reach the team "
        "here: {contact}",
        "You have written to the team {most} times within an hour, and I pass on no more than "
        "that. Nothing was passed on now. You can send it in {n} minutes, or reach the team "
        "here: {contact}",
        ceil(wait / timedelta(minutes=1)),
        most=context.t.number(MOST),
        contact=context.services.house.contact,
    )


def banned(context: Context) -> Markup:
    return context.t(
        "The team takes no more messages from you here, so nothing was passed on. Everything else "
        "works as before. You can reach the organisation in another way: {contact}",
        contact=context.services.house.contact,
    )


def elsewhere(context: Context) -> Markup:
    house = context.services.house
    return context.t(
        "You can reach a person at {organisation} here:\n{contact}\n\n"
        "Please do not write here what could endanger someone: this chat is not end-to-end "
        "encrypted.",
        organisation=house.organisation,
        contact=house.contact,
    )
