"""What goes out, to whom and when: the same words for who writes it and for who approves it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from bot import moments
from bot.delivery import rendering
from bot.i18n import N_, Translator
from bot.models import Alert, AlertKind
from bot.services.alerts import Count
from handlers.organiser.names import chosen, title
from handlers.voice import Voice

_CHANGES: Mapping[AlertKind, str] = {
    AlertKind.CORRECTION: N_("<b>Corrects:</b> number {number}, as soon as it is approved"),
    AlertKind.RECALL: N_("<b>Takes back:</b> number {number}"),
    AlertKind.FAMILY: N_("<b>Stands in the place of:</b> number {number}"),
}
_OPENING = 140  # characters of the text that the card shows


def particulars(alert: Alert, count: Count | None, voice: Voice) -> Markup:
    lines = [
        *([] if alert.kind is AlertKind.RECALL else _written(alert, voice)),
        *(_sent(alert, count, voice) if alert.amends is None else _changed(alert, count, voice)),
    ]
    return Markup("\n").join(lines)


def left_out(count: Count, voice: Voice) -> Markup:
    """Why others are not written to, with numbers; nothing when there are none."""
    t, numbers = voice.t, count.left_out
    parts = [
        t.n("{n} has signed already", "{n} have signed already", numbers.get("signed", 0)),
        t.n("{n} cannot be reached", "{n} cannot be reached", numbers.get("unreachable", 0)),
        t.n("{n} said stop", "{n} said stop", numbers.get("stopped", 0)),
        t.n("{n} has another language", "{n} have another language", numbers.get("language", 0)),
    ]
    reasons = ("signed", "unreachable", "stopped", "language")
    said = [part for part, reason in zip(parts, reasons, strict=True) if numbers.get(reason)]
    return t(". Left out: {reasons}", reasons=t.list(said)) if said else Markup("")


def _written(alert: Alert, voice: Voice) -> Iterator[Markup]:
    t = voice.t
    yield from (_text(alert, language, voice) for language in alert.words)
    yield t("<b>Picture:</b> yes") if alert.picture else t("<b>Picture:</b> none")


def _sent(alert: Alert, count: Count | None, voice: Voice) -> Iterator[Markup]:
    yield _attached(alert, voice)
    if count is not None:
        yield _audience(alert, count, voice)
    yield _when(alert, voice)
    yield _until(alert, voice)


def _changed(alert: Alert, count: Count | None, voice: Voice) -> Iterator[Markup]:
    """Of what corrects or recalls another alert."""
    t = voice.t
    yield t(_CHANGES[alert.kind], number=alert.amends)
    if count is not None:
        yield t("<b>Stands with:</b> {people}", people=t.n("{n} person", "{n} people", count.total))
        if unknown := count.left_out.get("unknown", 0):
            yield out_of_reach(unknown, t)


def out_of_reach(people: int, t: Translator) -> Markup:
    return t.n(
        "{n} person may have it too, and Telegram's answer was lost: nobody knows which message it "
        "is, so it stays as it was.",
        "{n} people may have it too, and Telegram's answers were lost: nobody knows which messages "
        "they are, so they stay as they were.",
        people,
    )


def _text(alert: Alert, language: str, voice: Voice) -> Markup:
    words, t = alert.words[language], voice.t
    opening = words.text if len(words.text) <= _OPENING else f"{words.text[: _OPENING - 1]}…"
    return t(
        "<b>Text</b> ({language}, {length} of {most} characters)<blockquote>{opening}</blockquote>",
        language=language,
        length=t.number(rendering.units(words.text)),
        most=t.number(rendering.longest_text(alert)),
        opening=opening,
    )


def _attached(alert: Alert, voice: Voice) -> Markup:
    t = voice.t
    if alert.about is None:
        return t("<b>Attached:</b> nothing")
    name = title(alert.about, voice.services)
    if name is None:
        return t("<b>Attached:</b> a text that is no longer there")
    if alert.about.startswith("petition:"):
        return t("<b>Attached:</b> the petition “{title}”", title=name)
    return t("<b>Attached:</b> the case “{title}”", title=name)


def _audience(alert: Alert, count: Count, voice: Voice) -> Markup:
    t = voice.t
    if not alert.audience.choices:
        return t("<b>Goes to:</b> nobody yet")
    return t(
        "<b>Goes to:</b> {people} {chosen}{languages}{left_out}",
        people=t.n("{n} person", "{n} people", count.total),
        chosen=t(chosen(alert)),
        languages=_languages(count, voice),
        left_out=left_out(count, voice),
    )


def _languages(count: Count, voice: Voice) -> Markup:
    if len(count.languages) < 2:
        return Markup("")
    parts = (f"{code} {voice.t.number(n)}" for code, n in count.languages.items())
    return voice.t(" ({numbers})", numbers=voice.t.list(parts))


def _when(alert: Alert, voice: Voice) -> Markup:
    if alert.send_at is None:
        return voice.t("<b>Goes out:</b> as soon as it is approved")
    return voice.t("<b>Goes out:</b> {moment}", moment=said(alert, alert.send_at, voice))


def _until(alert: Alert, voice: Voice) -> Markup:
    if alert.expires_at is None:
        return voice.t("<b>Expires:</b> not set yet")
    return voice.t("<b>Expires:</b> {moment}", moment=said(alert, alert.expires_at, voice))


def said(alert: Alert, moment: datetime, voice: Voice) -> Markup:
    """A moment in the zone of who wrote the alert."""
    return moments.echo(moment, zone_of(alert, voice), voice.services.now(), voice.t)


def zone_of(alert: Alert, voice: Voice) -> ZoneInfo:
    """The house's own, should this system know the alert's no more."""
    try:
        return ZoneInfo(alert.zone)
    except ZoneInfoNotFoundError:
        return voice.services.house.timezone
