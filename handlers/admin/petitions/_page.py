"""The page of one petition: how it stands, what is missing, and what can be done about it."""

from datetime import datetime

from markupsafe import Markup
from telegram import InlineKeyboardButton

from bot import moments
from bot.context import Buttons, Context, button
from bot.i18n import own_direction
from bot.models import NamesFor, PetitionState
from bot.services.petitions import FIELDS, Page, latest
from handlers.admin.petitions._spot import data
from handlers.admin.petitions._words import FIELD_NAMES, LACKS, NAMES
from handlers.links import address
from handlers.supporter.petitions import STATES

Row = list[InlineKeyboardButton]


async def show(page: Page, context: Context) -> None:
    """Put the page where the person is looking."""
    await context.reply(text(page, context), buttons(page, context))


def text(page: Page, context: Context) -> Markup:
    t = context.t
    parts = [
        t("<b>{title}</b> · {state}", title=page.title, state=t(STATES[page.standing.state])),
        _particulars(page, context),
        _next(page, context),
    ]
    return Markup("\n\n").join(part for part in parts if part)


def _particulars(page: Page, context: Context) -> Markup:
    t, standing = context.t, page.standing
    number = t.number
    lines = [
        t("Link: {link}", link=address(context.bot.username, f"petition-{page.slug}")),
        *(_languages(page, context)),
        t("Goal: {goal}", goal=number(standing.goal) if standing.goal else t("the next step only")),
        t("Opens: {moment}", moment=_opening(page, context)),
        t("Deadline: {moment}", moment=_moment(standing.closes_at, context) or t("none")),
        t("Names: {who}", who=t(NAMES[standing.names_for])),
        t("Consent: {basis}", basis=_consent(page, context)),
    ]
    if standing.opened_at is not None:
        lines.append(t("Signatures: {number}", number=number(standing.signatures)))
    if standing.delivered is not None:
        lines.append(t("Handed over: {number}", number=number(standing.delivered)))
    lines += [
        t("{language}: {said}", language=t.name_of(code), said=own_direction(said))
        for code, said in standing.outcome.items()
    ]
    return Markup("\n").join(lines)


def _languages(page: Page, context: Context) -> list[Markup]:
    """Which texts there are, and what each of them lacks."""
    t = context.t
    if not page.dossier.is_written and not page.texts:
        return [
            t(
                "Its text is in no file any more, so people are told that it was withdrawn. If "
                "the file was renamed, this line in its header brings it back: "
                "<code>formerly: {slug}</code>",
                slug=page.slug,
            )
        ]
    if not page.dossier.is_written:
        codes = t.list([t.name_of(code) for code in page.texts])
        return [t("Text: in the content files ({languages})", languages=codes)]
    lines = []
    for code, draft in page.drafts.items():
        missing = [t(FIELD_NAMES[field]) for field in FIELDS if field not in latest(draft)]
        lines.append(
            t("{language}: missing: {fields}", language=t.name_of(code), fields=t.list(missing))
            if missing
            else t("{language}: the text is whole", language=t.name_of(code))
        )
    return lines


def _opening(page: Page, context: Context) -> Markup:
    if page.standing.opened_at is not None:
        return context.t.time(page.standing.opened_at, context.services.house.timezone)
    at = _moment(page.dossier.opens_at, context)
    return at or context.t("as soon as another admin has agreed")


def _moment(moment: datetime | None, context: Context) -> Markup | None:
    """With its zone, in UTC and from now on, so that a wrong hour is noticed."""
    if moment is None:
        return None
    zone, now = context.services.house.timezone, context.services.now()
    return moments.echo(moment, zone, now, context.t)


def _consent(page: Page, context: Context) -> Markup | str:
    if page.case is not None:
        case = context.services.content.language("").cases.get(page.case)
        basis = case.consent if case is not None else ""
        return context.t("that of the case {case}. {basis}", case=page.case, basis=basis)
    return own_direction(page.dossier.consent) if page.dossier.consent else context.t("not stated")


def _next(page: Page, context: Context) -> Markup:
    """What is missing, or what is waited for."""
    t, standing = context.t, page.standing
    if page.is_unopened and page.lacks:
        lines = [t("• {lack}", lack=t(LACKS[lack])) for lack in page.lacks]
        return t("<b>Still to do</b>\n{lines}", lines=Markup("\n").join(lines))
    zone = context.services.house.timezone
    if page.dossier.approved_by is not None and standing.starts_at is not None:
        return t(
            "Agreed. It takes effect at {time} by itself, unless somebody sends it back before.",
            time=t.time(standing.starts_at, zone),
        )
    if page.is_corrected:
        return t(
            "A correction waits. People see the former words until another admin accepts it; it "
            "becomes a new version then."
        )
    if standing.state is PetitionState.REVIEW:
        return t("Another admin, who did not write on it, looks at the preview and opens it.")
    if standing.state is PetitionState.DRAFT:
        return t("Nothing is missing. Look at the preview, then ask for the review.")
    if standing.state in {PetitionState.WON, PetitionState.NOT_WON}:
        return t(
            "Nobody gets a message about its end by itself: the button below makes one for those "
            "who asked to be told, and another admin approves it."
        )
    return Markup("")


