"""The card of a draft: everything that will go out, what is missing, and where to mend it."""

from collections.abc import Mapping

from markupsafe import Markup
from telegram import InlineKeyboardButton

from bot.context import Buttons, Context, button
from bot.i18n import N_, Translator
from bot.models import AlertState
from bot.services.alerts import Overview, Problem
from handlers.organiser.names import KINDS, STATES
from handlers.organiser.particulars import particulars

PROBLEMS: Mapping[Problem, str] = {
    Problem.NO_TEXT: N_("Write the text: <b>Text</b>."),
    Problem.TOO_LONG: N_(
        "The text is too long. It may have 4,096 characters, and 1,024 under a picture: shorten "
        "the <b>Text</b>, or take out the <b>Picture</b>."
    ),
    Problem.TOO_FORMATTED: N_(
        "Telegram shows no more than 100 formatted pieces. Take some of the formatting out of the "
        "<b>Text</b>."
    ),
    Problem.TEXT_GONE: N_(
        "What is attached is not shown to people any more, so its button would lead nowhere: "
        "choose something else under <b>Attach</b>."
    ),
    Problem.NOTHING_ATTACHED: N_("Say what it is about: <b>Attach</b>."),
    Problem.PETITION_NOT_OPEN: N_(
        "The attached petition takes no signatures now, so its button would lead nowhere: choose "
        "another one under <b>Attach</b>."
    ),
    Problem.OUTCOME_TOLD: N_(
        "People were told the outcome of this petition already, and nobody is told twice. /queue "
        "corrects that message; what is new since is news: /update."
    ),
    Problem.NO_DEADLINE: N_(
        "The attached petition has no deadline to remind of: choose another one under "
        "<b>Attach</b>."
    ),
    Problem.SEND_TIME_PAST: N_("The time at which it should go out is past: <b>When</b>."),
    Problem.NO_EXPIRY: N_("Say after when nobody shall get it any more: <b>Until</b>."),
    Problem.EXPIRY_TOO_SOON: N_("It would expire before it goes out: <b>Until</b>."),
    Problem.EXPIRY_AFTER_DEADLINE: N_(
        "The petition closes before the alert expires, and who gets it late could not sign: "
        "<b>Until</b>."
    ),
    Problem.UNCHANGED: N_("Nothing is different yet from what people have."),
    Problem.PICTURE_MISSING: N_(
        "People have a picture, and Telegram lets nobody take it out again. Send another one under "
        "<b>Picture</b>, or recall the whole alert."
    ),
    Problem.NOBODY: N_("Nobody would get it: look at <b>Attach</b> and <b>Audience</b>."),
}


async def show(overview: Overview, context: Context) -> None:
    """Put the card where the person is looking."""
    await context.reply(card(overview, context), buttons(overview, context))


def card(overview: Overview, context: Context) -> Markup:
    alert, t = overview.alert, context.t
    return t(
        "<b>{kind}</b> · {number} · {state}\n\n{parts}\n\n{todo}",
        kind=t(KINDS[alert.kind]),
        number=alert.id,
        state=t(STATES[alert.state]),
        parts=particulars(alert, overview.count, context),
        todo=_todo(overview, context),
    )


def buttons(overview: Overview, context: Context) -> Buttons:
    alert, t = overview.alert, context.t
    at = f"draft:{alert.id}:{alert.revision}"
    if alert.state is not AlertState.DRAFT:
        return [
            [button(t("Preview"), f"{at}:preview")],
            [button(t("Change it (voids the approval)"), f"{at}:reopen")],
        ]
    *others, last = [
        [button(_text_label(language, context), f"{at}:text:{language}")]
        for language in context.services.catalogues
    ]
    rows = [
        *others,
        [*last, button(t("Picture"), f"{at}:picture")],
        *(_aims(at, t) if alert.amends is None else []),
        [button(t("Preview"), f"{at}:preview"), button(t("Test in the group"), f"{at}:test")],
    ]
    if not overview.problems:
        rows.append([button(t("Submit for approval"), f"{at}:submit")])
    return [*rows, [button(t("Throw away"), f"{at}:discard")]]


def _aims(at: str, t: Translator) -> list[list[InlineKeyboardButton]]:
    return [
        [button(t("Attach"), f"{at}:attach"), button(t("Audience"), f"{at}:audience")],
        [button(t("When"), f"{at}:when"), button(t("Until"), f"{at}:until")],
    ]


def _text_label(language: str, context: Context) -> str:
    if len(list(context.services.catalogues)) == 1:
        return context.t("Text")
    return context.t("Text ({language})", language=language)


def _todo(overview: Overview, context: Context) -> Markup:
    t = context.t
    if overview.alert.state is not AlertState.DRAFT:
        return t("An admin who did not write it approves it in the admin group.")
    if not overview.problems:
        return t("Nothing is missing. Look at the preview, then submit it.")
    lines = [t("• {problem}", problem=t(PROBLEMS[problem])) for problem in overview.problems]
    return t("<b>Still to do</b>\n{lines}", lines=Markup("\n").join(lines))
