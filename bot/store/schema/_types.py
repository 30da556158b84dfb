"""What columns are made of."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

PERSON = {"person": True}
ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime; a naive one is refused at the edge of the store."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone came to the store")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None else value.replace(tzinfo=UTC)


class Listing(TypeDecorator[Sequence[Any]]):
    """A short list, kept as JSON text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sequence[Any] | None:
        return None if value is None else json.loads(value)


class Record(TypeDecorator[Mapping[str, Any]]):
    """A small mapping, kept as JSON text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(dict(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, Any] | None:
        return None if value is None else json.loads(value)


class Seconds(TypeDecorator[datetime]):
    """An aware UTC datetime, to the second, in the four bytes that a large table can spare."""

    impl = sa.Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone came to the store")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value, UTC)


class Code(TypeDecorator[StrEnum]):
    """A member of an enumeration as a small number: its place in a list that only ever grows."""

    impl = sa.SmallInteger
    cache_ok = True

    def __init__(self, members: tuple[StrEnum, ...]) -> None:
        super().__init__()
        self.members = members
        self._numbers = {member: number for number, member in enumerate(members)}

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> int | None:
        return None if value is None else self._numbers[value]  # type: ignore[index]  # equal strings

    def process_result_value(self, value: int | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.members[value]


metadata = sa.MetaData()
