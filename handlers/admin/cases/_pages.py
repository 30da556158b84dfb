"""The list of cases, and the page of one: consent, followers, petitions, and what was sent."""

from collections.abc import Iterator

from markupsafe import Markup
from telegram import Update

from bot.context import Buttons, Context, button
from bot.errors import CaseUnknown
from bot.models import Alert, Ending, Fate, Role, Standing
from bot.services.cases import Page, Report, Told
from handlers.admin.cases._stopped import progress
from handlers.admin.gate import admin_group
from handlers.organiser.names import name
from handlers.supporter.cases import OUTCOMES
from handlers.supporter.petitions import STATES

_LISTED = 30
_SENT = 10  # of what went out; the newest


@admin_group(Role.ADMIN)
async def open_list(_: Update, context: Context) -> None:
    await show_list(context)


@admin_group(Role.ADMIN)
async def open_page(_: Update, context: Context) -> None:
    await show(context.group("slug"), context)


@admin_group(Role.ADMIN)
async def ask_fate(_: Update, context: Context) -> None:
    slug, t = context.group("slug"), context.t
    fates = (Fate.RELEASED, Fate.JUSTICE, Fate.DIED)
    rows = [[button(t(OUTCOMES[fate]), f"admin:case:as:{fate}:{slug}")] for fate in fates]
    await context.reply(
        t(
            "What has become of this case? You write it in a moment; nobody is told before another "
            "admin has accepted it."
        ),
        [*rows, [button(t("Back"), f"admin:case:show:{slug}")]],
    )


async def show_list(context: Context) -> None:
    t = context.t
    found = await context.services.cases.every()
    if not found:
        await context.reply(t("There are no cases. They are made as files: /content"))
        return
    rows = [[button(_label(one, context), f"admin:case:show:{one.slug}")] for one in found]
    await context.reply(t("The cases, and how each of them stands:"), rows[:_LISTED])


async def show(slug: str, context: Context) -> None:
    """Raises:
    CaseUnknown: There is none of this name.
    """
    page = await context.services.cases.page(slug)
    if page is None:
        raise CaseUnknown
    report = await context.services.stopping.report(slug)
    await context.reply(_text(page, report, context), _buttons(page, context))


def _text(page: Page, report: Report | None, context: Context) -> Markup:
    t, told = context.t, page.told
    paragraphs = [
        t("<b>{title}</b> · <code>{slug}</code>", title=_title(told), slug=told.slug),
        t("<b>{fate}</b>\n{said}", fate=t(OUTCOMES[told.fate]), said=told.sentence),
    ]
    if told.case is not None:
        paragraphs.append(t("<b>Consent on record:</b> {consent}", consent=told.case.consent))
    paragraphs.append(
        t.n(
            "<b>Told of it:</b> {n} person, who follows it or signed for it and wants to know",
            "<b>Told of it:</b> {n} people, who follow it or signed for it and want to know",
            page.followers,
        )
    )
    paragraphs += [Markup("\n").join(lines) for lines in _lists(page, context) if lines]
    if report is not None:
        paragraphs.append(progress(report, context))
    return Markup("\n\n").join(paragraphs)


def _lists(page: Page, context: Context) -> Iterator[list[Markup]]:
    t = context.t
    petitions = [_petition(slug, one, context) for slug, one in page.standings.items()]
    yield [t("<b>Petitions</b>"), *petitions] if petitions else []
    sent = [_sent(alert, people, context) for alert, people in page.sent[-_SENT:]]
    yield [t("<b>Sent</b>"), *sent] if sent else []


def _petition(slug: str, standing: Standing | None, context: Context) -> Markup:
    if standing is None:
        return context.t("• {slug}: not opened yet", slug=slug)
    return context.t(
        "• {slug}: {state}, {signatures}",
        slug=slug,
        state=context.t(STATES[standing.state]),
        signatures=context.t.n("{n} signature", "{n} signatures", standing.signatures),
    )


def _sent(alert: Alert, people: int, context: Context) -> Markup:
    assert alert.started_at is not None
    return context.t(
        "• {name}, {day}: {people}",
        name=name(alert, context.t),
        day=context.t.day(alert.started_at, context.services.house.timezone),
        people=context.t.n("{n} person", "{n} people", people),
    )


def _buttons(page: Page, context: Context) -> Buttons:
    t, slug = context.t, page.told.slug
    back = [button(t("All cases"), "admin:case:list")]
    if page.told.is_closed:
        return [back]
    return [
        *([button(_begun(one, context), f"admin:ending:{one.number}")] for one in page.begun),
        [button(t("Tell an outcome"), f"admin:case:fates:{slug}")],
        [button(t("The family asks us to stop"), f"admin:case:as:{Fate.CLOSED}:{slug}")],
        back,
    ]


def _begun(ending: Ending, context: Context) -> str:
    label = context.t("Go on with: {fate}", fate=context.t(OUTCOMES[ending.fate]))
    return label.unescape()


def _label(told: Told, context: Context) -> str:
    label = context.t("{title} – {fate}", title=_title(told), fate=context.t(OUTCOMES[told.fate]))
    return label.unescape()


def _title(told: Told) -> str:
    return told.case.title if told.case is not None else told.slug
