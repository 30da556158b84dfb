"""`@bot words` in some chat: people ask, the bot offers cards, and they choose one."""

import secrets

from playground.control_error import ControlError
from playground.sharing import Sharing
from playground.speech import Said
from playground.state import InlineQuery
from playground.wire import Json


class Inline(Sharing):
    def ask_inline(self, user: int, query: str, chat: int | None = None) -> Json:
        """Type `@bot query`; returns update_id and inline_query_id.

        The answer appears in `inline_queries`. Telegram's servers would answer by themselves what
        was asked before within `cache_time`; here the bot always does.
        """
        place = self._place(user, chat)
        query_id = str(secrets.randbelow(2**62))
        self.inline_queries[query_id] = InlineQuery(user, place.id, self.clock.now())
        payload = {
            "id": query_id,
            "from": self.person(user).user,
            "query": query[:256],
            "offset": "",
            "chat_type": "sender" if place.is_private else place.info["type"],
        }
        update_id = self.updates.add("inline_query", payload)
        return {"update_id": update_id, "inline_query_id": query_id}

    def choose_inline(self, user: int, query_id: str, result_id: str) -> Said:
        """Send one of the offered cards, in the chat where it was asked for."""
        asked = self.inline_queries.get(query_id)
        if asked is None or asked.user_id != user or result_id not in asked.messages:
            raise ControlError("This card was not offered.")
        place = self._place(user, asked.chat_id)
        return self._said(user, place, [asked.messages[result_id] | {"via_bot": self.bot}])
