"""The card of an outcome, or of a family's wish: its words, what it does, and what comes next."""

from collections.abc import Iterator

from markupsafe import Markup
from telegram import InlineKeyboardButton

from bot.context import Buttons, Context, button
from bot.i18n import Translator, own_direction
from bot.models import Ending, EndingState, Fate, Reason
from bot.services.cases import Preview, Reach
from handlers.organiser.particulars import out_of_reach
from handlers.supporter.cases import OUTCOMES


async def show(ending: Ending, context: Context) -> None:
    if ending.state in {EndingState.DONE, EndingState.DROPPED}:
        await context.reply(_over(ending, context), _back(ending, context))
    elif ending.fate is Fate.CLOSED:
        reach = await context.services.stopping.reach(ending.number)
        await context.reply(_stop(reach, context), _stop_buttons(ending, context))
    else:
        preview = await context.services.outcomes.preview(ending.number)
        await context.reply(_outcome(preview, context), _outcome_buttons(preview, context))


def _outcome(preview: Preview, context: Context) -> Markup:
    t, ending = context.t, preview.ending
    people = t.n("{n} person", "{n} people", preview.count.total)
    if ending.state is EndingState.WAITING:
        then = t(
            "<b>Waits for another admin.</b> It stands above exactly as it will arrive, and goes "
            "to {people}: each one once.",
            people=people,
        )
    else:
        then = t(
            "Nobody is told yet. {people} would be, each one once: those who follow the case, and "
            "those who signed for it and want to know.",
            people=people,
        )
    return _headed(ending, t(OUTCOMES[ending.fate]), then, context)


def _outcome_buttons(preview: Preview, context: Context) -> Buttons:
    t, ending = context.t, preview.ending
    at = f"admin:ending:{ending.number}:{ending.revision}"
    rows = [*_languages(ending, context)]
    if ending.state is EndingState.WAITING:
        label = t.n("Accept: {n} person", "Accept: {n} people", preview.count.total)
        rows.append([button(label.unescape(), f"{at}:accept")])
    elif ending.words:
        rows.append([button(t("Ask another admin"), f"{at}:submit")])
    return [*rows, [button(t("Throw it away"), f"{at}:drop")], *_back(ending, context)]


def _stop(reach: Reach, context: Context) -> Markup:
    t = context.t
    then = t(
        "What stopping does, at once and for good:\n{acts}\n\nThe story is no longer shown: its "
        "links and old buttons lead to these words. Nobody gets messages about the case any more. "
        "Answers of the explainer that tell of the person are texts of their own and stay; whoever "
        "looks after the texts has to take them out. {opened}",
        acts=Markup("\n").join(_acts(reach, context)),
        opened=opened(t),
    )
    return _headed(reach.ending, t("The family asks us to stop"), then, context)


def _acts(reach: Reach, context: Context) -> Iterator[Markup]:
    t = context.t
    yield t.n("• {n} petition is withdrawn.", "• {n} petitions are withdrawn.", reach.petitions)
    yield t.n(
        "• {n} draft or send is cancelled.", "• {n} drafts or sends are cancelled.", reach.sends
    )
    yield t.n(
        "• {n} message in people's chats becomes the family's words.",
        "• {n} messages in people's chats become the family's words.",
        reach.people,
    )
    if reach.has_picture:
        yield t("• A grey picture stands where there was one.")
    if reach.is_frozen:
        yield t(
            "• Sends are frozen: the family's words wait until an owner sends /unfreeze. All else "
            "holds at once."
        )
    yield from (
        t("• {said}", said=_stays(reason, number, t)) for reason, number in reach.lost.items()
    )


def _stays(reason: str, people: int, t: Translator) -> Markup:
    """Why what they have cannot be changed."""
    match reason:
        case Reason.TOO_OLD:
            return t.n(
                "{n} person had a message that is too old to be changed (over 90 days): it stays.",
                "{n} people had a message that is too old to be changed (over 90 days): it stays.",
                people,
            )
        case Reason.ERASED:
            return t.n(
                "{n} person had a message and erased everything since: the message stays.",
                "{n} people had a message and erased everything since: the messages stay.",
                people,
            )
        case Reason.IN_DIGEST:
            return t.n(
                "{n} person has a line of it in a weekly digest, which stays.",
                "{n} people have a line of it in a weekly digest, which stays.",
                people,
            )
    return out_of_reach(people, t)


def opened(t: Translator) -> Markup:
    """What no list of messages names."""
    return t(
        "Cards, receipts and reminders that people opened or asked for themselves keep their text "
        "until a button under them is tapped; cards in other chats keep theirs."
    )


def _stop_buttons(ending: Ending, context: Context) -> Buttons:
    t, at = context.t, f"admin:ending:{ending.number}:{ending.revision}"
    rows = [*_languages(ending, context)]
    if ending.words:
        rows.append([button(t("Stop now"), f"{at}:stop")])
    return [*rows, [button(t("Do not stop"), f"{at}:drop")], *_back(ending, context)]


def _headed(ending: Ending, head: Markup, then: Markup, context: Context) -> Markup:
    t = context.t
    texts = [
        t(
            "<b>{language}</b><blockquote>{words}</blockquote>",
            language=t.name_of(code),
            words=own_direction(words),
        )
        for code, words in ending.words.items()
    ]
    if len(texts) == 1:
        texts.append(t("It stands in for the other languages."))
    return t(
        "<b>{head}</b> · <code>{slug}</code>\n\n{texts}\n\n{then}",
        head=head,
        slug=ending.case,
        texts=Markup("\n").join(texts) if texts else t("There are no words yet."),
        then=then,
    )


def _languages(ending: Ending, context: Context) -> Buttons:
    """Two in a row."""
    found = [_language(code, ending, context) for code in context.services.catalogues]
    return [found[at : at + 2] for at in range(0, len(found), 2)]


def _language(code: str, ending: Ending, context: Context) -> InlineKeyboardButton:
    label = context.t("Words: {language}", language=context.t.name_of(code)).unescape()
    mark = "✓ " if code in ending.words else ""
    return button(f"{mark}{label}", f"admin:ending:{ending.number}:words:{code}")


def _over(ending: Ending, context: Context) -> Markup:
    if ending.state is EndingState.DROPPED:
        return context.t("This was thrown away. Nobody was told anything.")
    return context.t("This is decided: {fate}.", fate=context.t(OUTCOMES[ending.fate]))


def _back(ending: Ending, context: Context) -> list[list[InlineKeyboardButton]]:
    return [[button(context.t("The case"), f"admin:case:show:{ending.case}")]]
