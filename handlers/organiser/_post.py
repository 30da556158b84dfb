"""Seeing a draft as it will arrive: alone, or with the team. The send itself goes this way, too."""

from telegram.error import Forbidden

from bot.context import Context
from bot.delivery.posting import post, post_to_group
from bot.delivery.rendering import previews
from bot.models import Alert
from handlers.organiser._card import buttons, card


async def preview(alert: Alert, _: str, context: Context) -> None:
    """To the organiser alone, each text that somebody gets."""
    if not alert.words:
        await _acknowledge(context, _no_text(context))
        return
    await _acknowledge(context)
    for rendered in previews(alert, context.services.catalogues):
        await post(context.bot, context.supporter.id, rendered)
    await _card_again(alert, context)


async def test(alert: Alert, _: str, context: Context) -> None:
    """To the admin group; no supporter can be reached this way."""
    if not alert.words or context.admin_chat is None:
        no_group = context.t("There is no admin group yet.").unescape()
        await _acknowledge(context, _no_text(context) if context.admin_chat else no_group)
        return
    await _acknowledge(context)
    try:
        await _to_group(alert, context.admin_chat, context)
    except Forbidden:  # not by the organiser, so that she is as reachable as before
        await context.say(
            context.t("The admin group cannot be reached: I am not in it any more. Tell an admin.")
        )
    else:
        await context.say(context.t("The admin group has it. No supporter does."))
    await _card_again(alert, context)


async def _to_group(alert: Alert, group: int, context: Context) -> None:
    catalogues = context.services.catalogues
    t = catalogues[catalogues.first]
    await context.bot.send_message(
        group, t("A test of draft {number}. Nobody but this group gets it:", number=alert.id)
    )
    for rendered in previews(alert, catalogues):
        await post_to_group(context.bot, group, rendered)


def _no_text(context: Context) -> str:
    return context.t("There is nothing to show before it has a text.").unescape()


async def _acknowledge(context: Context, note: str | None = None) -> None:
    assert context.incoming.callback_query is not None
    await context.acknowledge(context.incoming.callback_query, note)


async def _card_again(alert: Alert, context: Context) -> None:
    """Below what was just shown, where the person is looking now."""
    seen = await context.services.drafts.overview(alert.id)
    await context.say(card(seen, context), buttons(seen, context))
