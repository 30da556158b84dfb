"""What led to a reply, in words for editors. It quotes the question, so it goes to no log."""

from collections.abc import Iterator, Mapping

from bot.content import Content
from bot.content.texts import Text
from bot.services.explainer import Candidate, Explanation, Heard, Reply

_DECISIONS = {
    "answer": "this passage is shown",
    "meta": "this text about the bot is shown",
    "smalltalk": "this small talk is shown",
    "support": "the support card is shown, before anything else is looked at",
    "suggest": "“Did you mean …?” with these as buttons",
    "decline": "no vetted answer",
}
_REASONS = {
    "": "nothing is sure enough",
    "no_words": "the message holds no words",
    "not_covered": "a text says that this is not covered",
    "withdrawn": "the passage that would answer is long past its date, so it is withheld",
    "language": "the message is in a language that no text is in",
    "follow_up": "the message asks for more of what was shown",
}
_PLACES = ("first", "runner-up", "third")
_LEGEND = """\
How to read this
  sureness   How likely the first text is the right one, from 0 to 1. Questions of writers whose
             own examples were left out taught the program how much each sign tells.
  danger     How much the message sounds like somebody in danger. A rule of distress.txt is
             enough by itself; this number is for what no rule has words for.
  score      What the texts are put in order by. Only its lead over the next one matters.
  stems      Words cut down to what they have in common, such as tortur for torture and tortured.
             The number is their weight: the fewer texts have a stem, the more it tells.
  nearest    The title, example or synonym that is most like the question: by its letters, or by
             its meaning, whatever the language. A wrong text comes first? Then this line of it
             is too vague, or the right text lacks an example like the question."""


def explained(found: Explanation, content: Content) -> Iterator[str]:
    """All of it, line by line; the legend comes last."""
    reply = found.reply
    yield _line("decision", f"{reply.kind}: {_decision(reply)}")
    yield from (_line("", _named(text)) for text in _shown(reply))
    if reply.kind == "support":
        yield _line("because", reply.why)
    texts = content.language(reply.language).by_owner
    if found.candidates:
        yield _line("sureness", _sureness(found))
    if found.loudness is not None:
        limit = f"from {found.thresholds.danger:.2f} on the support card is shown"
        yield _line("danger", f"{found.loudness:.2f}; {limit}")
    if found.heard:
        yield from _heard(found.heard, texts)
    if found.candidates or (reply.kind == "support" and not found.heard):
        mended = ", ".join(f"{word} → {right}" for word, right in found.mended.items())
        yield _line("repaired", mended or "no word")
    for place, candidate in zip(_PLACES, found.candidates, strict=False):
        yield ""
        yield from _candidate(place, candidate, texts)
    if found.candidates:
        yield f"\n{_LEGEND}"


def _decision(reply: Reply) -> str:
    said = _DECISIONS[reply.kind]
    if reply.kind == "decline" or reply.reason:
        said += f", since {_REASONS[reply.reason]}"
    return f"{said} ({reply.language})"


def _shown(reply: Reply) -> Iterator[Text]:
    if reply.text:
        yield reply.text
    if reply.withheld:
        yield reply.withheld
    yield from reply.options


def _sureness(found: Explanation) -> str:
    if found.probability == 1:
        return "1, since the question stands there word for word"
    return (
        f"{found.probability:.2f}; from {found.enough:.2f} on this text is shown, from "
        f"{found.thresholds.suggest:.2f} on there are buttons, below it is declined"
    )


def _heard(heard: Heard, texts: Mapping[str, Text]) -> Iterator[str]:
    """Both sides come from the content folder; nothing that people wrote is there."""
    yield _line("heard in", f"“{heard.words}”")
    yield _line("like", f"{heard.told_likeness:.2f} the invented message “{heard.told}”")
    yield _line("", "in the disclosures of the content folder")
    yield _line("and like", f"{heard.asked_likeness:.2f} the question “{heard.asked}”")
    text = texts.get(heard.owner)
    yield _line("", f"for {_named(text) if text else heard.owner}")


def _candidate(place: str, one: Candidate, texts: Mapping[str, Text]) -> Iterator[str]:
    text, stems = texts.get(one.owner), sorted(one.stems.items(), key=lambda item: -item[1])
    yield _line(place, _named(text) if text else one.owner)
    yield _line("", f"score    {one.score:.2f}")
    shared = ", ".join(f"{stem} {weight:.1f}" for stem, weight in stems if weight >= 0.05)
    yield _line("", f"stems    {shared or 'none in common'}")
    yield _line("", f"nearest  by letters “{one.nearest_by_letters}”")
    if one.nearest_by_meaning:
        yield _line("", f"nearest  by meaning “{one.nearest_by_meaning}”")


def _named(text: Text) -> str:
    return f"“{text.title}” ({text.path})"


def _line(name: str, said: str) -> str:
    return f"{name:11}{said}"
