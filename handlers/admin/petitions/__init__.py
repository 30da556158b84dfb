"""/petition: a list, a page for each, and everything from the first word to the outcome."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Buttons, Command, Context, button
from bot.errors import IllegalMove, PetitionChanged
from bot.i18n import N_
from bot.models import Role
from bot.services.petitions import Page
from handlers.admin.gate import admin_group
from handlers.admin.petitions import _asking, _poster
from handlers.admin.petitions._acts import VERBS
from handlers.admin.petitions._asking import DIALOG, take
from handlers.admin.petitions._page import buttons as page_buttons
from handlers.admin.petitions._page import show, text
from handlers.admin.petitions._spot import PATTERN, mark, spot
from handlers.admin.petitions._who import who
from handlers.supporter.petitions import STATES

__all__ = ["COMMANDS", "DIALOG", "register", "take"]

_LISTED = 60  # newest last; a message takes a hundred buttons


@admin_group(Role.ADMIN)
async def petition(_: Update, context: Context) -> None:
    """/petition, or /petition and the name of one; /petition qr, or that and the name of one."""
    if context.args and context.args[0].lower() == "qr":
        await _poster.choose("".join(context.args[1:]).lower(), context)
    elif context.args:
        await show(await context.services.petition_desk.page(context.args[0].lower()), context)
    else:
        await _list(context)


@admin_group(Role.ADMIN)
async def show_list(_: Update, context: Context) -> None:
    await context.services.dialogs.close(context.supporter, context.chat.id)
    await _list(context)


@admin_group(Role.ADMIN)
async def begin(_: Update, context: Context) -> None:
    await _asking.ask_title(context)


@admin_group(Role.ADMIN)
async def press(_: Update, context: Context) -> None:
    """Of two who press at once one is first, and the other reads what has happened."""
    seen, act = await spot(context), VERBS.get(context.group("verb"), VERBS["page"])
    try:
        await act(seen, context.group("argument"), context)
    except (PetitionChanged, IllegalMove):
        await _tell_what_happened(await context.services.petition_desk.page(seen.slug), context)


async def _tell_what_happened(page: Page, context: Context) -> None:
    t, query = context.t, context.incoming.callback_query
    assert query is not None
    note = t(
        "Nothing was done: it has changed since. It is {state} now; {who}.",
        state=t(STATES[page.standing.state]),
        who=await who(page, context),
    )
    await context.acknowledge(query, note.unescape())
    await context.reply(text(page, context), page_buttons(page, context))


async def _list(context: Context) -> None:
    t = context.t
    found = await context.services.petition_desk.all()
    rows: Buttons = [
        [
            button(
                t(
                    "{title} · {state}", title=one.title, state=t(STATES[one.standing.state])
                ).unescape(),
                f"admin:p:page:{mark(one.standing.slug)}:0:",
            )
        ]
        for one in found[-_LISTED:]
    ]
    new = [button(t("New petition"), "admin:p:new")]
    await context.reply(t("All petitions, and how they stand:"), [*rows, new])


COMMANDS = (Command("petition", N_("Petitions, from draft to outcome"), petition),)


def register(app: App) -> None:
    for pattern, handler in (
        (r"^admin:p:list$", show_list),
        (r"^admin:p:new$", begin),
        (PATTERN, press),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern))
