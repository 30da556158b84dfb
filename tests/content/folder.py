"""A small, whole content folder that a test can spoil."""

from pathlib import Path

PASSAGE = """---
title: {title}
examples:
{examples}
synonyms:
{synonyms}
source: Amnesty International, “Torture”
as_of: late 2014
review: pending
review_by: 2027-05-31
{more}---
{body}
"""
REVIEW = "review: pending\nreview_by: 2027-05-31\n"


def listed(*entries: str) -> str:
    return "\n".join(f"  - {entry}" for entry in entries)


def passage(
    title: str, examples: list[str], body: str, synonyms: list[str] | None = None, more: str = ""
) -> str:
    return PASSAGE.format(
        title=title,
        examples=listed(*examples),
        synonyms=listed(*(synonyms or ["nothing else"])),
        body=body,
        more=more,
    )


BAN = passage(
    "Since when torture is banned",
    [
        "when was torture banned",
        "is torture illegal",
        "is there a law against torture",
        "what does the universal declaration say",
        "which year did the ban begin",
        "is the ban old",
    ],
    "Torture has been outlawed internationally since 1948.",
    ["prohibition", "universal declaration"],
    more="related:\n  - never\n",
)
NEVER = passage(
    "Can torture be justified?",
    [
        "is torture ever justified",
        "what about a ticking bomb",
        "terrorists deserve it",
        "torture works on criminals",
        "sometimes it is necessary",
        "it saves lives",
    ],
    "No. Nothing justifies torture.",
    ["emergency", "lesser evil"],
    more="takes_arguments: yes\n",
)
LAWYER = passage(
    "Access to a lawyer",
    [
        "why does a prisoner need a lawyer",
        "does a lawyer protect a detainee",
        "should lawyers be present at interrogations",
        "can a detainee call a lawyer",
        "what is a lawyer for in custody",
        "who may be present when police ask questions",
    ],
    "A lawyer from the first hour makes torture harder.",
    ["attorney", "legal help"],
)


def text(title: str, *examples: str, more: str = "", body: str = "Some words.") -> str:
    return f"---\ntitle: {title}\nexamples:\n{listed(*examples)}\n{more}---\n{body}\n"


FILES = {
    "stop_words.txt": "# whole messages\nstop\narrêt # French\n",
    "en/distress.txt": "@kin: my brother | my sister\nheld: {kin} was ({arrested}|taken)\n".replace(
        "{arrested}", "arrested"
    ),
    "en/subjects.yaml": "law: Torture and the law\nprotection: What protects people\n",
    "en/support.md": f"---\ntitle: You are not alone\n{REVIEW}---\nWrite to {{contact}}.\n",
    "en/privacy.md": f"---\ntitle: Privacy\n{REVIEW}---\n{{organisation}} keeps little.\n",
    "en/welcome.md": "---\ntitle: Welcome\n---\nAsk me.\n",
    "en/explainer/law/ban.md": BAN,
    "en/explainer/law/never.md": NEVER,
    "en/explainer/protection/lawyer.md": LAWYER,
    "en/smalltalk/greeting.md": text("Hello", "hello", "hi there", "good morning"),
    "en/smalltalk/thanks.md": text("You are welcome", "thanks", "thank you very much"),
    "en/meta/delete.md": text(
        "Deleting what is kept", "delete my data", "forget me", more="action: forgetme\n"
    ),
    "en/meta/stop.md": text("Stopping the messages", "how do I unsubscribe", "no more alerts"),
    "en/not_covered/weather.md": text("The weather", "what is the weather like", "will it rain"),
    "en/not_covered/death.md": text("Death penalty", "how many executions", "death sentences"),
    "en/petitions/cameroon.md": (
        "---\ntitle: Stop torture\naddressee: The government\nask: Stop it.\nsource: Amnesty\n"
        f"as_of: 2014\nsubject: ban\n{REVIEW}---\nWhy it matters.\n"
    ),
    "en/cases/angel.md": (
        "---\ntitle: Ángel\nperson: Ángel Colón\ncountry: Mexico\noutcome: released\n"
        "outcome_text: Free since October 2014.\nconsent: public\nsource: Amnesty\n"
        f"as_of: late 2014\n{REVIEW}---\nHis story.\n"
    ),
    "en/letters/write.md": (
        "---\ntitle: Write for Ángel\nabout: Ask for an inquiry.\naddressees:\n"
        "  - name: The Attorney General\n    office: Her office\n    send: by post\n"
        f"tone: Polite.\ndeadline: 2027-05-31\npetition: cameroon\ncase: angel\n{REVIEW}---\n"
        "Please look into it.\n"
    ),
}


def write(folder: Path, **changed: str) -> Path:
    """Write the folder. `changed` replaces files; a name's __ is a slash, its _md an ending."""
    files = dict(FILES)
    for name, content in changed.items():
        files[name.replace("__", "/").replace("_md", ".md").replace("_txt", ".txt")] = content
    for name, content in files.items():
        path = folder / name.replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
