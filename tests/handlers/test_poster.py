"""/petition qr: a picture that leads to the card, with the code to type below it."""

import struct
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import segno
import zxingcpp
from numpy.typing import NDArray

from bot.services.sharing._letters import SHAPES
from tests.conftest import PETITION, Vigil
from tests.conversation import words
from tests.handlers.test_petition_life import SLUG, opened
from tests.handlers.test_sharing import CODE
from tests.handlers.test_signing import LINK

TITLE = "Cameroon: no torture for the sake of security"
ADDRESS = f"https://t.me/vigil_playground_bot?start={LINK}"
QUIET = 4


def pixels(picture: bytes) -> NDArray[np.uint8]:
    """A PNG of one bit a pixel: 1 is white."""
    width, height, depth, colour = struct.unpack(">IIBB", picture[16:26])
    assert (picture[:8], depth, colour) == (b"\x89PNG\r\n\x1a\n", 1, 0)
    at = picture.index(b"IDAT")
    (size,) = struct.unpack(">I", picture[at - 4 : at])
    raw = np.frombuffer(zlib.decompress(picture[at + 4 : at + 4 + size]), np.uint8)
    return np.unpackbits(raw.reshape(height, -1)[:, 1:], axis=1)[:, :width]


def squares(picture: bytes, scale: int) -> Sequence[str]:
    """What is black, `#`, looked at in the middle of each square."""
    middles = pixels(picture)[scale // 2 :: scale, scale // 2 :: scale]
    return ["".join("#."[one] for one in row) for row in middles]


def seen_by_a_phone(picture: bytes) -> str:
    """Turned, small and grey, as somebody holds a phone before a poster in the evening."""
    near = pixels(picture)[::4, ::4] * np.uint8(90) + np.uint8(60)
    (found,) = zxingcpp.read_barcodes(np.ascontiguousarray(np.rot90(near)))
    return found.text


def content(vigil: Vigil, file: Any) -> bytes:
    stored = vigil.world.files.find(file["file_id"])
    assert stored
    return stored.upload.content


async def test_a_poster_leads_to_the_card_and_shows_the_code(vigil: Vigil) -> None:
    ada = vigil.group()
    await ada.say(f"/petition qr {PETITION}")
    photo, file = ada.messages[-2:]
    assert words(photo).startswith(f"{TITLE}\n\nThe picture leads to {ADDRESS}")
    assert f"writes {CODE} to @vigil_playground_bot" in words(photo)
    assert "nobody can sign" not in words(photo)
    picture = content(vigil, file["document"])
    assert picture == content(vigil, photo["photo"][-1])
    assert seen_by_a_phone(picture) == ADDRESS

    wanted = segno.make_qr(ADDRESS, error="h").matrix
    side = len(wanted) + 2 * QUIET
    (width,) = struct.unpack(">I", picture[16:20])
    scale = width // side
    assert width >= 2_400
    rows = squares(picture, scale)
    assert [row[QUIET:-QUIET] for row in rows[QUIET : side - QUIET]] == [
        "".join(".#"[one] for one in row) for row in wanted
    ]
    letters = [row.strip(".") for row in rows[side:-QUIET]]
    assert letters[0] == ".".join(SHAPES[sign][0] for sign in CODE).strip(".")
    assert all(set(row) == {"."} for row in (*rows[:QUIET], *rows[-QUIET:]))


async def test_which_petition_is_asked_for_and_one_of_the_chat_has_a_poster_too(
    vigil: Vigil,
) -> None:
    await opened(vigil)
    ada, amara = vigil.group(), vigil.chat()
    assert await ada.say("/petition qr") == "Which petition shall the poster lead to?"
    assert ada.buttons == [TITLE, "Free Samira"]
    await ada.tap("Free Samira")
    photo = words(ada.messages[-2])
    code = photo.partition("writes ")[2].partition(" to @")[0]
    assert "release Samira" in await amara.say(code.lower())

    await ada.say(f"/petition {SLUG}")
    await ada.tap("Pause")
    await ada.tap("Poster")
    assert "Now it is paused, so nobody can sign there" in words(ada.messages[-2])
    await ada.tap("Withdraw…")
    await ada.say("The family asked us to.")
    assert "Poster" not in ada.buttons
    assert "there is no poster for it" in await ada.say(f"/petition qr {SLUG}")
    assert await ada.say("/petition qr no-such") == await ada.say("/petition no-such")


def test_no_two_characters_look_alike() -> None:
    """Each differs from each other one in more than two squares: it is read from afar."""
    flat = {sign: "".join(rows) for sign, rows in SHAPES.items()}
    assert {len(shape) for shape in flat.values()} == {35}
    for one, shape in flat.items():
        for other, another in flat.items():
            differing = sum(a != b for a, b in zip(shape, another, strict=True))
            assert one == other or differing > 2, (one, other)
