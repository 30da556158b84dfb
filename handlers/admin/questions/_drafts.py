"""A new text as a file: with the ways of asking in it, and the places marked that are to fill."""

from telegram import InputFile, Update

from bot.context import Context
from bot.i18n import Translator
from bot.models import Role
from bot.services.questions import Hints
from handlers.admin.gate import admin_group
from handlers.admin.questions._list import chosen


@admin_group(Role.ADMIN)
async def send_passage(_: Update, context: Context) -> None:
    await _send(context, covered=True)


@admin_group(Role.ADMIN)
async def send_exclusion(_: Update, context: Context) -> None:
    """A text that says what is not covered."""
    await _send(context, covered=False)


async def _send(context: Context, *, covered: bool) -> None:
    """A file for each language. The questions stay in the list until somebody drops them."""
    group = await chosen(context)
    if group is None:
        return
    t, hints = context.t, _hints(context.t, covered=covered)
    for draft in await context.services.questions.drafts(group, hints, covered=covered):
        file = InputFile(draft.text.encode(), filename=draft.place.rpartition("/")[2])
        await context.send_file(
            file,
            t(
                "<code>/content {place}</code>\nFill in what is marked, and send the file as a "
                "reply to this message: another admin then accepts it. For another name or folder "
                "send it with its own place: /content and the place. Then drop the questions, "
                "which stay in the list until you do.",
                place=draft.place,
            ),
        )


def _hints(t: Translator, *, covered: bool) -> Hints:
    body = (
        t("Fill in: the answer, in at most 3,000 characters")
        if covered
        else t("Fill in: what we have no answer about, and where one may be found")
    )
    return Hints(
        title=t("Fill in: a title of at most 60 characters that fits on a button").unescape(),
        more=t("Fill in: more ways of asking, six in all, each a line as above").unescape(),
        source=t("Fill in: who says so, and where").unescape(),
        as_of=t("Fill in: the month and year of the facts").unescape(),
        body=body.unescape(),
    )
