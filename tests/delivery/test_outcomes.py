"""What each answer of Telegram does to the row, to the person, and to the send."""

import asyncio

import pytest
from aiohttp import web
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.delivery.outcomes import LOST, PASSED, meaning
from bot.delivery.posting import post, post_to_group
from bot.delivery.rendering import render
from bot.delivery.ticket import NotClaimed
from bot.models import AlertState, DeliveryState, Reason
from playground.faults import Fault
from tests.delivery.conftest import Open, Outlet
from tests.delivery.ledgers import an_alert

SENT, PENDING = DeliveryState.SENT, DeliveryState.PENDING
FAILED, UNKNOWN = DeliveryState.FAILED, DeliveryState.UNKNOWN

ANSWERS = [
    (403, "Forbidden: bot was blocked by the user", FAILED, Reason.BLOCKED, True),
    (403, "Forbidden: user is deactivated", FAILED, Reason.DEACTIVATED, True),
    (
        403,
        "Forbidden: bot can't initiate conversation with a user",
        FAILED,
        Reason.NOT_STARTED,
        False,
    ),
    (403, "Forbidden: bot is not a member of the channel chat", FAILED, Reason.REFUSED, False),
    (400, "Bad Request: chat not found", FAILED, Reason.NO_CHAT, False),
    (400, "Bad Request: PEER_ID_INVALID", FAILED, Reason.NO_CHAT, False),
    (400, "Bad Request: message text is empty", FAILED, Reason.REFUSED, False),
    (409, "Conflict: terminated by other getUpdates request", FAILED, Reason.REFUSED, False),
    (500, "Internal Server Error", UNKNOWN, Reason.NO_ANSWER, False),
    (502, "Bad Gateway", UNKNOWN, Reason.NO_ANSWER, False),
]


@pytest.mark.parametrize(("status", "words", "state", "reason", "unreachable"), ANSWERS)
async def test_an_answer_decides_about_the_row_and_hardly_ever_about_the_person(
    open_outlet: Open,
    crowd: list[int],
    status: int,
    words: str,
    state: DeliveryState,
    reason: Reason,
    unreachable: bool,
) -> None:
    """Against a server that gives the same answer to everything, in Telegram's form."""

    async def answer(_: web.Request) -> web.Response:
        body = {"ok": False, "error_code": status, "description": words}
        return web.json_response(body, status=status)

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    outlet = await open_outlet(f"http://127.0.0.1:{port}")
    await outlet.book.enrol(crowd[:1])
    number = await outlet.book.alert(crowd[:1])

    ended = await outlet.through(number)
    people = await outlet.book.people()
    await runner.cleanup()

    assert ended is AlertState.FINISHED
    assert await outlet.book.totals(number) == {(state, reason.value): 1}
    stopped, gone = people[crowd[0]]
    assert (stopped is not None, gone is not None) == (False, unreachable)


async def test_people_of_the_playground_who_cannot_be_reached(
    outlet: Outlet, crowd: list[int]
) -> None:
    outlet.world.block(crowd[0])
    outlet.world.people[crowd[1]].started = False
    people = [*crowd[:3], 999]
    await outlet.book.enrol(people)
    number = await outlet.book.alert(people)

    await outlet.through(number)

    states = await outlet.book.states(number)
    assert {person: row[:2] for person, row in states.items()} == {
        crowd[0]: ("failed", "blocked"),
        crowd[1]: ("failed", "not started"),
        crowd[2]: ("sent", None),
        999: ("failed", "no chat"),
    }


async def test_a_group_that_moved_is_no_person(open_outlet: Open, outlet: Outlet) -> None:
    outlet.world.admin_chat.migrated_to = -100
    message = render(an_alert(), "en", outlet.book.catalogues)

    with pytest.raises(TelegramError) as caught:
        await post(outlet.bot, outlet.world.admin_chat.id, message)

    assert meaning(caught.value).reason is Reason.MIGRATED


async def test_an_answer_that_never_comes_leaves_the_row_unknown(
    open_outlet: Open, outlet: Outlet, crowd: list[int]
) -> None:
    hasty = await open_outlet(outlet.bot.base_url.partition("/bot")[0], read_timeout=0.2)
    await hasty.book.enrol(crowd[:3])
    number = await hasty.book.alert(crowd[:3])
    hasty.world.faults.add(Fault("timeout", "sendMessage", chat=crowd[1]))

    await hasty.through(number)

    assert await hasty.book.totals(number) == {(SENT, ""): 2, (UNKNOWN, "no answer"): 1}


async def test_a_token_that_is_no_good_ends_everything_and_loses_nobody(
    open_outlet: Open, outlet: Outlet, crowd: list[int]
) -> None:
    url = outlet.bot.base_url.partition("/bot")[0]
    strange = await open_outlet(url, token="1:strange")
    await strange.book.enrol(crowd)
    number = await strange.book.alert(crowd)

    await strange.sender.look()
    await asyncio.wait(strange.sender._sends.values())
    await strange.sender.look()

    assert not strange.sender._sends
    assert await strange.book.totals(number) == {(PENDING, ""): 60}
    assert all(row == (None, None) for row in (await strange.book.people()).values())
    assert (await strange.book.read(number)).state is AlertState.SENDING


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("broken"), TelegramError("odd")])
def test_what_may_have_arrived_is_unknown(error: TelegramError) -> None:
    assert meaning(error) is LOST


def test_an_error_nobody_expected_may_have_come_after_the_message_went() -> None:
    assert meaning(KeyError("message_id")) is LOST
    assert meaning(NotClaimed()) is PASSED


def test_a_refusal_in_other_words_is_a_refusal() -> None:
    assert meaning(BadRequest("something new")).reason is Reason.REFUSED


async def test_a_test_send_cannot_reach_a_person(outlet: Outlet, crowd: list[int]) -> None:
    message = render(an_alert(), "en", outlet.book.catalogues)

    for person in (crowd[0], 0):
        with pytest.raises(ValueError, match="a group only"):
            await post_to_group(outlet.bot, person, message)
    assert outlet.world.calls == []

    sent = await post_to_group(outlet.bot, outlet.world.admin_chat.id, message)
    assert outlet.world.admin_chat.last["message_id"] == sent
    assert outlet.world.admin_chat.last["text"] == "Free Samira today"
