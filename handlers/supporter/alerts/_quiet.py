"""A time in which nothing is sent, however much one has said yes to."""

import logging
from collections.abc import Mapping
from datetime import timedelta

from markupsafe import Markup
from telegram import Bot, InlineKeyboardMarkup, Update
from telegram.error import TelegramError

from bot.context import Buttons, Context, Services, button
from bot.i18n import N_
from handlers.supporter.quiet import rests

log = logging.getLogger(__name__)
SPANS: Mapping[str, tuple[timedelta, str]] = {
    "hour": (timedelta(hours=1), N_("For an hour")),
    "day": (timedelta(days=1), N_("For a day")),
    "week": (timedelta(days=7), N_("For 7 days")),
    "month": (timedelta(days=30), N_("For 30 days")),
}


async def ask_for_quiet(_: Update, context: Context) -> None:
    t = context.t
    spans = [[button(t(label), f"quiet:{span}")] for span, (_, label) in SPANS.items()]
    await context.reply(
        t(
            "For how long shall nothing be sent to you? What you have said yes to stays, and what "
            "is still true then is sent afterwards. When it was a day or more, one message says "
            "that it is over. We keep that time, until then, with the number of your Telegram "
            "account."
        ),
        [*spans, [button(t("What I get"), "go:alerts")]],
    )


async def tell_back(bot: Bot, services: Services) -> None:
    """One message to each whose quiet of days is over; none to whom it cannot be sent."""
    for supporter in await services.preferences.back():
        t = services.catalogues[services.catalogues.released(supporter.language)]
        text = t(
            "The time in which nothing was to be sent to you is over. What you have said yes to "
            "comes again."
        )
        buttons = [[button(t("What I get"), "alert:choose"), button(t("Stop"), "alert:stop")]]
        try:
            await bot.send_message(
                supporter.id,
                text,
                reply_markup=InlineKeyboardMarkup(buttons),
                disable_notification=True,
            )
        except TelegramError as error:
            log.warning("somebody could not be told that a quiet is over: %s", type(error).__name__)


async def quiet_line(context: Context) -> tuple[Markup, ...]:
    """Until when nothing is sent; it does not say why, since others may look at this screen."""
    until = context.supporter.quiet_until
    if until is None:
        return ()
    chosen = await context.services.preferences.of(context.supporter)
    time = context.t.time(until, chosen.clock)
    return (context.t("Nothing is sent to you before {time}.", time=time),)


def quiet_buttons(context: Context) -> Buttons:
    t = context.t
    if rests(context):
        return [[button(t("End this quiet"), "quiet:end")]]
    return [[button(t("Nothing for a while"), "quiet:ask")]]
