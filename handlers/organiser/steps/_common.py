"""What all steps have in common: the dialog's row, the buttons' data, the way back to the card."""

from bot.context import Context
from bot.models import Alert
from bot.services.alerts import Overview
from handlers.organiser._card import show

DIALOG = "draft"


async def finish(seen: Overview, context: Context) -> None:
    await context.services.dialogs.close(context.supporter)
    await show(seen, context)


async def wait_for(alert: Alert, step: str, context: Context, **more: object) -> None:
    data = {"alert": alert.id, "revision": alert.revision, **more}
    update_id = context.incoming.update_id
    await context.services.dialogs.move(context.supporter, DIALOG, step, data, update_id)


def seen_revision(context: Context) -> int:
    """The one that the person saw when she was asked."""
    assert context.dialog is not None
    revision: int = context.dialog.data["revision"]
    return revision


def at(alert: Alert) -> str:
    """How the data of a button begins that belongs to the draft as it is now."""
    return f"draft:{alert.id}:{alert.revision}"
