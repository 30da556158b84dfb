"""Failures a person can cause; anything else is a bug and is logged as one.

VigilError
 ├── Refusal               a request we understood and will not carry out; handlers say why
 │    ├── PetitionUnknown
 │    ├── PetitionNotOpen
 │    ├── PetitionClosed
 │    ├── CaseEnded
 │    ├── TextChanged
 │    ├── IllegalMove
 │    ├── PetitionChanged
 │    ├── PetitionIncomplete
 │    ├── OwnPetition
 │    ├── EntryRefused
 │    ├── NameRefused
 │    ├── MomentRefused
 │    ├── WordsRefused
 │    ├── AlertGone
 │    ├── AlertChanged
 │    ├── AlertMoved
 │    ├── AlertIncomplete
 │    ├── OwnAlert
 │    ├── AuthorTooNew
 │    ├── NobodyToRetry
 │    ├── UnknownLeft
 │    ├── NobodyHasIt
 │    ├── CaseUnknown
 │    ├── CaseMoved
 │    ├── CaseIncomplete
 │    ├── OutcomeTold
 │    ├── ContentRefused
 │    ├── ContentMoved
 │    ├── OwnText
 │    ├── NotAllowed
 │    ├── OutOfRank
 │    └── LinkVoid
 └── StartRefused          the program cannot start; `__main__` prints the sentence and exits
      ├── WrongKey
      ├── DatabaseNewer
      ├── WrongPurpose
      └── AlreadyRunning
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.models import Role


class VigilError(Exception):
    """The root of what we raise on purpose."""


class Refusal(VigilError):
    """A request we understood and will not carry out. Handlers turn it into a reply."""


class PetitionUnknown(Refusal):
    """No petition has this slug, or its text has been taken back."""


class PetitionNotOpen(Refusal):
    """The petition has been prepared and nobody has opened it yet."""


class PetitionClosed(Refusal):
    """The petition stopped taking signatures, for now or for good, before this one arrived."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"petition {slug} is closed")
        self.slug = slug


class CaseEnded(Refusal):
    """The family wants no more said of the case behind it: its words stand in the place of all.

    `signed` is the petition under which a signature of the person's still stands; empty for none.
    """

    def __init__(self, case: str, signed: str = "") -> None:
        super().__init__(f"case {case} was ended by its family")
        self.case = case
        self.signed = signed


