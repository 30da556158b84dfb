"""Telegram's HTML, with its errors word for word."""

import re
from dataclasses import dataclass, field

from playground.formatting._links import link
from playground.formatting._references import REFERENCE, decoded
from playground.formatting._units import units
from playground.wire import ApiError, Json, bad_request

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
PLAIN = re.compile(r"[^<&]+")
TAG_NAME = re.compile(r"[^\s>]*")
END_TAG = re.compile(r"</([^\s>]*)\s*>")
ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
SPACE = re.compile(r"\s*")


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]
    offset: int  # in the text
    piece: int  # how many pieces of text stood before it


@dataclass
class HtmlReader:
    """Reads one source from left to right; `read` may be called once."""

    source: str
    at: int = 0
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    open: list[Tag] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> tuple[str, list[Json]]:
        """The text without tags, and its entities.

        Raises:
            ApiError: The source is not what Telegram accepts.
        """
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._end_tag()
            elif self.source[self.at] == "<":
                self._start_tag()
            elif self.source[self.at] == "&":
                self._reference()
            else:
                self._add(self._match(PLAIN))
        if self.open:
            name = self.open[-1].name
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{name}"')
        return "".join(self.pieces), self.entities

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._match(TAG_NAME).lower()
        if self._is_over():
            raise self._wrong_at("Unclosed start tag", begin)
        if name not in KINDS:
            raise self._wrong_at(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._wrong_at('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(Tag(name, attributes, self.length, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._match(SPACE)
            if self.source.startswith(">", self.at):
                self.at += 1
                return found
            name = self._match(ATTRIBUTE_NAME).lower()
            self._match(SPACE)
            if self._is_over():
                raise self._wrong_at(f'Unclosed start tag "{tag}"', begin)
            if not name:
                raise self._wrong_at(f'Empty attribute name in the tag "{tag}"', begin)
            found[name] = self._attribute_value(tag, begin)

    def _attribute_value(self, tag: str, begin: int) -> str:
        if not self.source.startswith("=", self.at):
            return ""
        self.at += 1
        self._match(SPACE)
        if self._is_over():
            raise self._wrong_at(f'Unclosed start tag "{tag}"', begin)
        if self.source[self.at] in "\"'":
            return self._quoted(begin)
        token_begin = self.at
        value = self._match(NAME_TOKEN).lower()
        if not re.match(r"[\s>]", self.source[self.at : self.at + 1]):
            raise self._wrong_at("Unexpected end of name token", token_begin)
        return value

    def _quoted(self, begin: int) -> str:
        end = self.source.find(self.source[self.at], self.at + 1)
        if end < 0 or end + 1 == len(self.source):
            raise self._wrong_at("Unclosed start tag", begin)
        value = self.source[self.at + 1 : end]
        self.at = end + 1
        return REFERENCE.sub(lambda found: decoded(found) or found[0], value)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._wrong_at("Unexpected end tag", begin)
        found = END_TAG.match(self.source, self.at)
        if found is None:
            raise self._wrong_at("Unclosed end tag", begin)
        tag, name = self.open.pop(), found[1].lower()
        if name and name != tag.name:
            where = f"Unmatched end tag at byte offset {self._bytes(begin)}"
            raise _wrong(f'{where}, expected "</{tag.name}>", found "</{name}>"')
        self.at = found.end()
        if self.length > tag.offset:
            self._close(tag)

    def _close(self, tag: Tag) -> None:
        entity: Json = {
            "type": KINDS[tag.name],
            "offset": tag.offset,
            "length": self.length - tag.offset,
        }
        match tag.name:
            case "a":
                text = "".join(self.pieces[tag.piece :])
                target = link(tag.attributes.get("href") or text)
                if target is None:
                    return
                entity |= target
            case "tg-emoji":
                entity["custom_emoji_id"] = tag.attributes.get("emoji-id", "")
            case "tg-time":
                entity |= _time(tag.attributes)
            case "blockquote" if "expandable" in tag.attributes:
                entity["type"] = "expandable_blockquote"
            case "code" | "pre":
                self._close_code(tag, entity)
                return
        self.entities.append(entity)

    def _close_code(self, tag: Tag, entity: Json) -> None:
        """`<pre><code class="language-x">` is one entity of type pre."""
        language = tag.attributes.get("class", "")
        if tag.name == "code" and language.startswith("language-"):
            entity["language"] = language.removeprefix("language-")
        inner = self.entities[-1] if self.entities else {}
        same = all(inner.get(name) == entity[name] for name in ("offset", "length"))
        if tag.name == "pre" and same and inner["type"] == "code":
            self.entities.pop()
            entity |= {"language": inner["language"]} if "language" in inner else {}
        elif tag.name == "code" and not (self.open and self.open[-1].name == "pre"):
            entity.pop("language", None)
        self.entities.append(entity)

    def _reference(self) -> None:
        found = REFERENCE.match(self.source, self.at)
        character = decoded(found) if found else None
        self._add(character or "&")
        self.at = found.end() if found and character else self.at + 1

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += units(text)

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        assert found  # every pattern used here also fits nothing
        self.at = found.end()
        return found[0]

    def _is_over(self) -> bool:
        return self.at >= len(self.source)

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _wrong_at(self, reason: str, at: int) -> ApiError:
        return _wrong(f"{reason} at byte offset {self._bytes(at)}")


def _wrong(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _time(attributes: dict[str, str]) -> Json:
    unix = attributes.get("unix", "")
    return {"unix_time": int(unix) if unix.isdigit() else 0} | (
        {"date_time_format": attributes["format"]} if "format" in attributes else {}
    )
