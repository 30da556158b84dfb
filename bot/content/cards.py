"""The single texts of a language: support, privacy, welcome."""

from bot.content.review import Reviewed
from bot.content.texts import Text


class ReviewedCard(Text, Reviewed):
    """`support.md` and `privacy.md`: people in need read them, so they are reviewed."""


class Welcome(Text):
    """`welcome.md`: the first message anyone sees."""
