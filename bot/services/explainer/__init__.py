"""Answers questions from vetted content, and recognises people in distress."""

from bot.services.explainer._encoder import Encoder
from bot.services.explainer._engine import Explainer
from bot.services.explainer.rehearsal import content_problems, losing_examples
from bot.services.explainer.reply import Reply, as_json

__all__ = ["Encoder", "Explainer", "Reply", "as_json", "content_problems", "losing_examples"]
