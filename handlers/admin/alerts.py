"""What the admin group decides about alerts: approve, stop, go on, try again or not; and /queue."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Command, Context
from bot.errors import UnknownLeft
from bot.i18n import N_
from bot.models import Alert, AlertState, DeliveryState, Role
from bot.services.alerts import Watch
from handlers.admin.cards import report, words
from handlers.admin.cards.people import People
from handlers.admin.gate import admin_group
from handlers.organiser.names import name
from handlers.queue import overview
from handlers.recalls import pictures
from handlers.refusals import alert_refused
from handlers.voice import own_voice


@admin_group(Role.ADMIN)
async def approve(_: Update, context: Context) -> None:
    before = await context.services.watching.one(_number(context))
    watch = await context.services.approvals.approve(
        _number(context), _revision(context), context.supporter.id, _people(context)
    )
    if watch.alert.wants_picture:
        await pictures.give(context.bot, context.services)
        watch = await context.services.watching.one(watch.alert.id)
    await _show(watch, context)
    if before.alert.state is AlertState.WAITING:  # not when it is tapped twice
        await _tell_authors(watch.alert, _approved(watch.alert), context)


def _approved(alert: Alert) -> str:
    if alert.amends is None:
        return N_("{name} is approved. Until it goes out, /queue can change or cancel it.")
    if alert.wants_picture:
        return N_(
            "{name} is approved. It begins as soon as Telegram has taken the grey picture that is "
            "to stand in its place; nobody else gets the alert meanwhile."
        )
    return N_("{name} is approved and begins.")


@admin_group(Role.ADMIN)
async def release(_: Update, context: Context) -> None:
    watch = await context.services.approvals.release(
        _number(context), _revision(context), context.supporter.id, _people(context)
    )
    await _show(watch, context)


@admin_group(Role.ADMIN)
async def send_back(_: Update, context: Context) -> None:
    alert = await context.services.approvals.send_back(
        _number(context), _revision(context), context.supporter.id
    )
    await _show(await context.services.watching.one(alert.id), context)
    await context.services.watching.remember_card(alert.id, None)
    sentence = N_(
        "{name} comes back to you for a change. Nobody gets it yet. /queue shows the "
        "draft; the admin group knows what shall be different."
    )
    await _tell_authors(alert, sentence, context)


@admin_group(Role.ADMIN)
async def pause(_: Update, context: Context) -> None:
    await _show(await context.services.control.pause(_number(context), _person(context)), context)


@admin_group(Role.ADMIN)
async def resume(_: Update, context: Context) -> None:
    await _show(await context.services.control.resume(_number(context), _person(context)), context)


@admin_group(Role.ADMIN)
async def cancel(_: Update, context: Context) -> None:
    await _show(await context.services.control.cancel(_number(context), _person(context)), context)


@admin_group(Role.ADMIN)
async def retry(_: Update, context: Context) -> None:
    state = DeliveryState(context.group("state"))
    try:
        await context.services.control.retry(_number(context), _person(context), state)
    except UnknownLeft as refusal:
        await _say_settled(refusal, context)
        return
    await context.services.watching.remember_card(_number(context), None)  # a new one comes below
    assert context.incoming.callback_query is not None
    await context.acknowledge(context.incoming.callback_query)


@admin_group(Role.ADMIN)
async def leave(_: Update, context: Context) -> None:
    try:
        watch = await context.services.control.leave(_number(context), _person(context))
    except UnknownLeft as refusal:
        await _say_settled(refusal, context)
    else:
        await _show_report(watch, context)


@admin_group(Role.VIEWER)
async def queue(_: Update, context: Context) -> None:
    await context.say(await overview(own_voice(context.services)))


@admin_group(Role.ADMIN)
async def freeze(_: Update, context: Context) -> None:
    await context.services.control.freeze(_person(context))
    await context.say(
        context.t(
            "Frozen. From now on no alert and no update goes out; what was on its way to Telegram "
            "at this moment cannot be called back. I go on answering people. An owner lets it go "
            "on with /unfreeze."
        ),
        insist=True,
    )


@admin_group(Role.OWNER)
async def unfreeze(_: Update, context: Context) -> None:
    """Also a button under the news that the database is a copy, which stays as it is."""
    context.anew()
    if await context.services.control.unfreeze(_person(context)):
        await context.reply(
            context.t(
                "Sends may go on. What should have gone out more than 15 minutes ago is held back, "
                "and asks here first."
            )
        )
    else:
        await context.reply(context.t("Nothing was frozen."))


async def _show(watch: Watch, context: Context) -> None:
    voice = own_voice(context.services)
    names = await People(context.bot, context.services).names(watch)
    text = words.text(watch, names, voice, words.Progress())
    await context.reply(text, words.buttons(watch, voice))


async def _show_report(watch: Watch, context: Context) -> None:
    voice = own_voice(context.services)
    names = await People(context.bot, context.services).names(watch)
    await context.reply(report.text(watch, names, voice), report.buttons(watch, voice))


async def _say_settled(refusal: UnknownLeft, context: Context) -> None:
    """Also in the report: its buttons stayed behind when we were stopped before the edit."""
    note = alert_refused(refusal, context.t)
    assert note is not None
    assert context.incoming.callback_query is not None
    await context.acknowledge(context.incoming.callback_query, note.unescape())
    watch = await context.services.watching.one(_number(context))
    if watch.is_over:
        await _show_report(watch, context)


async def _tell_authors(alert: Alert, sentence: str, context: Context) -> None:
    t = own_voice(context.services).t
    text = t(sentence, name=name(alert, t))
    await People(context.bot, context.services).tell_authors(alert, text)


def _number(context: Context) -> int:
    return int(context.group("number"))


def _revision(context: Context) -> int:
    return int(context.group("revision"))


def _people(context: Context) -> int:
    return int(context.group("people"))


def _person(context: Context) -> int:
    return context.supporter.id


COMMANDS = (
    Command("queue", N_("Drafts, scheduled, running and finished alerts"), queue),
    Command("freeze", N_("Stop every send at once"), freeze),
    Command("unfreeze", N_("Let sends go on (owners)"), unfreeze),
)


def register(app: App) -> None:
    number = "(?P<number>[0-9]{1,9})"
    exactly = rf"{number}:(?P<revision>[0-9]{{1,6}}):(?P<people>[0-9]{{1,9}})"
    for pattern, handler in (
        (rf"^admin:approve:{exactly}$", approve),
        (rf"^admin:release:{exactly}$", release),
        (rf"^admin:back:{exactly}$", send_back),
        (rf"^admin:pause:{number}$", pause),
        (rf"^admin:resume:{number}$", resume),
        (rf"^admin:cancel:{number}$", cancel),
        (r"^admin:unfreeze$", unfreeze),
        (rf"^admin:retry:(?P<state>failed|unknown):{number}$", retry),
        (rf"^admin:leave:{number}$", leave),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=pattern))
