"""What stands in a message once it is corrected or recalled, and what an answer means then."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.delivery._amendments import Amendments
from bot.delivery.rendering import LONGEST_TEXT, NOTE_ROOM, longest_text, note, render, units
from bot.i18n import Catalogues
from bot.models import (
    AlertKind,
    AlertState,
    DeliveryState,
    Grant,
    Preferences,
    QuietHours,
    Reason,
    Words,
)
from bot.store import alerts, preferences
from bot.store.schema import supporters
from bot.telegram_http import NeverSent
from tests.delivery.conftest import Outlet
from tests.delivery.ledgers import HELLO, NOON, an_alert

SENT, PENDING = DeliveryState.SENT, DeliveryState.PENDING
FAILED, UNKNOWN = DeliveryState.FAILED, DeliveryState.UNKNOWN
CORRECTION, RECALL = AlertKind.CORRECTION, AlertKind.RECALL
EVERY = Catalogues(("en", "fr", "es", "ar"))


@pytest.mark.parametrize("language", list(EVERY))
def test_the_note_takes_no_more_than_what_is_kept_free_for_it(language: str) -> None:
    for month in range(1, 13):
        made_at = datetime(2027, month, 28, tzinfo=UTC)
        correction = an_alert(kind=CORRECTION, amends=1, made_at=made_at)
        assert units(f"\n\n{note(correction, EVERY[language])}") <= NOTE_ROOM


def test_the_longest_correction_fits_into_a_message() -> None:
    correction = an_alert(kind=CORRECTION, amends=1)
    full = an_alert(kind=CORRECTION, amends=1, words={"en": Words("x" * longest_text(correction))})
    assert units(render(full, "ar", EVERY).params["text"]) <= LONGEST_TEXT


def test_corrected_words_keep_their_formatting_and_name_the_day_where_they_were_written() -> None:
    evening = datetime(2027, 3, 1, 23, tzinfo=UTC)
    correction = an_alert(kind=CORRECTION, amends=1, made_at=evening, zone="Asia/Tokyo")
    params = render(correction, "en", EVERY).params
    assert params["text"] == f"{HELLO.text}\n\nCorrected on 2 March 2027"
    assert params["entities"] == [dict(entity) for entity in HELLO.entities]


@pytest.mark.parametrize(
    ("kind", "error", "state", "reason"),
    [
        (CORRECTION, None, SENT, None),
        (CORRECTION, BadRequest("Message is not modified: it is the same"), SENT, None),
        (CORRECTION, BadRequest("Message to edit not found"), FAILED, Reason.GONE),
        (CORRECTION, BadRequest("Message can't be edited"), FAILED, Reason.REFUSED),
        (CORRECTION, BadRequest("Chat not found"), FAILED, Reason.NO_CHAT),
        (CORRECTION, Forbidden("Forbidden: bot was blocked by the user"), FAILED, Reason.BLOCKED),
        (CORRECTION, NetworkError("Bad Gateway"), PENDING, None),
        (CORRECTION, NeverSent("refused"), PENDING, None),
        (CORRECTION, RetryAfter(3), PENDING, None),
        (CORRECTION, KeyError("a fault of ours"), UNKNOWN, Reason.NO_ANSWER),
        (RECALL, None, SENT, Reason.DELETED),
        (RECALL, BadRequest("Message to delete not found"), SENT, Reason.GONE),
        (RECALL, BadRequest("Message to edit not found"), SENT, Reason.GONE),
        (RECALL, BadRequest("Message is not modified"), SENT, Reason.WITHDRAWN),
        (RECALL, BadRequest("Message can't be deleted for everyone"), PENDING, Reason.UNDELETABLE),
        (RECALL, NetworkError("Connection reset"), PENDING, None),
        (RECALL, TelegramError("Invalid server response"), PENDING, None),
    ],
)
def test_an_answer_means_that_it_is_done_can_be_done_again_or_cannot_be_done(
    kind: AlertKind, error: Exception | None, state: DeliveryState, reason: Reason | None
) -> None:
    letters = Amendments(an_alert(kind=kind, amends=1), EVERY)
    found = letters.meaning(Grant(1, "en", message_id=7, is_deletable=kind is RECALL), error)
    assert (found.state, found.reason) == (state, reason)


@pytest.mark.parametrize("picture", [None, "a file"])
@pytest.mark.parametrize("is_deletable", [True, False])
def test_a_recall_deletes_or_leaves_a_note_without_buttons(
    picture: str | None, is_deletable: bool
) -> None:
    letters = Amendments(an_alert(kind=RECALL, amends=1, words={}, picture=picture), EVERY)
    letter = letters.to(Grant(5, "en", message_id=7, is_deletable=is_deletable))
    if is_deletable:
        assert (letter.method, letter.body) == ("deleteMessage", b'{"chat_id":5,"message_id":7}')
        return
    assert letter.method == ("editMessageMedia" if picture else "editMessageText")
    assert b'"chat_id":5,"message_id":7' in letter.body
    assert b"This message was withdrawn." in letter.body
    assert b'"inline_keyboard":[]' in letter.body


async def test_an_edit_asks_nobody_and_counts_for_nothing(outlet: Outlet, crowd: list[int]) -> None:
    """Not who has stopped, who sleeps, or who has had all she wants: wrong words are worse."""
    book, people = outlet.book, crowd[:4]
    await book.enrol(people)
    original = await book.alert(people, touched_at=NOON)
    await outlet.through(original)
    asleep = Preferences("UTC", quiet_hours=QuietHours(11 * 60, 15 * 60), per_week=1)
    async with book.database.write() as db:
        await preferences.keep(db, people[0], asleep)
        await preferences.keep(db, people[1], Preferences("UTC", per_week=2))
        await db.execute(
            sa.update(supporters)
            .where(supporters.c.supporter_id.in_(people[2:]))
            .values(stopped_at=NOON, unreachable_since=NOON)
        )
    changed = await book.alert([], kind=CORRECTION, amends=original, enlisted_to=0, touched_at=NOON)

    assert await outlet.through(changed) is AlertState.FINISHED

    said = f"{HELLO.text}\n\nCorrected on 1 March 2027"
    assert [outlet.received(person) for person in people] == [[said]] * 4
    assert await book.totals(changed) == {(SENT, ""): 4}
    newsletter = await book.alert(people[1:2], kind=AlertKind.NEWSLETTER, touched_at=NOON)
    await outlet.through(newsletter)
    assert await book.totals(newsletter) == {(SENT, ""): 1}


async def test_what_is_recalled_is_read_in_no_digest(outlet: Outlet, crowd: list[int]) -> None:
    book = outlet.book
    original = await book.alert([], state=AlertState.FINISHED)
    for begun in (None, NOON):
        async with book.database.read() as db:
            assert [one.id for one in await alerts.readable(db, NOON)] == [original]
        await book.alert(
            [], kind=RECALL, amends=original, started_at=begun, expires_at=None, words={"en": HELLO}
        )
    async with book.database.read() as db:
        assert await alerts.readable(db, NOON) == []
