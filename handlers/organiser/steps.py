"""The parts of a draft that are typed or sent: text, picture, and the two times."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from telegram import Message

from bot import moments
from bot.context import Context, button
from bot.delivery import rendering
from bot.errors import AlertMoved, MomentRefused, WordsRefused
from bot.models import Alert
from bot.services.alerts import Overview
from handlers.organiser import words
from handlers.organiser._card import show
from handlers.organiser.refusals import moment_refused, offers, words_refused

DIALOG = "draft"
_FULL = 3_000  # characters from which on a client may have cut a longer text in two
_EXPIRIES = (timedelta(hours=24), timedelta(days=3), timedelta(days=7))


async def ask_text(alert: Alert, language: str, context: Context) -> None:
    t = context.t
    await _await(alert, f"text:{language}", context)
    rows = [[button(t("Back"), f"{_at(alert)}:back")]]
    if language in alert.words and len(alert.words) > 1:
        rows.insert(0, [button(t("Take this text out"), f"{_at(alert)}:notext:{language}")])
    await context.reply(
        t(
            "Write the text as it shall go out, in one message of {most} characters at most. Bold, "
            "italics and links stay as you set them.",
            most=t.number(rendering.longest_text(alert)),
        ),
        rows,
    )


async def ask_picture(alert: Alert, _: str, context: Context) -> None:
    t = context.t
    await _await(alert, "picture", context)
    rows = [[button(t("Back"), f"{_at(alert)}:back")]]
    if alert.picture:
        rows.insert(0, [button(t("Take the picture out"), f"{_at(alert)}:nopicture")])
    await context.reply(
        t(
            "Send one picture, as a photo. The text may then have 1,024 characters. Show nobody "
            "who has not agreed to it, and nothing that tells where somebody is."
        ),
        rows,
    )


async def drop_picture(alert: Alert, _: str, context: Context) -> None:
    drafts, person = context.services.drafts, context.supporter.id
    await show(await drafts.picture(alert.id, alert.revision, person, None), context)


async def drop_text(alert: Alert, language: str, context: Context) -> None:
    drafts, person = context.services.drafts, context.supporter.id
    await show(await drafts.unwrite(alert.id, alert.revision, person, language), context)


async def ask_when(alert: Alert, _: str, context: Context) -> None:
    t = context.t
    await _await(alert, "when", context)
    await context.reply(
        t(
            "When shall it go out? Write a day and a time, such as 24 March 18:00. Times are those "
            "of {zone}; another zone can follow the time: 18:00 America/Lima",
            zone=context.services.house.timezone.key,
        ),
        [
            [button(t("As soon as it is approved"), f"{_at(alert)}:at:now")],
            [button(t("Back"), f"{_at(alert)}:back")],
        ],
    )


async def choose_when(alert: Alert, argument: str, context: Context) -> None:
    """A button: at once, or one of two times that a typed one could mean."""
    moment = None if argument == "now" else _instant(argument)
    await _finish(
        await context.services.drafts.send_at(
            alert.id, alert.revision, context.supporter.id, moment, alert.zone
        ),
        context,
    )


async def ask_until(alert: Alert, _: str, context: Context) -> None:
    t = context.t
    await _await(alert, "until", context)
    base = alert.send_at or context.services.now()
    zone = ZoneInfo(alert.zone)
    quick = [
        [
            button(
                moments.echo(base + length, zone, context.services.now(), t).unescape(),
                f"{_at(alert)}:by:{int((base + length).timestamp())}",
            )
        ]
        for length in _EXPIRIES
    ]
    await context.reply(
        t(
            "After when shall nobody get it any more, for example because it is no longer true? "
            "Choose, or write a day and a time."
        ),
        [*quick, [button(t("Back"), f"{_at(alert)}:back")]],
    )


async def choose_until(alert: Alert, argument: str, context: Context) -> None:
    await _finish(
        await context.services.drafts.expires_at(
            alert.id, alert.revision, context.supporter.id, _instant(argument), alert.zone
        ),
        context,
    )


async def take(message: Message, context: Context) -> None:
    """What was sent while a draft waited for something.

    What cannot go out is refused, the step stays open, and the draft stays as it was.
    """
    assert context.dialog is not None
    overview = await context.services.drafts.overview(context.dialog.data["alert"])
    if context.dialog.update_id == context.incoming.update_id:  # it comes again after a crash
        await show(overview, context)
        return
    step, _, argument = context.dialog.step.partition(":")
    try:
        await _TAKERS[step](message, overview.alert, argument, context)
    except WordsRefused as refusal:
        if not await _is_same_album(message, context):
            await context.say(words_refused(refusal, context.t))
    except MomentRefused as refusal:
        verb = "at" if step == "when" else "by"
        instants = () if refusal.reason in _FINAL else refusal.instants
        at = f"{_at(overview.alert)}:{verb}"
        await context.say(moment_refused(refusal, context), offers(instants, refusal, at, context))


_FINAL = {MomentRefused.PAST, MomentRefused.TOO_FAR}


async def _take_text(message: Message, alert: Alert, language: str, context: Context) -> None:
    """A photo with its caption is both at once."""
    revision = _revision(context)
    if message.photo:
        words.check_origin(message)
        await _take_picture(message, alert, "", context)
        if not message.caption:
            return
        revision += 1
    written = words.read(message)
    most = rendering.longest_text(alert) if not message.photo else rendering.LONGEST_CAPTION
    length = rendering.units(written.text)
    if length > most:
        raise WordsRefused(WordsRefused.TOO_LONG, length, most)
    seen = await context.services.drafts.write(
        alert.id, revision, context.supporter.id, language, written
    )
    await show(seen, context)
    if length >= _FULL:  # a next piece may follow at once
        await _await(seen.alert, f"more:{language}", context, length=length)
    else:
        await context.services.dialogs.close(context.supporter)


async def _take_more(message: Message, alert: Alert, language: str, context: Context) -> None:
    """Words right behind a text that nearly fills a message: its second piece.

    A first piece alone must not go out, so it is taken out again.
    """
    assert context.dialog is not None
    drafts, person = context.services.drafts, context.supporter.id
    piece = rendering.units(message.text or "")
    length = context.dialog.data["length"] + piece
    if language in alert.words:
        alert = (await drafts.unwrite(alert.id, alert.revision, person, language)).alert
    step = "more" if piece >= _FULL else "text"  # behind a full piece there may be another one
    await _await(alert, f"{step}:{language}", context, length=length)
    raise WordsRefused(WordsRefused.IN_PIECES, length, rendering.longest_text(alert))


async def _take_picture(message: Message, alert: Alert, _: str, context: Context) -> None:
    file_id = words.picture(message)
    length = max((rendering.units(one.text) for one in alert.words.values()), default=0)
    if length > rendering.LONGEST_CAPTION and not message.caption:
        raise WordsRefused(WordsRefused.NO_ROOM, length, rendering.LONGEST_CAPTION)
    seen = await context.services.drafts.picture(
        alert.id, _revision(context), context.supporter.id, file_id
    )
    if not message.caption:
        await _finish(seen, context)


async def _take_when(message: Message, alert: Alert, _: str, context: Context) -> None:
    read = _moment(message, context)
    seen = await context.services.drafts.send_at(
        alert.id, _revision(context), context.supporter.id, read.at, read.zone.key
    )
    await _finish(seen, context)


async def _take_until(message: Message, alert: Alert, _: str, context: Context) -> None:
    read = _moment(message, context)
    seen = await context.services.drafts.expires_at(
        alert.id, _revision(context), context.supporter.id, read.at, alert.zone
    )
    await _finish(seen, context)


_TAKERS: Mapping[str, Callable[[Message, Alert, str, Context], Awaitable[None]]] = {
    "text": _take_text,
    "more": _take_more,
    "picture": _take_picture,
    "when": _take_when,
    "until": _take_until,
}


async def _finish(seen: Overview, context: Context) -> None:
    await context.services.dialogs.close(context.supporter)
    await show(seen, context)


async def _await(alert: Alert, step: str, context: Context, **more: object) -> None:
    data = {"alert": alert.id, "revision": alert.revision, **more}
    update_id = context.incoming.update_id
    await context.services.dialogs.move(context.supporter, DIALOG, step, data, update_id)


async def _is_same_album(message: Message, context: Context) -> bool:
    """Each picture of an album comes by itself; one answer is enough."""
    dialog, album = context.dialog, message.media_group_id
    if dialog is None or album is None:
        return False
    if dialog.data.get("album") == album:
        return True
    data = {**dialog.data, "album": album}
    update_id = context.incoming.update_id
    await context.services.dialogs.move(context.supporter, DIALOG, dialog.step, data, update_id)
    return False


def _moment(message: Message, context: Context) -> moments.Moment:
    zone, now = context.services.house.timezone, context.services.now()
    return moments.read_moment(message.text or "", zone, now)


def _revision(context: Context) -> int:
    """The one that the person saw when she was asked."""
    assert context.dialog is not None
    revision: int = context.dialog.data["revision"]
    return revision


def _instant(argument: str) -> datetime:
    if not argument.isdecimal():
        raise AlertMoved("")
    return datetime.fromtimestamp(int(argument), UTC)


def _at(alert: Alert) -> str:
    return f"draft:{alert.id}:{alert.revision}"


def is_waiting(context: Context) -> bool:
    """Whether the next message belongs to a draft."""
    return context.dialog is not None and context.dialog.name == DIALOG
