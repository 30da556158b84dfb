"""The one way in which the control API says no."""


class ControlError(Exception):
    """Something the playground will not do; the text is a sentence for the person who asked."""
