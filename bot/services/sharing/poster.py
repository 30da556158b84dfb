"""QR codes that can be printed."""

from io import BytesIO

import segno

_SIDE = 2_400  # pixels: 20 cm, what fits on A4, at 300 to the inch
_QUIET = 4  # modules of white around it, as the standard asks


def poster(address: str) -> bytes:
    """A PNG of the address. A third of it may be torn or dirty, and it can still be read."""
    code = segno.make_qr(address, error="h")
    modules, _ = code.symbol_size(border=_QUIET)
    picture = BytesIO()
    code.save(picture, kind="png", scale=-(-_SIDE // modules), border=_QUIET)
    return picture.getvalue()
