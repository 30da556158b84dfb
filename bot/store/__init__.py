"""All SQL. Functions here take a connection, answer one question, and know no rules."""

from bot.store.database import Connection, Database
from bot.store.opening import look_into, open_database

__all__ = ["Connection", "Database", "look_into", "open_database"]
