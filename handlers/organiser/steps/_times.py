"""When a draft goes out, and until when."""

from datetime import UTC, datetime, timedelta

from telegram import Message

from bot import moments
from bot.context import Context, button
from bot.errors import AlertMoved
from bot.models import Alert
from handlers.organiser.particulars import zone_of
from handlers.organiser.steps._common import at, finish, seen_revision, wait_for

_DIGITS = 10  # of a moment's seconds, for some centuries
_EXPIRIES = (timedelta(hours=24), timedelta(days=3), timedelta(days=7))


async def ask_when(alert: Alert, _: str, context: Context) -> None:
    t = context.t
    await wait_for(alert, "when", context)
    await context.reply(
        t(
            "When shall it go out? Write a day and a time, such as 24 March 18:00. Times are those "
            "of {zone}; another zone can follow the time: 18:00 America/Lima",
            zone=context.services.house.timezone.key,
        ),
        [
            [button(t("As soon as it is approved"), f"{at(alert)}:at:now")],
            [button(t("Back"), f"{at(alert)}:back")],
        ],
    )


async def choose_when(alert: Alert, argument: str, context: Context) -> None:
    """A button: at once, or one of two times that a typed one could mean."""
    moment = None if argument == "now" else _instant(argument)
    await finish(
        await context.services.drafts.send_at(
            alert.id, alert.revision, context.supporter.id, moment, alert.zone
        ),
        context,
    )


async def ask_until(alert: Alert, _: str, context: Context) -> None:
    t = context.t
    await wait_for(alert, "until", context)
    now = context.services.now()
    base = alert.send_at or now
    zone = zone_of(alert, context)
    quick = [
        [
            button(
                moments.echo(base + length, zone, now, t).unescape(),
                f"{at(alert)}:by:{int((base + length).timestamp())}",
            )
        ]
        for length in _EXPIRIES
    ]
    await context.reply(
        t(
            "After when shall nobody get it any more, for example because it is no longer true? "
            "Choose, or write a day and a time."
        ),
        [*quick, [button(t("Back"), f"{at(alert)}:back")]],
    )


async def choose_until(alert: Alert, argument: str, context: Context) -> None:
    await finish(
        await context.services.drafts.expires_at(
            alert.id, alert.revision, context.supporter.id, _instant(argument), alert.zone
        ),
        context,
    )


async def take_when(message: Message, alert: Alert, _: str, context: Context) -> None:
    read = _moment(message, context)
    seen = await context.services.drafts.send_at(
        alert.id, seen_revision(context), context.supporter.id, read.at, read.zone.key
    )
    await finish(seen, context)


async def take_until(message: Message, alert: Alert, _: str, context: Context) -> None:
    read = _moment(message, context)
    seen = await context.services.drafts.expires_at(
        alert.id, seen_revision(context), context.supporter.id, read.at, alert.zone
    )
    await finish(seen, context)


def _moment(message: Message, context: Context) -> moments.Moment:
    zone, now = context.services.house.timezone, context.services.now()
    return moments.read_moment(message.text or "", zone, now)


def _instant(argument: str) -> datetime:
    if not argument.isdecimal() or len(argument) > _DIGITS:
        raise AlertMoved("")
    return datetime.fromtimestamp(int(argument), UTC)
