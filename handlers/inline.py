"""`@bot cameroon` in any chat: the cards of open petitions, and nothing about who asks."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
    Update,
)
from telegram.constants import InlineQueryLimit
from telegram.error import BadRequest
from telegram.ext import InlineQueryHandler

from bot.content import Petition
from bot.context import App, Context
from bot.models import Standing
from bot.models.sharing import Kind, Target
from bot.services.petitions import Card
from bot.services.sharing import found
from handlers.links import address
from handlers.review import dated
from handlers.supporter.petitions import count

LIST = "petitions"  # the payload that leads to all of them
_KEPT = timedelta(seconds=5)  # as old as the number on a card may be
_TOO_LATE = "query is too old"


async def answer(update: Update, context: Context) -> None:
    """Telegram may show one person's answer to others where it would be the same for all."""
    query, services = update.inline_query, context.services
    assert query is not None
    language = context.supporter.language
    shown = list(found(query.query, await services.petitions.open_ones(language)))
    try:
        await query.answer(
            _results(shown[: InlineQueryLimit.RESULTS], context),
            cache_time=_KEPT,
            is_personal=len([*services.catalogues]) > 1,
            button=None if shown else _to_the_list(context),
        )
    except BadRequest as error:
        if _TOO_LATE not in error.message.lower():  # she has typed on since
            raise


def is_card(message: Message, context: Context) -> bool:
    """Whether somebody sent a card of ours into her own chat with the bot: it is no question."""
    return message.via_bot is not None and message.via_bot.id == context.bot.id


def _results(
    shown: Sequence[tuple[Petition, Standing]], context: Context
) -> list[InlineQueryResultArticle]:
    return [_result(petition, standing, context) for petition, standing in shown]


def _result(petition: Petition, standing: Standing, context: Context) -> InlineQueryResultArticle:
    target = Target(Kind.PETITION, petition.slug)
    sign = InlineKeyboardButton(
        context.t("Sign"), url=address(context.bot.username, target.payload)
    )
    return InlineQueryResultArticle(
        id=hashlib.sha256(f"{petition.slug} {context.t.language}".encode()).hexdigest()[:16],
        title=petition.title,
        description=petition.ask,
        input_message_content=InputTextMessageContent(_card(petition, standing, context)),
        reply_markup=InlineKeyboardMarkup.from_button(sign),
    )


def _card(petition: Petition, standing: Standing, context: Context) -> str:
    """Shorter than the bot's own; what it says will stand there when the number has grown."""
    t, services = context.t, context.services
    text = t(
        "<b>{title}</b>\n\nTo: {addressee}\n\n<b>{ask}</b>\n\nAs of {day}: {count}",
        title=petition.title,
        addressee=petition.addressee,
        ask=petition.ask,
        count=count(Card(petition, standing.version, standing, None), context),
        day=t.day(services.now(), services.house.timezone),
    )
    return dated(text, petition, context)


def _to_the_list(context: Context) -> InlineQueryResultsButton:
    label = context.t("No open petition has these words. See all of them").unescape()
    return InlineQueryResultsButton(label, start_parameter=LIST)


def register(app: App) -> None:
    app.add_handler(InlineQueryHandler(answer))
