"""What corrects or recalls an alert's messages, as bytes, and what Telegram's answers mean then.

Doing it twice does no more than doing it once. So what may not have arrived is tried again, while
a message that may not have arrived is not.
"""

from collections.abc import Mapping

from telegram.error import BadRequest, TelegramError

from bot.delivery._letters import Letters
from bot.delivery.outcomes import AWAY, LOST, SENT, Meaning, meaning
from bot.delivery.rendering import Parameters, Rendered, render
from bot.delivery.wire import Letter
from bot.i18n import Catalogues
from bot.models import Alert, AlertKind, DeliveryState, Grant, Reason
from bot.telegram_http import Body

DELETED = Meaning(DeliveryState.SENT, Reason.DELETED)
WITHDRAWN = Meaning(DeliveryState.SENT, Reason.WITHDRAWN)
NOTHING_LEFT = Meaning(DeliveryState.SENT, Reason.GONE)
GONE = Meaning(DeliveryState.FAILED, Reason.GONE)
UNDELETABLE = Meaning(DeliveryState.PENDING, Reason.UNDELETABLE)

# Parts of Telegram's descriptions, in lower case.
_CORRECTED: Mapping[str, Meaning] = {
    "message is not modified": SENT,
    "message to edit not found": GONE,
    "message_id_invalid": GONE,
}
_RECALLED: Mapping[str, Meaning] = {
    "message is not modified": WITHDRAWN,
    "message to edit not found": NOTHING_LEFT,
    "message to delete not found": NOTHING_LEFT,
    "message_id_invalid": NOTHING_LEFT,
    "message can't be deleted": UNDELETABLE,
}


class Amendments(Letters):
    def __init__(self, alert: Alert, catalogues: Catalogues) -> None:
        super().__init__(alert, catalogues, is_paid=False)
        self._is_recall = alert.kind is AlertKind.RECALL
        self._edits: dict[str | None, tuple[str, Body]] = {}

    def to(self, grant: Grant) -> Letter:
        method, body = ("deleteMessage", Body({})) if grant.is_deletable else self._edit(grant)
        return Letter(method, body.to(grant.person, grant.message_id))

    def meaning(self, grant: Grant | None, error: BaseException | None) -> Meaning:
        if error is None:
            return self._done(grant)
        if isinstance(error, BadRequest):
            text = error.message.lower()
            table = _RECALLED if self._is_recall else _CORRECTED
            known = (found for part, found in table.items() if part in text)
            return next(known, meaning(error))
        found = meaning(error)
        return AWAY if found is LOST and isinstance(error, TelegramError) else found

    def _done(self, grant: Grant | None) -> Meaning:
        if not self._is_recall:
            return SENT
        return DELETED if grant is not None and grant.is_deletable else WITHDRAWN

    def _edit(self, grant: Grant) -> tuple[str, Body]:
        if grant.language not in self._edits:
            code = self._catalogues.released(grant.language)
            method, params = edit(render(self._alert, code, self._catalogues))
            self._edits[grant.language] = method, Body(params)
        return self._edits[grant.language]


def edit(rendered: Rendered) -> tuple[str, Parameters]:
    """The call that turns a message into this one.

    A picture always goes with its words: a text may get one, and whom an earlier correction did
    not reach has an earlier picture.
    """
    given = dict(rendered.params)
    del given["disable_notification"]
    if rendered.method == "sendMessage":
        return "editMessageText", given
    media = {
        "type": "photo",
        "media": given["photo"],
        "caption": given["caption"],
        "caption_entities": given["caption_entities"],
    }
    return "editMessageMedia", {"media": media, "reply_markup": given["reply_markup"]}
