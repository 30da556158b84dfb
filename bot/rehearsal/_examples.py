"""The rehearsal's texts: those of the house, and examples that no live bot ever shows."""

import shutil
from datetime import date, timedelta
from pathlib import Path

from bot.content import load
from bot.content.header import with_fields
from bot.settings import Settings

EXAMPLES = Path(__file__).with_name("content")
_LASTS = timedelta(days=21)  # what an example asks for; so its reminder can be tried, too
_HIDDEN = shutil.ignore_patterns(".*")


def with_examples(settings: Settings, folder: Path, today: date) -> Path:
    """Copy the texts into this folder, with the examples among them.

    So what somebody tries with texts changes nothing in the house, either.

    Raises:
        ContentError: The texts hold a fault; it names the file that the editor knows.
    """
    load(settings.content, settings.languages)
    shutil.copytree(settings.content, folder, ignore=_HIDDEN)
    shutil.copytree(EXAMPLES, folder, ignore=_HIDDEN, dirs_exist_ok=True)
    for letter in EXAMPLES.glob("*/letters/*.md"):
        text = with_fields(letter.read_text("utf-8"), {"deadline": (today + _LASTS).isoformat()})
        (folder / letter.relative_to(EXAMPLES)).write_text(text, "utf-8")
    return folder
