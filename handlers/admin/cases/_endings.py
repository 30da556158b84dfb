"""What admins do with an outcome, or with a family's wish to stop."""

from telegram import Update

from bot.context import Context
from bot.delivery.posting import post_to_group
from bot.delivery.rendering import previews
from bot.models import Fate, Role
from handlers.admin.cases import _card, _stopped
from handlers.admin.gate import admin_group
from handlers.recalls import pictures


@admin_group(Role.ADMIN)
async def choose(_: Update, context: Context) -> None:
    await begin(context.group("slug"), Fate(context.group("fate")), context)


async def begin(slug: str, fate: Fate, context: Context) -> None:
    """Raises:
    CaseUnknown: There is no such case, or its family has ended it.
    """
    ending = await context.services.outcomes.begin(slug, fate, context.supporter.id)
    await _card.show(ending, context)


@admin_group(Role.ADMIN)
async def open_card(_: Update, context: Context) -> None:
    await _card.show(await context.services.outcomes.one(_number(context)), context)


@admin_group(Role.ADMIN)
async def submit(_: Update, context: Context) -> None:
    """What is to be accepted, exactly as it will arrive, and the card below it."""
    outcomes, person = context.services.outcomes, context.supporter.id
    ending = await outcomes.submit(_number(context), _revision(context), person)
    preview = await outcomes.preview(ending.number)
    for rendered in previews(preview.alert, context.services.catalogues):
        await post_to_group(context.bot, context.chat.id, rendered)
    context.anew()
    await _card.show(ending, context)


@admin_group(Role.ADMIN)
async def accept(_: Update, context: Context) -> None:
    outcomes, person, t = context.services.outcomes, context.supporter.id, context.t
    done = await outcomes.accept(_number(context), _revision(context), person)
    if not done.count.total:
        await context.reply(t("Accepted. Nobody follows this case, so nobody is told."))
        return
    assert done.alert.not_before is not None
    await context.reply(
        t.n(
            "Accepted. {n} person is told from {moment} on, once; /queue can cancel it until then.",
            "Accepted. {n} people are told from {moment} on, each one once; /queue can cancel it "
            "until then.",
            done.count.total,
            moment=t.clock(done.alert.not_before, context.services.house.timezone),
        )
    )


@admin_group(Role.ADMIN)
async def drop(_: Update, context: Context) -> None:
    outcomes, person = context.services.outcomes, context.supporter.id
    ending = await outcomes.drop(_number(context), _revision(context), person)
    await _card.show(ending, context)


@admin_group(Role.ADMIN)
async def stop(_: Update, context: Context) -> None:
    stopping, person = context.services.stopping, context.supporter.id
    ending = await stopping.stop(_number(context), _revision(context), person)
    report = await stopping.report(ending.case)
    assert report is not None  # it has just been stopped
    await context.reply(_stopped.begun(report, context))
    await pictures.give(context.bot, context.services)
    report = await stopping.report(ending.case)
    if report is not None and report.wants_picture:
        context.anew()
        await context.reply(pictures.missing_to_stop(context))


def _number(context: Context) -> int:
    return int(context.group("number"))


def _revision(context: Context) -> int:
    return int(context.group("revision"))
