"""What is typed into a petition in the admin group: a question each, and what is made of it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from markupsafe import Markup

from bot import moments
from bot.context import Buttons, Context, button
from bot.errors import (
    EntryRefused,
    IllegalMove,
    MomentRefused,
    PetitionChanged,
    PetitionUnknown,
)
from bot.models import NamesFor
from bot.services.petitions import FIELDS, MOST, Page, clean_words, latest, read_goal
from handlers.admin.petitions._page import show
from handlers.admin.petitions._spot import Spot, data
from handlers.admin.petitions._words import END_STATES, ENDINGS, QUESTIONS, entry_refused
from handlers.organiser.refusals import moment_refused, offers

DIALOG = "petition"
_TERMS = {"goal": "goal", "opens": "opens_at", "until": "closes_at", "basis": "consent"}
_FARTHEST = timedelta(days=366)  # as far as a typed one may lie
_DIGITS = 11  # of a moment's seconds, for some centuries
_FINAL = {MomentRefused.PAST, MomentRefused.TOO_FAR}


async def ask_title(context: Context) -> None:
    """The first question about a new petition; it becomes a row with the answer."""
    await _wait_for("new", {}, context)
    field = "title"
    question = context.t(QUESTIONS[field], most=MOST[field])
    await context.reply(question, [[button(context.t("Leave it"), "admin:p:list")]])


async def ask(page: Page, what: str, context: Context, *, is_run: bool = False) -> None:
    """`what` is a term, or a language and a field: "en:title". A run asks for field after field."""
    await _wait_for(what, _seen(page) | {"run": is_run}, context)
    await context.reply(_question(page, what, context), _ways_out(page, what, context))


async def ask_ending(page: Page, verb: str, language: str, context: Context) -> None:
    """A state of its end is reached with the sentence that says so."""
    await _wait_for(f"{verb}:{language}", _seen(page), context)
    question = context.t(ENDINGS[verb], language=context.t.name_of(language))
    await context.reply(question, [[button(context.t("Back"), data(page, "page"))]])


async def take(words: str, context: Context) -> None:
    """Words that were typed while a question was open. What is refused leaves it open."""
    dialog = context.dialog
    assert dialog is not None
    try:
        if dialog.update_id == context.incoming.update_id:  # it comes again after a crash
            await _show_again(dialog.data, context)
        else:
            await _taken(dialog.step, words, dialog.data, context)
    except EntryRefused as refusal:
        await context.say(entry_refused(refusal, context.t), quoting=True)
    except MomentRefused as refusal:
        instants = () if refusal.reason in _FINAL else refusal.instants
        page = await context.services.petition_desk.page(dialog.data["slug"])
        at = data(page, "set", dialog.step)
        await context.say(moment_refused(refusal, context), offers(instants, refusal, at, context))
    except (PetitionChanged, PetitionUnknown, IllegalMove):
        await _end(context)
        raise


async def put(seen: Spot, argument: str, context: Context) -> Page:
    """A term that was chosen by a button: `names:nobody`, `until:none`, `until:1900000000` …"""
    await _end(context)
    what, _, value = argument.partition(":")
    if what == "names" and value in set(NamesFor):
        terms: dict[str, object] = {"names_for": value}
    elif what in _TERMS:
        terms = {_TERMS[what]: _chosen(what, value, context)}
    else:
        raise PetitionChanged  # a forged button's
    return await context.services.petition_drafts.put(
        seen.slug, seen.revision, context.supporter.id, **terms
    )


def _chosen(what: str, value: str, context: Context) -> object:
    if what == "basis":
        return context.t("It tells of nobody in particular.").unescape()
    if value == "none":
        return None
    if what == "goal" or not value.isdecimal() or len(value) > _DIGITS:
        raise PetitionChanged  # a forged button's
    moment, now = datetime.fromtimestamp(int(value), UTC), context.services.now()
    if not now < moment <= now + _FARTHEST:  # an old button's, or a forged one's
        raise PetitionChanged
    return moment


async def _taken(step: str, words: str, found: Mapping[str, Any], context: Context) -> None:
    person, what, rest = context.supporter.id, *step.partition(":")[::2]
    drafts, desk = context.services.petition_drafts, context.services.petition_desk
    if step == "new":
        first = context.services.catalogues.first
        await _go_on(await drafts.begin(person, first, words), first, context)
        return
    slug, revision = found["slug"], found["revision"]
    if what in END_STATES:
        state = END_STATES[what]
        page = await desk.end(slug, revision, person, state, rest, words)
    elif what == "say":
        page = await desk.say(slug, revision, person, rest, words)
    elif what in _TERMS:
        value = _typed(what, words, context)
        page = await drafts.put(slug, revision, person, **{_TERMS[what]: value})
    else:
        page = await drafts.write(slug, revision, person, what, rest, words)
        if found.get("run"):
            await _go_on(page, what, context)
            return
    await _end(context)
    await show(page, context)


async def _go_on(page: Page, language: str, context: Context) -> None:
    """Ask for the next field of the text that is empty; at the end show the page."""
    draft = page.drafts.get(language)
    missing = [field for field in FIELDS if draft is None or field not in latest(draft)]
    if missing:
        await ask(page, f"{language}:{missing[0]}", context, is_run=True)
    else:
        await _end(context)
        await show(page, context)


def _typed(what: str, words: str, context: Context) -> object:
    if what == "goal":
        return read_goal(words)
    if what == "basis":
        return clean_words(words)
    zone, now = context.services.house.timezone, context.services.now()
    return moments.read_moment(words, zone, now).at


def _question(page: Page, what: str, context: Context) -> Markup:
    language, _, field = what.partition(":")
    t, zone = context.t, context.services.house.timezone.key
    if not field:
        return t(QUESTIONS[what], zone=zone)
    question = t(QUESTIONS[field], most=t.number(MOST[field]))
    if len(list(context.services.catalogues)) > 1:
        question = t("{language}: {question}", language=t.name_of(language), question=question)
    draft = page.drafts.get(language)
    now = latest(draft).get(field) if draft else None
    return t("{question}\n\nNow: {words}", question=question, words=now) if now else question


def _ways_out(page: Page, what: str, context: Context) -> Buttons:
    t = context.t
    rows = [[button(t("Back"), data(page, "page"))]]
    if what in {"goal", "until", "opens"}:
        rows.insert(0, [button(t("None"), data(page, "set", f"{what}:none"))])
    if what == "basis":
        label = t("It tells of nobody in particular")
        rows.insert(0, [button(label, data(page, "set", "basis:nobody"))])
    return rows


def _seen(page: Page) -> dict[str, object]:
    return {"slug": page.slug, "revision": page.dossier.revision}


async def _show_again(found: Mapping[str, Any], context: Context) -> None:
    if "slug" in found:
        await show(await context.services.petition_desk.page(found["slug"]), context)


async def _wait_for(step: str, found: Mapping[str, object], context: Context) -> None:
    await context.services.dialogs.move(
        context.supporter, DIALOG, step, found, context.incoming.update_id, context.chat.id
    )


async def _end(context: Context) -> None:
    await context.services.dialogs.close(context.supporter, context.chat.id)
