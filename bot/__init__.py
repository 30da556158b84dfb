"""Vigil: a Telegram bot with which a human-rights organisation mobilises its supporters."""

__version__ = "0.1.0"
