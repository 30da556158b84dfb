"""Formatting given as entities, by the bot and by people."""

from typing import Any

import pytest

from playground.control_error import ControlError
from playground.wire import Upload
from playground.world import World
from tests.playground.wire import PNG, Wire


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def heard(world: World) -> Any:
    """The newest message that waits for the bot."""
    return world.updates.waiting[-1].update["message"]


async def test_entities_arrive_as_they_were_given(wire: Wire, amara: int) -> None:
    given = [
        entity("bold", 0, 8),
        entity("italic", 3, 5),
        entity("text_link", 9, 2, url="https://example.org/a?b=1"),
        entity("pre", 12, 3, language="python"),
    ]
    sent = await wire.ok("sendMessage", chat_id=amara, text="😀 Hello go x=1", entities=given)
    assert sent["entities"] == given


async def test_what_telegram_finds_itself_stands_there_once(wire: Wire, amara: int) -> None:
    words = {"text": "see example.org, @vigil_help", "entities": [entity("url", 4, 11)]}
    sent = await wire.ok("sendMessage", chat_id=amara, **words)
    assert sent["entities"] == [entity("url", 4, 11), entity("mention", 17, 11)]
    again = await wire.ok("sendMessage", chat_id=amara, text=sent["text"], entities=[])
    assert again["entities"] == sent["entities"]


@pytest.mark.parametrize(
    ("text", "given", "kept"),
    [
        ("  bold\r\nnext  ", [entity("bold", 2, 10)], [entity("bold", 0, 9)]),
        ("abcdef", [entity("bold", 0, 0)], None),
        ("abcdef", [entity("text_link", 0, 3, url="no address")], None),
        (
            "abcdef",
            [entity("italic", 2, 4), entity("bold", 0, 4)],
            [entity("bold", 0, 4), entity("italic", 2, 2), entity("italic", 4, 2)],
        ),
        ("abc", [entity("text_mention", 0, 3, user={"id": 7})], None),
    ],
    ids=["trimmed", "empty", "dead-link", "crossing", "stranger"],
)
async def test_entities_are_put_in_order(
    wire: Wire, amara: int, text: str, given: list[Any], kept: Any
) -> None:
    sent = await wire.ok("sendMessage", chat_id=amara, text=text, entities=given)
    assert sent.get("entities") == kept


@pytest.mark.parametrize(
    ("given", "description"),
    [
        (
            entity("bold", 3, 2),
            (
                "entity [Bold, offset = 3, length = 2] "
                "ends after the end of the text at UTF-16 offset 4"
            ),
        ),
        (
            entity("text_link", 4, 1, url="example.org"),
            (
                "entity [TextLink, offset = 4, length = 1] "
                "begins after the end of the text at UTF-16 offset 4"
            ),
        ),
        (
            entity("bold", 1, 2),
            "entity [Bold, offset = 1, length = 2] begins in a middle of a UTF-16 symbol",
        ),
        (
            entity("bold", 0, 1),
            "entity [Bold, offset = 0, length = 1] ends in a middle of a UTF-16 symbol",
        ),
        (entity("bold", -1, 2), "entity has a negative offset or length"),
        ({"type": "bold"}, "can't parse MessageEntity: Can't find field \"offset\""),
        (entity("text_link", 0, 2), "can't parse MessageEntity: Can't find field \"url\""),
        ("bold", "can't parse MessageEntity: expected an Object"),
    ],
)
async def test_wrong_entities_are_refused_in_text_and_caption(
    wire: Wire, amara: int, given: Any, description: str
) -> None:
    refused = await wire.refused("sendMessage", chat_id=amara, text="😀ab", entities=[given])
    assert refused == f"Bad Request: {description}"
    sent = await wire.upload("sendPhoto", "photo", PNG, chat_id=amara)
    here = {"chat_id": amara, "message_id": sent["message_id"]}
    refused = await wire.refused(
        "editMessageCaption", **here, caption="😀ab", caption_entities=[given]
    )
    assert refused == f"Bad Request: {description}"


def test_people_format_what_they_write() -> None:
    world = World()
    ravi = world.organiser.id
    given = [entity("bold", 0, 6), entity("text_link", 7, 4, url="https://example.org/")]
    world.say(ravi, "Urgent sign example.org", entities=given)
    assert heard(world)["entities"] == [*given, entity("url", 12, 11)]
    world.photo(
        ravi, Upload("a.png", PNG, "image/png"), caption="Urgent", caption_entities=given[:1]
    )
    assert heard(world)["caption_entities"] == given[:1]
    mention = entity("text_mention", 0, 5, user={"id": world.supporters[1].id})
    world.say(ravi, "Élise", entities=[mention])
    assert heard(world)["entities"][0]["user"] == world.supporters[1].user


def test_a_long_text_keeps_its_formatting_over_several_messages() -> None:
    world = World()
    said = world.say(world.organiser.id, "x" * 5000, entities=[entity("bold", 4000, 200)])
    first, second = (entry.update["message"] for entry in world.updates.waiting)
    assert len(said.update_ids) == 2
    assert first["entities"] == [entity("bold", 4000, 96)]
    assert second["entities"] == [entity("bold", 0, 104)]


def test_a_client_sends_no_wrong_formatting_and_no_long_caption() -> None:
    world = World()
    ravi = world.organiser.id
    with pytest.raises(ControlError, match="ends after the end of the text"):
        world.say(ravi, "abc", entities=[entity("bold", 0, 4)])
    with pytest.raises(ControlError, match="A caption holds up to 1024 characters"):
        world.photo(ravi, Upload("a.png", PNG, "image/png"), caption="😀" * 513)
    assert world.updates.waiting == []


async def test_the_page_says_what_is_bold(wire: Wire, world: World) -> None:
    ravi = world.organiser.id
    said = {"user": ravi, "text": "Urgent", "entities": [entity("bold", 0, 6)]}
    assert (await wire.control("POST", "say", said))[0] == 200
    assert heard(world)["entities"] == [entity("bold", 0, 6)]
    status, refusal = await wire.control("POST", "say", said | {"entities": "bold"})
    assert (status, refusal) == (400, {"error": "This is not JSON."})
    status, refusal = await wire.control("POST", "say", said | {"entities": ["bold"]})
    assert refusal == {"error": "The field entities must be a list of objects."}
