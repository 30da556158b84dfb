"""Hours in which nothing is sent, whatever it is."""

from telegram import Update

from bot import moments
from bot.context import Buttons, Context, button
from bot.models import QuietHours
from handlers.supporter.settings import _words
from handlers.supporter.settings._screen import DIALOG, show_all

_USUAL = (
    QuietHours(22 * 60, 7 * 60),
    QuietHours(21 * 60, 8 * 60),
    QuietHours(23 * 60, 6 * 60),
    QuietHours(20 * 60, 9 * 60),
)


async def ask_for_hours(_: Update, context: Context) -> None:
    t = context.t
    chosen = await context.services.preferences.of(context.supporter)
    await context.reply(
        t(
            "<b>Quiet hours</b>\n\nIn these hours nothing is sent to you, urgent actions neither. "
            "What is still true at their end comes then.\n\nThey go by this clock: {clock}.",
            clock=_words.clock(chosen, context),
        ),
        [
            *_offered(chosen.quiet_hours, context),
            [button(t("Write other hours"), "settings:hours:write")],
            [button(t("Clock"), "settings:zone"), button(t("Back"), "go:settings")],
        ],
    )


async def choose_hours(_: Update, context: Context) -> None:
    begin, end = int(context.group("begin")), int(context.group("end"))
    if max(begin, end) < 24 * 60 and begin != end:
        await _choose(QuietHours(begin, end), context)
    else:
        await show_all(context)


async def choose_none(_: Update, context: Context) -> None:
    await _choose(None, context)


async def ask_to_write(_: Update, context: Context) -> None:
    await context.services.dialogs.move(
        context.supporter, DIALOG, "hours", {}, context.incoming.update_id
    )
    await context.reply(
        context.t(
            "Write when they begin and end, such as 22:30 to 6:45. /cancel leaves it as it is."
        ),
        [[button(context.t("Back"), "settings:hours")]],
    )


async def read_hours(words: str, context: Context) -> None:
    hours = moments.read_hours(words)
    if hours is not None:
        await _choose(hours, context)
        return
    await context.reply(
        context.t(
            "I could not read that as two times of day. Write it like 22:30 to 6:45. /cancel "
            "leaves it as it is."
        ),
        [[button(context.t("Back"), "settings:hours")]],
    )


async def _choose(hours: QuietHours | None, context: Context) -> None:
    await context.services.preferences.change(context.supporter, quiet_hours=hours)
    await show_all(context)


def _offered(mine: QuietHours | None, context: Context) -> Buttons:
    row = [
        button(
            f"✓ {label}" if hours == mine else label, f"settings:hours:{hours.begin}:{hours.end}"
        )
        for hours in _USUAL
        if (label := _words.span(hours, context).unescape())
    ]
    none = context.t("No quiet hours")
    off = button(f"✓ {none}" if mine is None else none, "settings:hours:none")
    return [row[:2], row[2:], [off]]
