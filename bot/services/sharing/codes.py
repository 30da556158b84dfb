"""Short codes, for where a link does nothing: a poster read aloud, a phone that drops the link.

They follow from a target's name alone, so that what is printed stays true: nothing else that is
published later takes a code away. Two targets may begin alike; then a longer code is shown, and
the short one, which may be printed already, finds both.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.models.sharing import Target

# Without what is taken for something else when read or said, and without vowels: no word comes of
# it. The digit in each code keeps it from being one.
LETTERS = "CDFHJKMNPQRTVWXY"
DIGITS = "34679"
SHORTEST, LONGEST = 4, 6
_CODE = re.compile(
    rf"(?=.{{,{SHORTEST - 1}}}[{DIGITS}])[{LETTERS}{DIGITS}]{{{SHORTEST},{LONGEST}}}"
)


def codes(targets: Iterable[Target]) -> Mapping[Target, str]:
    """The shortest code of each that is no other's."""
    whole = {target: _whole(target) for target in targets}
    heads = Counter(
        code[:length] for code in whole.values() for length in range(SHORTEST, LONGEST + 1)
    )
    return {target: _shortest(code, heads) for target, code in whole.items()}


def typed(words: str, targets: Iterable[Target]) -> Sequence[Target]:
    """What a message means that is nothing but a code; several when they begin alike."""
    code = unicodedata.normalize("NFKC", words).strip().upper()
    if not _CODE.fullmatch(code):
        return ()
    return sorted(target for target in targets if _whole(target).startswith(code))


def _shortest(code: str, heads: Mapping[str, int]) -> str:
    lengths = range(SHORTEST, LONGEST)
    return next((code[:length] for length in lengths if heads[code[:length]] == 1), code)


def _whole(target: Target) -> str:
    """All six characters; a digit stands among the first four."""
    number = int.from_bytes(hashlib.sha256(target.payload.encode()).digest())
    number, place = divmod(number, SHORTEST)
    code = ""
    for each in range(LONGEST):
        signs = DIGITS if each == place else LETTERS
        number, sign = divmod(number, len(signs))
        code += signs[sign]
    return code
