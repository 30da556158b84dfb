"""What answers look like, and the buttons that lead on from them."""

from collections.abc import Iterable

from markupsafe import Markup
from telegram import InlineKeyboardButton

from bot.content import Language, Meta, Passage
from bot.content.texts import fill
from bot.context import Buttons, Context, button
from bot.i18n import own_direction
from bot.models.sharing import Kind
from bot.services.explainer.saying import NO_ANSWER, UNCLEAR, UNREADABLE
from handlers.review import dated, is_shown
from handlers.supporter.ask._tongue import tagged
from handlers.supporter.near import with_near
from handlers.supporter.quiet import invites, rests, to_petitions


def no_answer(context: Context) -> Markup:
    return context.t(NO_ANSWER)


def unclear(context: Context) -> Markup:
    """To “tell me more”, when nothing is remembered that it could be about."""
    return context.t(UNCLEAR)


def in_every_language(context: Context) -> Markup:
    """For whoever writes in a language that no text is in: one line in each that there is."""
    catalogues = context.services.catalogues
    spoken = (catalogues[code] for code in catalogues)
    return Markup("\n").join(
        t(UNREADABLE, language=t.name_of(code)) for code, t in zip(catalogues, spoken, strict=True)
    )


def being_checked(context: Context) -> Markup:
    return context.t("What I have on that is being checked again, so I do not show it now.")


def too_long(context: Context) -> Markup:
    return context.t(
        "Your message was so long that it reached me in pieces, and I cannot tell what the "
        "question is. Write it again in one or two sentences, please."
    )


def gone(context: Context) -> tuple[Markup, Buttons]:
    text = context.t("There is no such text any more. The subjects lead to all others.")
    return with_near(text, context), [[all_subjects(context)]]


def without_answer(text: Markup, context: Context) -> Markup:
    """A decline with what each of the `ways_on` does, to be read before one is tapped."""
    ways = context.t(
        "“Pass it to the team” keeps your question, without your name or number, so that they can "
        "write an answer for everybody. “Reach a person” is for an answer to you yourself."
    )
    return with_near(Markup("\n\n").join((text, ways)), context)


def ways_on(context: Context) -> Buttons:
    t = context.t
    return [
        [button(t("Pass it to the team"), tagged("ask:pass", context))],
        [a_person(context), subjects(context)],
    ]


def what_is_kept(words: str, context: Context) -> Markup:
    return context.t(
        "The team would get your question like this, without what could lead to you or to "
        "others:\n\n{words}\n\nDoes it name somebody all the same? Then write it anew without "
        "the name.",
        words=own_direction(words),
    )


def sure(context: Context) -> Buttons:
    t = context.t
    return [[button(t("Pass it on like this"), tagged("ask:sure", context))], [subjects(context)]]


def doors(context: Context) -> Buttons:
    return [[subjects(context), *to_petitions(context)]]


def subjects(context: Context) -> InlineKeyboardButton:
    return button(context.t("Subjects"), tagged("ask:subjects", context))


def all_subjects(context: Context) -> InlineKeyboardButton:
    return button(context.t("All subjects"), tagged("ask:subjects", context))


def to_a_person(context: Context) -> Buttons:
    return [[a_person(context)]]


def a_person(context: Context) -> InlineKeyboardButton:
    return button(context.t("Reach a person"), tagged("go:contact", context))


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
        [open_text(passage, context)]
        for passage in others
        if is_shown(passage, context) and not invites(passage, context)
    ]
    return [*rows, subjects_of(shown, context), *sharing(shown, context)]


def sharing(passage: Passage, context: Context) -> Buttons:
    """To pass it on; not for whoever rests, nor in the hour after a support card."""
    if rests(context):
        return ()
    data = f"share:{Kind.ASK}:{passage.id}"
    return [[button(context.t("Share"), tagged(data, context))]]


def subjects_of(shown: Passage, context: Context) -> list[InlineKeyboardButton]:
    more = tagged(f"ask:subject:{shown.subject}", context)
    return [button(context.t("More on this"), more), all_subjects(context)]


def open_text(passage: Passage, context: Context) -> InlineKeyboardButton:
    return button(passage.title, tagged(f"ask:passage:{passage.id}", context))


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
        "cases": context.t("Cases"),
        "settings": context.t("Settings"),
    }
    if text.action == "contact":
        return to_a_person(context)
    return [[button(labels[text.action], f"go:{text.action}")]] if text.action else ()


def texts(context: Context) -> Language:
    """Those of the language that is spoken now."""
    return context.services.content.language(context.t.language)


def filled(body: str, context: Context) -> Markup:
    """An editor's text with the organisation's name and address in it."""
    house = context.services.house
    return context.t.text(fill(body, house.organisation, house.contact))


def support_card(context: Context) -> Markup:
    card = texts(context).support
    words = filled(card.body, context)
    return context.t("<b>{title}</b>\n\n{words}", title=card.title, words=words)
