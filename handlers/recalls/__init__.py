"""Taking an alert back: the question before it, and the act.

The question is the same for organisers, alone with the bot, and in the admin group.
"""

from markupsafe import Markup

from bot.context import Context
from bot.services.alerts import Standing, Watch
from bot.store.amendments import Reach
from handlers.organiser.names import name
from handlers.organiser.particulars import out_of_reach
from handlers.recalls import pictures


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
    services = context.services
    watch = await services.amendments.recall(number, context.supporter.id)
    await pictures.give(context.bot, services)
    return await services.watching.one(watch.alert.id)


def begun(watch: Watch, context: Context) -> Markup:
    """What is said when it has been decided."""
    if watch.alert.wants_picture:
        return pictures.missing_to_recall(context)
    return context.t("{name} begins.", name=name(watch.alert, context.t))


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
