"""What people choose to be told of: nothing is sent without a yes to the exact words.

Whoever changes what one of the wordings promises raises its version beside it: every yes to the
former words then counts no longer, and people are asked again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import N_
from bot.models import Choice, Supporter, Topic
from bot.services.wishes import Wishes
from bot.store import Connection, Database, supporters
from bot.store import choices as store

KEPT = N_(
    "We keep the number of your Telegram account, its language, this choice with these words and "
    "its time, and which of our messages reached you. The team can see how many people chose "
    "this, not who.\n\n"
    "Our messages can show on the lock screen of your phone, where others may read them, and they "
    "stay in this chat until you delete them. You can end this at any time: with the button under "
    "each message, in /alerts, or with /stop."
)


@dataclass(frozen=True, slots=True)
class Consent:
    """What one says yes to, before `KEPT`; `{title}` is that of the case or the petition."""

    version: int
    everything: str | None = None
    one: str | None = None


CONSENTS: Mapping[Topic, Consent] = {
    Topic.URGENT: Consent(
        version=1,
        everything=N_(
            "{organisation} may send you urgent actions in this chat: messages about people who "
            "need help quickly, and what you can do. They come when somebody is in danger; "
            "nobody can say how often that will be."
        ),
    ),
    Topic.PETITIONS: Consent(
        version=1,
        everything=N_(
            "{organisation} may send you news of its petitions in this chat: new ones, and "
            "reminders before one closes."
        ),
        one=N_(
            "{organisation} may tell you in this chat what becomes of the petition “{title}” and "
            "of the case behind it, whenever there is something to tell."
        ),
    ),
    Topic.CASES: Consent(
        version=1,
        one=N_(
            "{organisation} may tell you in this chat whenever there is something new about the "
            "case “{title}”."
        ),
    ),
    Topic.NEWSLETTER: Consent(
        version=1,
        everything=N_(
            "{organisation} may send you its newsletter in this chat: what it works on, and what "
            "came of it. It comes now and then, on no fixed day."
        ),
    ),
}
CURRENT: Mapping[Topic, int] = {topic: consent.version for topic, consent in CONSENTS.items()}


def counts(choice: Choice) -> bool:
    """Whether it is a yes to the words as they are today."""
    return choice.version == CURRENT[choice.topic]


class Choices:
    """Made by an explicit yes, kept with its words, and taken back without a question."""

    def __init__(self, database: Database, wishes: Wishes, now: Callable[[], datetime]) -> None:
        self._database = database
        self._wishes = wishes
        self._now = now

    async def of(self, supporter: Supporter) -> Sequence[Choice]:
        """Everything a person ever said yes to and did not take back, oldest first.

        Also what no longer `counts`.
        """
        async with self._database.read() as db:
            return await store.choices_of(db, supporter.id)

    async def find(self, supporter: Supporter, topic: Topic, about: str) -> Choice | None:
        if not supporter.known:
            return None  # of whom nothing was held as she came, nothing was chosen
        async with self._database.read() as db:
            return await store.choice(db, supporter.id, topic, about)

    async def choose(self, supporter: Supporter, topic: Topic, about: str, wording: str) -> Choice:
        """Keep a yes to these words, which are those of the current version; a stop ends.

        A yes that comes twice keeps words and time of the first, which comes back.
        """
        made = Choice(topic, about, wording, CURRENT[topic], self._now())
        async with self._database.write() as db:
            await supporters.remember(db, supporter, made.chosen_at)
            await supporters.mark(db, supporter.id, stopped_at=None)
            kept = await store.keep(db, supporter.id, made)
        await self._wishes.said_yes(supporter.id, topic, about)
        return kept

    async def withdraw(self, supporter: Supporter, topic: Topic, about: str) -> None:
        """Take a yes back, if there is one; who is held for nothing else is erased."""
        async with self._database.write() as db:
            await self.withdraw_in(db, supporter.id, topic, about)
            await self._wishes.withdrew(db, supporter.id, topic, about)

    async def withdraw_in(self, db: Connection, person: int, topic: Topic, about: str) -> None:
        await store.drop(db, person, topic, about)
        await supporters.erase_if_unneeded(db, person)
