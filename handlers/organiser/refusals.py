"""What an organiser is told when something cannot go out as she sent it."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot import moments
from bot.context import Buttons, Context, button
from bot.errors import MomentRefused, WordsRefused
from bot.i18n import Translator, own_direction


def words_refused(refusal: WordsRefused, t: Translator) -> Markup:
    match refusal.reason:
        case WordsRefused.TOO_LONG:
            return t(
                "That is {length} characters, and here it may be {most} at most: 4,096 in an "
                "alert, 1,024 under a picture. Nothing was put in. Send it shorter.",
                length=t.number(refusal.length),
                most=t.number(refusal.most),
            )
        case WordsRefused.IN_PIECES:
            return t(
                "Telegram has cut your text into several messages, since together it has {length} "
                "characters. An alert is one message of {most} at most, so I took the first piece "
                "out again. Send it shorter.",
                length=t.number(refusal.length),
                most=t.number(refusal.most),
            )
        case WordsRefused.FORWARDED:
            return t(
                "That was forwarded, and an alert speaks in our own name. Copy the words and send "
                "them yourself."
            )
        case WordsRefused.ALBUM:
            return t("An alert has one picture. Send a single one, not an album.")
        case WordsRefused.MENTION:
            return t(
                "The text mentions somebody by her Telegram account, which would go to everybody. "
                "Write the name as plain text and send it again."
            )
    return _picture_refused(refusal, t)


def _picture_refused(refusal: WordsRefused, t: Translator) -> Markup:
    match refusal.reason:
        case WordsRefused.NO_ROOM:
            return t(
                "The text has {length} characters, and {most} fit under a picture, so the picture "
                "was not put in. Make the text shorter first.",
                length=t.number(refusal.length),
                most=t.number(refusal.most),
            )
        case WordsRefused.TOO_LARGE:
            return t(
                "That picture is larger than 10 MB, which is the most that Telegram takes. Send "
                "it as a photo, not as a file: then Telegram makes it smaller."
            )
        case WordsRefused.AS_FILE:
            return t(
                "That came as a file, which keeps where and when it was taken. Send it as a photo: "
                "then Telegram takes that out."
            )
        case WordsRefused.NO_PICTURE:
            return t("I was waiting for a picture. Send one as a photo, or /cancel.")
    return t("I was waiting for a text. Write it as it shall go out, or /cancel.")


def moment_refused(refusal: MomentRefused, context: Context) -> Markup:
    t, words = context.t, own_direction(refusal.words)
    match refusal.reason:
        case MomentRefused.TIME_MISSING:
            return t("“{words}” has no time of day. Write it, too: 24 March 18:00", words=words)
        case MomentRefused.NO_SUCH_DATE:
            return t(
                "There is no such day as in “{words}”. Write another one: 24 March 18:00",
                words=words,
            )
        case MomentRefused.ZONE_UNKNOWN:
            return t(
                "I do not know the time zone “{words}”. Zones have names like Europe/Berlin or "
                "America/Lima; UTC works, too.",
                words=words,
            )
        case MomentRefused.SKIPPED:
            return t(
                "The clocks in {zone} are put forward over “{words}”, so this time does not exist. "
                "Which one do you mean?",
                zone=refusal.zone.key,
                words=words,
            )
        case MomentRefused.TWICE:
            return t(
                "The clocks in {zone} are put back, so “{words}” comes twice. Which one do you "
                "mean?",
                zone=refusal.zone.key,
                words=words,
            )
    return _moment_out_of_reach(refusal, context)


def _moment_out_of_reach(refusal: MomentRefused, context: Context) -> Markup:
    t, words = context.t, own_direction(refusal.words)
    match refusal.reason:
        case MomentRefused.PAST:
            return t(
                "That is past: {moment}. Write a later one.", moment=_understood(refusal, context)
            )
        case MomentRefused.TOO_FAR:
            return t(
                "That is more than a year off: {moment}. Write an earlier one.",
                moment=_understood(refusal, context),
            )
    return t(
        "I could not read “{words}” as a time. Try 24 March 18:00, or 24.03.2027 18:00, or "
        "tomorrow 9:00. Another zone can follow: 18:00 America/Lima",
        words=words,
    )


def _understood(refusal: MomentRefused, context: Context) -> Markup:
    return moments.echo(refusal.instants[0], refusal.zone, context.services.now(), context.t)


def offers(
    instants: Sequence[datetime], refusal: MomentRefused, at: str, context: Context
) -> Buttons:
    """The times that could be meant, to choose from; `at` is how the button's data begins."""
    return [
        [
            button(
                moments.echo(instant, refusal.zone, context.services.now(), context.t).unescape(),
                f"{at}:{int(instant.timestamp())}",
            )
        ]
        for instant in instants
    ]
