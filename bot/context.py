"""What a handler has at hand: the services, who is speaking, and ways to answer."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from markupsafe import Markup
from telegram import (
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import Application, CallbackContext, ExtBot

from bot.content import Content
from bot.delivery import Ticket
from bot.i18n import Catalogues, Translator
from bot.models import Dialog, Role, Supporter
from bot.services.alerts import (
    Amendments,
    Approvals,
    Control,
    Drafts,
    Pictures,
    Schedule,
    Watching,
)
from bot.services.audit import Audit
from bot.services.cases import Cases, Outcomes, PetitionOutcomes, Stopping
from bot.services.choices import Choices
from bot.services.contact import Contact
from bot.services.content import Changes, Press
from bot.services.copies import Copies
from bot.services.dialogs import Dialogs
from bot.services.digests import Digests
from bot.services.editorial import Editorial
from bot.services.explainer import Explainer
from bot.services.health import Checkup
from bot.services.housekeeping import Housekeeping
from bot.services.integrity import Integrity
from bot.services.letters import Letters, Reminders
from bot.services.petitions import PetitionDesk, PetitionDrafts, Petitions
from bot.services.preferences import Preferring
from bot.services.questions import Questions
from bot.services.reading import Reading
from bot.services.sharing import Sharing
from bot.services.shelf import Shelf
from bot.services.staff import Staff
from bot.services.statistics import Statistics
from bot.services.supporters import Supporters
from bot.services.updates import Updates

T = TypeVar("T")
Data: TypeAlias = dict[str, Any]
Buttons: TypeAlias = Sequence[Sequence[InlineKeyboardButton]]
_PAUSES = (0, 1, 3)  # seconds before the second, third and fourth attempt
_UNCHANGED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited")


@dataclass(frozen=True, slots=True)
class House:
    """What the organisation says about itself, where its clock hangs, and how fast it speaks."""

    organisation: str
    contact: str
    timezone: ZoneInfo
    messages_per_second: float


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that handlers may ask for; made once by `bot.assembly`."""

    house: House
    shelf: Shelf
    catalogues: Catalogues
    now: Callable[[], datetime]
    audit: Audit
    petitions: Petitions
    petition_drafts: PetitionDrafts
    petition_desk: PetitionDesk
    supporters: Supporters
    preferences: Preferring
    digests: Digests
    cases: Cases
    outcomes: Outcomes
    petition_outcomes: PetitionOutcomes
    stopping: Stopping
    pictures: Pictures
    letters: Letters
    reminders: Reminders
    choices: Choices
    dialogs: Dialogs
    staff: Staff
    updates: Updates
    questions: Questions
    reading: Reading
    sharing: Sharing
    contact: Contact
    editorial: Editorial
    housekeeping: Housekeeping
    statistics: Statistics
    drafts: Drafts
    approvals: Approvals
    amendments: Amendments
    control: Control
    watching: Watching
    schedule: Schedule
    checkup: Checkup
    press: Press
    changes: Changes
    copies: Copies
    integrity: Integrity

    @property
    def content(self) -> Content:
        """What is current; keep nothing of it beyond the answer that is being given."""
        return self.shelf.content()

    @property
    def explainer(self) -> Explainer:
        return self.shelf.explainer


class Context(CallbackContext[ExtBot[Ticket], Data, Data, Data]):
    """PTB's context, narrowed. `handlers.identify` fills the person in before anyone asks."""

    incoming: Update
    supporter: Supporter
    dialog: Dialog | None = None
    t: Translator
    _is_anew: bool = False
    role: Role = Role.SUPPORTER
    admin_chat: int | None = None

    @classmethod
    def from_update(cls, update: object, application: Any) -> "Context":
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.incoming = update
        return context

    @property
    def services(self) -> Services:
        services: Services = self.bot_data["services"]
        return services

    @property
    def chat(self) -> Chat:
        """Where the update comes from; `handlers.identify` lets no other kind through."""
        chat = self.incoming.effective_chat
        assert chat is not None
        return chat

    def group(self, name: str) -> str:
        """A named part of what the handler's pattern matched."""
        assert self.match is not None
        return str(self.match[name])

    def anew(self) -> None:
        """Let `reply` answer this tap with a new message: the one it is under stays as it is."""
        self._is_anew = True

    async def reply(self, text: Markup, buttons: Buttons = (), *, insist: bool = False) -> None:
        """Answer where the person is looking: under a tapped button, or as a new message."""
        query = self.incoming.callback_query
        if query is not None:
            await self.acknowledge(query)
        if query is None or query.message is None or self._is_anew:
            await self.say(text, buttons, insist=insist)
            return
        edit = partial(query.edit_message_text, text, reply_markup=_keyboard(buttons))
        try:
            await until_answered(edit)  # an edit may be made twice
        except BadRequest as error:
            reason = error.message.lower()
            if any(gone in reason for gone in _GONE):  # cleared, or too old to be edited
                await self.say(text, buttons)
            elif _UNCHANGED not in reason:  # tapped twice: it stands
                raise

    @property
    def message_id(self) -> int:
        """Of the message that was tapped, or that came."""
        message = self.incoming.effective_message
        assert message is not None
        return message.message_id

    async def say(
        self, text: Markup, buttons: Buttons = (), *, quoting: bool = False, insist: bool = False
    ) -> Message:
        """Send a new message; `quoting` ties it to the one that it answers.

        With `insist` it is sent again when no answer came: where silence would be worse than
        the same message twice.
        """
        message = self.incoming.effective_message
        quote = None
        if quoting and message is not None:
            quote = ReplyParameters(message.message_id, allow_sending_without_reply=True)
        send = partial(
            self.bot.send_message,
            self.chat.id,
            text,
            reply_markup=_keyboard(buttons),
            reply_parameters=quote,
        )
        return await (until_answered(send) if insist else send())

    async def send_file(self, file: InputFile, caption: Markup) -> None:
        if self.incoming.callback_query is not None:
            await self.acknowledge(self.incoming.callback_query)
        await self.bot.send_document(self.chat.id, file, caption=caption)

    async def acknowledge(self, query: CallbackQuery, note: str | None = None) -> None:
        """Stop the button's clock; what a tap did stands even when it came too late for that."""
        try:
            await query.answer(note, show_alert=note is not None)
        except TelegramError:
            return


# PTB cannot say that the job queue has our context: hence Any.
App: TypeAlias = Application[ExtBot[Ticket], Context, Data, Data, Data, Any]
Handler: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a feature: its name, what the menu says about it, and what it does."""

    name: str
    summary: str
    run: Handler


async def until_answered(send: Callable[[], Awaitable[T]], pauses: Sequence[float] = _PAUSES) -> T:
    """Make a request again while Telegram, or the way to it, fails: at once, then with pauses.

    Raises:
        TelegramError: Telegram refused it, or it failed to the last.
    """
    for pause in pauses:
        try:
            return await send()
        except BadRequest:  # a NetworkError by class, and a refusal by meaning
            raise
        except NetworkError:
            await asyncio.sleep(pause)
    return await send()


def button(label: str, data: str) -> InlineKeyboardButton:
    """A button that sends `data` back; Telegram takes 64 bytes and refuses more."""
    return InlineKeyboardButton(label, callback_data=data)


def _keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup(buttons) if buttons else None
