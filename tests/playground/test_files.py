import struct

import pytest

from playground.files import photo_size
from playground.wire import ApiError, Upload

JPEG = b"\xff\xd8" + b"\xff\xe0\x00\x04ab" + b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", 30, 40)


def size(content: bytes) -> tuple[int, int]:
    return photo_size(Upload("a", content, "image/any"))


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 40, 30),
        b"GIF89a" + struct.pack("<HH", 40, 30),
        JPEG + bytes(8),
        b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x27\0\0\x1d\0\0",
        b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 39 | 29 << 14) + bytes(5),
        b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + struct.pack("<HH", 40, 30),
    ],
    ids=["png", "gif", "jpeg", "webp-extended", "webp-lossless", "webp"],
)
def test_the_head_of_a_picture_tells_its_size(content: bytes) -> None:
    assert size(content) == (40, 30)
    with pytest.raises(ApiError, match="IMAGE_PROCESS_FAILED"):
        size(content[:9])


@pytest.mark.parametrize(("width", "height"), [(9000, 1001), (21, 1), (0, 5)])
def test_a_picture_of_odd_shape_is_refused(width: int, height: int) -> None:
    with pytest.raises(ApiError, match="PHOTO_INVALID_DIMENSIONS"):
        size(b"GIF89a" + struct.pack("<HH", width, height))
