"""Who the bot is and how it presents itself."""

from functools import partial

from playground.state import State
from playground.wire import Json, Request, bad_request

LONGEST = {"name": 64, "description": 512, "short_description": 120}


def get_me(state: State, _: Request) -> Json:
    return state.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_text(field: str, state: State, request: Request) -> bool:
    text = request.text(field)
    if len(text) > LONGEST[field]:
        raise bad_request(f"BOT_{field.upper()}_TOO_LONG")
    state.profile[field, request.text("language_code")] = text
    return True


def get_text(field: str, state: State, request: Request) -> Json:
    """The text for the language, else the one for all, else the bot's own name or nothing."""
    own = str(state.bot["first_name"]) if field == "name" else ""
    texts = (state.profile.get((field, code)) for code in (request.text("language_code"), ""))
    return {field: next((text for text in texts if text), own)}


def delete_webhook(state: State, request: Request) -> bool:
    if request.flag("drop_pending_updates"):
        state.updates.drop()
    return True


def set_webhook(_: State, request: Request) -> bool:
    if request.text("url"):
        raise bad_request("bad webhook: the playground calls nobody; use getUpdates")
    return True


def get_webhook_info(state: State, _: Request) -> Json:
    waiting = len(state.updates.waiting)
    return {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}


METHODS = {
    "getMe": get_me,
    "setMyName": partial(set_text, "name"),
    "getMyName": partial(get_text, "name"),
    "setMyDescription": partial(set_text, "description"),
    "getMyDescription": partial(get_text, "description"),
    "setMyShortDescription": partial(set_text, "short_description"),
    "getMyShortDescription": partial(get_text, "short_description"),
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
