"""How far a family's words have come, and the report of it when they have come as far as can be."""

from markupsafe import Markup
from telegram import Bot

from bot.context import Services
from bot.services.cases import Report
from handlers.admin import notices
from handlers.admin.cards.figures import said
from handlers.admin.cases import _card
from handlers.recalls import pictures
from handlers.voice import Voice, own_voice


async def tell_stopped(bot: Bot, services: Services) -> None:
    """Report to the admin group, once for each case; what cannot be told now is told later."""
    for report in await services.stopping.unreported():
        text = _finished(report, own_voice(services))
        if await notices.tell(bot, services, text) is not None:
            await services.stopping.settle(report.ending)


def begun(report: Report, voice: Voice) -> Markup:
    """What holds at once, and what is still on its way."""
    if report.is_frozen:
        return voice.t(
            "Stopped: <code>{slug}</code>. That holds at once: nothing about it begins to go out. "
            "But sends are frozen, so the family's words wait, and people still have what they "
            "have. An owner lets the words go out with /unfreeze; /case shows how far they have "
            "come.",
            slug=report.ending.case,
        )
    return voice.t(
        "Stopped: <code>{slug}</code>. From now on nothing about it begins to go out, and the "
        "family's words are put in the place of what people have. How far they have come is "
        "written here when it is done; /case shows it meanwhile.",
        slug=report.ending.case,
    )


def _finished(report: Report, voice: Voice) -> Markup:
    return voice.t(
        "<b>Stopped at the family's wish:</b> <code>{slug}</code>\n\n{progress}\n\nNobody is told "
        "of the case any more, and the wishes to be told of it are deleted.",
        slug=report.ending.case,
        progress=progress(report, voice),
    )


def _lost(voice: Voice) -> Markup:
    """Why there are no words, and what can be done instead."""
    return voice.t(
        "The database that was restored knew nothing of this: I have stopped it again, but the "
        "family's words and the list of who had got what are lost. Links and old buttons say only "
        "that the family asked us to end the case. Messages in people's chats stay as they are."
    )


def progress(report: Report, voice: Voice) -> Markup:
    t = voice.t
    if not report.ending.words:
        return _lost(voice)
    lines = [
        t.n("{n} message was edited.", "{n} messages were edited.", report.edited),
        *(
            t("{number} out of reach: {reason}", number=t.number(number), reason=said(why, t))
            for why, number in sorted(report.out_of_reach.items())
        ),
    ]
    if report.waiting:
        lines.append(t.n("{n} message waits.", "{n} messages wait.", report.waiting))
    if report.is_frozen and not report.is_over:
        lines.append(
            t(
                "Sends are frozen, so the words wait. An owner lets them go out with /unfreeze; "
                "the stop itself holds meanwhile."
            )
        )
    if report.wants_picture:
        lines.append(pictures.missing_to_stop(voice))
    lines.append(_card.opened(t))
    return Markup("\n").join((t("<b>The family's words</b>"), *lines))
