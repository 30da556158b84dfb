"""Passing on: links that name nobody, codes to type, posters, and what is found from any chat."""

from bot.services.sharing.codes import codes, typed
from bot.services.sharing.poster import poster
from bot.services.sharing.search import found
from bot.services.sharing.service import Sharing

__all__ = ["Sharing", "codes", "found", "poster", "typed"]
