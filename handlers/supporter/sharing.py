"""Passing on: a link of one's own, its end, links that are everybody's, and typed codes."""

from urllib.parse import quote, urlencode

from markupsafe import Markup
from telegram import InlineKeyboardButton, Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Buttons, Context, button
from bot.models.sharing import Kind, ShareLink, Target
from handlers.links import address
from handlers.review import is_shown
from handlers.supporter import ask, cases, letters, petitions
from handlers.supporter.quiet import rests

_TOLD_FROM = 3  # fewer could be guessed to be this one or that one
_OPENERS = {
    Kind.PETITION: petitions.show,
    Kind.CASE: cases.show,
    Kind.ASK: ask.show,
    Kind.LETTER: letters.show,
}


async def open_target(target: Target, context: Context) -> None:
    await _OPENERS[target.kind](target.slug, context)


async def open_link(token: str, context: Context) -> None:
    """Behind `t.me/<bot>?start=s-<token>`: whoever opens it sees the card, and is herself."""
    target = await context.services.sharing.follow(token, context.supporter)
    if target is not None:
        await open_target(target, context)
        return
    if rests(context):
        await context.say(
            context.t("I do not know this link. It may be incomplete or out of date.")
        )
        return
    await context.say(
        context.t(
            "This link leads nowhere any more: whoever made it has had everything about them "
            "erased, or it is not whole. This is what there is instead:"
        )
    )
    await petitions.list_petitions(context.incoming, context)


async def open_code(words: str, context: Context) -> bool:
    """Open what a typed code stands for; False when the message is none."""
    meant = context.services.sharing.meant(words)
    if len(meant) == 1:
        await open_target(meant[0], context)
    elif meant:
        titles = [(await _title(one, context), _opening(one)) for one in meant]
        buttons = [[button(title, data)] for title, data in titles if title]
        await context.reply(context.t("This code stands for more than one text:"), buttons)
    return bool(meant)


async def share(_: Update, context: Context) -> None:
    """Show her link to this, in a new message: what it stands under may be a receipt."""
    context.anew()
    target = Target(Kind(context.group("kind")), context.group("slug"))
    title = await _title(target, context)
    if title:
        link = await context.services.sharing.link(target, context.supporter)
        await context.reply(_about(link, title, context), _ways(link, title, context))
    else:  # closed since the button was made, or ended by the family
        await open_target(target, context)


async def give(_: Update, context: Context) -> None:
    """Show the link to an answer or a letter: it is everybody's, and nothing is kept of this."""
    context.anew()
    target = Target(Kind(context.group("kind")), context.group("slug"))
    title = await _title(target, context)
    if not title:  # withdrawn since the button was made, or over
        await open_target(target, context)
        return
    link = address(context.bot.username, target.payload)
    text = context.t(
        "<b>Pass on “{title}”</b>\n\n{link}\n\nWhere links do not open, one can also send me this "
        "code: <code>{code}</code>\n\nLink and code are the same for everybody: they lead back to "
        "nobody, and we keep nothing about who passes them on.",
        title=title,
        link=link,
        code=context.services.sharing.code(target),
    )
    await context.reply(text, [[_choose(link, title, context)]])


async def end(_: Update, context: Context) -> None:
    target = await context.services.sharing.end(context.group("token"), context.supporter)
    t = context.t
    if target is None:
        await context.reply(t("This is no link of yours, so nothing was changed."))
        return
    await context.reply(
        t(
            "This link is nobody's now. Whoever opens it still comes to the same place, and "
            "nothing is counted by it any more."
        ),
        [[button(t("Make a new link"), f"share:{target.kind}:{target.slug}")]],
    )


def _about(link: ShareLink, title: str, context: Context) -> Markup:
    return context.t(
        "<b>Pass on “{title}”</b>\n\n{link}\n\nWhere links do not open, one can also send me this "
        "code: <code>{code}</code>\n\nThe link tells nobody who you are, and whoever opens it acts "
        "for themselves alone. We keep that it is yours until you make it invalid.\n\n{signed}",
        title=title,
        link=_own(link, context),
        code=context.services.sharing.code(link.target),
        signed=_signed(link, context),
    )


def _signed(link: ShareLink, context: Context) -> Markup:
    if link.signed < _TOLD_FROM:
        return context.t(
            "If three people or more sign within a day of opening it, you see here how many, and "
            "never who."
        )
    return context.t.n(
        "{n} person signed after your link.", "{n} people signed after your link.", link.signed
    )


def _ways(link: ShareLink, title: str, context: Context) -> Buttons:
    t = context.t
    card = InlineKeyboardButton(t("Send the petition's card"), switch_inline_query=link.target.slug)
    has_card = link.target.kind is Kind.PETITION and context.bot.supports_inline_queries
    return [
        [_choose(_own(link, context), title, context)],
        *([[card]] if has_card else []),
        [button(t("Make this link invalid"), f"share:end:{link.token}")],
    ]


def _choose(link: str, title: str, context: Context) -> InlineKeyboardButton:
    shared = urlencode({"url": link, "text": title}, quote_via=quote)
    label = context.t("Choose a chat")
    return InlineKeyboardButton(label, url=f"https://t.me/share/url?{shared}")


def _own(link: ShareLink, context: Context) -> str:
    return address(context.bot.username, f"s-{link.token}")


async def _title(target: Target, context: Context) -> str:
    """Empty when it cannot be passed on (any more): a petition is open, a case is told of.

    An answer is called so in the language in which it was read.
    """
    services, language = context.services, context.supporter.language
    match target.kind:
        case Kind.PETITION:
            open_ones = await services.petitions.open_ones(language)
            return next((one.title for one, _ in open_ones if one.slug == target.slug), "")
        case Kind.CASE:
            found = await services.cases.find(target.slug, language)
            case = None if found is None or found.is_closed else found.case
            return case.title if case and is_shown(case, context) else ""
        case Kind.LETTER:
            writable = await services.letters.open_ones(language)
            return next((one.title for one in writable if one.slug == target.slug), "")
    passage = services.content.language(context.t.language).passages.get(target.slug)
    return passage.title if passage and is_shown(passage, context) else ""


def _opening(target: Target) -> str:
    """The data of a button that opens it."""
    between = "passage:" if target.kind is Kind.ASK else ""
    return f"{target.kind}:{between}{target.slug}"


def register(app: App) -> None:
    kind, slug = f"(?P<kind>{Kind.PETITION}|{Kind.CASE})", "(?P<slug>[a-z0-9-]+)"
    app.add_handler(CallbackQueryHandler(share, pattern=rf"^share:{kind}:{slug}$"))
    whole = rf"^share:(?P<kind>{Kind.ASK}|{Kind.LETTER}):{slug}{ask.LANGUAGE}"
    app.add_handler(CallbackQueryHandler(ask.in_its_language(give), pattern=whole))
    app.add_handler(CallbackQueryHandler(end, pattern=r"^share:end:(?P<token>[A-Za-z0-9_-]+)$"))
