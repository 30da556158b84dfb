"""Counts invented messages that are all but the same as another: what is repeated teaches nothing.

    python -m tools.duplicates             (half a minute)
    python -m tools.duplicates --list      (tells the pairs, too)

Two messages of one language are near when their words are, by groups of three letters, or their
meaning. It ends with status 1 when the share of messages that have a near one before them, by the
same writer or by another, is not below `MOST`.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content import Content, load
from bot.services.explainer import Encoder
from bot.services.explainer._learnt import said
from tools._twins import alike_by_letters, alike_by_meaning

MOST = 0.05


@dataclass(frozen=True)
class Invented:
    """A message that a writer invented; `kind` is questions or disclosures."""

    kind: str
    language: str
    writer: str
    words: str


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--content", type=Path, default=Path("content"))
    options.add_argument("--languages", default="en,fr,es,ar")
    options.add_argument("--list", action="store_true")
    chosen = options.parse_args()
    content, encoder = load(chosen.content, tuple(chosen.languages.split(","))), Encoder()
    groups: dict[tuple[str, str], list[Invented]] = defaultdict(list)
    for one in invented(content):
        groups[one.kind, one.language].append(one)
    say(f"{'':11} {'':3} {'messages':>8} {'by the same writer':>18} {'by another':>10}")
    too_many = False
    for (kind, language), messages in groups.items():
        pairs = twins(messages, encoder)
        shares = [share(messages, pairs, within=within) for within in (True, False)]
        say(f"{kind:11} {language:3} {len(messages):8} {shares[0]:18.1%} {shares[1]:10.1%}")
        too_many = too_many or max(shares) >= MOST
        if chosen.list:
            list_pairs(messages, pairs)
    return int(too_many)


def invented(content: Content) -> Iterator[Invented]:
    """Questions beside the texts, and messages of people in danger or not."""
    for language in content.languages.values():
        for asked in language.questions:
            yield Invented("questions", language.code, asked.writer, asked.words)
    for told in content.disclosures:
        yield Invented("disclosures", told.language, told.writer, told.words)


def twins(messages: Sequence[Invented], encoder: Encoder) -> list[tuple[int, int]]:
    """Each message with those before it that are near."""
    texts = [one.words for one in messages]
    points = encoder.content_points([said(text) for text in texts])
    found = {*alike_by_letters(texts, texts), *alike_by_meaning(points, points)}
    return sorted((later, earlier) for later, earlier in found if earlier < later)


def share(messages: Sequence[Invented], pairs: Sequence[tuple[int, int]], *, within: bool) -> float:
    """Of the messages, those that repeat an earlier one, by the same writer or by another."""
    repeating = {
        later
        for later, earlier in pairs
        if (messages[later].writer == messages[earlier].writer) == within
    }
    return len(repeating) / len(messages)


def list_pairs(messages: Sequence[Invented], pairs: Sequence[tuple[int, int]]) -> None:
    for later, earlier in pairs:
        one, other = messages[later], messages[earlier]
        say(f"  {one.writer}: {one.words}\n    {other.writer}: {other.words}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
