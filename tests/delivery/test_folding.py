"""Who got what is forgotten after its time, also where the send goes on for others."""

from datetime import timedelta

from bot.services.housekeeping import DELIVERIES_KEPT
from bot.store import deliveries
from tests.delivery.conftest import Outlet
from tests.delivery.ledgers import NOON
from tests.delivery.test_eligibility import claim, settle

SECOND = timedelta(seconds=1)


async def test_who_had_it_is_forgotten_while_it_waits_for_others(
    outlet: Outlet, crowd: list[int]
) -> None:
    """It was begun ninety days ago; one got it then, one a second later, and one waits."""
    book, (early, late, rests) = outlet.book, crowd[:3]
    await book.enrol(crowd[:3])
    number = await book.alert(crowd[:3], expires_at=NOON + 2 * DELIVERIES_KEPT)
    for person, at in ((early, NOON), (late, NOON + SECOND)):
        await claim(book, number, [person], at)
        await settle(book, number, person, at)
    before = await book.totals(number)

    async with book.database.write() as db:
        assert await deliveries.fold_ended_before(db, NOON + SECOND)
        assert not await deliveries.fold_ended_before(db, NOON + SECOND)

    assert set(await book.states(number)) == {late, rests}
    assert await book.totals(number) == before
