"""What tells a database from its copies: it holds a word, and so does a file that lies apart.

The word changes all the time. A copy keeps the one of its day, which the file no longer knows.
"""

from collections.abc import Collection
from pathlib import Path

from bot import durable

_NOTE = (
    "# By this Vigil tells its database from a copy. Leave the file here, and never restore it "
    "from a backup.\n"
)


class Marker:
    def __init__(self, file: Path) -> None:
        self._file = file

    def words(self) -> frozenset[str]:
        """The words of the one database that may send; none as long as there is no marker.

        Raises:
            OSError, UnicodeDecodeError: The file is there and cannot be read.
        """
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return frozenset()
        return frozenset(line for line in lines if line and not line.startswith("#"))

    def write(self, words: Collection[str]) -> None:
        """Know these from now on, and no others; they outlast a power cut.

        Raises:
            OSError: The former ones still stand.
        """
        durable.replace(self._file, _NOTE + "".join(f"{word}\n" for word in sorted(words)))