class TextChanged(Refusal):
    """The petition's text was changed after the person had read it."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"the text of petition {slug} has changed")
        self.slug = slug


class IllegalMove(Refusal):
    """A petition cannot go from the state it is in to the one asked for."""

    def __init__(self, slug: str, state: str, wanted: str) -> None:
        super().__init__(f"petition {slug} is {state} and cannot become {wanted}")
        self.slug, self.state, self.wanted = slug, state, wanted


class PetitionChanged(Refusal):
    """Somebody else was faster: the petition is no longer as the person saw it."""


class PetitionIncomplete(Refusal):
    """It cannot be opened as it is; its page says what is missing."""


class OwnPetition(Refusal):
    """Whoever had a hand in a petition cannot open it, nor accept a correction of her own."""


class EntryRefused(Refusal):
    """Words that a petition cannot have there; `reason` is one of the keys below."""

    EMPTY, TOO_LONG, NO_YEAR, BRACES = "empty", "too long", "no year", "braces"
    NO_NUMBER, INVISIBLE, BEFORE = "no number", "invisible", "ends before it begins"

    def __init__(self, reason: str, length: int = 0, most: int = 0) -> None:
        super().__init__(f"entry refused: {reason}")
        self.reason, self.length, self.most = reason, length, most


class NameRefused(Refusal):
    """A typed name that cannot stand on a petition; `reason` is one of the keys below."""

    EMPTY, TOO_LONG, LINK, CONTROL, QUESTION = "empty", "too long", "link", "control", "question"

    def __init__(self, reason: str) -> None:
        super().__init__(f"name refused: {reason}")
        self.reason = reason


class MomentRefused(Refusal):
    """A typed time that an alert cannot have; `reason` is one of the keys below.

    `words` are the ones to show (of an unknown zone only its name). `instants` are in UTC, to be
    shown in `zone`: the times beside one that the clocks skip, both times of an hour that comes
    twice, or the one time understood when it is past or too far.
    """

    UNREADABLE, NO_SUCH_DATE, TIME_MISSING = "unreadable", "no such date", "time missing"
    SKIPPED, TWICE = "skipped by the clocks", "twice on the clocks"
    PAST, TOO_FAR, ZONE_UNKNOWN = "past", "too far", "zone unknown"

    def __init__(
        self, reason: str, words: str, zone: ZoneInfo, instants: tuple[datetime, ...] = ()
    ) -> None:
        super().__init__(f"moment refused: {reason}")
        self.reason, self.words, self.zone, self.instants = reason, words, zone, instants


class WordsRefused(Refusal):
    """A message that cannot become part of an alert; `reason` is one of the keys below."""

    NO_TEXT, NO_PICTURE, AS_FILE, TOO_LARGE = "no text", "no picture", "as file", "too large"
    FORWARDED, ALBUM, MENTION = "forwarded", "album", "mention"
    TOO_LONG, IN_PIECES, NO_ROOM = "too long", "in pieces", "no room for a picture"

    def __init__(self, reason: str, length: int = 0, most: int = 0) -> None:
        super().__init__(f"words refused: {reason}")
        self.reason, self.length, self.most = reason, length, most


class AlertGone(Refusal):
    """There is no such alert any more."""


class AlertChanged(Refusal):
    """The alert was changed after the person had seen it; nothing was done."""


class AlertMoved(Refusal):
    """The alert is not, or no longer, in a state in which this can be done."""

    def __init__(self, state: str) -> None:
        super().__init__(f"the alert is {state}")
        self.state = state


class AlertIncomplete(Refusal):
    """It cannot go out as it is; its card says why."""


class OwnAlert(Refusal):
    """Whoever wrote on an alert cannot approve it."""


class AuthorTooNew(Refusal):
    """An admin cannot approve what somebody wrote whom she has only just made an organiser."""


class NobodyToRetry(Refusal):
    """None of those whom an alert did not reach can be reached now."""


class UnknownLeft(Refusal):
    """Somebody has decided that those of whom nobody knows whether they have an alert be left."""


class NobodyHasIt(Refusal):
    """No message of an alert is known, so there is none to correct or recall."""


class CaseUnknown(Refusal):
    """There is no such case, or its family has ended it."""


class CaseMoved(Refusal):
    """What becomes of the case was decided or changed after the person had seen it."""


class CaseIncomplete(Refusal):
    """There are no words yet in which people could be told."""


class OutcomeTold(Refusal):
    """People have been told of this outcome, or are about to be; nobody is told twice.

    It was the alert of this number, approved or asked for `at`, and it says `words`.
    """

    def __init__(self, number: int, at: datetime, zone: ZoneInfo, words: str) -> None:
        super().__init__(f"this outcome was told as alert {number}")
        self.number, self.at, self.zone, self.words = number, at, zone, words


class ContentRefused(Refusal):
    """A file that cannot be taken over; `reason` is one of the keys below.

    `names` are places to choose from, released languages, or what was asked for.
    """

    NO_PLACE, UNKNOWN, AMBIGUOUS, LANGUAGE = "no place", "unknown", "ambiguous", "language"
    TOO_LARGE, NOT_TEXT, UNCHANGED = "too large", "not text", "unchanged"
    NO_REVIEW, MUST_REVIEW = "has no review", "must be reviewed"

    def __init__(self, reason: str, *names: str) -> None:
        super().__init__(f"content refused: {reason}")
        self.reason, self.names = reason, names


class ContentMoved(Refusal):
    """A proposal is decided, or the file has changed since: `state` says how it stands."""

    def __init__(self, state: str) -> None:
        super().__init__(f"the proposal is {state}")
        self.state = state


class OwnText(Refusal):
    """Whoever wrote a text cannot accept or review it."""


class NotAllowed(Refusal):
    """The person lacks the role that this action asks for."""

    def __init__(self, role: Role) -> None:
        super().__init__(f"only for {role.name.lower()}s and above")
        self.role = role


class OutOfRank(Refusal):
    """The role, or the person, is not below the one who wants to give or take it."""


class LinkVoid(Refusal):
    """A link to the staff that was used, is too old, never was, or has lost its maker."""


class StartRefused(VigilError):
    """The program cannot start; the text is a sentence for the operator.

    `code` is the exit status of the process.
    """

    code = 2


class WrongKey(StartRefused):
    """The database file does not open with this key."""


class DatabaseNewer(StartRefused):
    """A later version of Vigil has changed the database."""


class WrongPurpose(StartRefused):
    """A rehearsal's database was given to a live bot, or the other way round."""


class AlreadyRunning(StartRefused):
    """Another process runs on this database."""

    code = 3
