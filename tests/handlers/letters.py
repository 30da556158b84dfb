"""Letters that tests put on the shelf."""

from datetime import date
from typing import Any

from bot.content import Letter

LETTER, LONG, FAMILY = "write", "write-long", "write-angel"
DEADLINE = date(2027, 3, 10)
SHORT_TEXT = "Dear Minister,\nplease let <b>her</b> see a lawyer & her sister."
LONG_TEXT = (
    "Dear Minister,\n\n" + "I ask you to look into it, <i>now</i>.\n" * 20 + "{organisation}"
)


def letter(slug: str, **fields: Any) -> Letter:
    usual: dict[str, Any] = {
        "title": f"Letter {slug}",
        "about": "Ask for a lawyer.",
        "addressees": [
            {"name": "The Minister", "office": "Ministry <1>", "send": "by post", "address": "PO 1"}
        ],
        "tone": "Polite, in your own words.",
        "deadline": DEADLINE,
        "body": SHORT_TEXT,
        "review": "pending",
        "review_by": date(2035, 1, 1),
        "path": f"en/letters/{slug}.md",
        "id": slug,
    }
    return Letter.model_validate(usual | fields)


def some() -> dict[str, Letter]:
    return {
        LETTER: letter(LETTER, petition="cameroon-torture", warning="Not from Exampleland."),
        LONG: letter(LONG, deadline=date(2027, 3, 20), body=LONG_TEXT),
        FAMILY: letter(FAMILY, deadline=date(2027, 3, 15), case="angel-colon"),
    }
