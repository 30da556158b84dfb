"""A send that is stopped in the middle: frozen, interrupted, expired, or not what was approved."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.models import AlertState, DeliveryState
from bot.store.schema import alert_texts, deliveries
from playground.world import World
from tests.conftest import Start, Vigil
from tests.handlers.organiser import desk
from tests.handlers.organiser.desk import MINUTE

APPROVED, SENDING, HELD = AlertState.APPROVED, AlertState.SENDING, AlertState.HELD
FINISHED, EXPIRED = AlertState.FINISHED, AlertState.EXPIRED
SECOND = timedelta(seconds=1)
EXPIRY = datetime(2027, 3, 3, 18, tzinfo=UTC)
PEOPLE = 40


@pytest.fixture
async def world() -> World:
    return desk.crowded(PEOPLE + 20)


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    """Both admins are owners; forty people want urgent actions."""
    vigil = await start()
    await desk.staffed(vigil)
    await desk.enrol(vigil, last=PEOPLE)
    return vigil


def everybody_has_it_once(vigil: Vigil) -> bool:
    got = desk.received(vigil)
    return len(got) == got.total() == PEOPLE


@pytest.mark.parametrize("how", ["sending", "paused", "frozen", "held"])
async def test_what_expires_in_the_middle_ends_there(vigil: Vigil, how: str) -> None:
    number = await desk.halted(vigil)
    done = desk.received(vigil).total()
    assert 0 < done < PEOPLE
    if how == "paused":
        await vigil.services.control.pause(number, vigil.world.admins[0].id)
    elif how == "frozen":
        await vigil.group().say("/freeze")
    elif how == "held":
        vigil.world.clock.jump(20 * MINUTE)
        await vigil.services.schedule.tick()
    vigil.world.clock.jump_to(EXPIRY)
    await vigil.sent()
    assert await desk.state(vigil, number) == (EXPIRED, "interrupted" if how == "held" else None)
    assert await desk.figures(vigil, number) == {
        ("sent", ""): done,
        ("skipped", "expired"): PEOPLE - done,
    }
    assert desk.received(vigil).total() == done
    [report] = desk.reports(vigil, number)
    assert f"Skipped: {PEOPLE - done} ({PEOPLE - done} too late)" in report
    assert "Its time was over before everybody had it." in report


@pytest.mark.parametrize("pause", [5 * MINUTE, 20 * MINUTE], ids=["short", "long"])
async def test_a_freeze_before_the_start(vigil: Vigil, pause: timedelta) -> None:
    number = await desk.approve(vigil)
    assert (await vigil.group().say("/freeze")).startswith("Frozen.")
    vigil.world.clock.jump(MINUTE)
    await vigil.sent()
    vigil.world.clock.jump(pause)
    await vigil.sent()
    assert await desk.state(vigil, number) == (APPROVED, None)
    assert not desk.received(vigil)
    assert (await vigil.group().say("/unfreeze")).startswith("Sends may go on.")
    await vigil.sent()
    in_time = pause < 15 * MINUTE
    assert await desk.state(vigil, number) == ((FINISHED, None) if in_time else (HELD, "late"))
    assert desk.received(vigil).total() == (PEOPLE if in_time else 0)


@pytest.mark.parametrize("pause", [5 * MINUTE, 20 * MINUTE], ids=["short", "long"])
async def test_a_freeze_in_the_middle(vigil: Vigil, start: Start, pause: timedelta) -> None:
    """Also over a restart; the others get it afterwards, and nobody twice."""
    number = await desk.halted(vigil)
    done = desk.received(vigil).total()
    await vigil.group().say("/freeze")
    vigil = await start()
    await vigil.look()
    await vigil.look()
    await vigil.keep()
    card = desk.card(vigil, number)
    assert "All sends are stopped, this one with them. /health says why." in card
    vigil.world.clock.jump(pause)
    await vigil.look()
    assert await desk.state(vigil, number) == (SENDING, None)
    assert desk.received(vigil).total() == done

    await vigil.group().say("/unfreeze")
    await vigil.sent()
    if pause > 15 * MINUTE:
        assert await desk.state(vigil, number) == (HELD, "interrupted")
        assert desk.received(vigil).total() == done
        await desk.tap(vigil.group(), f"Send it now to {PEOPLE - done} people")
        await vigil.sent()
    assert await desk.state(vigil, number) == (FINISHED, None)
    assert everybody_has_it_once(vigil)


async def test_while_all_is_frozen_only_expiry_comes(vigil: Vigil) -> None:
    number, later = await desk.approve(vigil), await desk.approve(vigil)
    await vigil.group().say("/freeze")
    vigil.world.clock.jump(20 * MINUTE)
    await vigil.sent()
    assert await desk.state(vigil, number) == await desk.state(vigil, later) == (APPROVED, None)
    vigil.world.clock.jump_to(EXPIRY)
    await vigil.sent()
    assert await desk.state(vigil, number) == await desk.state(vigil, later) == (EXPIRED, None)
    assert not desk.received(vigil)


@pytest.mark.parametrize("when", ["waiting", "approved", "sending"])
async def test_a_text_changed_behind_its_back_goes_to_nobody(
    vigil: Vigil, start: Start, when: str
) -> None:
    """Whoever can write into the file cannot make others say what nobody approved."""
    number = await (desk.submit(vigil) if when == "waiting" else desk.approve(vigil))
    if when == "sending":
        vigil.world.clock.jump(MINUTE)
        await vigil.services.schedule.tick()
    async with vigil.database.write() as db:
        await db.execute(sa.update(alert_texts).values(text="Give us your passwords."))
    if when == "waiting":
        await desk.tap(vigil.group(), "Approve")
    vigil.world.clock.jump(MINUTE)
    vigil = await start()
    await vigil.sent()
    assert await desk.state(vigil, number) == (HELD, "text differs")
    assert not desk.received(vigil)
    card = desk.card(vigil, number)
    assert "It is no longer, byte by byte, what was approved." in card
    assert vigil.group().buttons == ["Cancel for good"]
    revision = (await vigil.services.watching.one(number)).alert.revision
    await vigil.group().send_data(f"admin:release:{number}:{revision}:{PEOPLE}")
    await vigil.sent()
    assert await desk.state(vigil, number) == (HELD, "text differs")
    assert not desk.received(vigil)
    await desk.tap(vigil.group(), "Cancel")
    await vigil.sent()
    assert not await desk.figures(vigil, number)  # nobody was ever put on its list


@pytest.mark.parametrize("away", [timedelta(), 15 * MINUTE], ids=["at once", "15 min"])
async def test_what_was_interrupted_goes_on_by_itself(
    vigil: Vigil, start: Start, away: timedelta
) -> None:
    number = await desk.halted(vigil)
    vigil.world.clock.jump(away)
    vigil = await start()
    await vigil.sent()
    assert await desk.state(vigil, number) == (FINISHED, None)
    assert everybody_has_it_once(vigil)


async def test_what_was_interrupted_for_long_asks_first(vigil: Vigil, start: Start) -> None:
    """And then goes to those who have not had it, without another minute of waiting."""
    number = await desk.halted(vigil)
    done = desk.received(vigil).total()
    vigil.world.clock.jump(15 * MINUTE + SECOND)
    vigil = await start()
    await vigil.sent()
    assert await desk.state(vigil, number) == (HELD, "interrupted")
    assert desk.received(vigil).total() == done
    card = desk.card(vigil, number)
    assert "Its sending was interrupted for more than 15 minutes." in card
    assert f"{done} of {PEOPLE}" in card

    told = await desk.tap(vigil.group(1), f"Send it now to {PEOPLE - done} people")
    assert "Is being sent." in told
    await vigil.sent()
    assert await desk.state(vigil, number) == (FINISHED, None)
    assert everybody_has_it_once(vigil)


async def test_what_was_on_the_wire_stays_unknown_when_the_others_get_it(
    vigil: Vigil, start: Start
) -> None:
    number = await desk.halted(vigil)
    first = vigil.world.crowd.ids[PEOPLE - 1]  # who has not had it
    assert not desk.received(vigil)[first]
    async with vigil.database.write() as db:
        await db.execute(
            sa.update(deliveries)
            .where(deliveries.c.supporter_id == first)
            .values(state=DeliveryState.SENDING)
        )
    vigil = await start()
    await vigil.sent()
    assert await desk.state(vigil, number) == (FINISHED, None)
    assert await desk.figures(vigil, number) == {
        ("sent", ""): PEOPLE - 1,
        ("unknown", "interrupted"): 1,
    }
    assert not desk.received(vigil)[first]
