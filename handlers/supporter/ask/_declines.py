"""What is said where no text answers, and where it leads on."""

from markupsafe import Markup

from bot.context import Context
from bot.services.explainer import Reply
from handlers.review import withheld
from handlers.supporter.ask._tongue import say
from handlers.supporter.ask._words import (
    doors,
    filled,
    in_every_language,
    no_answer,
    unclear,
    ways_on,
    without_answer,
)
from handlers.supporter.near import with_near


async def decline(reply: Reply, context: Context) -> None:
    if reply.reason == "no_words":
        only = context.t("I can only read words. Write your question as a sentence, please.")
        await say(with_near(only, context), (), context)
        return
    text = without_answer(_declined(reply, context), context)
    await say(text, ways_on(context), context, quoting=True)
    context.supporter = await context.services.reading.left(context.supporter)


def _declined(reply: Reply, context: Context) -> Markup:
    if reply.reason == "language":
        return in_every_language(context)
    if reply.text is not None:
        return filled(reply.text.body, context)
    if reply.withheld is not None:
        return withheld(reply.withheld, context)
    return no_answer(context)


async def say_unclear(context: Context) -> None:
    await say(with_near(unclear(context), context), doors(context), context)
