"""Proof that signatures and the record of the staff's acts are as they were written."""

from bot.services.integrity._proof import Break, Flaw, Proof
from bot.services.integrity.service import Integrity

__all__ = ["Break", "Flaw", "Integrity", "Proof"]
