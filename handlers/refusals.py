"""Why nothing was done about an alert. Short: in a group these are pop-ups of 200 characters."""

from markupsafe import Markup

from bot.errors import (
    AlertChanged,
    AlertGone,
    AlertIncomplete,
    AlertMoved,
    AuthorTooNew,
    NobodyToRetry,
    OwnAlert,
)
from bot.i18n import Translator


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
        case NobodyToRetry():
            return t("None of them can be reached so far, so nothing is sent again.")
    return None
