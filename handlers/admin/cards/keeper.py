"""Keeps the cards true: one for each alert under way, edited when something has changed."""

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from markupsafe import Markup
from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, TelegramError
from telegram.ext import ExtBot

from bot.context import Buttons, Services
from bot.delivery import Ticket
from bot.delivery.posting import post_to_group
from bot.delivery.rendering import previews
from bot.errors import AlertGone
from bot.models import Alert, AlertKind, AlertState, DeliveryState
from bot.services.alerts import TRIED_AGAIN, Watch
from handlers.admin import notices
from handlers.admin.cards import report, words
from handlers.admin.cards.people import People
from handlers.admin.cards.void import void
from handlers.voice import own_voice

log = logging.getLogger(__name__)

PAUSE_REFUSED = 60.0  # seconds before what Telegram refused is tried again
PAUSE_AT_REST = 600.0  # the same while all who wait rest: counting a million takes its time
PAUSE = 5.0  # seconds between two edits of a card; a group takes twenty messages a minute
_UNCHANGED = "message is not modified"
_OPEN = (DeliveryState.PENDING, DeliveryState.SENDING)


@dataclass
class Shown:
    """What a card said last, in which state, and how many were open then."""

    text: Markup
    state: AlertState
    at: float
    open_ones: int


class Keeper:
    """What it remembers is only how not to edit too often: all that matters is in the rows.

    `clock` counts seconds for that; people's time is the services'.
    """

    def __init__(
        self, bot: ExtBot[Ticket], services: Services, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._bot = bot
        self._services = services
        self._clock = clock
        self._people = People(bot, services)
        self._shown: dict[int, Shown] = {}
        self._lost: dict[int, int] = {}  # how many, by digest, the group has read of
        self._quiet_until = 0.0
        self._refused_until: dict[int, float] = {}

    async def keep(self) -> None:
        """Look at all of them. A group that cannot be written to is left alone for a while."""
        if self._clock() < self._quiet_until:
            return
        try:
            await self._keep()
        except ChatMigrated as error:
            group = await self._services.staff.admin_chat()
            if group is not None:
                await notices.follow(self._bot, self._services, group, error.new_chat_id)
        except TelegramError as error:
            log.warning("the cards in the admin group are not kept: %s", type(error).__name__)
            self._quiet_until = self._clock() + PAUSE_REFUSED

    async def _keep(self) -> None:
        watching = self._services.watching
        if await self._services.staff.admin_chat() is None:
            return
        for draft in await watching.taken_back():
            await self._unless_refused(draft, self._take_back)
        alerts = await watching.under_way()
        for alert in alerts:
            if self._is_due(alert, len(alerts)):
                await self._unless_refused(alert, self._show)
        for resting in await watching.resting():
            await self._unless_refused(resting, self._report_so_far)
        for ended in await watching.unreported():
            await self._unless_refused(ended, self._report)

    async def _unless_refused(self, alert: Alert, show: Callable[[Watch], Awaitable[None]]) -> None:
        """What Telegram refuses of one alert, such as its picture, keeps no other one waiting."""
        if self._clock() < self._refused_until.get(alert.id, 0.0):
            return
        try:
            await show(await self._services.watching.one(alert.id))
        except AlertGone:
            return  # thrown away since
        except BadRequest:
            log.warning("Telegram refuses the card of an alert; it is tried again in a while")
            self._refused_until[alert.id] = self._clock() + PAUSE_REFUSED

    def _is_due(self, alert: Alert, cards: int) -> bool:
        last = self._shown.get(alert.id)
        if last is None:
            return True
        rests = alert.state is AlertState.SENDING and alert.reported_at is not None
        is_slow = rests and last.state is AlertState.SENDING
        return self._clock() - last.at >= (PAUSE_AT_REST if is_slow else PAUSE * cards)

    async def _show(self, watch: Watch) -> None:
        group = await self._group()
        voice = own_voice(self._services)
        open_ones = watch.number(*_OPEN)
        names = await self._people.names(watch)
        text = words.text(watch, names, voice, self._progress(watch, open_ones))
        last = self._shown.get(watch.alert.id)
        if watch.alert.card is None:
            await self._post(watch, group, text)
        elif watch.alert.state is AlertState.HELD and not _is_known_held(last):
            await self._edit(watch.alert, group, text, ())
            await self._post(watch, group, text)  # a question is asked where it is seen
        elif last is None or last.text != text:
            await self._edit(watch.alert, group, text, words.buttons(watch, voice))
        self._shown[watch.alert.id] = Shown(text, watch.alert.state, self._clock(), open_ones)

    async def _post(self, watch: Watch, group: int, text: Markup) -> None:
        """What is to be approved, exactly as it will arrive, and the card below it."""
        alert, catalogues = watch.alert, self._services.catalogues
        if alert.state is AlertState.WAITING:
            for rendered in previews(alert, catalogues):
                await post_to_group(self._bot, group, rendered)
        keyboard = _keyboard(words.buttons(watch, own_voice(self._services)))
        sent = await self._bot.send_message(group, text, reply_markup=keyboard)
        if not await self._services.watching.post(alert, sent.message_id):
            posted = replace(alert, card=sent.message_id)  # changed while it was being posted
            await void(self._bot, self._services, replace(watch, alert=posted))

    async def _edit(self, alert: Alert, group: int, text: Markup, buttons: Buttons) -> None:
        keyboard = _keyboard(buttons)
        try:
            await self._bot.edit_message_text(
                text, chat_id=group, message_id=alert.card, reply_markup=keyboard
            )
        except BadRequest as error:
            if _UNCHANGED in error.message.lower():
                return
            log.warning("a card could not be edited; another one is sent")
            await self._services.watching.remember_card(alert.id, None)

    async def _take_back(self, watch: Watch) -> None:
        if watch.alert.state is not AlertState.DRAFT:
            return  # submitted anew since, and void already
        await self._services.watching.remember_card(watch.alert.id, None)
        self._shown.pop(watch.alert.id, None)
        await void(self._bot, self._services, watch)

    async def _report(self, watch: Watch) -> None:
        """The closing report, once; the card of an alert says only how it ended."""
        if not watch.is_over:
            return
        voice, alert = own_voice(self._services), watch.alert
        names = await self._people.names(watch)
        if alert.card is not None:  # first, since it may be edited again should the rest fail
            card = words.text(watch, names, voice, words.Progress())
            await self._edit(alert, await self._group(), card, ())
        if alert.started_at is not None and self._is_news(watch):
            text = report.text(watch, names, voice)
            keyboard = _keyboard(report.buttons(watch, voice))
            await self._bot.send_message(await self._group(), text, reply_markup=keyboard)
            self._note_lost(watch)
        await self._services.watching.reported(alert.id)
        self._shown.pop(alert.id, None)
        await self._people.tell_authors(alert, report.for_author(watch, voice))

    def _is_news(self, watch: Watch) -> bool:
        """A digest is, when it lost somebody, or when somebody had it tried again.

        It begins anew wherever its hour comes; who was lost before is no news then.
        """
        alert = watch.alert
        if alert.kind is not AlertKind.DIGEST:
            return True
        return alert.reason == TRIED_AGAIN or watch.lost > self._lost.get(alert.id, 0)

    def _note_lost(self, watch: Watch) -> None:
        if watch.alert.kind is AlertKind.DIGEST:
            self._lost[watch.alert.id] = watch.lost

    async def _report_so_far(self, watch: Watch) -> None:
        """Not to let the admins wait for weeks; the card goes on, and the closing report comes."""
        voice = own_voice(self._services)
        text = report.text(watch, await self._people.names(watch), voice)
        keyboard = _keyboard(report.buttons(watch, voice))
        await self._bot.send_message(await self._group(), text, reply_markup=keyboard)
        await self._services.watching.reported(watch.alert.id)
        await self._people.tell_authors(watch.alert, report.for_author(watch, voice))

    def _progress(self, watch: Watch, open_ones: int) -> words.Progress:
        last = self._shown.get(watch.alert.id)
        if last is None or not last.open_ones or last.open_ones <= open_ones:
            return words.Progress()
        return words.Progress((last.open_ones - open_ones) / (self._clock() - last.at))

    async def _group(self) -> int:
        group = await self._services.staff.admin_chat()
        if group is None:
            raise AlertGone
        return group


def _is_known_held(last: Shown | None) -> bool:
    return last is not None and last.state is AlertState.HELD


def _keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup(buttons) if buttons else None
