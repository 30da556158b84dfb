from typing import Any

import pytest

from playground.world import World
from tests.playground.wire import Wire


def menu(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"About {name}"} for name in names]


async def seen(wire: Wire, chat: int, user: int) -> list[str]:
    _, state = await wire.control("GET", "state")
    (found,) = [one for one in state["chats"] if one["chat"]["id"] == chat]
    return [entry["command"] for entry in found["commands"][str(user)]]


async def test_the_narrowest_scope_wins_and_then_the_language(
    wire: Wire, world: World, amara: int
) -> None:
    elise, admin, group = world.supporters[1].id, world.admins[0].id, world.admin_chat.id
    steps: list[tuple[dict[str, Any], str, int, int]] = [
        ({"type": "default"}, "", amara, amara),
        ({"type": "default"}, "fr", elise, elise),
        ({"type": "all_private_chats"}, "", elise, elise),
        ({"type": "all_private_chats"}, "fr", elise, elise),
        ({"type": "chat", "chat_id": amara}, "", amara, amara),
        ({"type": "chat", "chat_id": amara}, "en", amara, amara),
        ({"type": "all_group_chats"}, "", group, admin),
        ({"type": "all_chat_administrators"}, "", group, admin),
        ({"type": "chat", "chat_id": group}, "", group, admin),
        ({"type": "chat_administrators", "chat_id": group}, "", group, admin),
        ({"type": "chat_member", "chat_id": group, "user_id": admin}, "", group, admin),
    ]
    for number, (scope, language, chat, user) in enumerate(steps):
        commands = menu(f"step{number}")
        await wire.ok("setMyCommands", commands=commands, scope=scope, language_code=language)
        assert await seen(wire, chat, user) == [f"step{number}"]
        kept = await wire.ok("getMyCommands", scope=scope, language_code=language)
        assert kept == commands
    for number, (scope, language, chat, user) in reversed(list(enumerate(steps))):
        assert await seen(wire, chat, user) == [f"step{number}"]
        await wire.ok("deleteMyCommands", scope=scope, language_code=language)
    assert await seen(wire, group, admin) == []


async def test_a_member_who_is_no_administrator_sees_the_menu_of_groups(
    wire: Wire, world: World
) -> None:
    group, member = world.admin_chat, world.supporters[0].id
    group.members.append(member)
    for kind in ("all_group_chats", "all_chat_administrators"):
        await wire.ok("setMyCommands", commands=menu(kind), scope={"type": kind})
    assert await seen(wire, group.id, member) == ["all_group_chats"]
    assert await seen(wire, group.id, world.admins[1].id) == ["all_chat_administrators"]


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"commands": menu("Upper")}, "BOT_COMMAND_INVALID"),
        ({"commands": menu("x" * 33)}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        (
            {"commands": [{"command": "x", "description": "d" * 257}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ({"commands": menu(*(f"c{n}" for n in range(101)))}, "BOT_COMMANDS_TOO_MUCH"),
        ({}, "can't find list of commands"),
        ({"commands": menu("x"), "language_code": "english"}, "LANG_CODE_INVALID"),
        ({"commands": menu("x"), "scope": {"type": "chat", "chat_id": 1}}, "chat not found"),
        (
            {"commands": menu("x"), "scope": {"type": "everywhere"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
    ],
)
async def test_a_menu_is_refused(wire: Wire, params: dict[str, Any], description: str) -> None:
    assert await wire.refused("setMyCommands", **params) == f"Bad Request: {description}"


async def test_the_profile_has_a_text_for_each_language(wire: Wire) -> None:
    assert await wire.ok("getMyName") == {"name": "Vigil"}
    await wire.ok("setMyDescription", description="What it does")
    await wire.ok("setMyDescription", description="Ce que ça fait", language_code="fr")
    for language, text in (("fr", "Ce que ça fait"), ("ar", "What it does"), ("", "What it does")):
        shown = await wire.ok("getMyDescription", language_code=language)
        assert shown == {"description": text}
    assert await wire.ok("getMyShortDescription") == {"short_description": ""}
    assert (await wire.call("setMyName", name="x" * 65))[0] == 400
