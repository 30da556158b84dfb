"""The methods of the Bot API that the playground carries out; getUpdates is the server's."""

from collections.abc import Callable
from typing import Any

from playground.methods import (
    chats,
    commands,
    copying,
    deleting,
    editing,
    files,
    inline,
    profile,
    queries,
    sending,
)
from playground.state import State
from playground.wire import Request

Method = Callable[[State, Request], Any]

METHODS: dict[str, Method] = {
    name.lower(): method
    for module in (
        chats,
        commands,
        copying,
        deleting,
        editing,
        files,
        inline,
        profile,
        queries,
        sending,
    )
    for name, method in module.METHODS.items()
}
