"""Who has read a text whole and says that it is right; and who said so of which."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from bot.content import ContentError
from bot.content.header import seen
from bot.content.texts import TELEGRAM_LIMIT, utf16_units
from bot.context import Context
from bot.errors import NotAllowed
from bot.i18n import Translator
from bot.models import Role
from bot.models.content import Change
from bot.services.content import Proposal
from handlers.admin.content._asked import asked
from handlers.admin.content._card import as_file, buttons
from handlers.admin.content._words import faults
from handlers.voice import own_voice

_LISTED = 20


async def begin(words: list[str], context: Context) -> None:
    """`/content review <name> [language] [day]`: the whole text, and a button below it."""
    if context.role < Role.ADMIN:
        raise NotAllowed(Role.ADMIN)
    t, changes = context.t, context.services.changes
    if not words:
        await context.say(
            t(
                "Which text? Write its name and language behind it, and if you like the day until "
                "which your review holds: /content review privacy en 2028-01-31"
            )
        )
        return
    wanted = asked(words)
    place = await changes.find(wanted.name, wanted.language)
    try:
        proposal = await changes.begin_review(place, context.supporter.id, wanted.until)
    except ContentError as error:
        await context.say(
            t(
                "The files hold faults, so nothing in them can be reviewed now:\n{faults}",
                faults=faults(error.problems, t),
            )
        )
        return
    await _show(proposal, context)


async def show(_: list[str], context: Context) -> None:
    t, found = context.t, await context.services.changes.reviews(_LISTED)
    if not found:
        await context.say(t("No text has been reviewed from here yet. /content says how."))
        return
    lines = Markup("\n").join(_line(change, context) for change in found)
    await context.say(t("<b>Who has reviewed what</b>, newest first:\n{lines}", lines=lines))


def _fields(fields: Mapping[str, object], t: Translator) -> Iterator[tuple[str, object]]:
    """As the file names them."""
    for name, value in fields.items():
        yield name, t.list(map(str, value)) if isinstance(value, list) else value


def _line(change: Change, context: Context) -> Markup:
    t, zone = context.t, context.services.house.timezone
    assert change.ended_at is not None
    return t(
        "• {place}: {who}, {day} (file {digest})",
        place=change.place,
        who=change.reviewer,
        day=t.day(change.ended_at, zone),
        digest=change.digest[:8],
    )


async def _show(proposal: Proposal, context: Context) -> None:
    """The text as people read it, then what the button means."""
    voice, change = own_voice(context.services), proposal.change
    fields, body = seen(proposal.proposed)
    head = Markup("\n").join(Markup("{}: {}").format(*field) for field in _fields(fields, voice.t))
    text = Markup("{}\n\n{}").format(head, body)
    if utf16_units(text.unescape()) <= TELEGRAM_LIMIT:
        await context.say(text)
    else:
        await context.send_file(as_file(change), Markup(""))
    words = voice.t(
        "<b>Review of {place}</b>\n\nRead all of it: every sentence, figure, name and date. The "
        "button records that you have, with your pseudonym, for exactly this text. It holds until "
        "{day}.",
        place=change.place,
        day=fields["review_by"],
    )
    await context.say(words, buttons(change, voice, plain=False, reviewed=True))
