"""The one card of each alert in the admin group, from its approval to its report."""

from handlers.admin.cards.keeper import Keeper

__all__ = ["Keeper"]
