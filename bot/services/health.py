"""Whether all is well: what Vigil knows about its own work, for /health and for a monitor."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot import __version__
from bot.content import State
from bot.models import Alert, AlertState
from bot.services.alerts.moves import UNDER_WAY
from bot.services.alerts.schedule import begins_at
from bot.services.copies import Copy
from bot.services.copies import service as copies
from bot.services.editorial import Editorial
from bot.services.housekeeping import Housekeeping
from bot.store import Connection, Database, about, alerts, figures

IN_STEP = timedelta(seconds=30)
TICK_LATE = timedelta(minutes=1)
SEND_LATE = timedelta(minutes=2)
LOG_LATE = timedelta(minutes=10)


class Concern(StrEnum):
    """What needs attention; the report holds the particulars."""

    COPIED = "copied"
    FROZEN = "frozen"
    HELD = "held"
    LATE = "late"
    TICK = "tick"
    LOG = "log"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Freeze:
    """Who stopped every send, by pseudonym, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sending:
    """What is on its way, or waits for somebody.

    Attributes:
        alerts: How many are in each state between submitted and ended.
        open_rows: Messages that have still to go out, of alerts that have begun.
        due: When the oldest send was due of those that should be going on; None without any.
        still_since: When the one of them last moved that has stood still longest.
        copy: What was found at a start, when that is why all sends are stopped.
    """

    freeze: Freeze | None
    alerts: Mapping[AlertState, int]
    open_rows: int
    due: datetime | None
    still_since: datetime | None
    copy: Copy | None


@dataclass(frozen=True, slots=True)
class Storage:
    """Attributes:
    size: Bytes of the database and of its write-ahead log.
    log_empty: Whether the last attempt to empty the log succeeded; None before the first.
    log_emptied_at: When one last did, as far as this process knows.
    """

    size: int
    log_empty: bool | None
    log_emptied_at: datetime | None


@dataclass(frozen=True, slots=True)
class Texts:
    """How many texts nobody has reviewed, and how many are past their date, or long past it."""

    pending: int
    overdue: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Health:
    """How it stands at one moment.

    Attributes:
        updated_at: When an update was last handled; also by an earlier process.
        ticked_at: When this process last looked for what is due.
        clock_ahead: Our clock less Telegram's, which is exact to the second only. The time that
            the message took to us counts in. None without a message.
    """

    at: datetime
    started_at: datetime
    version: str
    sending: Sending
    updated_at: datetime | None
    ticked_at: datetime | None
    storage: Storage
    texts: Texts
    clock_ahead: timedelta | None

    @property
    def concerns(self) -> Sequence[Concern]:
        """What needs attention, the most urgent first."""
        sending, storage, texts = self.sending, self.storage, self.texts
        log_since = storage.log_emptied_at or self.started_at
        found = {
            Concern.COPIED: sending.copy is not None,
            Concern.FROZEN: sending.freeze is not None and sending.copy is None,
            Concern.HELD: sending.alerts.get(AlertState.HELD, 0) > 0,
            Concern.LATE: sending.freeze is None and self._is_past(sending.still_since, SEND_LATE),
            Concern.TICK: self._is_past(self.ticked_at or self.started_at, TICK_LATE),
            Concern.CLOCK: self.clock_ahead is not None and abs(self.clock_ahead) > IN_STEP,
            Concern.LOG: storage.log_empty is False and self._is_past(log_since, LOG_LATE),
            Concern.WITHDRAWN: texts.withdrawn > 0,
            Concern.OVERDUE: texts.overdue > 0,
        }
        return [concern for concern, is_there in found.items() if is_there]

    def _is_past(self, moment: datetime | None, patience: timedelta) -> bool:
        return moment is not None and self.at - moment > patience


class Checkup:
    """Made when the process starts, whose age it tells."""

    def __init__(
        self,
        database: Database,
        editorial: Editorial,
        housekeeping: Housekeeping,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._editorial = editorial
        self._housekeeping = housekeeping
        self._now = now
        self._started_at = now()

    async def health(self, asked_at: datetime | None = None) -> Health:
        """How it stands now; `asked_at` is Telegram's date of a message that has just come."""
        now, house = self._now(), self._housekeeping
        async with self._database.read() as db:
            sending = await _sending(db, now)
            updated_at = await figures.last_update(db)
        return Health(
            at=now,
            started_at=self._started_at,
            version=__version__,
            sending=sending,
            updated_at=updated_at,
            ticked_at=house.ticked_at,
            storage=Storage(figures.size(self._database), house.log_empty, house.log_emptied_at),
            texts=self._texts(),
            clock_ahead=None if asked_at is None else now - asked_at,
        )

    def _texts(self) -> Texts:
        states = self._editorial.states()
        pending = len(self._editorial.pending)
        return Texts(pending, states[State.OVERDUE], states[State.WITHDRAWN])


async def _sending(db: Connection, now: datetime) -> Sending:
    frozen = await about.value(db, about.FROZEN)
    found = await alerts.in_states(db, UNDER_WAY)
    rows = await figures.open_rows(db, [alert.id for alert in found])
    going = [(due, alert.touched_at or due) for alert in found if (due := _due(alert, now))]
    return Sending(
        freeze=_freeze(frozen) if frozen else None,
        alerts=Counter(alert.state for alert in found),
        open_rows=sum(rows.values()),
        due=min((due for due, _ in going), default=None),
        still_since=min((moved for _, moved in going), default=None),
        copy=await copies.found(db),
    )


def _due(alert: Alert, now: datetime) -> datetime | None:
    """When it was due, if it should be going out now; waiting for a person is no delay."""
    if alert.state is AlertState.SENDING:
        return alert.started_at
    due = begins_at(alert)
    return due if due is not None and due <= now else None


def _freeze(value: str) -> Freeze:
    """As `services.alerts` writes it."""
    by, _, at = value.partition(" ")
    return Freeze(by, datetime.fromisoformat(at))
