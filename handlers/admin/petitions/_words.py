"""What the admin group reads about petitions: names of parts, questions, and refusals."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.errors import EntryRefused
from bot.i18n import N_, Translator
from bot.models import NamesFor, PetitionState
from bot.services.petitions import Lack

FIELD_NAMES: Mapping[str, str] = {
    "title": N_("Title"),
    "addressee": N_("Addressee"),
    "ask": N_("Demand"),
    "body": N_("Story"),
    "source": N_("Source"),
    "as_of": N_("As of"),
}
QUESTIONS: Mapping[str, str] = {
    "title": N_("Write the title, in {most} characters at most. It heads the card."),
    "addressee": N_(
        "To whom is it addressed? Name the office that can do what is asked, not only the person."
    ),
    "ask": N_(
        "Write the demand, in {most} characters at most. It is what people put their name to."
    ),
    "body": N_(
        "Write the story: what happened, and why it matters. {most} characters at most, so that "
        "it fits on the card with everything else."
    ),
    "source": N_("Where do the facts come from? Name who says so, and where."),
    "as_of": N_("Of when are these facts? Write the month and the year: March 2027"),
    "goal": N_("How many signatures shall it reach? Write a number from 1 upward."),
    "opens": N_(
        "When shall it open by itself, once another admin has agreed? Write a day and a time, such "
        "as 24 March 18:00. Times are those of {zone}; another zone can follow the time."
    ),
    "until": N_(
        "Until when can one sign? Write a day and a time, such as 24 March 18:00. Times are those "
        "of {zone}; another zone can follow the time: 18:00 America/Lima"
    ),
    "basis": N_(
        "On what basis may this story be told? Who agreed, when, and where is that kept? It stays "
        "with the staff. Write no names."
    ),
}
ENDINGS: Mapping[str, str] = {
    "won": N_("What was reached? Write one sentence; everybody who opens the petition reads it."),
    "lost": N_(
        "How did it end? Write one honest sentence; everybody who opens the petition reads it."
    ),
    "off": N_(
        "Why is it withdrawn? Write one true sentence. Whoever opens the petition reads only its "
        "title and this, and nobody can sign any more. This cannot be undone."
    ),
    "say": N_("Write the sentence about its end in this language: {language}."),
}
END_STATES: Mapping[str, PetitionState] = {
    "won": PetitionState.WON,
    "lost": PetitionState.NOT_WON,
    "off": PetitionState.WITHDRAWN,
}
NAMES: Mapping[NamesFor, str] = {
    NamesFor.ADDRESSEE: N_("The addressee gets the names of those who gave theirs."),
    NamesFor.NOBODY: N_("The addressee gets the number, and no names."),
}
LACKS: Mapping[Lack, str] = {
    Lack.NO_TEXT: N_("It has no text yet."),
    Lack.HALF_TEXT: N_("A text has gaps: fill them, or take that language out."),
    Lack.NO_CONSENT: N_(
        "Say on what basis the story may be told: choose the case behind it, or write the basis."
    ),
    Lack.DEADLINE_PAST: N_("The deadline is past: set a later one."),
    Lack.CLOSES_FIRST: N_("It would close before it opens: change one of the two dates."),
    Lack.CASE_ENDED: N_("The family of the case behind it wants no more said."),
}


def entry_refused(refusal: EntryRefused, t: Translator) -> Markup:
    match refusal.reason:
        case EntryRefused.TOO_LONG:
            return t(
                "That is {length} characters long, as Telegram counts, and {most} fit. Nothing "
                "was put in. Send it shorter.",
                length=t.number(refusal.length),
                most=t.number(refusal.most),
            )
        case EntryRefused.NO_YEAR:
            return t("There is no year in that. Write the month and the year: March 2027")
        case EntryRefused.BRACES:
            return t("Words in {{braces}} are filled in by nobody. Write it without the braces.")
        case EntryRefused.NO_NUMBER:
            return t("A goal is a whole number from 1 upward, such as 500. Nothing was put in.")
        case EntryRefused.INVISIBLE:
            return t(
                "There are invisible characters in that which turn other words round. Type it by "
                "hand, please."
            )
    return t("There is nothing to read in that. Write it in words.")
