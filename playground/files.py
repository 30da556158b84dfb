"""Files that were sent, and what can be read from the head of a picture."""

import secrets
import struct
from dataclasses import dataclass

from playground.wire import Json, Upload, bad_request

LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_DOWNLOAD = 20 * 1024 * 1024


@dataclass(frozen=True)
class StoredFile:
    """`path` is where a bot downloads it; the ids are what messages carry."""

    file_id: str
    unique_id: str
    path: str
    upload: Upload
    size: tuple[int, int] | None = None  # width and height of a photo

    @property
    def is_photo(self) -> bool:
        return self.size is not None

    def shown(self) -> Json:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.content),
        }

    def fields(self) -> Json:
        """The `photo` or `document` field of a message."""
        if self.size:
            width, height = self.size
            return {"photo": [self.shown() | {"width": width, "height": height}]}
        kind = {"file_name": self.upload.name, "mime_type": self.upload.mime_type}
        return {"document": kind | self.shown()}


class Files:
    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}
        self._albums = 0

    def keep(self, upload: Upload, as_photo: bool) -> StoredFile:
        """Store an upload.

        Raises:
            ApiError: It should be a photo and is too big, or no picture.
        """
        size = photo_size(upload) if as_photo else None
        number = len(self.by_id)
        folder = "photos" if as_photo else "documents"
        ending = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        stored = StoredFile(
            f"{'AgAC' if as_photo else 'BQAC'}{secrets.token_urlsafe(40)}",
            f"AQAD{secrets.token_urlsafe(9)}",
            f"{folder}/file_{number}.{ending}",
            upload,
            size,
        )
        self.by_id[stored.file_id] = stored
        self.by_path[stored.path] = stored
        return stored

    def album_id(self) -> str:
        """A `media_group_id` that no album had before."""
        self._albums += 1
        return str(13_900_000_000_000_000 + self._albums)

    def find(self, file_id: str) -> StoredFile | None:
        return self.by_id.get(file_id)


def photo_size(upload: Upload) -> tuple[int, int]:
    """Width and height; raises what Telegram answers to a file that cannot be a photo."""
    length = len(upload.content)
    if length > LARGEST_PHOTO:
        raise bad_request(
            f"file of size {length} bytes is too big for a photo; "
            f"the maximum size is {LARGEST_PHOTO} bytes"
        )
    size = _png(upload.content) or _gif(upload.content) or _webp(upload.content)
    size = size or _jpeg(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _png(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _gif(content: bytes) -> tuple[int, int] | None:
    if not content.startswith((b"GIF87a", b"GIF89a")) or len(content) < 10:
        return None
    width, height = struct.unpack("<HH", content[6:10])
    return width, height


def _webp(content: bytes) -> tuple[int, int] | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return None
    if content[12:16] == b"VP8X":
        return (
            1 + int.from_bytes(content[24:27], "little"),
            1 + int.from_bytes(content[27:30], "little"),
        )
    if content[12:16] == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """The size stands in the first start-of-frame segment."""
    if not content.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
