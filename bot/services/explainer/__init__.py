"""Answers questions from vetted content, and recognises people in distress."""

from bot.services.explainer._encoder import Encoder, usual_encoder
from bot.services.explainer._engine import Explainer
from bot.services.explainer._explanation import Candidate, Explanation, Heard
from bot.services.explainer.rehearsal import losing_examples
from bot.services.explainer.reply import Reply
from bot.services.explainer.saying import Speech, as_json

__all__ = [
    "Candidate",
    "Encoder",
    "Explainer",
    "Explanation",
    "Heard",
    "Reply",
    "Speech",
    "as_json",
    "losing_examples",
    "usual_encoder",
]
