"""Turns the files under `content/` into checked, frozen objects."""

from bot.content.cards import ReviewedCard, Welcome
from bot.content.cases import Case
from bot.content.check import check
from bot.content.conversation import Meta, NotCovered, SmallTalk
from bot.content.distress import DistressRule, DistressRules
from bot.content.letters import Addressee, Letter
from bot.content.library import Content, Language, Subject, load, owner
from bot.content.passages import Passage
from bot.content.petitions import Petition
from bot.content.problems import ContentError, ContentProblem
from bot.content.review import Reviewed, State

__all__ = [
    "Addressee",
    "Case",
    "Content",
    "ContentError",
    "ContentProblem",
    "DistressRule",
    "DistressRules",
    "Language",
    "Letter",
    "Meta",
    "NotCovered",
    "Passage",
    "Petition",
    "Reviewed",
    "ReviewedCard",
    "SmallTalk",
    "State",
    "Subject",
    "Welcome",
    "check",
    "load",
    "owner",
]
