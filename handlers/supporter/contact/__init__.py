"""/contact: a message to the team under an alias, and an answer to what the team wrote."""

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.content.texts import utf16_units
from bot.context import App, Command, Context
from bot.i18n import N_
from bot.services.contact import LONGEST
from bot.services.explainer import Reply
from handlers.admin.contact import post
from handlers.supporter import ask
from handlers.supporter.contact import _words as words

DIALOG = "contact"
# A cry for help gets the support card. After FIRST it has to be sent again, as it is kept nowhere.
# ANSWER goes on at once: somebody of the team is in the conversation. Neither row is touched by a
# cry, so that it is the same for whoever has nothing to cry about.
FIRST, ANSWER = "first", "answer"
PASSED = "passed"  # the team has it, and she may not have been told yet


async def contact(_: Update, context: Context) -> None:
    """Say what will happen, and wait for the message.

    Who cried for help behind the command has been shown the card: she need not see it again.
    """
    service = context.services.contact
    if await _cry(" ".join(context.args or ()), context):
        service.card_shown(context.supporter, context.incoming.update_id)
    else:
        service.forget_card(context.supporter)
    await _begin(FIRST, words.what_happens(context), context)


async def answer_team(_: Update, context: Context) -> None:
    """Under the team's answer, which stays as it is."""
    context.services.contact.forget_card(context.supporter)
    context.anew()
    if await context.services.contact.relay(context.supporter) is None:
        await _begin(FIRST, words.what_happens(context), context)
    else:
        await _begin(ANSWER, words.write_now(context), context)


def is_waiting(context: Context) -> bool:
    """Whether what comes in now is for the team."""
    dialog = context.dialog
    if dialog is None or dialog.name != DIALOG:
        return False
    return dialog.step != PASSED or dialog.update_id == context.incoming.update_id


async def take(message: Message, context: Context) -> None:
    """The message that was waited for. It is passed on or refused, and in no case kept."""
    assert context.dialog is not None
    step, update_id = context.dialog.step, context.incoming.update_id
    if step == PASSED:
        await _say_passed(context)
        return
    said = message.text or message.caption or ""
    cry = await _cry(said, context)
    if cry and not context.services.contact.has_card(context.supporter, update_id):
        context.dialog = None  # the card does not end it
        await ask.support(context, cry)
        if step != ANSWER:
            context.services.contact.card_shown(context.supporter, update_id)
            await context.say(words.once_more(context), insist=True)
            return
    if message.text is None:
        await context.say(words.only_words(context))
    elif utf16_units(said) > LONGEST:
        await context.services.dialogs.close(context.supporter)  # its rest comes by itself
        await context.say(words.too_long(context))
    else:
        await _pass_on(said, context)


async def _begin(step: str, text: Markup, context: Context) -> None:
    refused = await _refusal(context)
    if refused is not None:
        await context.reply(refused)
        return
    await _wait(step, context)
    await context.reply(text)


async def _refusal(context: Context) -> Markup | None:
    """Why nothing is passed on for her now; None when it is."""
    service = context.services.contact
    if await service.ban_of(context.supporter.id):
        await context.services.dialogs.close(context.supporter)
        return words.banned(context)
    if context.admin_chat is None:
        await context.services.dialogs.close(context.supporter)
        return words.elsewhere(context)
    wait = service.wait(context.supporter)
    return None if wait is None else words.too_often(wait, context)


async def _pass_on(said: str, context: Context) -> None:
    """She is told that it was passed on after it was. Where it was not, the step stays open."""
    refused = await _refusal(context)
    if refused is not None:
        await context.say(refused)
        return
    service = context.services.contact
    relay = await service.alias_for(context.supporter)
    if not await post(said, relay, context.bot, context.services):
        await context.say(words.not_passed(context), insist=True)
        return
    service.passed(context.supporter)
    await _wait(PASSED, context)
    await _say_passed(context)


async def _say_passed(context: Context) -> None:
    relay = await context.services.contact.relay(context.supporter)
    await context.say(words.passed(relay, context), insist=True)
    await context.services.dialogs.close(context.supporter)


async def _wait(step: str, context: Context) -> None:
    update_id = context.incoming.update_id
    await context.services.dialogs.move(context.supporter, DIALOG, step, {}, update_id)


async def _cry(said: str, context: Context) -> Reply | None:
    """The reply to a cry for help, None to anything else; from here in the words' language."""
    if not said:
        return None
    reply = await ask.look_up(said, context)
    ask.speak(reply.language, context)
    return reply if reply.kind == "support" else None


COMMANDS = (Command("contact", N_("Reach a person"), contact),)


def register(app: App) -> None:
    app.add_handler(CallbackQueryHandler(answer_team, pattern=r"^contact:answer$"))
