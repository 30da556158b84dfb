"""/queue in the private chat: a list that leads to everything, however long it is."""

import pytest

from bot.models import AlertKind, AlertState, Audience, DeliveryState, Words
from bot.store import alerts
from bot.store.schema import deliveries
from tests.conftest import NOON, Start, Vigil
from tests.conversation import Chat
from tests.handlers.organiser import desk

MANY = 65  # alerts, which makes three pages


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    """Sixty-five newsletters have gone out, each to one person."""
    vigil = await start()
    await desk.staffed(vigil)
    for _ in range(MANY):
        await _sent(vigil)
    return vigil


async def _sent(vigil: Vigil) -> None:
    async with vigil.database.write() as db:
        number = await alerts.add(db, AlertKind.NEWSLETTER, "UTC", Audience(), NOON)
        await alerts.put_words(db, number, "en", Words(f"News {number}"))
        await alerts.change(
            db,
            number,
            state=AlertState.FINISHED,
            digest="",
            started_at=NOON,
            ended_at=NOON,
            reported_at=NOON,
        )
        person = {"supporter_id": 1, "state": DeliveryState.SENT, "message_id": 1}
        await db.execute(deliveries.insert().values(alert_id=number, settled_at=NOON, **person))


def listed(chat: Chat) -> list[int]:
    names = (label.split() for label in chat.buttons)
    return [int(words[1]) for words in names if words[0] == "Newsletter"]


async def test_pages_lead_to_every_alert_that_can_be_corrected(vigil: Vigil) -> None:
    """The newest stand on the first one; the oldest of all can be corrected."""
    admin = Chat(vigil.world, vigil.world.admins[0].id)
    await admin.say("/queue")
    assert listed(admin) == [*range(36, 66)]
    assert admin.buttons[-1:] == ["Older"]
    await admin.tap("Older")
    assert listed(admin) == [*range(6, 36)]
    assert admin.buttons[-2:] == ["Newer", "Older"]
    await admin.tap("Older")
    assert listed(admin) == [*range(1, 6)]
    assert admin.buttons[-1:] == ["Newer"]
    await admin.tap("Newsletter 1")
    await admin.tap("Correct")
    assert "News 1" in await admin.tap("Preview")

    await admin.say("/queue")
    await admin.tap("Older")
    await admin.tap("Newer")
    assert listed(admin) == [*range(36, 66)]


async def test_a_page_that_is_there_no_more_is_the_last_one(vigil: Vigil) -> None:
    ravi = vigil.organiser()
    await ravi.say("/queue")
    await ravi.send_data("queue:list:9")
    assert listed(ravi) == [*range(1, 6)]
