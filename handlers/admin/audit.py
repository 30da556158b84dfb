"""/audit: what the staff did last, one sentence for each act."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.context import App, Buttons, Command, Context, button
from bot.i18n import N_, Translator
from bot.models import Role
from bot.models.audit import Entry
from handlers.admin.gate import admin_group

_SHOWN, _ON_PAGE = 50, 10
_SENTENCES: Mapping[str, str] = {
    "alert submitted": N_("{who} asked for approval of alert {what}."),
    "alert approved": N_("{who} approved alert {what}."),
    "alert released": N_("{who} let alert {what} go out, which was held."),
    "alert sent back": N_("{who} sent alert {what} back to its author."),
    "alert taken back": N_("{who} changed alert {what}, which needs a new approval now."),
    "alert paused": N_("{who} paused alert {what}."),
    "alert resumed": N_("{who} let alert {what} go on."),
    "alert cancelled": N_("{who} cancelled alert {what}."),
    "alert tried again": N_("{who} tried again those whom alert {what} had not reached."),
    "unknown left": N_("{who} left those as they are who may have alert {what} or not."),
    "correction begun": N_("{who} began a correction of alert {what}."),
    "recall asked for": N_("{who} asked for a recall of alert {what}."),
    "alert recalled": N_("{who} recalled alert {what}."),
    "sends stopped": N_("{who} stopped every send."),
    "sends let go": N_("{who} let sends go on."),
    "admin group moved": N_("The admin group has become a supergroup."),
    "role given": N_("{who} gave {what} another role: {detail}."),
    "role link made": N_("{who} made a link that gives one person a role: {what}."),
    "role taken by link": N_("{who} has a role by a link: {detail}."),
    "ban made": N_("{who} lets somebody's messages reach the team no more (ban {what})."),
    "ban lifted": N_("{who} lets somebody's messages reach the team again (ban {what})."),
    "text proposed": N_("{who} proposed another text for {what}."),
    "text dropped": N_("{who} dropped what was proposed for {what}."),
    "review begun": N_("{who} began to review {what}."),
    "text accepted": N_("{who} accepted the new text of {what}."),
    "text reviewed": N_("{who} reviewed {what}."),
    "texts reloaded": N_("{who} had the text files read again."),
    "petition begun": N_("{who} began a petition: {what}."),
    "petition terms": N_("{who} changed the terms of {what}: {detail}."),
    "petition dropped": N_("{who} dropped the draft of {what}."),
    "petition approved": N_("{who} approved the petition {what}."),
    "petition review": N_("{who} asked for approval of the petition {what}."),
    "petition draft": N_("{who} sent the petition {what} back to its authors."),
    "petition open": N_("{who} opened the petition {what}."),
    "petition paused": N_("{who} paused the petition {what}."),
    "petition closed": N_("{who} closed the petition {what}."),
    "petition delivered": N_("{who} noted that the petition {what} was delivered."),
    "petition won": N_("{who} noted that the petition {what} was won."),
    "petition not won": N_("{who} noted that the petition {what} was not won."),
    "petition withdrawn": N_("{who} withdrew the petition {what}."),
    "petition outcome": N_("{who} wrote the outcome of the petition {what}."),
    "petition corrected": N_("{who} corrected the text of the petition {what}: {detail}."),
    "petition correction approved": N_("{who} approved a correction of the petition {what}."),
    "petition correction dropped": N_("{who} dropped a correction of the petition {what}."),
    "case stopped": N_("{who} stopped all that goes out about the case {what}."),
    "case outcome submitted": N_("{who} asked for approval of the outcome of the case {what}."),
    "case outcome accepted": N_("{who} accepted the outcome of the case {what}."),
    "case ending dropped": N_("{who} dropped what was prepared about the end of the case {what}."),
}
_ANOTHER = N_("{who}: {act}, {what}.")  # written by a version that knew other acts
_ROLES: Mapping[str, str] = {
    "supporter": N_("supporter"),
    "viewer": N_("viewer"),
    "organiser": N_("organiser"),
    "admin": N_("admin"),
}


@admin_group(Role.ADMIN)
async def audit(_: Update, context: Context) -> None:
    await _show(0, context)


@admin_group(Role.ADMIN)
async def show_page(_: Update, context: Context) -> None:
    await _show(int(context.group("page")), context)


async def _show(page: int, context: Context) -> None:
    found = await context.services.audit.newest(_SHOWN)
    pages = max(1, -(-len(found) // _ON_PAGE))
    page = min(page, pages - 1)
    shown = found[page * _ON_PAGE : (page + 1) * _ON_PAGE]
    t, zone = context.t, context.services.house.timezone
    if not shown:
        await context.reply(t("Nobody has done anything yet that would be written down here."))
        return
    head = t(
        "<b>What the staff did last</b>\nEvery act stays written down; <code>python -m bot db "
        "verify</code> on the server proves that none was changed. /staff tells who is who."
    )
    text = Markup("\n\n").join([head, *(_line(entry, zone, t) for entry in shown)])
    await context.reply(text, _turns(page, pages, t))


def _line(entry: Entry, zone: ZoneInfo, t: Translator) -> Markup:
    kind, _, name = entry.subject.partition(":")
    sentence = t(
        _SENTENCES.get(entry.act, _ANOTHER),
        who=entry.pseudonym,
        act=entry.act,
        what=t(_ROLES[name]) if kind == "role" else name or entry.subject,
        detail=t(_ROLES[entry.detail]) if kind == "staff" else entry.detail,
    )
    return t("<i>{when}</i>\n{sentence}", when=t.time(entry.at, zone), sentence=sentence)


def _turns(page: int, pages: int, t: Translator) -> Buttons:
    turns = []
    if page:
        turns.append(button(t("Newer"), f"admin:audit:{page - 1}"))
    if page + 1 < pages:
        turns.append(button(t("Older"), f"admin:audit:{page + 1}"))
    return [turns] if turns else []


COMMANDS = (Command("audit", N_("What the staff did last"), audit),)


def register(app: App) -> None:
    app.add_handler(CallbackQueryHandler(show_page, r"^admin:audit:(?P<page>\d{1,2})$"))
