"""The one way out of an alert: preview, test send and the send itself."""

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, MessageEntity
from telegram.ext import ExtBot

from bot.delivery.rendering import Parameters, Rendered
from bot.delivery.ticket import Ticket


async def post(
    bot: ExtBot[Ticket], chat_id: int, rendered: Rendered, ticket: Ticket | None = None
) -> int:
    """Send it as it was rendered, and return the message's id.

    Raises:
        NotClaimed: The ticket's claim said no. Nothing went out.
        TelegramError: `delivery.outcomes` knows what each one means.
    """
    send = _photo if rendered.method == "sendPhoto" else _text
    message = await send(bot, chat_id, rendered.params, ticket)
    return message.message_id


async def post_to_group(bot: ExtBot[Ticket], chat_id: int, rendered: Rendered) -> int:
    """A test send; it cannot reach a person, whose chats have positive ids.

    Raises:
        ValueError: This is no group. Nothing was sent.
    """
    if chat_id >= 0:
        raise ValueError("a test send goes to a group only")
    return await post(bot, chat_id, rendered)


async def _text(
    bot: ExtBot[Ticket], chat_id: int, params: Parameters, ticket: Ticket | None
) -> Message:
    preview = LinkPreviewOptions.de_json(dict(params["link_preview_options"]), bot)
    return await bot.send_message(
        chat_id,
        params["text"],
        parse_mode=None,  # our default is HTML, and people write "<3"
        entities=MessageEntity.de_list(params["entities"], bot),
        link_preview_options=preview,
        reply_markup=InlineKeyboardMarkup.de_json(dict(params["reply_markup"]), bot),
        disable_notification=params["disable_notification"],
        rate_limit_args=ticket,
    )


async def _photo(
    bot: ExtBot[Ticket], chat_id: int, params: Parameters, ticket: Ticket | None
) -> Message:
    return await bot.send_photo(
        chat_id,
        params["photo"],
        caption=params["caption"],
        parse_mode=None,
        caption_entities=MessageEntity.de_list(params["caption_entities"], bot),
        reply_markup=InlineKeyboardMarkup.de_json(dict(params["reply_markup"]), bot),
        disable_notification=params["disable_notification"],
        rate_limit_args=ticket,
    )
