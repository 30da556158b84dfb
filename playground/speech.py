"""What people say and send; each act refuses with a ControlError that holds a sentence."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playground.chats import Chat, content_of, without_reply
from playground.control_error import ControlError
from playground.formatting import LONGEST_CAPTION, Formatted, person_texts, read_formatted
from playground.mentions import named
from playground.rooms import Rooms
from playground.wire import ApiError, Json, Upload


@dataclass(frozen=True)
class Said:
    """`update_ids` lacks what the bot does not see, so it may be empty."""

    message_id: int
    update_ids: list[int]

    def shown(self) -> Json:
        last = self.update_ids[-1] if self.update_ids else None
        return {"update_id": last, "message_id": self.message_id, "update_ids": self.update_ids}


class Speech(Rooms):
    def say(
        self,
        user: int,
        text: str,
        chat: int | None = None,
        *,
        entities: Sequence[Json] = (),
        reply_to: int | None = None,
        forwarded: bool = False,
        anonymous: bool = False,
    ) -> Said:
        """Send a text; one over 4096 becomes several messages, as clients do it.

        `entities` are what the person marked: bold, text_link and so on, in UTF-16 code units.
        """
        place = self._place(user, chat)
        with _told_in_a_sentence():
            parts = person_texts(text, entities)
        if not parts:
            raise ControlError("An empty message cannot be sent.")
        extra = self._extra(place, reply_to, forwarded)
        contents = [named(self, part.fields()) | extra for part in parts]
        said = self._said(user, place, contents, anonymous)
        if text in _labels(place.keyboard):
            self.use_keyboard(place)
        return said

    def link(self, user: int, payload: str) -> Said:
        """Follow a t.me/<bot>?start=<payload> link and press Start."""
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload):
            raise ControlError("A start link holds up to 64 of A-Z, a-z, 0-9, _ and -.")
        return self.say(user, f"/start {payload}".rstrip())

    def photo(
        self,
        user: int,
        file: Upload,
        chat: int | None = None,
        caption: str = "",
        as_document: bool = False,
        *,
        caption_entities: Sequence[Json] = (),
        reply_to: int | None = None,
        forwarded: bool = False,
    ) -> Said:
        """Send a picture, or with `as_document` any file, untouched and of any size."""
        place = self._place(user, chat)
        words = self._caption(caption, caption_entities)
        content = self._media(file, as_document) | words
        return self._said(user, place, [content | self._extra(place, reply_to, forwarded)])

    def forward(self, user: int, message_id: int, chat: int | None = None) -> Said:
        """Send a message of the chat once more, as one forwarded from somewhere else."""
        place = self._place(user, chat)
        message = place.by_id.get(message_id, {})
        if message.get("has_protected_content") or not content_of(message):
            raise ControlError("This message cannot be forwarded.")
        return self._said(user, place, [content_of(message) | self._extra(place, None, True)])

    def album(
        self,
        user: int,
        files: Sequence[Upload],
        caption: str = "",
        chat: int | None = None,
        *,
        caption_entities: Sequence[Json] = (),
        forwarded: bool = False,
    ) -> Said:
        """Send 2 to 10 photos as one album: a message each, the caption under the first."""
        place = self._place(user, chat)
        if not 2 <= len(files) <= 10:
            raise ControlError("An album holds 2 to 10 pictures.")
        words = self._caption(caption, caption_entities)
        media = [self._media(file, as_document=False) for file in files]
        shared = self._extra(place, None, forwarded)
        shared["media_group_id"] = self.files.album_id()
        contents = [fields | shared for fields in media]
        return self._said(user, place, [contents[0] | words, *contents[1:]])

    def _said(
        self, user: int, place: Chat, contents: Sequence[Json], anonymous: bool = False
    ) -> Said:
        sent = [self._speak(user, place, content, anonymous) for content in contents]
        return Said(sent[-1][0], [update_id for _, update_id in sent if update_id is not None])

    def _media(self, file: Upload, as_document: bool) -> Json:
        try:
            return self.files.keep(file, as_photo=not as_document).fields()
        except ApiError as error:
            raise ControlError("This file cannot be sent as a photo.") from error

    def _caption(self, caption: str, entities: Sequence[Json]) -> Json:
        words = Formatted()
        with _told_in_a_sentence():
            words = read_formatted(caption, "", entities)
        if words.length > LONGEST_CAPTION:
            raise ControlError(f"A caption holds up to {LONGEST_CAPTION} characters.")
        return named(self, words.fields("caption", "caption_entities"), "caption_entities")

    def _extra(self, place: Chat, reply_to: int | None, forwarded: bool) -> Json:
        extra: Json = {}
        if reply_to is not None:
            if reply_to not in place.by_id:
                raise ControlError("The message to reply to is not there.")
            extra["reply_to_message"] = without_reply(place.by_id[reply_to])
        if forwarded:
            extra["forward_origin"] = {
                "type": "hidden_user",
                "date": self.clock.timestamp(),
                "sender_user_name": "Somebody",
            }
        return extra


def _labels(keyboard: Json | None) -> list[str]:
    return [button["text"] for row in (keyboard or {}).get("keyboard", []) for button in row]


@contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    """What Telegram's server would not take, a client does not send."""
    try:
        yield
    except ApiError as error:
        raise ControlError(f"Telegram takes no such formatting: {error.description}.") from error
