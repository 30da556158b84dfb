"""What answers look like, and the buttons that lead on from them."""

from collections.abc import Iterable

from markupsafe import Markup
from telegram import InlineKeyboardButton

from bot.content import Language, Meta, Passage
from bot.content.texts import fill
from bot.context import Buttons, Context, button
from bot.services.explainer import Reply
from handlers.review import dated, is_shown
from handlers.supporter.quiet import invites, to_petitions


def no_answer(context: Context) -> Markup:
    return context.t(
        "I have no vetted answer to that yet. You can look through the subjects, or pass your "
        "question to the team: it is kept without your name or number."
    )


def being_checked(context: Context) -> Markup:
    return context.t("What I have on that is being checked again, so I do not show it now.")


def ways_on(context: Context) -> Buttons:
    t = context.t
    return [[button(t("Subjects"), "go:ask"), button(t("Pass it on"), "ask:pass")]]


def doors(context: Context) -> Buttons:
    return [[button(context.t("Subjects"), "go:ask"), *to_petitions(context)]]


def to_a_person(language: str, context: Context) -> Buttons:
    t = context.services.catalogues[language]
    return [[button(t("Reach a person"), "go:contact")]]


def with_near(text: Markup, context: Context) -> Markup:
    """The quiet line to the support card, since no rule recognises everybody who needs it."""
    line = context.t(
        "<i>Is this about you, or somebody near you? {command}</i>", command="/support"
    )
    return Markup("\n\n").join((text, line))


def too_long(context: Context) -> Markup:
    return context.t(
        "Your message was so long that it reached me in pieces, and I cannot tell what the "
        "question is. Write it again in one or two sentences, please."
    )


def passage_text(passage: Passage, context: Context) -> Markup:
    """The passage word for word, with where it comes from and how old it is."""
    t = context.t
    text = t(
        "<b>{title}</b>\n\n{body}\n\n<i>Source: {source}\nAs of: {as_of}</i>",
        title=passage.title,
        body=passage.body,
        source=passage.source,
        as_of=passage.as_of,
    )
    return with_near(dated(text, passage, context), context)


def also(others: Iterable[Passage], shown: Passage, context: Context) -> Buttons:
    rows = [
        [open_text(passage)]
        for passage in others
        if is_shown(passage, context) and not invites(passage, context)
    ]
    subject = button(context.t("More on this"), f"ask:subject:{shown.subject}")
    return [*rows, [subject, button(context.t("All subjects"), "go:ask")]]


def open_text(text: Passage | Meta) -> InlineKeyboardButton:
    kind = "passage" if isinstance(text, Passage) else "meta"
    return button(text.title, f"ask:{kind}:{text.id}")


def action(text: Meta, context: Context) -> Buttons:
    labels = {
        "petitions": context.t("Petitions"),
        "mysignatures": context.t("My signatures"),
        "privacy": context.t("What is kept"),
        "mydata": context.t("Show my data"),
        "forgetme": context.t("Erase my data"),
        "alerts": context.t("What I get"),
        "stop": context.t("Stop messages"),
        "help": context.t("What I can do"),
        "ask": context.t("Subjects"),
        "contact": context.t("Reach a person"),
        "cases": context.t("Cases"),
        "settings": context.t("Settings"),
    }
    return [[button(labels[text.action], f"go:{text.action}")]] if text.action else ()


def texts(context: Context) -> Language:
    return context.services.content.language(context.supporter.language)


def filled(body: str, context: Context) -> Markup:
    """An editor's text with the organisation's name and address in it."""
    house = context.services.house
    return context.t.text(fill(body, house.organisation, house.contact))


def support_card(language: str, context: Context) -> Markup:
    card = context.services.content.language(language).support
    t, words = context.services.catalogues[language], filled(card.body, context)
    return t("<b>{title}</b>\n\n{words}", title=card.title, words=words)


def language_of(reply: Reply | None, context: Context) -> str:
    """Of the support card that the message calls for: the rule that it raised knows its own."""
    spoken = context.services.content.languages.items()
    told = (code for code, texts in spoken if reply is not None and texts.support is reply.text)
    return next(told, context.supporter.language)
