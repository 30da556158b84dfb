"""Before those who asked are told what came of a petition: how many, and what they would read."""

from collections.abc import Iterator

from markupsafe import Markup

from bot.context import Buttons, Context, button
from bot.i18n import own_direction
from bot.services.cases import Announcement
from handlers.admin.petitions._spot import data


async def ask(made: Announcement, context: Context) -> None:
    t, people = context.t, made.count.total
    back = [button(t("Back"), data(made.page, "page"))]
    if not people:
        await context.reply(t("Nobody who can be reached has asked to be told of it."), [back])
        return
    text = t(
        "Nobody is told yet. {people} would be, each one once: those who signed, or follow the "
        "case behind it, and want to know. This is what they would read:\n\n{texts}\n\nAnother "
        "admin has to approve it first.",
        people=t.n("{n} person", "{n} people", people),
        texts=Markup("\n").join(_texts(made, context)),
    )
    rows: Buttons = [[button(t("Ask another admin"), data(made.page, "tell", "yes"))], back]
    await context.reply(text, rows)


def _texts(made: Announcement, context: Context) -> Iterator[Markup]:
    t = context.t
    for code, words in made.alert.words.items():
        yield t(
            "<b>{language}</b><blockquote>{words}</blockquote>",
            language=t.name_of(code),
            words=own_direction(words.text),
        )
    if len(made.alert.words) == 1:
        yield t("It stands in for the other languages.")
