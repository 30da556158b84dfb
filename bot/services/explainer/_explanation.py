"""What led to a reply, for editors. It quotes what was asked: it must not be logged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.services.explainer._confidence import Thresholds
from bot.services.explainer.reply import Reply


@dataclass(frozen=True)
class Candidate:
    """One of the foremost texts: the stems it shares, and its rows most like the question."""

    owner: str
    score: float
    stems: Mapping[str, float]
    nearest_by_letters: str
    nearest_by_meaning: str


@dataclass(frozen=True)
class Explanation:
    """`enough` is the threshold that the foremost candidate had to reach to be the answer."""

    reply: Reply
    thresholds: Thresholds
    candidates: tuple[Candidate, ...] = ()
    mended: Mapping[str, str] = field(default_factory=dict)
    probability: float = 0.0
    enough: float = 1.0
    loudness: float | None = None

    def lines(self) -> Iterator[str]:
        reply = self.reply
        shown = f" {reply.text.id}" if reply.text else ""
        yield f"decision   {reply.kind}{shown} ({reply.language}): {reply.why}"
        if self.loudness is not None:
            yield f"danger     {self.loudness:.2f} (support card from {self.thresholds.danger:.2f})"
        if self.candidates:
            yield (
                f"sureness   {self.probability:.2f} "
                f"(answer from {self.enough:.2f}, buttons from {self.thresholds.suggest:.2f})"
            )
            mended = ", ".join(f"{word} → {right}" for word, right in self.mended.items())
            yield f"repaired   {mended or 'nothing'}"
        for rank, candidate in enumerate(self.candidates):
            yield from _candidate_lines("foremost" if rank == 0 else "runner-up", candidate)


def _candidate_lines(rank: str, found: Candidate) -> Iterator[str]:
    stems = ", ".join(
        f"{stem} {weight:.1f}"
        for stem, weight in sorted(found.stems.items(), key=lambda item: -item[1])
    )
    yield f"{rank:10} {found.owner}, score {found.score:.2f}"
    yield f"           stems: {stems or 'none'}"
    yield f"           nearest by letters: “{found.nearest_by_letters}”"
    if found.nearest_by_meaning:
        yield f"           nearest by meaning: “{found.nearest_by_meaning}”"
