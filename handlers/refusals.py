"""Why nothing was done about an alert or a text. Short: pop-ups of a group hold 200 characters."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.errors import (
    AlertChanged,
    AlertGone,
    AlertIncomplete,
    AlertMoved,
    AuthorTooNew,
    CaseIncomplete,
    CaseMoved,
    CaseUnknown,
    ContentMoved,
    ContentRefused,
    NobodyHasIt,
    NobodyToRetry,
    OutcomeTold,
    OwnAlert,
    OwnText,
    UnknownLeft,
)
from bot.i18n import Translator, own_direction

_LISTED = 12


def alert_refused(error: Exception | None, t: Translator) -> Markup | None:
    """None when it is about something else."""
    match error:
        case AlertGone():
            return t("This alert is not there any more. /queue shows the others.")
        case AlertChanged():
            return t(
                "It was changed while you were looking at it, so nothing was done. /queue shows "
                "it as it is now."
            )
        case AlertMoved():
            return t(
                "It has moved on since this button was made, so nothing was done. /queue shows "
                "how it stands."
            )
        case AlertIncomplete():
            return t(
                "Nothing was sent: what holds it back is still so, as its card says. Mend that "
                "first, or cancel it."
            )
        case OwnAlert():
            return t("You wrote on this one. Somebody else has to approve it.")
        case AuthorTooNew():
            return t(
                "You gave its author her role less than a day ago. Somebody else, or an owner, "
                "has to approve this one."
            )
        case NobodyHasIt():
            return t("No message of it is known, so there is none to correct or recall.")
        case NobodyToRetry():
            return t("None of them can be reached so far, so nothing is sent again.")
        case UnknownLeft():
            return t(
                "This is decided already: the unknown ones are left as they are, so nothing is "
                "sent to them."
            )
    return None


def case_refused(error: Exception | None, t: Translator) -> Markup | None:
    """None when it is about something else."""
    match error:
        case CaseUnknown():
            return t("There is no such case, or its family has ended it. /case lists them.")
        case CaseMoved():
            return t(
                "It was changed or decided while you were looking at it, so nothing was done. "
                "/case shows how it stands."
            )
        case CaseIncomplete():
            return t("There are no words yet, so nothing was done. Write them first.")
        case OutcomeTold(number=number, at=at, zone=zone, words=words):
            return t(
                "Nothing was done: people were told this on {day} (Outcome {number}), and nobody "
                "is told twice. It says: “{words}”\n\nIf that is wrong, correct it with /queue. "
                "What has happened since is news: /update.",
                day=t.day(at, zone),
                number=number,
                words=own_direction(words),
            )
    return None


def content_refused(error: Exception | None, t: Translator) -> Markup | None:
    """None when it is about something else."""
    match error:
        case OwnText():
            return t("You wrote this one. Another admin has to check it.")
        case ContentMoved(state="void"):
            return t(
                "The file has changed since, so nothing was done. Send the correction again; "
                "/content file gives the text as it is now."
            )
        case ContentMoved():
            return t("This is decided already, so nothing was done.")
        case ContentRefused(reason=reason, names=names):
            return _file_refused(reason, names, t)
    return None


def _file_refused(reason: str, names: Sequence[str], t: Translator) -> Markup:
    match reason:
        case ContentRefused.UNKNOWN:
            return t(
                "There is no text called “{name}”. A text's name is that of its file, without .md; "
                "a new one needs its whole place: /content en/explainer/law/name.md",
                name=names[0],
            )
        case ContentRefused.AMBIGUOUS:
            lines = [t("<code>{place}</code>", place=place) for place in names[:_LISTED]]
            return t(
                "Several texts are called so. Write the place instead of the name:\n{places}",
                places=Markup("\n").join(lines),
            )
        case ContentRefused.NO_PLACE:
            return t(
                "“{name}” is no place for a text. One looks like en/explainer/law/name.md: small "
                "letters, digits and hyphens, and .md or .txt at the end.",
                name=names[0],
            )
        case ContentRefused.LANGUAGE:
            return t(
                "The place has to begin with a released language: {languages}.",
                languages=t.list(names),
            )
        case ContentRefused.TOO_LARGE:
            return t("This file is larger than 64 kB, and no text is. It was not taken.")
        case ContentRefused.NOT_TEXT:
            return t("This file is no text in UTF-8. Save it again with that encoding, please.")
        case ContentRefused.UNCHANGED:
            return t("This is what the file says already, so there is nothing to accept.")
        case ContentRefused.MUST_REVIEW:
            return t(
                "Nothing was done: texts that nobody has reviewed are not shown here, and you "
                "cannot review your own. Another admin has to."
            )
    return t("Texts of this kind are not reviewed: {place}", place=names[0])
