"""Order, lanes, flood waits, second tries and people who do not wait to the end."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.delivery import Lane, Pace
from bot.telegram_http import NeverSent
from tests.delivery.receiver import Receiver
from tests.delivery.virtual import now, run_virtually


def receiver(rate: float = 30, **options: timedelta | int) -> Receiver:
    pace = Pace(rate, clock=now, sleep=asyncio.sleep, **options)  # type: ignore[arg-type]
    return Receiver(pace, lambda: 0.02, lambda: 0.03)


def wait(seconds: int) -> RetryAfter:
    return RetryAfter(timedelta(seconds=seconds))


def test_messages_leave_in_the_order_they_were_asked_for() -> None:
    async def course() -> list[object]:
        to = receiver(2)
        await asyncio.gather(*(to.send(i, chat=i) for i in range(9)))
        return to.texts

    assert run_virtually(course()) == list(range(9))


def test_a_lower_lane_goes_first() -> None:
    async def course() -> list[object]:
        to = receiver(1)
        await asyncio.gather(
            to.send("first"),
            to.send("routine", lane=Lane.ROUTINE),
            to.send("urgent", lane=Lane.URGENT),
            to.send("reply"),
        )
        return to.texts

    assert run_virtually(course()) == ["first", "reply", "urgent", "routine"]


@pytest.mark.parametrize(
    "method",
    [
        "answerCallbackQuery",
        "answerInlineQuery",
        "deleteMessage",
        "deleteMessages",
        "sendChatAction",
        "getChat",
        "setMyCommands",
        "pinChatMessage",
    ],
)
def test_what_shows_no_message_does_not_wait(method: str) -> None:
    async def course() -> float:
        to = receiver(1)
        sent = asyncio.create_task(to.send("takes the only slot"))
        await asyncio.sleep(0)
        await asyncio.gather(*(to.send(i, method=method) for i in range(5)))
        await sent
        return now()

    assert run_virtually(course()) == pytest.approx(0.05)


@pytest.mark.parametrize(
    "method",
    ["sendMessage", "sendMediaGroup", "copyMessage", "forwardMessage", "editMessageText"],
)
def test_what_shows_a_message_waits_for_its_turn(method: str) -> None:
    async def course() -> float:
        to = receiver(1)
        await asyncio.gather(to.send(method=method), to.send(method=method))
        return now()

    assert run_virtually(course()) > 1


def test_a_flood_wait_holds_up_its_chat_and_no_other() -> None:
    async def course() -> tuple[list[object], list[float]]:
        to = receiver()
        tasks = [asyncio.create_task(to.send("a1", wait(7), None, chat=1))]
        await asyncio.sleep(1)
        tasks += [asyncio.create_task(to.send(text, chat=1)) for text in ("a2", "a3")]
        tasks += [asyncio.create_task(to.send("b", chat=2))]
        await asyncio.gather(*tasks)
        return to.texts, to.arrivals

    texts, arrivals = run_virtually(course())

    assert texts == ["a1", "b", "a1", "a2", "a3"]
    assert arrivals[1] < 1.1
    assert arrivals[2] >= 0.05 + 7


def test_messages_that_waited_already_stand_back_as_well() -> None:
    async def course() -> list[object]:
        to = receiver(1)
        await asyncio.gather(
            to.send("a1", wait(5), None, chat=1),
            to.send("a2", chat=1),
            to.send("b1", chat=2),
            to.send("b2", chat=2),
        )
        return to.texts

    assert run_virtually(course()) == ["a1", "b1", "b2", "a1", "a2"]


def test_an_edit_of_an_inline_message_has_no_chat_and_waits_all_the_same() -> None:
    async def course() -> float:
        to = receiver()
        await to.send("", wait(4), None, chat=None, method="editMessageText")
        return now()

    assert run_virtually(course()) == pytest.approx(4.1)


def test_a_request_that_shows_nothing_waits_when_it_is_told_to() -> None:
    async def course() -> float:
        to = receiver()
        await to.send("", wait(4), None, method="deleteMessages")
        return now()

    assert run_virtually(course()) == pytest.approx(4.1)


def test_flood_waits_are_waited_a_few_times_only() -> None:
    async def course() -> tuple[int, float]:
        to = receiver(attempts=3)
        with pytest.raises(RetryAfter):
            await to.send("", wait(2))
        return len(to.arrivals), now()

    tries, ended = run_virtually(course())

    assert tries == 3
    assert 4 < ended < 5


def test_a_wait_beyond_all_patience_is_raised_to_everyone_who_asks() -> None:
    async def course() -> tuple[float, list[float], list[object]]:
        to = receiver(1, patience=timedelta(seconds=10))
        first = asyncio.create_task(to.send("first", wait(100), None, chat=5))
        queued = asyncio.create_task(to.send("queued", chat=5))
        outcomes = await asyncio.gather(first, queued, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [RetryAfter, RetryAfter]
        told_after = now()
        with pytest.raises(RetryAfter) as later:
            await to.send("later", chat=5)
        assert later.value.retry_after == timedelta(seconds=100 - int(told_after))
        await to.send("elsewhere", chat=6)
        await asyncio.sleep(100)
        await to.send("at last", chat=5)
        return told_after, to.arrivals, to.texts

    told_after, _, texts = run_virtually(course())

    assert told_after < 2
    assert texts == ["first", "elsewhere", "at last"]


def test_a_message_that_never_left_is_sent_again() -> None:
    async def course() -> list[object]:
        to = receiver()
        assert await to.send("hello", NeverSent("refused"), NeverSent("refused"), None)
        return to.texts

    assert run_virtually(course()) == ["hello"] * 3


def test_a_message_that_cannot_leave_is_given_up() -> None:
    async def course() -> list[object]:
        to = receiver(attempts=4)
        with pytest.raises(NeverSent):
            await to.send("hello", NeverSent("refused"))
        return to.texts

    assert run_virtually(course()) == ["hello"] * 4


@pytest.mark.parametrize(
    "error", [TimedOut(), NetworkError("reset"), BadRequest("no"), TelegramError("odd")]
)
def test_what_may_have_arrived_is_never_sent_again(error: TelegramError) -> None:
    async def course() -> list[object]:
        to = receiver()
        with pytest.raises(type(error)) as caught:
            await to.send("hello", error)
        assert caught.value is error
        return to.texts

    assert run_virtually(course()) == ["hello"]


def test_those_who_stop_waiting_hold_up_nobody() -> None:
    async def course() -> tuple[list[object], float]:
        to = receiver(1)
        tasks = [asyncio.create_task(to.send(i)) for i in range(50)]
        await asyncio.sleep(0.5)
        for task in tasks[1:49]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return to.texts, now()

    texts, ended = run_virtually(course())

    assert texts == [0, 49]
    assert ended < 1.2


def test_one_who_leaves_in_the_moment_of_its_turn_gives_it_to_the_next() -> None:
    async def course() -> list[object]:
        to = receiver(1, attempts=1)
        leaving = asyncio.create_task(to.send("leaving"))
        staying = asyncio.create_task(to.send("staying"))
        with pytest.raises(NeverSent):
            await to.send("first", NeverSent("refused"))
        leaving.cancel()  # the slot is its own by now, though it has not run since
        await asyncio.gather(leaving, staying, return_exceptions=True)
        assert now() < 1
        return to.texts

    assert run_virtually(course()) == ["first", "staying"]


def test_a_message_cancelled_on_the_wire_still_counts() -> None:
    async def course() -> list[float]:
        to = receiver(1)
        sending = asyncio.create_task(to.send("cut"))
        await asyncio.sleep(0.03)  # it has arrived, and its answer is on the way
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await to.send("next")
        return to.arrivals

    first, second = run_virtually(course())

    assert second - first > 1


def test_stopping_leaves_nothing_running() -> None:
    async def course() -> int:
        to = receiver(1)
        waiting = [asyncio.create_task(to.send(i)) for i in range(3)]
        await asyncio.sleep(0.5)
        await to.pace.shutdown()
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await to.pace.shutdown()
        await asyncio.sleep(0)
        return len(asyncio.all_tasks())

    assert run_virtually(course()) == 1
