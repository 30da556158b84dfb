"""Who may not write to the team: /ban and /unban, and their buttons."""

from datetime import datetime

from telegram import Update

from bot.context import Context, button
from bot.models import Role
from handlers.admin.contact._letters import ended, meant
from handlers.admin.gate import admin_group

_LISTED = 90  # a message takes a hundred buttons


@admin_group(Role.ADMIN)
async def ban(update: Update, context: Context) -> None:
    """`/ban` as a reply to what somebody wrote."""
    about = meant(update.effective_message)
    if about is None:
        await context.say(
            context.t(
                "Reply with /ban to something that a person wrote to the team: then no more "
                "messages of theirs are passed on. /unban shows who is banned."
            )
        )
        return
    await _ban(*about, context)


@admin_group(Role.ADMIN)
async def ban_by_button(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    assert query.message is not None  # it stands in a group
    context.anew()  # what the person wrote stays where it is
    await _ban(context.group("alias"), query.message.date, context)


@admin_group(Role.ADMIN)
async def unban(update: Update, context: Context) -> None:
    """`/unban` as a reply while the alias lives; alone it lists all bans, by their day."""
    about, contact = meant(update.effective_message), context.services.contact
    if about is None:
        await _list(context)
    elif (relay := await contact.behind(*about)) is None:
        await context.say(ended(about[0], context.t))
    else:
        found = await contact.ban_of(relay.person)
        await _lift(found.handle if found else "", context)


@admin_group(Role.ADMIN)
async def unban_by_button(_: Update, context: Context) -> None:
    await _lift(context.group("handle"), context)


async def _ban(alias: str, written_at: datetime, context: Context) -> None:
    t, contact = context.t, context.services.contact
    relay = await contact.behind(alias, written_at)
    if relay is None:
        await context.reply(ended(alias, t))
        return
    banned = await contact.ban(relay.person, await _me(context))
    await context.reply(
        t(
            "From now on nothing that #{alias} writes is passed on; they are told so when they "
            "try. An answer of yours still reaches them until the alias ends.",
            alias=alias,
        ),
        [[button(t("Take messages again"), f"admin:contact:unban:{banned.handle}")]],
    )


async def _list(context: Context) -> None:
    t, found = context.t, await context.services.contact.bans()
    if not found:
        await context.say(t("Everybody may write to the team: nobody is banned."))
        return
    zone = context.services.house.timezone
    text = t.n(
        "{n} person may not write to the team. Who they are is known to nobody here; whose "
        "messages shall be taken again?",
        "{n} people may not write to the team. Who they are is known to nobody here; whose "
        "messages shall be taken again?",
        len(found),
    )
    rows = [
        [
            button(
                t("Banned {moment}", moment=t.time(one.since, zone)).unescape(),
                _lifting(one.handle),
            )
        ]
        for one in found[:_LISTED]
    ]
    await context.say(text, rows)


async def _me(context: Context) -> str:
    return await context.services.staff.pseudonym(context.supporter.id)


def _lifting(handle: str) -> str:
    return f"admin:contact:unban:{handle}"


async def _lift(handle: str, context: Context) -> None:
    t = context.t
    if await context.services.contact.lift(handle, await _me(context)):
        await context.reply(t("This person's messages are passed on again."))
    else:
        await context.reply(
            t("There is no such ban, so this person can write: it was lifted, or erased by them.")
        )
