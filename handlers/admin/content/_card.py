"""The card of a correction or a review: what is different, who stands for it, how it ended."""

from markupsafe import Markup
from telegram import InputFile

from bot.context import Buttons, Context, button
from bot.models.content import Change
from bot.services.content import Outcome, Proposal
from handlers.admin.content._difference import Shown, difference, unified
from handlers.admin.content._words import gaps, reprinted
from handlers.voice import Voice, own_voice

_ROOM = 2_600  # UTF-16 units of a card that the difference may take; the rest is ours


async def show(proposal: Proposal, context: Context) -> None:
    voice, change = own_voice(context.services), proposal.change
    t, shown = voice.t, difference(proposal.current, proposal.proposed, _ROOM)
    if not shown.is_whole:
        whole = unified(proposal.current, proposal.proposed, change.place)
        await context.send_file(
            InputFile(whole, filename=f"correction-{change.id}.txt"),
            t("Correction {number}: the whole difference", number=change.id),
        )
    must_vouch = proposal.is_pending and not context.services.press.accept_unreviewed
    notes = [
        t("Proposed by {who}.", who=change.author),
        _legend(proposal, shown, voice),
        shown.text,
        _about_review(proposal, voice, must_vouch=must_vouch),
        gaps(proposal.gaps, t),
    ]
    words = Markup("\n\n").join(note for note in notes if note)
    await context.say(
        head(change, voice, words),
        buttons(change, voice, plain=not must_vouch, reviewed=proposal.is_pending),
        quoting=True,
    )


def buttons(change: Change, voice: Voice, *, plain: bool, reviewed: bool) -> Buttons:
    t, what = voice.t, f"{change.id}:{change.digest[:16]}"
    return [
        *([[button(t("Accept"), f"admin:content:accept:{what}")]] if plain else []),
        *([[button(t("I have checked all of it"), f"admin:content:vouch:{what}")]] * reviewed),
        [button(t("Drop it"), f"admin:content:drop:{what}")],
    ]


def done(outcome: Outcome, voice: Voice) -> Markup:
    t, change = voice.t, outcome.change
    assert outcome.reprint is not None
    sentence = t("Accepted by {who}; people see it from now on.", who=change.accepted_by)
    if change.reviewer:
        sentence = t("Reviewed by {who}, who has checked all of it.", who=change.reviewer)
    words = t("{done}\n{changes}", done=sentence, changes=reprinted(outcome.reprint, t))
    return head(change, voice, words)


def closed(change: Change, voice: Voice) -> Markup:
    return voice.t(
        "I may not write in the content folder, so nothing has changed and the proposal still "
        "waits. Give me the right to write there and accept it again, or put this checked file "
        "at {place} and send /content reload.",
        place=change.place,
    )


def head(change: Change, voice: Voice, words: Markup) -> Markup:
    title = "<b>Correction {number}: {place}</b>\n\n{words}"
    if change.author is None:
        return voice.t("<b>Review of {place}</b>\n\n{words}", place=change.place, words=words)
    return voice.t(title, number=change.id, place=change.place, words=words)


def as_file(change: Change) -> InputFile:
    return InputFile(change.body, filename=change.place.rpartition("/")[2])


def _legend(proposal: Proposal, shown: Shown, voice: Voice) -> Markup:
    t = voice.t
    if not shown.is_whole:
        return t("This is how it begins; the file above holds the whole difference.")
    if not proposal.current:
        return t("This text is new:")
    return t("<i>Struck through: goes. Underlined: comes.</i>")


def _about_review(proposal: Proposal, voice: Voice, *, must_vouch: bool) -> Markup | None:
    t = voice.t
    if must_vouch:
        return t(
            "Texts that nobody has reviewed are not shown here: whoever accepts it says that she "
            "has checked all of it."
        )
    if proposal.is_pending:
        return t(
            "Changed text counts as not reviewed (review: pending) until somebody else than its "
            "author has checked all of it."
        )
    return None
