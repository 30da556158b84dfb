"""By whose clock days and nights go: chosen by city, or by its name, and never guessed."""

import asyncio
from collections.abc import Iterable, Mapping

from telegram import InlineKeyboardButton, Update

from bot import moments
from bot.context import Buttons, Context, button
from bot.i18n import N_
from handlers.supporter.settings import _words
from handlers.supporter.settings._screen import DIALOG, show_all

_REGIONS: Mapping[str, str] = {
    "Africa": N_("Africa"),
    "America": N_("America"),
    "Asia": N_("Asia"),
    "Australia": N_("Australia"),
    "Europe": N_("Europe"),
    "Pacific": N_("Pacific"),
}
_SHOWN = 60  # characters of what somebody wrote


async def ask_for_region(_: Update, context: Context) -> None:
    t = context.t
    chosen = await context.services.preferences.of(context.supporter)
    regions = [button(t(name), f"settings:zone:in:{key}") for key, name in _REGIONS.items()]
    await context.reply(
        t(
            "<b>Clock</b>\n\nQuiet hours and the weekly message go by the clock of a place that "
            "you choose. At the moment: {clock}.",
            clock=_words.clock(chosen, context),
        ),
        [
            *_in_twos(regions),
            [button(t("Write a place instead"), "settings:zone:write")],
            [button(t("Use your clock"), f"settings:zone:{context.services.house.timezone.key}")],
            [_back(context)],
        ],
    )


async def ask_for_city(_: Update, context: Context) -> None:
    t, region = context.t, context.group("region")
    cities = _cities(moments.REGIONS[region], context)
    await context.reply(
        t("<b>Clock</b>\n\nWhich of these places has the same clock as you?"),
        [
            *_in_twos(cities),
            [button(t("Write a place instead"), "settings:zone:write")],
            [button(t("Back"), "settings:zone")],
        ],
    )


async def ask_for_name(_: Update, context: Context) -> None:
    await context.services.dialogs.move(
        context.supporter, DIALOG, "zone", {}, context.incoming.update_id
    )
    await context.reply(
        context.t("Write the name of your city or country. /cancel leaves it as it is."),
        [[_back(context)]],
    )


async def read_name(words: str, context: Context) -> None:
    """A name of one place is taken; of several, or what is only alike, she chooses."""
    now = context.services.now()
    found = await asyncio.to_thread(moments.find_zones, words, now)  # the first time takes long
    if len(found) == 1 and moments.is_name(words):
        await _choose(found[0], context)
    elif found:
        await context.reply(
            context.t("Which of these places has the same clock as you?"),
            [*_in_twos(_cities(found, context)), [_back(context)]],
        )
    else:
        await context.reply(
            context.t(
                "I know no city or country called “{name}”. Write the largest city that has the "
                "same clock as you, such as Lima. /cancel leaves it as it is.",
                name=words[:_SHOWN],
            ),
            [[_back(context)]],
        )


async def choose_zone(_: Update, context: Context) -> None:
    await _choose(context.group("zone"), context)


async def _choose(zone: str, context: Context) -> None:
    """A zone that no button offers changes nothing."""
    if moments.is_zone(zone):
        await context.services.preferences.change(context.supporter, zone=zone)
    await show_all(context)


def _cities(zones: Iterable[str], context: Context) -> list[InlineKeyboardButton]:
    labels = {zone: moments.city(zone, context.t.language) for zone in zones}
    ordered = sorted(labels.items(), key=lambda item: item[1])
    return [button(label, f"settings:zone:{zone}") for zone, label in ordered]


def _in_twos(row: list[InlineKeyboardButton]) -> Buttons:
    return [row[place : place + 2] for place in range(0, len(row), 2)]


def _back(context: Context) -> InlineKeyboardButton:
    return button(context.t("Back"), "go:settings")
