"""Pictures of black and white squares."""

import struct
import zlib
from collections.abc import Iterator, Sequence

_INCH = 0.0254  # metres
_GREY, _METRE = 0, 1  # what the standard writes for them


def png(rows: Sequence[bytearray], scale: int, to_the_inch: int) -> bytes:
    """One bit a pixel; a one is a black square, `scale` pixels wide and high."""
    size = (len(rows[0]) * scale, len(rows) * scale)
    dots = round(to_the_inch / _INCH)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 1, _GREY, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", dots, dots, _METRE)),
            _chunk(b"IDAT", zlib.compress(b"".join(_lines(rows, scale)), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _lines(rows: Sequence[bytearray], scale: int) -> Iterator[bytes]:
    for row in rows:
        bits = "".join("01"[not one] * scale for one in row)
        packed = int(bits.ljust(-(-len(bits) // 8) * 8, "1"), 2)
        yield (b"\0" + packed.to_bytes(-(-len(bits) // 8))) * scale


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
