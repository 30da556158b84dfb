"""A yes to former words counts no longer, also for what was on its way at the update."""

import pytest
import sqlalchemy as sa

from bot.models import DeliveryState
from bot.store.schema import choices
from playground.world import World
from tests.conftest import Start
from tests.handlers.organiser.desk import crowded, enrol, halted, staffed


@pytest.fixture
async def world() -> World:
    return crowded(5)


async def test_a_new_wording_ends_what_is_on_its_way_to_those_who_agreed_to_the_old(
    start: Start,
) -> None:
    vigil = await start()
    await enrol(vigil)
    await staffed(vigil)
    number = await halted(vigil, at=0)  # and the program is updated before it goes on
    former = vigil.world.crowd.ids[0]
    async with vigil.database.write() as db:
        of_one = choices.c.supporter_id == former
        await db.execute(sa.update(choices).where(of_one).values(version=0))

    vigil = await start()
    await vigil.sent()

    assert vigil.world.crowd.received[former] == 0
    watch = await vigil.services.watching.one(number)
    assert watch.totals == {
        (DeliveryState.SENT, ""): 4,
        (DeliveryState.SKIPPED, "unsubscribed"): 1,
    }
