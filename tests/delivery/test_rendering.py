"""What goes out, to the byte."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.rendering import Flaw, Problem, digest, problems, render
from bot.i18n import Catalogues
from bot.models import AlertKind, Audience, Topic, Words
from tests.delivery.ledgers import HELLO, NOON, an_alert

ENGLISH = Catalogues(("en",))


def test_a_text_goes_out_with_its_own_formatting_and_the_buttons_below() -> None:
    rendered = render(an_alert(about="petition:free-samira"), "en", ENGLISH)

    assert rendered.method == "sendMessage"
    assert rendered.params == {
        "text": "Free Samira today",
        "entities": [{"type": "bold", "offset": 0, "length": 4}],
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [{"text": "Read and sign", "callback_data": "alert:petition:free-samira"}],
                [
                    {"text": "Choose what I get", "callback_data": "alert:choose"},
                    {"text": "Stop", "callback_data": "alert:stop"},
                ],
            ]
        },
        "disable_notification": False,
    }


def test_a_picture_has_the_text_as_its_caption() -> None:
    rendered = render(an_alert(picture="file", about="case:samira"), "en", ENGLISH)

    assert rendered.method == "sendPhoto"
    assert rendered.params["photo"] == "file"
    assert rendered.params["caption"] == HELLO.text
    assert rendered.params["caption_entities"] == list(HELLO.entities)
    assert "text" not in rendered.params
    first = rendered.params["reply_markup"]["inline_keyboard"][0][0]
    assert first == {"text": "Read the story", "callback_data": "alert:case:samira"}


def test_nothing_attached_leaves_the_buttons_that_are_always_there() -> None:
    keyboard = render(an_alert(), "en", ENGLISH).params["reply_markup"]["inline_keyboard"]

    assert [[one["callback_data"] for one in row] for row in keyboard] == [
        ["alert:choose", "alert:stop"]
    ]


def test_the_longest_slug_fits_into_a_button() -> None:
    for kind in ("petition", "case"):
        keyboard = render(an_alert(about=f"{kind}:{'x' * 40}"), "en", ENGLISH).params[
            "reply_markup"
        ]["inline_keyboard"]
        assert all(len(one["callback_data"].encode()) <= 64 for row in keyboard for one in row)


@pytest.mark.parametrize("kind", AlertKind)
def test_only_what_is_urgent_makes_a_sound(kind: AlertKind) -> None:
    silent = render(an_alert(kind=kind), "en", ENGLISH).params["disable_notification"]

    assert silent is (kind is not AlertKind.URGENT)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"es": Words("Hola"), "en": Words("Hello")}, "Hello"),
        ({"es": Words("Hola"), "fr": Words("Bonjour")}, "Hola"),
        ({"fr": Words("Bonjour"), "es": Words("Hola")}, "Bonjour"),
    ],
)
@pytest.mark.parametrize("language", ["en", "en-GB", "pt", ""])
def test_who_has_no_text_of_her_own_reads_the_one_written_first(
    words: dict[str, Words], expected: str, language: str
) -> None:
    assert render(an_alert(words=words), language, ENGLISH).params["text"] == expected


@pytest.mark.parametrize(
    "change",
    [
        {"words": {"en": Words("Free Samira today")}},
        {"words": {"en": Words("Free Samira now", HELLO.entities)}},
        {"kind": AlertKind.NEWSLETTER},
        {"picture": "file"},
        {"about": "petition:free-samira"},
        {"send_at": NOON},
        {"expires_at": NOON + timedelta(seconds=1)},
        {"audience": Audience(((Topic.NEWSLETTER, ""),))},
        {"audience": Audience(((Topic.URGENT, ""),), ("en",))},
        {"audience": Audience(((Topic.URGENT, ""),), (), "free-samira")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_change_of_what_was_approved_changes_the_digest(change: dict[str, Any]) -> None:
    alert = an_alert(expires_at=NOON)

    assert digest(replace(alert, **change), ENGLISH) != digest(alert, ENGLISH)


def test_what_was_not_approved_does_not_change_the_digest() -> None:
    alert = an_alert()
    later = replace(alert, revision=9, approver="S-1", touched_at=NOON, card=4, counted=3)

    assert digest(later, ENGLISH) == digest(alert, ENGLISH)


@pytest.mark.parametrize(
    ("words", "picture", "expected"),
    [
        (Words("x" * 4096), None, []),
        (Words("😀" * 2048), None, []),
        (Words("😀" * 2048 + "x"), None, [(Flaw.TOO_LONG, 4097, 4096)]),
        (Words("x" * 1024), "file", []),
        (Words("x" * 1025), "file", [(Flaw.TOO_LONG, 1025, 1024)]),
        (Words(" \n"), None, [(Flaw.EMPTY, 0, 4096)]),
        (Words("x" * 200, ({},) * 100), None, []),
        (Words("x" * 200, ({},) * 101), None, [(Flaw.TOO_MANY_ENTITIES, 101, 100)]),
    ],
)
def test_what_telegram_would_refuse_or_change_is_named(
    words: Words, picture: str | None, expected: list[tuple[Flaw, int, int]]
) -> None:
    alert = an_alert(words={"fr": words}, picture=picture)

    assert list(problems(alert)) == [Problem("fr", *one) for one in expected]
