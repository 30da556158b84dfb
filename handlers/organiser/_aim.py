"""What is attached to an alert, and who gets it."""

from dataclasses import replace

from markupsafe import Markup
from telegram import InlineKeyboardButton

from bot.context import Buttons, Context, button
from bot.models import Alert, AlertKind
from handlers.organiser._card import show
from handlers.organiser.names import chosen, title
from handlers.organiser.steps import at

_UPDATES = frozenset({AlertKind.NEWS, AlertKind.OUTCOME})
_SHORT = {"p": "petition", "c": "case"}  # slugs are long, and a button holds 64 bytes


async def ask_attach(alert: Alert, _: str, context: Context) -> None:
    await context.reply(
        _what_attaching_does(alert, context),
        await _choices(alert, context),
    )


def _what_attaching_does(alert: Alert, context: Context) -> Markup:
    if alert.kind in _UPDATES:  # those who signed are the ones who want to know
        return context.t(
            "What is it about? A petition gets the button <b>Read and sign</b> below the text, a "
            "case the button <b>Read the story</b>."
        )
    return context.t(
        "What is it about? A petition gets the button <b>Read and sign</b> below the text, and "
        "who has signed is left out. A case gets the button <b>Read the story</b>."
    )


async def attach(alert: Alert, argument: str, context: Context) -> None:
    kind, _, slug = argument.partition(":")
    about = f"{_SHORT[kind]}:{slug}" if kind in _SHORT else None
    if about is not None and title(about, context.services) is None:
        about = alert.about  # its text was taken back since
    drafts, person = context.services.drafts, context.supporter.id
    await show(await drafts.attach(alert.id, alert.revision, person, about), context)


async def ask_audience(alert: Alert, _: str, context: Context) -> None:
    t, here = context.t, at(alert)
    rows = [*_languages(alert, context)]
    if alert.audience.without_signers_of is not None:
        rows.append([button(t("✓ Leave out who has signed"), f"{here}:signers")])
    elif _could_leave_out(alert):
        rows.append([button(t("Leave out who has signed"), f"{here}:signers")])
    await context.reply(
        t(
            "It goes to people {chosen}. Whoever said stop, cannot be reached or takes the choice "
            "back before it goes out does not get it.",
            chosen=t(chosen(alert)),
        ),
        [*rows, [button(t("Back"), f"{here}:back")]],
    )


async def toggle_language(alert: Alert, code: str, context: Context) -> None:
    every = tuple(context.services.catalogues)
    wanted = set(alert.audience.languages or every) ^ {code}
    kept = tuple(one for one in every if one in wanted)
    languages = kept or alert.audience.languages  # none left would mean all
    narrowed = () if languages == every else languages
    audience = replace(alert.audience, languages=narrowed)
    drafts, person = context.services.drafts, context.supporter.id
    seen = await drafts.aim(alert.id, alert.revision, person, audience)
    await ask_audience(seen.alert, "", context)


async def toggle_signers(alert: Alert, _: str, context: Context) -> None:
    slug = (alert.about or "").partition(":")[2]
    left_out = None if alert.audience.without_signers_of is not None else slug
    audience = replace(alert.audience, without_signers_of=left_out)
    drafts, person = context.services.drafts, context.supporter.id
    seen = await drafts.aim(alert.id, alert.revision, person, audience)
    await ask_audience(seen.alert, "", context)


async def _choices(alert: Alert, context: Context) -> Buttons:
    here, t = at(alert), context.t
    texts = context.services.content.language(context.supporter.language)
    untold = await context.services.cases.untold()
    open_ones = await context.services.petitions.open_ones(context.supporter.language)
    petitions = [one for one, _ in open_ones]
    if alert.kind in _UPDATES:
        petitions = list(texts.petitions.values())  # there is news of closed ones, too
    rows = [
        [button(t("Petition: {title}", title=one.title).unescape(), f"{here}:to:p:{one.slug}")]
        for one in petitions
        if f"petition:{one.slug}" not in untold
    ]
    if alert.kind is not AlertKind.REMINDER:
        rows += [
            [button(t("Case: {title}", title=one.title).unescape(), f"{here}:to:c:{one.slug}")]
            for one in texts.cases.values()
            if f"case:{one.slug}" not in untold
        ]
    return [*rows, [button(t("Nothing"), f"{here}:to:none"), button(t("Back"), f"{here}:back")]]


def _languages(alert: Alert, context: Context) -> list[list[InlineKeyboardButton]]:
    every = tuple(context.services.catalogues)
    if len(every) == 1:
        return []
    wanted = alert.audience.languages or every
    return [
        [button(f"✓ {code}" if code in wanted else code, f"{at(alert)}:lang:{code}")]
        for code in every
    ]


def _could_leave_out(alert: Alert) -> bool:
    return (alert.about or "").startswith("petition:")
