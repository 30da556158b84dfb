"""What an organiser sends for a draft: a text with its formatting, or a picture."""

from collections.abc import Mapping, Sequence
from typing import Any

from telegram import Message, MessageEntity

from bot.errors import WordsRefused
from bot.models import Words

LARGEST_PICTURE = 10 * 1024 * 1024  # bytes; Telegram's limit for photos
_KEPT = {
    MessageEntity.BOLD,
    MessageEntity.ITALIC,
    MessageEntity.UNDERLINE,
    MessageEntity.STRIKETHROUGH,
    MessageEntity.SPOILER,
    MessageEntity.BLOCKQUOTE,
    MessageEntity.EXPANDABLE_BLOCKQUOTE,
    MessageEntity.CODE,
    MessageEntity.PRE,
    MessageEntity.TEXT_LINK,
}
"""What the sender has set; Telegram finds the others (links, hashtags …) in the text again."""


def read(message: Message) -> Words:
    """The text or caption of a message, with the formatting that was given to it.

    Raises:
        WordsRefused: There is none, or it cannot go out as it is.
    """
    check_origin(message)
    text = message.text or message.caption
    if not text:
        raise WordsRefused(WordsRefused.NO_TEXT)
    entities = message.entities or message.caption_entities
    return Words(text, _formatting(entities))


def picture(message: Message) -> str:
    """The file_id of a photo.

    Raises:
        WordsRefused: It is none that can go out as one.
    """
    check_origin(message)
    if message.photo:
        return message.photo[-1].file_id
    document = message.document
    if document is not None and (document.mime_type or "").startswith("image/"):
        too_large = (document.file_size or 0) > LARGEST_PICTURE
        raise WordsRefused(WordsRefused.TOO_LARGE if too_large else WordsRefused.AS_FILE)
    raise WordsRefused(WordsRefused.NO_PICTURE)


def check_origin(message: Message) -> None:
    """Raises:
    WordsRefused: It was written elsewhere, or is one of several pictures.
    """
    if message.forward_origin is not None:
        raise WordsRefused(WordsRefused.FORWARDED)
    if message.media_group_id is not None:
        raise WordsRefused(WordsRefused.ALBUM)


def _formatting(entities: Sequence[MessageEntity]) -> Sequence[Mapping[str, Any]]:
    if any(entity.type == MessageEntity.TEXT_MENTION for entity in entities):
        raise WordsRefused(WordsRefused.MENTION)
    return tuple(entity.to_dict() for entity in entities if entity.type in _KEPT)
