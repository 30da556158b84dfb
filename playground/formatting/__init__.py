"""Turns what a bot or a person wrote into plain text and message entities.

All offsets and lengths are in UTF-16 code units.
"""

from playground.formatting._compose import (
    LONGEST_CAPTION,
    LONGEST_MESSAGE,
    Formatted,
    person_texts,
    read_formatted,
)
from playground.formatting._links import valid_url
from playground.formatting._units import cut, units

__all__ = [
    "LONGEST_CAPTION",
    "LONGEST_MESSAGE",
    "Formatted",
    "cut",
    "person_texts",
    "read_formatted",
    "units",
    "valid_url",
]
