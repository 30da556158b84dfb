"""The admin group hears when a count, or what the staff did, can be proven no more."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from markupsafe import Markup
from telegram import Bot

from bot.context import Services
from bot.i18n import Translator
from bot.services.integrity import Break, Proof
from handlers.admin.notices import tell
from handlers.voice import own_voice

_UTC = ZoneInfo("UTC")  # in which entries have their days


async def tell_broken(bot: Bot, services: Services) -> None:
    """Once a day all is looked at; of each break the group hears once."""
    news = await services.integrity.news()
    if not news:
        return
    t = own_voice(services).t
    parts = [_line(proof, found, t) for proof, found in news]
    if await tell(bot, services, Markup("\n\n").join([*parts, _advice(t)])) is None:
        services.integrity.postpone()
    else:
        await services.integrity.told(news)


def _line(proof: Proof, found: Break, t: Translator) -> Markup:
    since = _day(found.since, t)
    if not proof.subject:
        return t(
            "<b>What the staff did can be proven no more</b>, from {day} on: the record in which "
            "every act stays written down was changed.",
            day=since,
        )
    return t(
        "<b>The signatures of {petition} can be proven no more</b>, from {day} on: its chain of "
        "signatures, the signatures and their stored number do not agree.",
        petition=proof.subject,
        day=since,
    )


def _day(day: date | None, t: Translator) -> str:
    if day is None:
        return t("the first day")
    return t.day(datetime.combine(day, time(), UTC), _UTC)


def _advice(t: Translator) -> Markup:
    return t(
        "Vigil itself never changes what is written there, so somebody, or a fault of the disk, "
        "has changed the database. Publish no number until it is clear which one is right. "
        "<code>python -m bot db verify</code> on the server says what is wrong, and a backup shows "
        "how it was."
    )
