"""The quiet line to the support card, under answers, declines and what could not be read."""

from markupsafe import Markup

from bot.context import Context


def with_near(text: Markup, context: Context) -> Markup:
    """With the line, since no rule recognises everybody who needs the card."""
    is_other = context.t.language != context.supporter.language
    command = f"/support_{context.t.language}" if is_other else "/support"
    line = context.t("<i>Is this about you, or somebody near you? {command}</i>", command=command)
    return Markup("\n\n").join((text, line))
