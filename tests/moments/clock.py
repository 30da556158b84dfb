"""Six zones, one Monday morning, and readings made in them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import MomentRefused
from bot.moments import Moment, read_moment

BERLIN = ZoneInfo("Europe/Berlin")
LIMA = ZoneInfo("America/Lima")
KOLKATA = ZoneInfo("Asia/Kolkata")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its summer time is half an hour
NEW_YORK = ZoneInfo("America/New_York")
UTC_ZONE = ZoneInfo("UTC")
ZONES = (BERLIN, LIMA, KOLKATA, LORD_HOWE, NEW_YORK, UTC_ZONE)
MONDAY = datetime(2026, 11, 23, 9, 17, 42, tzinfo=UTC)  # 10:17:42 in Berlin


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def read(text: str, zone: ZoneInfo = BERLIN, now: datetime = MONDAY) -> Moment:
    return read_moment(text, zone, now)


def refusal(text: str, zone: ZoneInfo = BERLIN, now: datetime = MONDAY) -> MomentRefused:
    with pytest.raises(MomentRefused) as refused:
        read_moment(text, zone, now)
    return refused.value
