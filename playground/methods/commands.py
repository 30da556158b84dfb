"""The command menus a bot sets."""

import re
from typing import Any

from playground.commands import Scope
from playground.methods._targets import known_chat
from playground.state import State
from playground.wire import Json, Request, bad_request

MOST_COMMANDS = 100
CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})
WIDE_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)


def set_my_commands(state: State, request: Request) -> bool:
    given = request.value("commands")
    if not isinstance(given, list):
        raise bad_request("can't find list of commands")
    if len(given) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(entry) for entry in given]
    state.menus.put(_scope(state, request), _language(request), commands)
    state.events.publish("commands")
    return True


def get_my_commands(state: State, request: Request) -> list[Json]:
    return state.menus.get(_scope(state, request), _language(request))


def delete_my_commands(state: State, request: Request) -> bool:
    state.menus.put(_scope(state, request), _language(request), [])
    state.events.publish("commands")
    return True


def _command(entry: Any) -> Json:
    if not isinstance(entry, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command = str(entry.get("command", "")).removeprefix("/")
    description = str(entry.get("description", "")).strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _scope(state: State, request: Request) -> Scope:
    given = request.value("scope") or {"type": "default"}
    kind = str(given.get("type")) if isinstance(given, dict) else ""
    if kind in WIDE_SCOPES:
        return kind, 0, 0
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    target = Request(request.method, given)
    chat = known_chat(state, target)
    if kind != "chat" and chat.is_private:
        raise bad_request("can't use specified scope in private chats")
    user_id = target.integer("user_id") if kind == "chat_member" else 0
    if user_id and user_id not in state.people:
        raise bad_request("user not found")
    return kind, chat.id, user_id


def _language(request: Request) -> str:
    code = request.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("LANG_CODE_INVALID")
    return code


METHODS = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
