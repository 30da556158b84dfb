"""What words and letters tell, learnt from a handful of messages of three kinds."""

import numpy as np
import pytest

from bot.services.explainer._wording import Wording, learn_wording

TOLD = {
    0: ["how do i sign the petition", "where can i sign", "let me add my name"],
    1: ["good morning to you", "hello there", "good evening everybody"],
    2: ["they took my brother", "my sister was taken away", "he was taken from his bed"],
}


@pytest.fixture(scope="module")
def wording() -> Wording:
    messages = [tuple(said.split()) for told in TOLD.values() for said in told]
    classes = np.repeat(np.arange(3), 3)
    return learn_wording(messages * 40, np.tile(classes, 40), 3)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("can i still sign that", 0),
        ("evening", 1),
        ("they have takken my neighbour", 2),  # its letters tell
        ("my name is on it, let me sign".replace(",", ""), 0),
    ],
)
def test_a_message_is_of_the_kind_whose_words_it_has(
    wording: Wording, message: str, kind: int
) -> None:
    told = wording.told([tuple(message.split())])
    assert told.argmax() == kind
    assert np.exp(told).sum() == pytest.approx(1, abs=1e-3)


def test_each_of_several_messages_is_told_as_it_is_alone(wording: Wording) -> None:
    messages = [("sign",), (), ("they", "took", "him"), ("good", "morning")]
    together = wording.told(messages)
    alone = np.vstack([wording.told([one]) for one in messages])
    assert np.allclose(together, alone)


def test_a_message_without_words_is_of_any_kind_alike(wording: Wording) -> None:
    assert np.exp(wording.told([()])) == pytest.approx(np.full((1, 3), 1 / 3))


def test_the_order_of_words_counts(wording: Wording) -> None:
    one, other = wording.told([("taken", "was", "he"), ("he", "was", "taken")])
    assert other[2] > one[2]


def test_the_same_messages_teach_the_same(wording: Wording) -> None:
    messages = [tuple(said.split()) for told in TOLD.values() for said in told]
    again = learn_wording(messages * 40, np.tile(np.repeat(np.arange(3), 3), 40), 3)
    assert (again.weights == wording.weights).all()


def test_nothing_is_learnt_from_nothing() -> None:
    wording = learn_wording([], np.empty(0, np.int64), 2)
    assert wording.told([]).shape == (0, 2)
    assert np.exp(wording.told([("anything",)])) == pytest.approx(np.full((1, 2), 0.5))
