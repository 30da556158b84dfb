"""The characters of short codes, drawn in squares as a QR code is."""

from collections.abc import Mapping, Sequence

HEIGHT, GAP = 7, 1

_SHAPES = """
C .###. #...# #.... #.... #.... #...# .###.
D ####. #...# #...# #...# #...# #...# ####.
F ##### #.... #.... ####. #.... #.... #....
H #...# #...# #...# ##### #...# #...# #...#
J ..### ...#. ...#. ...#. ...#. #..#. .##..
K #...# #..#. #.#.. ##... #.#.. #..#. #...#
M #...# ##.## #.#.# #.#.# #...# #...# #...#
N #...# ##..# ##..# #.#.# #..## #..## #...#
P ####. #...# #...# ####. #.... #.... #....
Q .###. #...# #...# #...# #.#.# #..#. .##.#
R ####. #...# #...# ####. #.#.. #..#. #...#
T ##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..
V #...# #...# #...# #...# #...# .#.#. ..#..
W #...# #...# #...# #.#.# #.#.# ##.## #...#
X #...# #...# .#.#. ..#.. .#.#. #...# #...#
Y #...# #...# .#.#. ..#.. ..#.. ..#.. ..#..
3 ####. ....# ....# .###. ....# ....# ####.
4 ...#. ..##. .#.#. #..#. ##### ...#. ...#.
6 .###. #.... #.... ####. #...# #...# .###.
7 ##### ....# ...#. ...#. ..#.. ..#.. ..#..
9 .###. #...# #...# .#### ....# ....# .###.
"""
SHAPES: Mapping[str, Sequence[str]] = {
    name: rows for name, *rows in map(str.split, _SHAPES.strip().splitlines())
}


def drawn(code: str) -> Sequence[bytearray]:
    """Rows of ones and zeros.

    Raises:
        KeyError: No code has such a character.
    """
    rows = (("." * GAP).join(SHAPES[sign][row] for sign in code) for row in range(HEIGHT))
    return [bytearray(one == "#" for one in row) for row in rows]
