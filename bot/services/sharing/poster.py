"""QR codes that can be printed, with the short code below them for whoever cannot scan one."""

from collections.abc import Iterable, Sequence

import segno

from bot.services.sharing import _letters
from bot.services.sharing._png import png

_SIDE = 2_400  # pixels: 20 cm, what fits on A4
_TO_THE_INCH = 300
_QUIET = 4  # modules of white around it, as the standard asks


def poster(address: str, code: str) -> bytes:
    """A PNG. A third of the QR code may be torn or dirty, and it can still be read."""
    square = segno.make_qr(address, error="h").matrix
    side = len(square) + 2 * _QUIET
    margin = [bytearray(side)] * _QUIET
    letters = _middle(_letters.drawn(code), side)
    rows = [*margin, *_middle(square, side), *margin, *letters, *margin]
    return png(rows, -(-_SIDE // side), _TO_THE_INCH)


def _middle(rows: Iterable[bytearray], side: int) -> Sequence[bytearray]:
    return [row.center(side, b"\0") for row in rows]
