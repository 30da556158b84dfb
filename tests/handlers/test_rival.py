"""Somebody else fetches the bot's updates: the admin group hears of it, and not every minute."""

from datetime import timedelta

from handlers import tell_another_polls
from playground.faults import Fault
from tests.conftest import Vigil
from tests.conversation import words


def notices(vigil: Vigil) -> list[str]:
    said = (words(message) for message in vigil.world.admin_chat.messages)
    return [text for text in said if text.startswith("Another program fetches")]


async def test_the_group_is_told_once_a_day_as_long_as_it_goes_on(vigil: Vigil) -> None:
    async def goes_on() -> int:
        await tell_another_polls(vigil.app.bot, vigil.services)
        return len(notices(vigil))

    vigil.world.faults.add(Fault("bad_gateway", "sendMessage", times=1))
    assert await goes_on() == 0  # and nobody was told, so that it is told the next time
    assert [await goes_on() for _ in range(3)] == [1, 1, 1]
    vigil.world.clock.jump(timedelta(days=1))
    assert [await goes_on() for _ in range(2)] == [2, 2]

    (notice, _) = notices(vigil)
    assert "end one of the two" in notice
    assert "ask @BotFather for a new one with /revoke" in notice
