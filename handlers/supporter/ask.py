"""Questions: in free text, by /ask, and by the buttons that lead to every passage."""

import re
from collections.abc import Iterable

from markupsafe import Markup
from telegram import InlineKeyboardButton, Message, Update
from telegram.ext import CallbackQueryHandler

from bot.content import Language, Meta, Passage
from bot.content.texts import fill, utf16_units
from bot.context import App, Buttons, Command, Context, button
from bot.i18n import N_
from bot.services.explainer import Reply
from handlers.review import dated, is_shown

_SPLIT = 4_000  # UTF-16 units: clients cut what is longer than 4096, some of them at a space
_COMMAND = re.compile(r"/\w+(@\w+)?\s+")


async def ask(update: Update, context: Context) -> None:
    """`/ask` shows the subjects; with words behind it, it answers them."""
    words = " ".join(context.args or ())
    if not words:
        await show_subjects(update, context)
        return
    await answer(words, look_up(words, context), context)


def look_up(words: str, context: Context) -> Reply:
    today = context.services.now().date()
    return context.services.explainer.ask(words, context.supporter.language, today)


async def support(context: Context) -> None:
    """The support card, alone: nothing to sign, nothing to share, nothing kept.

    It ends an open dialog, which would keep what the person writes next.
    """
    if context.dialog is not None:
        await context.services.dialogs.close(context.supporter)
    card = _texts(context).support
    await context.say(_titled(card.title, _filled(card.body, context), context))


async def answer(words: str, reply: Reply, context: Context) -> None:
    """Say what the explainer found, or honestly that it found nothing."""
    match reply.kind, reply.text:
        case "support", _:
            await support(context)
        case _ if utf16_units(words) >= _SPLIT:
            await context.say(_too_long(context))
        case "answer", Passage() as passage:
            await context.say(_passage(passage, context), _also(reply.also, passage, context))
        case "suggest", _:
            await _suggest(reply.options, context)
        case "meta", Meta() as text:
            await context.say(_filled_markup(text.body, context), _action(text, context))
        case "smalltalk", text if text is not None:
            await context.say(_filled_markup(text.body, context), _doors(context))
        case _:
            await _decline(reply, context)


async def show_subjects(_: Update, context: Context) -> None:
    buttons = [
        [button(subject.title, f"ask:subject:{subject.slug}")]
        for subject in _texts(context).subjects
    ]
    await context.reply(
        context.t("Write your question in your own words, or choose a subject:"), buttons
    )


async def show_subject(update: Update, context: Context) -> None:
    slug = context.group("slug")
    found = [subject for subject in _texts(context).subjects if subject.slug == slug]
    if not found:
        await show_subjects(update, context)
        return
    t, subject = context.t, found[0]
    rows = [[_open(passage)] for passage in subject.passages if is_shown(passage, context)]
    words = t("Choose what you want to read:") if rows else _being_checked(context)
    await context.reply(
        t("<b>{subject}</b>\n\n{words}", subject=subject.title, words=words),
        [*rows, [button(t("All subjects"), "go:ask")]],
    )


async def show(name: str, context: Context) -> None:
    """A passage by its name, from a button or a link; says so when there is none any more."""
    passage = _texts(context).passages.get(name)
    if passage is None or not is_shown(passage, context):
        await context.reply(
            context.t(
                "There is no such text, or it is no longer shown because it has to be checked. "
                "The subjects lead to all others."
            ),
            [[button(context.t("All subjects"), "go:ask")]],
        )
        return
    related = [_texts(context).passages[other] for other in passage.related]
    await context.reply(_passage(passage, context), _also(related, passage, context))


async def show_passage(_: Update, context: Context) -> None:
    await show(context.group("name"), context)


async def show_meta(update: Update, context: Context) -> None:
    text = _texts(context).meta.get(context.group("name"))
    if text is None:
        await show_subjects(update, context)
        return
    await context.reply(_filled_markup(text.body, context), _action(text, context))


async def none_of_these(_: Update, context: Context) -> None:
    await context.reply(_no_answer(context), _ways_on(context))


async def pass_on(_: Update, context: Context) -> None:
    """Keep the question that the tapped message quotes: nobody had to keep it until this yes."""
    words = _quoted(context)
    if not words or look_up(words, context).kind == "support":
        await context.reply(
            context.t("I cannot see your question any more. Write it again, please.")
        )
        return
    if not await context.take_buttons():  # a second tap, and nothing else could tell them apart
        return
    await context.services.questions.keep(context.supporter.language, words)
    await context.reply(
        context.t(
            "Passed on, without your name or number. The team sees it among others and may write "
            "an answer for everybody. It is deleted after 30 days.\n\n"
            "For an answer to you in person: /contact"
        )
    )


