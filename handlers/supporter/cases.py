"""/cases: people's stories and what became of them."""

from collections.abc import Callable, Collection, Coroutine, Mapping
from functools import wraps
from typing import Any, TypeAlias, TypeVar

from markupsafe import Markup, escape
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.content import Case
from bot.context import App, Buttons, Command, Context, button
from bot.errors import CaseEnded
from bot.i18n import N_, Translator
from bot.models import Fate, Topic
from bot.models.sharing import Kind, Target
from bot.services.cases import Told
from handlers.links import more_to_do, share_button
from handlers.review import dated, is_shown
from handlers.supporter.quiet import rests, to_petitions
from handlers.supporter.subjects import (
    Subject,
    case_titles,
    choice_of,
    no_such_case,
    ways_back,
)

OUTCOMES: Mapping[Fate, str] = {
    Fate.OPEN: N_("Open"),
    Fate.RELEASED: N_("Released"),
    Fate.JUSTICE: N_("Justice was done"),
    Fate.DIED: N_("Died"),
    Fate.CLOSED: N_("Closed at the family's wish"),
}
Asked = TypeVar("Asked")
Answer: TypeAlias = Callable[[Asked, Context], Coroutine[Any, Any, None]]


async def list_cases(_: Update, context: Context) -> None:
    titles = await case_titles(context)
    buttons = [[button(title, f"case:{slug}")] for slug, title in titles.items()]
    if buttons:
        await context.reply(context.t("The people whose cases we tell of:"), buttons)
    else:
        await context.reply(context.t("There are no cases to tell of at the moment."))


async def show(slug: str, context: Context) -> None:
    """A case, or what its family says: old links lead somewhere."""
    found = await context.services.cases.find(slug, context.supporter.language)
    if found is None:
        await context.reply(no_such_case(context))
    elif found.is_closed:
        await show_family(found, context)
    elif found.case is None or not is_shown(found.case, context):
        await context.reply(no_such_case(context))
    else:
        text = dated(story(found, found.case, context.t), found.case, context)
        buttons = [*await _follow(slug, context), *await more_to_do(context)]
        await context.reply(text, [*buttons, *_below(context)])


def or_family(run: Answer[Asked]) -> Answer[Asked]:
    """Let a family speak in the place of whatever was asked for about a case that it has ended."""

    @wraps(run)
    async def guarded(asked: Asked, context: Context) -> None:
        try:
            await run(asked, context)
        except CaseEnded as ended:
            found = await context.services.cases.find(ended.case, context.supporter.language)
            assert found is not None  # an ending is never undone
            await show_family(found, context, ended.signed)

    return guarded


async def show_family(found: Told, context: Context, signed: str = "") -> None:
    """Nothing but its words: neither story nor name. A signature can be taken back from there."""
    told = context.t(
        "<i>The family asked us to end this case, so its story is no longer told here. Nobody gets "
        "messages about it any more.</i>"
    )
    parts = (escape(found.sentence), told)
    back = button(context.t("Take my signature back"), f"withdraw:ask:{signed}")
    await context.reply(
        Markup("\n\n").join(part for part in parts if part),
        [*([[back]] if signed else ()), *_below(context)],
    )


async def open_case(_: Update, context: Context) -> None:
    await show(context.group("slug"), context)


async def open_from_alert(update: Update, context: Context) -> None:
    context.anew()
    await open_case(update, context)


def to_case(slugs: Collection[str], context: Context) -> Buttons:
    """The button to the first of these cases that is told of."""
    cases = context.services.content.language(context.supporter.language).cases
    found = (cases[slug] for slug in sorted(slugs) if slug in cases)
    case = next((one for one in found if is_shown(one, context)), None)
    return [] if case is None else [[button(case.title, f"case:{case.slug}")]]


def story(found: Told, case: Case, t: Translator) -> Markup:
    return t(
        "<b>{title}</b>\n{country}\n\n{body}\n\n<b>{outcome}</b>\n{outcome_text}\n\n"
        "<i>Source: {source}\nAs of: {as_of}</i>",
        title=case.title,
        country=case.country,
        body=case.body,
        outcome=t(OUTCOMES[found.fate]),
        outcome_text=found.sentence,
        source=case.source,
        as_of=case.as_of,
    )


async def _follow(slug: str, context: Context) -> Buttons:
    """Following it and passing it on; for whoever rests only what ends her own yes."""
    subject, share = Subject(Topic.CASES, slug), share_button(Target(Kind.CASE, slug), context)
    is_followed = await choice_of(subject, context) is not None
    offer = [button(context.t("Follow this case"), subject.data("ask"))]
    own = [ways_back(subject, context)] if is_followed else []
    return own if rests(context) else [*(own or [offer]), [share]]


def _below(context: Context) -> Buttons:
    return [[button(context.t("All cases"), "go:cases"), *to_petitions(context)]]


COMMANDS = (Command("cases", N_("People, and what became of them"), list_cases),)


def register(app: App) -> None:
    slug = "(?P<slug>[a-z0-9-]+)"
    app.add_handler(CallbackQueryHandler(open_case, pattern=rf"^case:{slug}$"))
    app.add_handler(CallbackQueryHandler(open_from_alert, pattern=rf"^alert:case:{slug}$"))
