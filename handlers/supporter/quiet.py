"""Whoever is left in peace is shown no way to petitions or alerts unless she asks for it."""

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup
from telegram import InlineKeyboardButton

from bot.content import Meta, Passage
from bot.context import Context, button

UNASKED = ("petitions", "alerts")
_NAMED = re.compile(rf"/({'|'.join(UNASKED)})\b")
_BETWEEN_SENTENCES = re.compile(r"(?:(?<=[.!?؟…])|(?<=[.!?؟…][”»)]))\s+(?![”»)?!:;])")
_EMPTY_LINES = re.compile(r"\n{3,}")
_PAIRS = (("“", "”"), ("«", "»"), ("(", ")"))


def rests(context: Context) -> bool:
    """Whether she is to be left in peace. What she asks for herself she gets all the same."""
    return context.supporter.quiet_until is not None


def to_petitions(context: Context) -> Sequence[InlineKeyboardButton]:
    return () if rests(context) else (button(context.t("Petitions"), "go:petitions"),)


def is_unasked(command: str, context: Context) -> bool:
    return rests(context) and command in UNASKED


def invites(text: Passage | Meta, context: Context) -> bool:
    """Whether it would be offered to somebody who is to be left in peace."""
    leads_there = isinstance(text, Meta) and text.action in UNASKED
    named = _NAMED.search(text.body) is not None
    return rests(context) and (leads_there or named)


def uninviting(words: str, context: Context) -> str:
    """An editor's words, less what in them is an invitation to whoever is left in peace."""
    return without_invitations(words) if rests(context) else words


def quietly(text: Markup, context: Context) -> Markup:
    """A sentence of ours in the same way."""
    return Markup(uninviting(text, context))


def body_of(text: Meta, context: Context) -> str:
    """What was asked for stays whole, and what is kept is told in full."""
    return text.body if text.action in (*UNASKED, "privacy") else uninviting(text.body, context)


def without_invitations(words: str) -> str:
    """Less the sentences that name those commands; as they are when nothing would be left.

    A sentence is taken out whole, with what it quotes.
    """
    lines = ((line, _kept_of(line)) for line in words.split("\n"))
    left = "\n".join(kept for line, kept in lines if kept or not line.strip())
    return _EMPTY_LINES.sub("\n\n", left).strip() or words


def _kept_of(line: str) -> str:
    if not _NAMED.search(line):
        return line
    return " ".join(one for one in _sentences(line) if not _NAMED.search(one))


def _sentences(line: str) -> Iterator[str]:
    """One that has others in quotation marks or brackets is one all the same."""
    sentence = ""
    for part in _BETWEEN_SENTENCES.split(line):
        sentence = f"{sentence} {part}".lstrip()
        if all(sentence.count(opening) == sentence.count(end) for opening, end in _PAIRS):
            yield sentence
            sentence = ""
    if sentence:
        yield sentence
