"""Who got which alert is known for ninety days after it ended; the numbers stay."""

from datetime import timedelta

from bot.models import DeliveryState
from tests.conftest import Vigil
from tests.handlers.organiser.test_drafts import begin, write
from tests.handlers.organiser.test_transcript import want_urgent_actions
from tests.handlers.rows import rows_about


async def test_after_ninety_days_only_the_numbers_of_an_alert_are_left(vigil: Vigil) -> None:
    stays, leaves = vigil.chat(0), vigil.chat(1)
    for chat in (stays, leaves):
        await want_urgent_actions(chat)
    ravi = await begin(vigil)
    await write(ravi)
    await ravi.tap("Until")
    await ravi.tap(ravi.buttons[0])
    await ravi.tap("Submit for approval")
    await vigil.keep()
    await vigil.group().tap("Approve: 2 people")
    vigil.world.clock.jump(timedelta(minutes=1))
    await vigil.sent()
    await leaves.tap("Stop")
    assert (await rows_about(vigil.database, leaves.user))["deliveries"]

    vigil.world.clock.jump(timedelta(days=90))
    await vigil.services.housekeeping.tick()
    assert (await rows_about(vigil.database, leaves.user))["deliveries"]
    vigil.world.clock.jump(timedelta(seconds=1))
    await vigil.services.housekeeping.tick()

    assert not any((await rows_about(vigil.database, leaves.user)).values())
    kept = await rows_about(vigil.database, stays.user)
    assert {name for name, rows in kept.items() if rows} == {"supporters", "choices"}
    watch = await vigil.services.watching.one(1)
    assert watch.totals == {(DeliveryState.SENT, ""): 2}
