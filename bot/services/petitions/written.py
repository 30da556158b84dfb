"""Petitions whose text was made in the chat, as the same objects that content files become."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from bot.content import Petition
from bot.models import Dossier, Writing
from bot.store import Connection, writings

HOLDS = timedelta(days=365)  # after that its facts are to be checked again, as those of a file


def as_petition(
    dossier: Dossier, language: str, text: Mapping[str, str], now: datetime
) -> Petition:
    """`now` counts for what nobody has reviewed yet."""
    reviewer, day = dossier.reviewed_by, dossier.reviewed_at or now
    review = (
        {"review": "approved", "reviewed_by": reviewer, "reviewed_on": day.date()}
        if reviewer
        else {"review": "pending"}
    )
    return Petition.model_validate(
        {
            **text,
            **review,
            "path": Path(language) / "petitions" / f"{dossier.slug}.md",
            "id": dossier.slug,
            "subject": dossier.subject,
            "case": dossier.case,
            "review_by": (day + HOLDS).date(),
        }
    )


async def written(
    db: Connection, languages: Collection[str], now: datetime
) -> Mapping[str, Mapping[str, Petition]]:
    """What people may see, by language and slug.

    Where a text is missing in a language, the first one that there is stands in.
    """
    texts: dict[str, dict[str, Writing]] = defaultdict(dict)
    for one in await writings.shown(db):
        texts[one.petition][one.language] = one
    dossiers = await writings.dossiers(db)
    return {
        code: {
            slug: _shown(dossiers[slug], by_language, (code, *languages), now)
            for slug, by_language in texts.items()
        }
        for code in languages
    }


def _shown(
    dossier: Dossier, texts: Mapping[str, Writing], order: Collection[str], now: datetime
) -> Petition:
    code = next((code for code in order if code in texts), next(iter(texts)))
    return as_petition(dossier, code, texts[code].text, now)
