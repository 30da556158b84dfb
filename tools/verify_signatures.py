"""Proves the number and order of a petition's signatures without any name. Needs Python only.

    python -m bot db chain <petition> > chain.jsonl
    python tools/verify_signatures.py chain.jsonl [digest ...]

Digests that you noted earlier, each the end of the chain on its day, must still be in it: then
nothing that was in it on that day was changed since.

The file holds a JSON object in each line. The first one is what is stored of the petition:
`{"petition", "signatures", "given"}`, and `"delivered"`, the number that was handed over, if it
was. Each other one is an entry: `place` (1, 2, 3 …), `event`, `number`, `version` (of the text
that was signed), `day` (UTC), `commitment` and `digest`. `signed` gives the next number,
`withdrawn` takes a number back, `delivered` hands over as many as count at that moment; nothing is
signed after it. A `digest` is the SHA-256, in hexadecimal, of the JSON array of the digest before
(of the first entry: 64 zeros), place, event, number, version, day and commitment, with ", " between
them. A `commitment` is that of the JSON array of salt, Telegram id, number, name or null, version
and time of signing: /mydata gives all of these to the person herself, as long as her signature
stands, and nobody else can tell whose entry it is.
"""

import json
import sys
from collections.abc import Collection, Iterable
from hashlib import sha256
from pathlib import Path

FIELDS = ("place", "event", "number", "version", "day", "commitment")


def verify(lines: Iterable[str], noted: Collection[str] = ()) -> str:
    """What is proven; a ValueError says what is not."""
    said, *entries = map(json.loads, lines)
    digest, seen, gone, given, delivered = "0" * 64, set(), set(), 0, None
    for place, entry in enumerate(entries, 1):
        where, former = f"Entry {place} of {entry['day']}", digest
        digest = sha256(json.dumps([former, *map(entry.get, FIELDS)]).encode()).hexdigest()
        if (entry["place"], entry["digest"]) != (place, digest):
            raise ValueError(f"{where} does not follow from the one before it.")
        seen.add(digest)
        event, number = entry["event"], entry["number"]
        if event == "signed" and number == given + 1 and delivered is None:
            given = number
        elif event == "withdrawn" and 0 < number <= given and number not in gone:
            gone.add(number)
        elif event == "delivered" and number == given - len(gone) and delivered is None:
            delivered = number
        else:
            raise ValueError(f"{where} cannot be: {event} {number}.")
    count = given - len(gone)
    if (said["given"], said["signatures"], said.get("delivered")) != (given, count, delivered):
        raise ValueError(f"The chain ends with {count} of {given}, which is not what is stored.")
    if lost := set(noted) - seen:
        raise ValueError(f"The chain was another one: {', '.join(sorted(lost))} is not in it.")
    return f"{said['petition']}: {count} signatures, {given} given. The chain ends with {digest}.\n"


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    try:
        with Path(sys.argv[1]).open(encoding="utf-8") as file:
            sys.stdout.write(verify(file, sys.argv[2:]))
    except ValueError as error:
        sys.exit(f"NOT PROVEN. {error}")
