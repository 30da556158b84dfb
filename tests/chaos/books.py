"""The ledger of a process that runs, or that was killed, read from outside it."""

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.dialects.sqlite import dialect
from sqlcipher3.dbapi2 import OperationalError

from bot.models import AlertState, DeliveryState
from bot.store._cipher import connect
from bot.store.schema import alerts, deliveries
from tests.conftest import KEY

STATE = deliveries.c.state.type
MOMENT = alerts.c.expires_at.type
SQLITE = dialect()

# SQLite never comes to the end of this view: a trigger that counts it stops the process within
# the very transaction that fired it, for as long as one likes.
_ENDLESS = (
    "CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
    "SELECT x FROM n"
)


class Books:
    """Each question opens the file anew, and waits for nobody for long."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = 0

    def state(self) -> AlertState:
        [[state]] = self.execute("SELECT state FROM alerts WHERE alert_id = ?", self.number)
        return AlertState(state)

    def set_state(self, state: AlertState) -> None:
        self.execute("UPDATE alerts SET state = ? WHERE alert_id = ?", state.value, self.number)

    def expire(self, at: datetime) -> None:
        self.execute(
            "UPDATE alerts SET expires_at = ? WHERE alert_id = ?", _stored(at), self.number
        )

    def fall_due(self, at: datetime) -> None:
        self.execute(
            "UPDATE alerts SET not_before = ? WHERE alert_id = ?", _stored(at), self.number
        )

    def is_reported(self) -> bool:
        query = "SELECT reported_at IS NOT NULL FROM alerts WHERE alert_id = ?"
        [[reported]] = self.execute(query, self.number)
        return bool(reported)

    def rows(self) -> Mapping[int, DeliveryState]:
        """The state of each person's row."""
        query = "SELECT supporter_id, state FROM deliveries WHERE alert_id = ?"
        read: Callable[[Any], Any] = STATE.result_processor(SQLITE, None) or _as_it_is
        found = self.execute(query, self.number)
        return {person: DeliveryState(read(state)) for person, state in found}

    def trap(self, event: str) -> None:
        """Let the process stop for ever at this event of a trigger, inside its transaction."""
        self.execute(_ENDLESS)
        self.execute(f"CREATE TRIGGER trap {event} BEGIN SELECT count(*) FROM endless; END")

    def spring(self) -> None:
        """Take the trap away."""
        self.execute("DROP TRIGGER trap")
        self.execute("DROP VIEW endless")

    def are_locked(self) -> bool:
        with closing(connect(self.path, KEY)) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            try:
                connection.execute("BEGIN IMMEDIATE")
            except OperationalError:
                return True
            return False

    def execute(self, statement: str, *values: Any) -> list[Any]:
        with closing(connect(self.path, KEY)) as connection:
            found: list[Any] = connection.execute(statement, values).fetchall()
            return found


def stored(state: DeliveryState) -> str:
    """The state as it stands in a statement of SQL."""
    return repr((STATE.bind_processor(SQLITE) or str)(state))


def _stored(moment: datetime) -> Any:
    return (MOMENT.bind_processor(SQLITE) or _as_it_is)(moment)


def _as_it_is(value: Any) -> Any:
    return value
