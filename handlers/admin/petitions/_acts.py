"""What each button of a petition's page does."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from markupsafe import Markup

from bot.context import Buttons, Context, button
from bot.errors import PetitionChanged
from bot.models import PetitionState
from bot.services.petitions import FIELDS, Card, Page, latest
from handlers.admin.petitions import _asking, _poster, _telling
from handlers.admin.petitions._page import names_text, show
from handlers.admin.petitions._spot import Spot, data, mark
from handlers.admin.petitions._words import FIELD_NAMES
from handlers.organiser.names import name
from handlers.supporter.petitions import card_buttons, card_text
from handlers.voice import OwnVoice

Verb = Callable[[Spot, str, Context], Awaitable[None]]


async def page(seen: Spot, _: str, context: Context) -> None:
    """Whatever was asked for is not waited for any more."""
    await context.services.dialogs.close(context.supporter, context.chat.id)
    await show(await _page(seen, context), context)


async def language(seen: Spot, code: str, context: Context) -> None:
    """One text with its fields; an empty one is asked for field by field."""
    found, t = await _page(seen, context), context.t
    _is_language(code, context)
    draft = found.drafts.get(code)
    if draft is None:
        await _asking.ask(found, f"{code}:{FIELDS[0]}", context, is_run=True)
        return
    words = latest(draft)
    lines = [
        t("<b>{field}</b>: {words}", field=t(FIELD_NAMES[field]), words=words.get(field, "–"))
        for field in FIELDS
    ]
    fields = [button(t(FIELD_NAMES[one]), data(found, "ask", f"{code}:{one}")) for one in FIELDS]
    rows = [fields[:3], fields[3:]]
    if found.is_unopened and len(found.drafts) > 1:
        rows.append([button(t("Take this text out"), data(found, "nolang", code))])
    rows.append([button(t("Back"), data(found, "page"))])
    await context.reply(Markup("\n").join(lines), rows)


async def drop_language(seen: Spot, code: str, context: Context) -> None:
    drafts, person = context.services.petition_drafts, context.supporter.id
    await show(await drafts.drop_language(seen.slug, seen.revision, person, code), context)


async def ask(seen: Spot, what: str, context: Context) -> None:
    found, (code, _, field) = await _page(seen, context), what.partition(":")
    if field:
        _is_language(code, context)
    if field not in FIELDS if field else code not in {"goal", "opens", "until", "basis"}:
        raise PetitionChanged  # a forged button's
    await _asking.ask(found, what, context)


async def put(seen: Spot, argument: str, context: Context) -> None:
    await show(await _asking.put(seen, argument, context), context)


async def names(seen: Spot, _: str, context: Context) -> None:
    await context.reply(*names_text(await _page(seen, context), context))


async def case(seen: Spot, chosen: str, context: Context) -> None:
    """Choose the case behind it, whose consent is on record."""
    found, t = await _page(seen, context), context.t
    cases = context.services.content.language("").cases
    if not chosen:
        rows = [
            *([button(one.title, data(found, "case", mark(slug)))] for slug, one in cases.items()),
            [button(t("None"), data(found, "case", "none"))],
            [button(t("Back"), data(found, "page"))],
        ]
        await context.reply(t("Whose case is behind this petition?"), rows)
        return
    slug = next((slug for slug in cases if mark(slug) == chosen), None)
    person = context.supporter.id
    changed = await context.services.petition_drafts.put(
        seen.slug, seen.revision, person, case_slug=slug
    )
    await show(changed, context)


async def preview(seen: Spot, _: str, context: Context) -> None:
    """The very card that people will see, in each language, as messages of their own."""
    found = await _page(seen, context)
    for code, petition in found.texts.items():
        voice = OwnVoice(context.services, context.services.catalogues[code])
        standing = found.standing
        if found.is_unopened:
            standing = replace(standing, state=PetitionState.OPEN)
        card = Card(petition, standing.version, standing, None)
        await context.say(card_text(card, voice), card_buttons(card, voice))
    await _acknowledged(context)


async def poster(seen: Spot, _: str, context: Context) -> None:
    await _poster.send(await _page(seen, context), context)


async def submit(seen: Spot, _: str, context: Context) -> None:
    await show(await context.services.petition_desk.submit(*_at(seen, context)), context)


async def send_back(seen: Spot, _: str, context: Context) -> None:
    await show(await context.services.petition_desk.send_back(*_at(seen, context)), context)


async def approve(seen: Spot, words: str, context: Context) -> None:
    await show(await context.services.petition_desk.approve(*_at(seen, context), words), context)


async def accept(seen: Spot, words: str, context: Context) -> None:
    await show(await context.services.petition_desk.accept(*_at(seen, context), words), context)


async def keep_as_is(seen: Spot, _: str, context: Context) -> None:
    await show(await context.services.petition_desk.keep_as_is(*_at(seen, context)), context)


async def pause(seen: Spot, _: str, context: Context) -> None:
    await show(await context.services.petition_desk.pause(*_at(seen, context)), context)


async def resume(seen: Spot, _: str, context: Context) -> None:
    await show(await context.services.petition_desk.resume(*_at(seen, context)), context)


async def close(seen: Spot, sure: str, context: Context) -> None:
    if sure == "yes":
        await show(await context.services.petition_desk.close(*_at(seen, context)), context)
        return
    t = context.t
    question = t("Close it? Nobody can sign any more, and it cannot be opened again.")
    await _confirm(seen, "close", question, t("Close it"), context)


async def deliver(seen: Spot, sure: str, context: Context) -> None:
    if sure == "yes":
        await show(await context.services.petition_desk.deliver(*_at(seen, context)), context)
        return
    t, found = context.t, await _page(seen, context)
    question = t.n(
        "Was the list handed over, with {n} signature? From then on people are told that it was, "
        "and a signature can no longer be called back from there.",
        "Was the list handed over, with {n} signatures? From then on people are told that it was, "
        "and a signature can no longer be called back from there.",
        found.standing.signatures,
    )
    await _confirm(seen, "gave", question, t("It was handed over"), context)


async def discard(seen: Spot, sure: str, context: Context) -> None:
    t = context.t
    if sure != "yes":
        question = t("This throws the draft away for good.")
        await _confirm(seen, "drop", question, t("Throw it away"), context)
        return
    await context.services.petition_drafts.discard(*_at(seen, context))
    back = [[button(t("All petitions"), "admin:p:list")]]
    await context.reply(t("The draft is gone."), back)


async def tell(seen: Spot, sure: str, context: Context) -> None:
    """Tell those who asked what came of it, when somebody else has approved the message."""
    if sure == "yes":
        outcomes, t = context.services.petition_outcomes, context.t
        asked = await outcomes.submit(*_at(seen, context))
        text = t(
            "{name} waits for another admin: the message stands below, exactly as it will arrive. "
            "Whoever wrote its words cannot approve it.",
            name=name(asked.alert, t),
        )
        await context.reply(text, [[button(t("Back"), data(asked.page, "page"))]])
        return
    await _telling.ask(await context.services.petition_outcomes.preview(seen.slug), context)


def ending(verb: str) -> Verb:
    """Won, not won or withdrawn: each begins with a question."""

    async def ask_for_it(seen: Spot, code: str, context: Context) -> None:
        chosen = code or context.services.catalogues.first
        _is_language(chosen, context)
        await _asking.ask_ending(await _page(seen, context), verb, chosen, context)

    return ask_for_it


VERBS: Mapping[str, Verb] = {
    "page": page,
    "lang": language,
    "nolang": drop_language,
    "ask": ask,
    "set": put,
    "names": names,
    "case": case,
    "show": preview,
    "qr": poster,
    "submit": submit,
    "back": send_back,
    "open": approve,
    "accept": accept,
    "keep": keep_as_is,
    "pause": pause,
    "resume": resume,
    "close": close,
    "gave": deliver,
    "drop": discard,
    "tell": tell,
    **{verb: ending(verb) for verb in ("won", "lost", "off", "say")},
}


async def _page(seen: Spot, context: Context) -> Page:
    return await context.services.petition_desk.page(seen.slug)


def _at(seen: Spot, context: Context) -> tuple[str, int, int]:
    return seen.slug, seen.revision, context.supporter.id


def _is_language(code: str, context: Context) -> None:
    if code not in context.services.catalogues:
        raise PetitionChanged  # a forged button's


async def _confirm(seen: Spot, verb: str, question: Markup, label: str, context: Context) -> None:
    found = await _page(seen, context)
    rows: Buttons = [
        [button(label, data(found, verb, "yes"))],
        [button(context.t("Back"), data(found, "page"))],
    ]
    await context.reply(question, rows)


async def _acknowledged(context: Context) -> None:
    query = context.incoming.callback_query
    if query is not None:
        await context.acknowledge(query)
