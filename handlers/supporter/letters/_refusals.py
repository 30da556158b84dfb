"""Why nothing was done about a letter, and the one thing that can still be done."""

from datetime import timedelta

from markupsafe import Markup

from bot.context import Buttons, Context, button
from bot.services.letters import LetterCard
from handlers.supporter.cases import to_case
from handlers.supporter.quiet import rests


def no_such_letter(context: Context) -> Markup:
    return context.t("There is no such letter, or its text is being checked again.")


def over(card: LetterCard, context: Context) -> Markup:
    day = context.t.day(card.closes_at - timedelta(seconds=1), context.services.house.timezone)
    return context.t(
        "The time for “{title}” was over at the end of {day}, so nothing was noted.",
        title=card.letter.title,
        day=day,
    )


def too_late(card: LetterCard, context: Context) -> Markup:
    return context.t(
        "It is too late for a reminder of “{title}”: its last day is today or tomorrow. So nothing "
        "was noted.",
        title=card.letter.title,
    )


async def related(card: LetterCard, context: Context) -> Buttons:
    """The petition that asks for the same, another letter, the case, or all petitions.

    Whoever rests may read about the case.
    """
    if not rests(context) and (others := await _others(card, context)):
        return others
    if case := to_case(card.cases, context):
        return case
    return () if rests(context) else [[button(context.t("All petitions"), "go:petitions")]]


async def _others(card: LetterCard, context: Context) -> Buttons:
    services, language = context.services, context.supporter.language
    signable = await services.petitions.open_ones(language)
    mine = (one for one, _ in signable if one.slug == card.letter.petition)
    if petition := next(mine, None):
        return [[button(petition.title, f"petition:{petition.slug}")]]
    if others := await services.letters.open_ones(language):
        return [[button(others[0].title, f"letter:{others[0].slug}")]]
    return ()
