"""Command menus: which scope and language wins for whom."""

from collections.abc import Iterator

from playground.chats import Chat
from playground.people import Person
from playground.wire import Json

Scope = tuple[str, int, int]  # type, chat id, user id; 0 where the type has none


class CommandMenus:
    def __init__(self) -> None:
        self.lists: dict[tuple[Scope, str], list[Json]] = {}

    def put(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """Replace the list; an empty one is the same as none."""
        self.lists.pop((scope, language), None)
        if commands:
            self.lists[scope, language] = commands

    def get(self, scope: Scope, language: str) -> list[Json]:
        return self.lists.get((scope, language), [])

    def seen_by(self, person: Person, chat: Chat) -> list[Json]:
        """The menu this person sees in this chat."""
        for scope in _scopes(person.id, chat):
            for language in (person.language, ""):
                commands = self.get(scope, language)
                if commands:
                    return commands
        return []


def _scopes(user_id: int, chat: Chat) -> Iterator[Scope]:
    """Narrowest first, in the order that Telegram documents."""
    if chat.is_private:
        yield "chat", chat.id, 0
        yield "all_private_chats", 0, 0
    else:
        yield "chat_member", chat.id, user_id
        if user_id in chat.admins:
            yield "chat_administrators", chat.id, 0
        yield "chat", chat.id, 0
        if user_id in chat.admins:
            yield "all_chat_administrators", 0, 0
        yield "all_group_chats", 0, 0
    yield "default", 0, 0
