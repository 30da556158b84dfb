"""People beyond the cast, so many that an alert to them takes its time."""

from playground.crowd._agenda import Agenda
from playground.crowd._crowd import Crowd
from playground.crowd._habits import Habit, habit

__all__ = ["Agenda", "Crowd", "Habit", "habit"]
