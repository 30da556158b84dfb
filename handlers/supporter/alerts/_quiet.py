"""A time in which nothing is sent, however much one has said yes to."""

from collections.abc import Mapping
from datetime import timedelta

from markupsafe import Markup
from telegram import Update

from bot.context import Buttons, Context, button
from bot.i18n import N_

SPANS: Mapping[str, tuple[timedelta, str]] = {
    "hour": (timedelta(hours=1), N_("For an hour")),
    "day": (timedelta(days=1), N_("For a day")),
    "week": (timedelta(weeks=1), N_("For a week")),
}


async def ask_for_quiet(_: Update, context: Context) -> None:
    t = context.t
    spans = [[button(t(label), f"quiet:{span}")] for span, (_, label) in SPANS.items()]
    await context.reply(
        t(
            "For how long shall nothing be sent to you? What you have said yes to stays, and what "
            "is still true then is sent afterwards. We keep that time, until it is over, with the "
            "number of your Telegram account."
        ),
        [*spans, [button(t("What I get"), "go:alerts")]],
    )


def quiet_line(context: Context) -> tuple[Markup, ...]:
    """Until when nothing is sent; it does not say why, since others may look at this screen."""
    until = context.supporter.quiet_until
    if until is None:
        return ()
    zone = context.services.house.timezone
    return (context.t("Nothing is sent to you before {time}.", time=context.t.time(until, zone)),)


def quiet_buttons(context: Context) -> Buttons:
    t = context.t
    if context.supporter.quiet_until is not None:
        return [[button(t("End this quiet"), "quiet:end")]]
    return [[button(t("Nothing for a while"), "quiet:ask")]]
