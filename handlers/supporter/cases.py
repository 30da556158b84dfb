"""/cases: people's stories and what became of them."""

from collections.abc import Mapping

from markupsafe import Markup
from telegram import InlineKeyboardButton, Update
from telegram.ext import CallbackQueryHandler

from bot.content import Case
from bot.context import App, Buttons, Command, Context, button
from bot.i18n import N_, Translator
from bot.models import Topic
from handlers.review import dated, is_shown
from handlers.supporter.quiet import to_petitions
from handlers.supporter.subjects import Subject, choice_of, no_such_case, ways_back

OUTCOMES: Mapping[str, str] = {
    "open": N_("Open"),
    "released": N_("Released"),
    "justice": N_("Justice was done"),
    "died": N_("Died"),
    "closed": N_("Closed at the family's wish"),
}


async def list_cases(_: Update, context: Context) -> None:
    cases = context.services.content.language(context.supporter.language).cases.values()
    shown = (case for case in cases if is_shown(case, context))
    buttons = [[button(case.title, f"case:{case.slug}")] for case in shown]
    if buttons:
        await context.reply(context.t("The people whose cases we tell of:"), buttons)
    else:
        await context.reply(context.t("There are no cases to tell of at the moment."))


async def show(slug: str, context: Context) -> None:
    case = context.services.content.language(context.supporter.language).cases.get(slug)
    if case is None or not is_shown(case, context):
        await context.reply(no_such_case(context))
        return
    text = dated(story(case, context.t), case, context)
    await context.reply(text, [await _follow(slug, context), *_below(context)])


async def open_case(_: Update, context: Context) -> None:
    await show(context.group("slug"), context)


async def open_from_alert(update: Update, context: Context) -> None:
    context.anew()
    await open_case(update, context)


def story(case: Case, t: Translator) -> Markup:
    return t(
        "<b>{title}</b>\n{country}\n\n{body}\n\n<b>{outcome}</b>\n{outcome_text}\n\n"
        "<i>Source: {source}\nAs of: {as_of}</i>",
        title=case.title,
        country=case.country,
        body=case.body,
        outcome=t(OUTCOMES[case.outcome]),
        outcome_text=case.outcome_text,
        source=case.source,
        as_of=case.as_of,
    )


async def _follow(slug: str, context: Context) -> list[InlineKeyboardButton]:
    subject = Subject(Topic.CASES, slug)
    if await choice_of(subject, context):
        return ways_back(subject, context)
    return [button(context.t("Follow this case"), subject.data("ask"))]


def _below(context: Context) -> Buttons:
    return [[button(context.t("All cases"), "go:cases"), *to_petitions(context)]]


COMMANDS = (Command("cases", N_("People, and what became of them"), list_cases),)


def register(app: App) -> None:
    slug = "(?P<slug>[a-z0-9-]+)"
    app.add_handler(CallbackQueryHandler(open_case, pattern=rf"^case:{slug}$"))
    app.add_handler(CallbackQueryHandler(open_from_alert, pattern=rf"^alert:case:{slug}$"))
