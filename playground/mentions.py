"""Who is meant by a mention that carries a user id."""

from playground.state import State
from playground.wire import Json, Request


def named(state: State, fields: Json, name: str = "entities") -> Json:
    """With the whole user in each text mention; a mention of a stranger is dropped."""
    if name not in fields:
        return fields
    kept = [found for entity in fields[name] if (found := _named_entity(state, entity))]
    others = {key: value for key, value in fields.items() if key != name}
    return others | ({name: kept} if kept else {})


def _named_entity(state: State, entity: Json) -> Json | None:
    if entity["type"] != "text_mention":
        return entity
    given = entity.get("user")
    user_id = Request("", given if isinstance(given, dict) else {}).integer("id")
    user = state.shown_user(user_id)
    return entity | {"user": user} if user else None