def buttons(page: Page, context: Context) -> Buttons:
    t, state = context.t, page.standing.state
    rows: list[Row] = []
    if page.is_unopened:
        rows += _writing(page, context)
    elif page.is_running:
        rows += _correcting(page, context)
    if page.texts:
        rows.append([button(t("Preview"), data(page, "show"))])
        if state is not PetitionState.WITHDRAWN:
            rows[-1].append(button(t("Poster"), data(page, "qr")))
    rows += [[button(t(label), data(page, verb))] for label, verb in _moves(page, context)]
    if page.standing.outcome:
        rows += [
            [button(t("Sentence: {language}", language=t.name_of(code)), data(page, "say", code))]
            for code in context.services.catalogues
        ]
    if state is not PetitionState.WITHDRAWN and not page.is_unopened:
        rows.append([button(t("Withdraw…"), data(page, "off"))])
    return [*rows, [button(t("All petitions"), "admin:p:list")]]


def _writing(page: Page, context: Context) -> list[Row]:
    t = context.t
    rows = _texts(page, context)
    return [
        *rows,
        [
            button(t("Goal"), data(page, "ask", "goal")),
            button(t("Opening"), data(page, "ask", "opens")),
            button(t("Deadline"), data(page, "ask", "until")),
        ],
        [
            button(t("Names"), data(page, "names")),
            button(t("Case"), data(page, "case")),
            button(t("Consent"), data(page, "ask", "basis")),
        ],
    ]


def _correcting(page: Page, context: Context) -> list[Row]:
    t = context.t
    terms = [
        button(t("Goal"), data(page, "ask", "goal")),
        button(t("Deadline"), data(page, "ask", "until")),
    ]
    return [*_texts(page, context), terms]


def _texts(page: Page, context: Context) -> list[Row]:
    """A text of the content files is corrected there, with /content."""
    if not page.dossier.is_written:
        return []
    codes = page.drafts if page.is_running else context.services.catalogues
    t = context.t
    return [
        [button(t("Text: {language}", language=t.name_of(code)), data(page, "lang", code))]
        for code in codes
    ]


def _moves(page: Page, context: Context) -> list[tuple[str, str]]:
    """The labels and verbs of what can be done now."""
    t = context.t.plain
    is_agreed = page.dossier.approved_by is not None
    match page.standing.state:
        case PetitionState.DRAFT:
            found = [] if page.lacks else [(t("Ask for the review"), "submit")]
            return [*found, *([(t("Throw away…"), "drop")] if page.dossier.is_written else [])]
        case PetitionState.REVIEW:
            found = [] if is_agreed or page.lacks else [(t("Open it"), "open")]
            return [*found, (t("Send back"), "back")]
        case PetitionState.OPEN | PetitionState.PAUSED:
            return [*_corrections(page, context), *_running(page, context)]
        case PetitionState.CLOSED:
            return [(t("It was handed over…"), "gave")]
        case PetitionState.DELIVERED:
            return [(t("Won…"), "won"), (t("Not won…"), "lost")]
        case PetitionState.WON | PetitionState.NOT_WON:
            return [(t("Tell those who asked…"), "tell")]
    return []


def _corrections(page: Page, context: Context) -> list[tuple[str, str]]:
    t = context.t.plain
    if not page.is_corrected:
        return []
    found = [] if page.dossier.approved_by else [(t("Accept the correction"), "accept")]
    return [*found, (t("Drop the correction"), "keep")]


def _running(page: Page, context: Context) -> list[tuple[str, str]]:
    t = context.t.plain
    is_open = page.standing.state is PetitionState.OPEN
    first = (t("Pause"), "pause") if is_open else (t("Let people sign again"), "resume")
    return [first, (t("Close…"), "close")]


def names_text(page: Page, context: Context) -> tuple[Markup, Buttons]:
    """Who will see the names; it stands on the card, and is fixed once the petition opens."""
    t = context.t
    rows = [[button(t(NAMES[one]), data(page, "set", f"names:{one}"))] for one in NamesFor]
    return (
        t("Who gets the names of those who sign with theirs? It stands on the card."),
        [*rows, [button(t("Back"), data(page, "page"))]],
    )
