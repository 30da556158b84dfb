"""The composition root: settings and a database become an application. Imported by the starters."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import Application, ContextTypes, Defaults
from telegram.request import BaseRequest

import handlers
from bot.assembly import Clock, assembled
from bot.content import Content, load
from bot.context import App, Context, Services
from bot.delivery import Pace, Sender, wire
from bot.delivery.pacing import USUAL, Bounds
from bot.intake import Intake
from bot.services.choices import CURRENT
from bot.services.explainer import Encoder, Explainer, usual_encoder
from bot.services.shelf import Edition
from bot.settings import Settings
from bot.store import Database
from bot.telegram_http import AiohttpRequest
from handlers.admin.cards import Keeper

TICK = timedelta(seconds=5)
LOOK = timedelta(seconds=1)
TURN = timedelta(minutes=1)  # a copy that is older than this is known for one
_PATIENCE = 50  # updates of one person that may wait; beyond that it is a flood
ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What goes out by itself.

    `drained` is set once all that people said while we were away is handled: stops come before
    sends.
    """

    sender: Sender
    keeper: Keeper
    drained: asyncio.Event


def utc_now() -> datetime:
    return datetime.now(UTC)


def build(
    settings: Settings,
    database: Database,
    now: Clock = utc_now,
    request: Callable[..., BaseRequest] = AiohttpRequest,
    *,
    content: Content | None = None,
    explainer: Explainer | None = None,
    encoder: Encoder | None = None,
    bounds: Bounds = USUAL,
) -> App:
    """An application on this database; nothing is started and nothing is sent yet.

    `now` is asked for everything that people see as time; pacing has a clock of its own.
    `bounds` are what each chat takes in a short time.
    `content`, `explainer` and `encoder` may be given when they have been made already.

    Raises:
        ContentError: `content` was not given, and the folder holds a fault.
    """
    content = content or load(settings.content, settings.languages)
    assert settings.bot_token is not None
    sending, polling = _requests(settings, request)
    app: App = (
        Application.builder()
        .token(settings.bot_token.get_secret_value())
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .request(sending)
        .get_updates_request(polling)
        .rate_limiter(Pace(settings.messages_per_second, settings.paid_per_second, bounds=bounds))
        .context_types(ContextTypes(context=Context))
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .updater(None)
        .build()
    )
    app.bot_data["polling"] = polling
    explains = partial(Explainer, encoder=encoder or usual_encoder())
    edition = Edition(content, explainer or explains(content))
    app.bot_data["services"] = assembled(settings, database, edition, explains, now)
    handlers.register(app)
    app.bot_data["outgoing"] = _outgoing(app, settings, database)
    assert app.job_queue is not None  # installed with PTB, see pyproject.toml
    app.job_queue.run_repeating(tick, TICK, first=0)
    app.job_queue.run_repeating(look, LOOK, first=0)
    app.job_queue.run_repeating(keep, LOOK, first=0)
    app.job_queue.run_repeating(turn, TURN)
    app.job_queue.run_repeating(prove, TURN)
    return app


def _requests(
    settings: Settings, request: Callable[..., BaseRequest]
) -> tuple[BaseRequest, BaseRequest]:
    """For what is sent, and for the long poll, which takes no connection from it."""
    make = partial(request, proxy=settings.proxy and settings.proxy.get_secret_value())
    is_far = settings.api_url.startswith("https:")  # and handshakes take their time
    return make(warm=settings.api_url if is_far else None), make()


def outgoing(app: App) -> Outgoing:
    made: Outgoing = app.bot_data["outgoing"]
    return made


def _outgoing(app: App, settings: Settings, database: Database) -> Outgoing:
    services: Services = app.bot_data["services"]
    drained = asyncio.Event()
    sender = Sender(
        wire(app.bot),
        database,
        services.catalogues,
        CURRENT,
        services.now,
        drained,
        is_paid=settings.paid_broadcast,
    )
    return Outgoing(sender, Keeper(app.bot, services), drained)


def intake(app: App, conflict: Callable[[], Awaitable[None]] | None = None) -> Intake:
    """The loop that brings updates to the application, each person's in order."""
    services: Services = app.bot_data["services"]
    return Intake(
        app.bot,
        partial(handle, app),
        allowed_updates=ALLOWED_UPDATES,
        urgent=lambda update: handlers.urgency(update, services.content.stop_words),
        shed=partial(handlers.tell_flooder, app),
        conflict=conflict,
        request=app.bot_data["polling"],
        queue=_PATIENCE,
        drained=outgoing(app).drained,
    )


async def handle(app: App, update: Update) -> None:
    """Handle an update and remember that it was; only then may it be confirmed to Telegram."""
    await app.process_update(update)
    services: Services = app.bot_data["services"]
    await services.updates.handled(update.update_id)


async def announce(app: App) -> None:
    """Tell Telegram what the bot offers."""
    await handlers.set_menus(app)


async def tick(context: Context) -> None:
    """Look for what is due. APScheduler only calls: the rows decide."""
    await context.services.housekeeping.tick()
    await context.services.petition_desk.refresh()
    await handlers.finish_cooled(context.bot, context.services)
    await handlers.tell_stale(context.bot, context.services)
    await handlers.tell_copied(context.bot, context.services)
    await handlers.give_pictures(context.bot, context.services)
    await handlers.tell_stopped(context.bot, context.services)
    await context.services.digests.tick()
    sending: Outgoing = context.bot_data["outgoing"]
    if sending.drained.is_set():  # whoever has said stop meanwhile is not told
        await handlers.tell_back(context.bot, context.services)
        await handlers.tell_of_letters(context.bot, context.services)


async def look(context: Context) -> None:
    """Begin what is due. First what may not go on any more, then what may."""
    sending: Outgoing = context.bot_data["outgoing"]
    try:
        await context.services.schedule.tick()
    finally:  # one alert that cannot be scheduled keeps no other one from going on
        await sending.sender.look()


async def keep(context: Context) -> None:
    """Show the admin group how it stands. Apart, since Telegram may let it wait."""
    sending: Outgoing = context.bot_data["outgoing"]
    await sending.keeper.keep()


async def turn(context: Context) -> None:
    """Leave the copies behind that have been made of the database."""
    await context.services.copies.turn()


async def prove(context: Context) -> None:
    """Go through all chains, once a day; apart, since a million signatures take a while."""
    await handlers.tell_broken(context.bot, context.services)


async def another_polls(app: App) -> None:
    """Tell the admin group that somebody else takes the bot's updates."""
    await handlers.tell_another_polls(app.bot, app.bot_data["services"])
