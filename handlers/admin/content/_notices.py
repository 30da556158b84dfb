"""The admin group hears by itself, once, of texts that pass their review date by little or much."""

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Bot

from bot.content import Case, Passage, State
from bot.content.library import Pending
from bot.content.review import GRACE
from bot.context import Services
from bot.i18n import Translator
from handlers.admin.content._words import listed
from handlers.admin.notices import tell
from handlers.voice import own_voice

_HIDDEN = (Passage, Case)  # a petition, the support card and /privacy are needed all the same


async def tell_stale(bot: Bot, services: Services) -> None:
    """Tell what is news: one message for each stage, however many texts it is about."""
    if await services.staff.admin_chat() is None:
        return
    news = await services.editorial.news()
    gone = news.get(State.WITHDRAWN, ())
    hidden = [text for text in gone if isinstance(text, _HIDDEN)]
    kept = [text for text in gone if not isinstance(text, _HIDDEN)]
    for texts, sentence in (
        (news.get(State.OVERDUE, ()), _overdue),
        (hidden, _no_longer_shown),
        (kept, _still_shown),
    ):
        if texts and not await _tell(bot, services, sentence(texts, services), texts):
            return


async def _tell(bot: Bot, services: Services, sentence: Markup, texts: Sequence[Pending]) -> bool:
    """False for a group that cannot be written to: it must not be tried at every tick."""
    if await tell(bot, services, sentence) is None:
        services.editorial.postpone()
        return False
    await services.editorial.told(texts)
    return True


def _overdue(texts: Sequence[Pending], services: Services) -> Markup:
    t, names = _said(texts, services)
    return t.n(
        "{n} text has passed its review date. It is still shown, with a warning, for {days} more "
        "days; /content review renews it:\n{names}",
        "{n} texts have passed their review date. They are still shown, with a warning, for {days} "
        "more days; /content review renews them:\n{names}",
        len(texts),
        days=t.number(GRACE.days),
        names=names,
    )


def _no_longer_shown(texts: Sequence[Pending], services: Services) -> Markup:
    t, names = _said(texts, services)
    return t.n(
        "{n} text is long past its review date and is no longer shown:\n{names}",
        "{n} texts are long past their review date and are no longer shown:\n{names}",
        len(texts),
        names=names,
    )


def _still_shown(texts: Sequence[Pending], services: Services) -> Markup:
    t, names = _said(texts, services)
    return t.n(
        "{n} text is long past its review date. It is still shown, since people need it; please "
        "have it checked soon:\n{names}",
        "{n} texts are long past their review date. They are still shown, since people need them; "
        "please have them checked soon:\n{names}",
        len(texts),
        names=names,
    )


def _said(texts: Sequence[Pending], services: Services) -> tuple[Translator, Markup]:
    t = own_voice(services).t
    return t, listed([services.editorial.place(text) for text in texts], t)
