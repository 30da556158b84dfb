"""Who has checked a text, until when that holds, and what follows when it no longer does."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, model_validator

GRACE = timedelta(days=180)


class State(StrEnum):
    """Whether a text may still be shown."""

    CURRENT = "current"
    OVERDUE = "overdue"  # shown, and says that it is past its review date
    WITHDRAWN = "withdrawn"  # not shown any more


class Reviewed(BaseModel):
    """The fields of a text that a person must check before it is released, and again later."""

    review: Literal["pending", "approved"]
    review_by: date
    reviewed_by: str | None = None
    reviewed_on: date | None = None

    def state(self, today: date) -> State:
        """Overdue from the day after `review_by`, withdrawn when 180 more days have passed."""
        if today <= self.review_by:
            return State.CURRENT
        return State.OVERDUE if today <= self.review_by + GRACE else State.WITHDRAWN

    @model_validator(mode="after")
    def _reviewer_goes_with_approval(self) -> Self:
        named = bool(self.reviewed_by), self.reviewed_on is not None
        if self.review == "approved" and named != (True, True):
            raise ValueError(
                "review is approved, so reviewed_by (who) and reviewed_on (a day) are needed too."
            )
        if self.review == "pending" and any(named):
            raise ValueError(
                "review is pending, yet a reviewer is named. Write review: approved, "
                "or take reviewed_by and reviewed_on out."
            )
        return self
