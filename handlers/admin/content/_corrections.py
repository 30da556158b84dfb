"""A file from the chat: its difference is shown, and somebody else accepts exactly that."""

from markupsafe import Markup
from telegram import Bot, Document, InputFile, Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.content import ContentError
from bot.context import App, Buttons, Context, Services, button
from bot.errors import ContentRefused, NotAllowed, Refusal
from bot.models import Role
from bot.models.content import Change
from bot.services.content import LARGEST, FolderClosed
from handlers.admin.content._asked import asked, place_of_reply
from handlers.admin.content._card import as_file, buttons, closed, done, head, show
from handlers.admin.content._words import faults
from handlers.admin.gate import admin_group
from handlers.admin.notices import tell
from handlers.errors import explain
from handlers.voice import own_voice


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
    await show(proposal, context)


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
    await context.reply(head(change, context, context.t("Dropped. Nothing has changed.")))


async def finish_cooled(bot: Bot, services: Services) -> None:
    """What the only admin has accepted alone, once the wait is over."""
    voice = own_voice(services)
    for number in await services.changes.cooled():
        rows: Buttons = ()
        try:
            text = done(await services.changes.carry_out(number), voice)
        except ContentError as error:
            text = voice.t(
                "Correction {number} cannot be taken over, since the other files have changed:\n"
                "{faults}",
                number=number,
                faults=faults(error.problems, voice.t),
            )
        except FolderClosed as error:
            text = closed(error.change, voice)
            rows = buttons(error.change, voice, plain=True, reviewed=False)
        except Refusal as error:
            text = explain(error, voice.t) or Markup("")
        await tell(bot, services, text, rows)


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
        await context.send_file(as_file(error.change), closed(error.change, context))
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
    await context.reply(head(change, context, words), [row])


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
