"""A file from the chat: its difference is shown, and somebody else accepts exactly that."""

from markupsafe import Markup
from telegram import Bot, Document, InputFile, Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.content import ContentError
from bot.context import App, Buttons, Context, Services, button
from bot.errors import ContentRefused, NotAllowed, Refusal
from bot.models import Role
from bot.models.content import Change
from bot.services.content import LARGEST, FolderClosed, Outcome, Proposal
from handlers.admin.content._asked import asked, place_of_reply
from handlers.admin.content._difference import Shown, difference, unified
from handlers.admin.content._words import faults, gaps, reprinted
from handlers.admin.gate import admin_group
from handlers.admin.notices import tell
from handlers.errors import explain
from handlers.voice import Voice, own_voice

_ROOM = 2_600  # UTF-16 units of a card that the difference may take; the rest is ours


async def send(words: list[str], context: Context) -> None:
    """`/content file <name> [language]`: the file as it is now, to be sent back changed."""
    if context.role < Role.ADMIN:
        raise NotAllowed(Role.ADMIN)
    t = context.t
    if not words:
        await context.say(t("Which text? Write its name behind it: /content file privacy en"))
        return
    wanted = asked(words)
    place = await context.services.changes.find(wanted.name, wanted.language)
    body = await context.services.changes.body(place)
    await context.send_file(
        InputFile(body, filename=place.rpartition("/")[2]),
        t(
            "<code>/content {place}</code>\nChange it and send it as a reply to this message. "
            "Nothing changes before another admin has accepted it.",
            place=place,
        ),
    )


@admin_group(Role.ADMIN)
async def receive(update: Update, context: Context) -> None:
    """A file with /content and a place, or as a reply to a file that I sent."""
    message, t = update.effective_message, context.t
    assert isinstance(message, Message)
    assert message.document is not None  # the filter lets nothing else through
    try:
        place = await _place(message, message.document, context)
        sent = await _downloaded(message.document)
        proposal = await context.services.changes.propose(place, sent, context.supporter.id)
    except ContentError as error:
        named = faults(error.problems, t)
        await context.say(
            t.n(
                "With this file the content would have {n} fault, so it is not taken:\n{faults}\n"
                "Mend it, and send the file again.",
                "With this file the content would have {n} faults, so it is not taken:\n{faults}\n"
                "Mend them, and send the file again.",
                len(error.problems),
                faults=named,
            ),
            quoting=True,
        )
        return
    await _show(proposal, context)


@admin_group(Role.ADMIN)
async def accept(_: Update, context: Context) -> None:
    await _decide(context, vouch=False)


@admin_group(Role.ADMIN)
async def vouch(_: Update, context: Context) -> None:
    """Accept, and be the one who has reviewed all of it."""
    await _decide(context, vouch=True)


@admin_group(Role.ADMIN)
async def drop(_: Update, context: Context) -> None:
    changes, number = context.services.changes, int(context.group("number"))
    change = await changes.drop(number, context.group("digest"), context.supporter.id)
    await context.reply(_head(change, context, context.t("Dropped. Nothing has changed.")))


async def finish_cooled(bot: Bot, services: Services) -> None:
    """What the only admin has accepted alone, once the wait is over."""
    for number in await services.changes.cooled():
        voice = own_voice(services)
        try:
            outcome = await services.changes.carry_out(number)
            text = done(outcome, voice)
        except ContentError as error:
            text = voice.t(
                "Correction {number} cannot be taken over, since the other files have changed:\n"
                "{faults}",
                number=number,
                faults=faults(error.problems, voice.t),
            )
        except FolderClosed as error:
            text = _closed(error.change, voice)
        except Refusal as error:
            text = explain(error, voice.t) or Markup("")
        await tell(bot, services, text)


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
    return _head(change, voice, words)


async def _decide(context: Context, *, vouch: bool) -> None:
    changes, number = context.services.changes, int(context.group("number"))
    try:
        outcome = await changes.accept(
            number, context.group("digest"), context.supporter.id, vouch=vouch
        )
    except ContentError as error:
        context.anew()
        await context.reply(
            context.t(
                "Other files have changed since, and with this one the content would have faults. "
                "Nothing was done:\n{faults}",
                faults=faults(error.problems, context.t),
            )
        )
    except FolderClosed as error:
        await context.send_file(_file(error.change), _closed(error.change, context))
    else:
        if outcome.reprint is not None:
            await context.reply(done(outcome, context))
        else:
            await _wait(outcome.change, context)


async def _wait(change: Change, context: Context) -> None:
    """The only one there is accepts her own: later, and everybody can see it until then."""
    t, zone = context.t, context.services.house.timezone
    assert change.not_before is not None
    words = t(
        "Nobody else can accept this, so it waits. It is taken over at {time}, unless somebody "
        "drops it before.",
        time=t.time(change.not_before, zone),
    )
    what = f"{change.id}:{change.digest[:16]}"
    row = [button(t("Drop it"), f"admin:content:drop:{what}")]
    await context.reply(_head(change, context, words), [row])


async def _place(message: Message, document: Document, context: Context) -> str:
    """Where the file belongs: by the words with it, by what it answers, or by its name.

    Raises:
        ContentRefused: That names no place, or more than one.
    """
    changes, words = context.services.changes, (message.caption or "").split()[1:]
    if not (message.caption or "").startswith("/content"):
        words = []
    wanted = asked(words or [place_of_reply(message) or document.file_name or ""])
    return wanted.name if "/" in wanted.name else await changes.find(wanted.name, wanted.language)


async def _downloaded(document: Document) -> bytes:
    """Raises:
    ContentRefused: It is larger than any text of ours.
    """
    if (document.file_size or 0) > LARGEST:
        raise ContentRefused(ContentRefused.TOO_LARGE)
    file = await document.get_file()
    return bytes(await file.download_as_bytearray())


async def _show(proposal: Proposal, context: Context) -> None:
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
        _head(change, voice, words),
        buttons(change, voice, plain=not must_vouch, reviewed=proposal.is_pending),
        quoting=True,
    )


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


def _head(change: Change, voice: Voice, words: Markup) -> Markup:
    title = "<b>Correction {number}: {place}</b>\n\n{words}"
    if change.author is None:
        return voice.t("<b>Review of {place}</b>\n\n{words}", place=change.place, words=words)
    return voice.t(title, number=change.id, place=change.place, words=words)


def _closed(change: Change, voice: Voice) -> Markup:
    return voice.t(
        "I may not write in the content folder, so nothing has changed and the proposal still "
        "waits. Give me the right to write there and accept it again, or put this checked file "
        "at {place} and send /content reload.",
        place=change.place,
    )


def _file(change: Change) -> InputFile:
    return InputFile(change.body, filename=change.place.rpartition("/")[2])


class _ToFile(filters.MessageFilter):
    """A reply to a file that I sent with its place below; no other file is any business of ours."""

    def filter(self, message: Message) -> bool:
        return place_of_reply(message) is not None


def register(app: App) -> None:
    meant = filters.CaptionRegex(r"^/content(@\w+)?(\s|$)") | _ToFile()
    app.add_handler(MessageHandler(filters.ChatType.GROUPS & filters.Document.ALL & meant, receive))
    exactly = r"(?P<number>[0-9]{1,9}):(?P<digest>[0-9a-f]{16})"
    for name, handler in (("accept", accept), ("vouch", vouch), ("drop", drop)):
        app.add_handler(CallbackQueryHandler(handler, rf"^admin:content:{name}:{exactly}$"))