def _quoted(context: Context) -> str:
    """The question under which the tapped message stands, without the command before it."""
    message = context.incoming.effective_message
    asked = message.reply_to_message if isinstance(message, Message) else None
    return _COMMAND.sub("", (asked.text or asked.caption or "") if asked else "", count=1)


async def _suggest(options: Iterable[Passage | Meta], context: Context) -> None:
    rows = [[_open(option)] for option in options]
    rows.append([button(context.t("None of these"), "ask:none")])
    await context.say(context.t("Did you mean one of these?"), rows, quoting=True)


async def _decline(reply: Reply, context: Context) -> None:
    t = context.t
    if reply.reason == "no_words":
        await context.say(t("I can only read words. Write your question as a sentence, please."))
    elif reply.text is not None:
        words = _filled_markup(reply.text.body, context)
        await context.say(words, _ways_on(context), quoting=True)
    elif reply.reason == "withdrawn":
        await context.say(_being_checked(context), _ways_on(context), quoting=True)
    else:
        await context.say(_no_answer(context), _ways_on(context), quoting=True)


def _no_answer(context: Context) -> Markup:
    return context.t(
        "I have no vetted answer to that yet. You can look through the subjects, or pass your "
        "question to the team: it is kept without your name or number."
    )


def _being_checked(context: Context) -> Markup:
    return context.t("What I have on that is being checked again, so I do not show it now.")


def _ways_on(context: Context) -> Buttons:
    t = context.t
    return [[button(t("Subjects"), "go:ask"), button(t("Pass it on"), "ask:pass")]]


def _doors(context: Context) -> Buttons:
    t = context.t
    return [[button(t("Subjects"), "go:ask"), button(t("Petitions"), "go:petitions")]]


def _too_long(context: Context) -> Markup:
    return context.t(
        "Your message was so long that it reached me in pieces, and I cannot tell what the "
        "question is. Write it again in one or two sentences, please."
    )


def _passage(passage: Passage, context: Context) -> Markup:
    """The passage word for word, with where it comes from and how old it is."""
    t = context.t
    text = t(
        "<b>{title}</b>\n\n{body}\n\n<i>Source: {source}\nAs of: {as_of}</i>",
        title=passage.title,
        body=passage.body,
        source=passage.source,
        as_of=passage.as_of,
    )
    return dated(text, passage, context)


def _also(others: Iterable[Passage], shown: Passage, context: Context) -> Buttons:
    rows = [[_open(passage)] for passage in others if is_shown(passage, context)]
    subject = button(context.t("More on this"), f"ask:subject:{shown.subject}")
    return [*rows, [subject, button(context.t("All subjects"), "go:ask")]]


def _open(text: Passage | Meta) -> InlineKeyboardButton:
    kind = "passage" if isinstance(text, Passage) else "meta"
    return button(text.title, f"ask:{kind}:{text.id}")


def _action(text: Meta, context: Context) -> Buttons:
    labels = {
        "petitions": context.t("Petitions"),
        "mysignatures": context.t("My signatures"),
        "privacy": context.t("What is kept"),
        "mydata": context.t("Show my data"),
        "forgetme": context.t("Erase my data"),
        "stop": context.t("Stop messages"),
        "help": context.t("What I can do"),
        "ask": context.t("Subjects"),
        "contact": context.t("Reach a person"),
        "cases": context.t("Cases"),
    }
    return [[button(labels[text.action], f"go:{text.action}")]] if text.action else ()


def _texts(context: Context) -> Language:
    return context.services.content.language(context.supporter.language)


def _filled(body: str, context: Context) -> str:
    house = context.services.house
    return fill(body, house.organisation, house.contact)


def _filled_markup(body: str, context: Context) -> Markup:
    return Markup("{}").format(_filled(body, context))


def _titled(title: str, words: str, context: Context) -> Markup:
    return context.t("<b>{title}</b>\n\n{words}", title=title, words=words)


COMMANDS = (Command("ask", N_("Ask a question, or choose a subject"), ask),)


def register(app: App) -> None:
    for pattern, handler in (
        (r"^ask:subject:(?P<slug>[a-z0-9-]+)$", show_subject),
        (r"^ask:passage:(?P<name>[a-z0-9-]+)$", show_passage),
        (r"^ask:meta:(?P<name>[a-z0-9-]+)$", show_meta),
        (r"^ask:none$", none_of_these),
        (r"^ask:pass$", pass_on),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=pattern))
