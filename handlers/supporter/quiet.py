"""Whoever is left in peace is shown no way to petitions or alerts unless she asks for it."""

import re
from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot.content import Meta, Passage
from bot.context import Context, button

UNASKED = ("petitions", "alerts")
_NAMED = "|".join(UNASKED)
_SENTENCE = re.compile(rf"[^.!?؟]*/({_NAMED})\b[^.!?؟]*([.!?؟]+ ?|$)")


def to_petitions(context: Context) -> Sequence[InlineKeyboardButton]:
    if context.supporter.quiet_until is not None:
        return ()
    return (button(context.t("Petitions"), "go:petitions"),)


def is_unasked(command: str, context: Context) -> bool:
    return context.supporter.quiet_until is not None and command in UNASKED


def invites(text: Passage | Meta, context: Context) -> bool:
    """Whether it would be offered to somebody who is to be left in peace."""
    leads_there = isinstance(text, Meta) and text.action in UNASKED
    named = any(f"/{command}" in text.body for command in UNASKED)
    return context.supporter.quiet_until is not None and (leads_there or named)


def uninviting(words: str, context: Context) -> str:
    """An editor's words without the sentences and lines that name those commands."""
    if context.supporter.quiet_until is None:
        return words
    lines = ((line, _SENTENCE.sub("", line).strip()) for line in words.split("\n"))
    return "\n".join(left for line, left in lines if left or not line.strip())
