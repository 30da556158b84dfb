"""What is said in which languages, what waits for a review, and what comes next."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.content import State
from bot.context import Context, button
from bot.i18n import Translator
from bot.services.editorial import Milestone
from handlers.admin.content._words import listed, midnight


async def show(context: Context) -> None:
    editorial, t = context.services.editorial, context.t
    states = editorial.states()
    counts = t(
        "<b>Content</b>\n{texts}\nIn date: {current}\nPast their review date: {overdue}\n"
        "Long past it: {withdrawn}",
        texts=_languages(context),
        current=t.number(states[State.CURRENT]),
        overdue=t.number(states[State.OVERDUE]),
        withdrawn=t.number(states[State.WITHDRAWN]),
    )
    parts = (counts, _pending(context), _next(editorial.next_dates(), context), _ways(t))
    await context.say(
        Markup("\n\n").join(filter(None, parts)),
        [[button(t("Read the files again"), "admin:content:reload")]],
    )


def _languages(context: Context) -> Markup:
    t, content = context.t, context.services.content
    return t.list(
        t("{language}: {n}", language=t.name_of(code), n=t.number(len(list(language.texts))))
        for code, language in content.languages.items()
    )


def _pending(context: Context) -> Markup:
    t, texts = context.t, context.services.editorial.pending
    if not texts:
        return t("Every text has been reviewed.")
    names = listed([context.services.editorial.place(text) for text in texts], t)
    return t.n(
        "{n} text waits for a review by a person (review: pending):\n{names}",
        "{n} texts wait for a review by a person (review: pending):\n{names}",
        len(texts),
        names=names,
    )


def _next(dates: Sequence[Milestone], context: Context) -> Markup | None:
    t, zone = context.t, context.services.house.timezone
    lines = [
        t("• {day}: {n}", day=t.day(midnight(one.day, zone), zone), n=t.number(one.texts))
        for one in dates
    ]
    if not lines:
        return None
    return t("The next review dates, and how many texts:\n{days}", days=Markup("\n").join(lines))


def _ways(t: Translator) -> Markup:
    return t(
        "<b>What one can do</b> (admins)\n"
        "/content reload – read the files again: all of them, or nothing\n"
        "/content file <i>name</i> – get a text's file. Change it, and send it back as a reply: "
        "another admin then accepts the difference that I show\n"
        "A new text: send its file with the words <code>/content</code> and its place, like "
        "<code>/content en/explainer/law/name.md</code>\n"
        "/content review <i>name</i> <i>language</i> – read a text and say that it is right\n"
        "/content reviews – who reviewed what"
    )
