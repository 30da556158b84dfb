"""Taking an alert back: the question before it, and the picture that stands where one stood.

The question is the same for organisers, alone with the bot, and in the admin group.
"""

from pathlib import Path

from markupsafe import Markup
from telegram import Bot, InputFile

from bot.context import Context
from bot.i18n import Translator
from bot.services.alerts import Standing, Watch
from bot.store.amendments import Reach
from handlers.organiser.names import name
from handlers.organiser.particulars import out_of_reach

_PICTURE = Path(__file__).with_name("withdrawn.png")


async def question(number: int, context: Context) -> Markup:
    """What taking it back does, in numbers; raises as `Amendments.standing` does."""
    standing = await context.services.amendments.standing(number, context.supporter.id)
    t = context.t
    return t(
        "<b>Recall {name}?</b>\n\n{changes}\n\n{begins}",
        name=name(standing.alert, t),
        changes=Markup("\n").join(_changes(standing.reach, context)),
        begins=_begins(standing, context),
    )


async def recall(number: int, context: Context) -> Watch:
    """Take it back, or ask for it; raises as `Amendments.recall` does."""
    amendments, person = context.services.amendments, context.supporter.id
    original = (await amendments.standing(number, person)).alert
    picture = await neutral(context.bot, context.chat.id, context.t) if original.picture else None
    return await amendments.recall(number, person, picture)


async def neutral(bot: Bot, chat: int, t: Translator) -> str:
    """The file_id of the grey picture. It is shown in this chat first, which is how it gets one."""
    sent = await bot.send_photo(
        chat,
        InputFile(_PICTURE.read_bytes(), _PICTURE.name),
        caption=t("This stands where the picture stood."),
        disable_notification=True,
    )
    return sent.photo[-1].file_id


def _changes(reach: Reach, context: Context) -> list[Markup]:
    t, old = context.t, reach.people - reach.young
    deleted = t.n("• {n} message is deleted.", "• {n} messages are deleted.", reach.young)
    edited = t.n(
        "• {n} message is older than two days, so Telegram does not let me delete it. It becomes: "
        "“This message was withdrawn.”",
        "• {n} messages are older than two days, so Telegram does not let me delete them. They "
        "become: “This message was withdrawn.”",
        old,
    )
    lost = t("• {said}", said=out_of_reach(reach.unknown, t))
    numbers = ((deleted, reach.young), (edited, old), (lost, reach.unknown))
    return [sentence for sentence, number in numbers if number]


def _begins(standing: Standing, context: Context) -> Markup:
    if standing.is_at_once:
        return context.t("It begins at once, nobody gets it any more, and it cannot be undone.")
    return context.t(
        "An admin decides in the admin group. From now on nobody gets it until they have."
    )
