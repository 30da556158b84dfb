"""/queue for organisers: the same list as in the admin group, and a way to stop their own."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Buttons, Command, Context, button
from bot.i18n import N_, Translator
from bot.models import Alert, AlertKind, AlertState, Role
from bot.services.alerts import Watch
from handlers.admin.cards import report, words
from handlers.admin.cards.people import People
from handlers.admin.gate import private
from handlers.organiser.begin import LISTED
from handlers.organiser.names import name
from handlers.queue import overview

_CHANGEABLE = frozenset({AlertState.WAITING, AlertState.APPROVED})
_STOPPABLE = _CHANGEABLE | {AlertState.PAUSED, AlertState.HELD}


@private(Role.ORGANISER)
async def queue(_: Update, context: Context) -> None:
    await _list(0, context)


@private(Role.ORGANISER)
async def turn(_: Update, context: Context) -> None:
    await _list(int(context.group("page")), context)


@private(Role.ORGANISER)
async def show(_: Update, context: Context) -> None:
    await _show(int(context.group("number")), context)


@private(Role.ORGANISER)
async def pause(_: Update, context: Context) -> None:
    number = int(context.group("number"))
    await context.services.control.pause(number, context.supporter.id)
    await _show(number, context)


@private(Role.ORGANISER)
async def cancel(_: Update, context: Context) -> None:
    number = int(context.group("number"))
    await context.services.control.cancel(number, context.supporter.id)
    await _show(number, context)


async def _list(page: int, context: Context) -> None:
    """A page has its share of each part; together they stay below a hundred buttons."""
    watching = context.services.watching
    parts = (await watching.drafts(), await watching.under_way(), await watching.amendable())
    pages = max(1, *(-(-len(part) // LISTED) for part in parts))
    page = min(page, pages - 1)
    doors = [[_door(alert, context)] for part in parts for alert in _on_page(part, page)]
    await context.reply(await overview(context), [*doors, *_turns(page, pages, context.t)])


def _on_page(part: Sequence[Alert], page: int) -> Sequence[Alert]:
    """The newest stand on the first page, and last there."""
    end = max(0, len(part) - page * LISTED)
    return part[max(0, end - LISTED) : end]


def _turns(page: int, pages: int, t: Translator) -> Buttons:
    turns = []
    if page:
        turns.append(button(t("Newer"), f"queue:list:{page - 1}"))
    if page + 1 < pages:
        turns.append(button(t("Older"), f"queue:list:{page + 1}"))
    return [turns] if turns else []


async def _show(number: int, context: Context) -> None:
    watch = await context.services.watching.one(number)
    names = await People(context.bot, context.services).names(watch)
    pseudonym = await context.services.staff.pseudonym(context.supporter.id)
    is_mine = pseudonym in watch.alert.authors
    text = words.text(watch, names, context, words.Progress())
    if watch.is_over:  # the report stands in the admin group
        text = report.for_author(watch, context)
    await context.reply(text, _buttons(watch, is_mine, context))


def _door(alert: Alert, context: Context) -> InlineKeyboardButton:
    t = context.t
    label = name(alert, t).unescape()
    if alert.state is AlertState.DRAFT:
        return button(label, f"draft:{alert.id}:{alert.revision}:back")
    return button(label, f"queue:show:{alert.id}")


def _buttons(watch: Watch, is_mine: bool, context: Context) -> Buttons:
    """Whoever wrote it can stop and change it; whether it goes on is for the admin group to say."""
    t, alert = context.t, watch.alert
    rows = []
    if alert.state in _CHANGEABLE and alert.kind is not AlertKind.RECALL:
        at = f"draft:{alert.id}:{alert.revision}"
        rows.append([button(t("Change it (voids the approval)"), f"{at}:reopen")])
    if is_mine and alert.state in _STOPPABLE:
        rows.append([button(t("Cancel for good"), f"queue:cancel:{alert.id}")])
    if is_mine and alert.state is AlertState.SENDING:
        rows.append([button(t("Pause"), f"queue:pause:{alert.id}")])
    if (is_mine or context.role >= Role.ADMIN) and words.is_recallable(watch):
        rows.append([button(t("Correct"), f"queue:correct:{alert.id}")])
        rows.append([button(t("Recall"), f"queue:recall:{alert.id}")])
    return [*rows, [button(t("Back to the list"), "queue:list")]]


COMMANDS = (Command("queue", N_("What is drafted, waits, runs and has ended"), queue),)


def register(app: App) -> None:
    number = "(?P<number>[0-9]{1,9})"
    app.add_handler(CallbackQueryHandler(queue, pattern="^queue:list$"))
    app.add_handler(CallbackQueryHandler(turn, pattern="^queue:list:(?P<page>[0-9]{1,3})$"))
    for verb, handler in (("show", show), ("pause", pause), ("cancel", cancel)):
        app.add_handler(CallbackQueryHandler(handler, pattern=rf"^queue:{verb}:{number}$"))
