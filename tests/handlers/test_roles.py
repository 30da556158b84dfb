"""Who may do what, and where: a table of every handler, walked by really sending each of them.

Adding a handler is adding a line to `TABLE`; the failing test prints the line to add.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot.context import App
from bot.models import Role
from handlers.admin.gate import Gate, Place
from tests.conftest import Start, Vigil
from tests.conversation import Chat

_FALLBACK = "This button no longer works."
_REFUSAL = re.compile(
    r"Only (owners|admins|organisers|people of our staff) can do that\. "
    r"|This (command|button) works in "
    r"|I cannot tell who you are\. Turn off “Remain anonymous”"
    r"|A forwarded command does nothing\."
    r"|This shows how it arrives\."
)


@dataclass(frozen=True)
class Guarded:
    """The least role, the place, and what a button of it sends; a forged one that does nothing."""

    role: Role
    place: Place
    data: tuple[str, ...] = ()


def group(role: Role, *data: str) -> Guarded:
    return Guarded(role, Place.ADMIN_GROUP, data)


def private(role: Role, *data: str) -> Guarded:
    return Guarded(role, Place.PRIVATE, data)


OPEN = None  # for everybody; what it does is about nobody else
SHARED = "people chosen from the list"  # no button: a message that the list sends
REPLIED = "a reply to what somebody wrote to the team"  # no button either
FILE = "a file of the content"  # nor this
WORDS = "a reply to a question about a case"  # nor this
NO = "999:0123456789abcdef"  # a correction that nobody proposed
NONE = "70:0:0123456789ab"  # questions that nobody asked

TABLE: dict[str, Guarded | None] = {
    "handlers.identify.identify": OPEN,
    "handlers.interruptions.interrupt": OPEN,
    "handlers.membership.membership": OPEN,
    "handlers.supporter.start.start": OPEN,
    "handlers.supporter.start.show_help": OPEN,
    "handlers.supporter.ask.ask": OPEN,
    "handlers.supporter.petitions.list_petitions": OPEN,
    "handlers.supporter.signatures.list_signatures": OPEN,
    "handlers.supporter.cases.list_cases": OPEN,
    "handlers.supporter.alerts._screen.show_topics": OPEN,
    "handlers.supporter.settings._screen.show": OPEN,
    "handlers.supporter.settings._screen.choose_language": OPEN,
    "handlers.supporter.settings._screen.follow_telegram": OPEN,
    "handlers.supporter.settings._screen.choose_sound": OPEN,
    "handlers.supporter.settings._zone.ask_for_region": OPEN,
    "handlers.supporter.settings._zone.ask_for_city": OPEN,
    "handlers.supporter.settings._zone.ask_for_name": OPEN,
    "handlers.supporter.settings._zone.choose_zone": OPEN,
    "handlers.supporter.settings._hours.ask_for_hours": OPEN,
    "handlers.supporter.settings._hours.ask_to_write": OPEN,
    "handlers.supporter.settings._hours.choose_hours": OPEN,
    "handlers.supporter.settings._hours.choose_none": OPEN,
    "handlers.supporter.settings._limit.ask_for_limit": OPEN,
    "handlers.supporter.settings._limit.ask_from_alert": OPEN,
    "handlers.supporter.settings._limit.choose_limit": OPEN,
    "handlers.supporter.settings._limit.ask_for_day": OPEN,
    "handlers.supporter.settings._limit.choose_day": OPEN,
    "handlers.supporter.digest.read": OPEN,
    "handlers.supporter.start.speak": OPEN,
    "handlers.supporter.contact.contact": OPEN,
    "handlers.supporter.contact.answer_team": OPEN,
    "handlers.supporter.privacy.privacy": OPEN,
    "handlers.supporter.privacy.my_data": OPEN,
    "handlers.supporter.privacy.forget_me": OPEN,
    "handlers.supporter.stop.stop": OPEN,
    "handlers.supporter.cancel.cancel": OPEN,
    "handlers.supporter.numbers.show_id": OPEN,
    "handlers.organiser.begin.alert": private(Role.ORGANISER),
    "handlers.organiser.begin.update": private(Role.ORGANISER),
    "handlers.organiser.queue.queue": private(Role.ORGANISER, "queue:list"),
    "handlers.organiser.queue.turn": private(Role.ORGANISER, "queue:list:1"),
    "handlers.organiser.begin.begin": private(Role.ORGANISER, "begin:urgent"),
    "handlers.organiser.drafts.press": private(Role.ORGANISER, "draft:999:1:text"),
    "handlers.organiser.queue.show": private(Role.ORGANISER, "queue:show:999"),
    "handlers.organiser.queue.pause": private(Role.ORGANISER, "queue:pause:999"),
    "handlers.organiser.queue.cancel": private(Role.ORGANISER, "queue:cancel:999"),
    "handlers.organiser.amendments.correct": private(Role.ORGANISER, "queue:correct:999"),
    "handlers.organiser.amendments.ask_recall": private(Role.ORGANISER, "queue:recall:999"),
    "handlers.organiser.amendments.recall": private(Role.ORGANISER, "queue:recall:999:yes"),
    "handlers.admin.recalls.ask": group(Role.ADMIN, "admin:recall:999"),
    "handlers.admin.recalls.recall": group(Role.ADMIN, "admin:recall:999:yes"),
    "handlers.admin.recalls.leave": group(Role.ADMIN, "admin:recall:999:no"),
    "handlers.admin.staff._group.ask_removal": group(Role.ADMIN, "admin:staff:remove:S-0000"),
    "handlers.admin.staff._group.remove": group(Role.ADMIN, "admin:staff:gone:S-0000"),
    "handlers.admin.staff._group.show_list": group(Role.ADMIN, "admin:staff:list"),
    "handlers.admin.staff._picker.choose_role": private(Role.ADMIN),
    "handlers.admin.staff._picker.offer_list": private(Role.ADMIN, "staff:pick:viewer"),
    "handlers.admin.staff._picker.add_chosen": private(Role.ADMIN, SHARED),
    "handlers.admin.alerts.approve": group(Role.ADMIN, "admin:approve:999:1:1"),
    "handlers.admin.alerts.release": group(Role.ADMIN, "admin:release:999:1:1"),
    "handlers.admin.alerts.send_back": group(Role.ADMIN, "admin:back:999:1:1"),
    "handlers.admin.alerts.pause": group(Role.ADMIN, "admin:pause:999"),
    "handlers.admin.alerts.resume": group(Role.ADMIN, "admin:resume:999"),
    "handlers.admin.alerts.cancel": group(Role.ADMIN, "admin:cancel:999"),
    "handlers.admin.alerts.retry": group(Role.ADMIN, "admin:retry:failed:999"),
    "handlers.admin.alerts.leave": group(Role.ADMIN, "admin:leave:999"),
    "handlers.admin.alerts.queue": group(Role.VIEWER),
    "handlers.admin.alerts.freeze": group(Role.ADMIN),
    "handlers.admin.alerts.unfreeze": group(Role.OWNER, "admin:unfreeze"),
    "handlers.admin.cases.case": group(Role.ADMIN),
    "handlers.admin.cases._pages.open_list": group(Role.ADMIN, "admin:case:list"),
    "handlers.admin.cases._pages.open_page": group(Role.ADMIN, "admin:case:show:none"),
    "handlers.admin.cases._pages.ask_fate": group(Role.ADMIN, "admin:case:fates:none"),
    "handlers.admin.cases._endings.choose": group(Role.ADMIN, "admin:case:as:died:none"),
    "handlers.admin.cases._endings.open_card": group(Role.ADMIN, "admin:ending:999"),
    "handlers.admin.cases._endings.submit": group(Role.ADMIN, "admin:ending:999:1:submit"),
    "handlers.admin.cases._endings.accept": group(Role.ADMIN, "admin:ending:999:1:accept"),
    "handlers.admin.cases._endings.drop": group(Role.ADMIN, "admin:ending:999:1:drop"),
    "handlers.admin.cases._endings.stop": group(Role.ADMIN, "admin:ending:999:1:stop"),
    "handlers.admin.cases._words.ask": group(Role.ADMIN, "admin:ending:999:words:en"),
    "handlers.admin.cases._words.take": group(Role.ADMIN, WORDS),
    "handlers.admin.petitions.petition": group(Role.ADMIN),
    "handlers.admin.petitions.show_list": group(Role.ADMIN, "admin:p:list"),
    "handlers.admin.petitions.begin": group(Role.ADMIN, "admin:p:new"),
    "handlers.admin.petitions.press": group(Role.ADMIN, "admin:p:page:00000000:0:"),
    "handlers.admin.typed.typed": OPEN,
    "handlers.admin.stats.stats": group(Role.VIEWER),
    "handlers.admin.health.health": group(Role.VIEWER),
    "handlers.admin.audit.audit": group(Role.ADMIN),
    "handlers.admin.audit.show_page": group(Role.ADMIN, "admin:audit:1"),
    "handlers.admin.content.content": group(Role.VIEWER),
    "handlers.admin.content._reload.reload": group(Role.ADMIN, "admin:content:reload"),
    "handlers.admin.content._corrections.receive": group(Role.ADMIN, FILE),
    "handlers.admin.content._corrections.accept": group(Role.ADMIN, f"admin:content:accept:{NO}"),
    "handlers.admin.content._corrections.vouch": group(Role.ADMIN, f"admin:content:vouch:{NO}"),
    "handlers.admin.content._corrections.drop": group(Role.ADMIN, f"admin:content:drop:{NO}"),
    "handlers.admin.questions._list.unanswered": group(Role.VIEWER),
    "handlers.admin.questions._list.show_page": group(Role.VIEWER, "admin:unanswered:list:70:0"),
    "handlers.admin.questions._list.show_group": group(
        Role.VIEWER, f"admin:unanswered:open:{NONE}"
    ),
    "handlers.admin.questions._answers.show_waiting": group(
        Role.ADMIN, "admin:unanswered:waiting:999"
    ),
    "handlers.admin.questions._answers.choose_text": group(
        Role.ADMIN, f"admin:unanswered:example:{NONE}"
    ),
    "handlers.admin.questions._answers.choose_exclusion": group(
        Role.ADMIN, f"admin:unanswered:decoy:{NONE}"
    ),
    "handlers.admin.questions._answers.add": group(
        Role.ADMIN, f"admin:unanswered:add:{NONE}:0123456789"
    ),
    "handlers.admin.questions._answers.ask_to_drop": group(
        Role.ADMIN, f"admin:unanswered:drop:{NONE}"
    ),
    "handlers.admin.questions._answers.drop": group(Role.ADMIN, f"admin:unanswered:gone:{NONE}"),
    "handlers.admin.questions._drafts.send_passage": group(
        Role.ADMIN, f"admin:unanswered:passage:{NONE}"
    ),
    "handlers.admin.questions._drafts.send_exclusion": group(
        Role.ADMIN, f"admin:unanswered:exclusion:{NONE}"
    ),
    "handlers.admin.staff._group.staff": group(Role.ADMIN),
    "handlers.admin.contact._letters.answer": group(Role.ADMIN, REPLIED),
    "handlers.admin.contact._bans.ban": group(Role.ADMIN),
    "handlers.admin.contact._bans.unban": group(Role.ADMIN),
    "handlers.admin.contact._bans.ban_by_button": group(Role.ADMIN, "admin:contact:ban:calm_heron"),
    "handlers.admin.contact._bans.unban_by_button": group(
        Role.ADMIN, "admin:contact:unban:0123abcd"
    ),
    "handlers.admin.show_help": OPEN,
    "handlers.go": OPEN,
    "handlers.supporter.ask._subjects.show_subjects": OPEN,
    "handlers.supporter.ask._subjects.show_subject": OPEN,
    "handlers.supporter.ask._subjects.show_passage": OPEN,
    "handlers.supporter.ask._found.show_foremost": OPEN,
    "handlers.supporter.ask._found.show_others": OPEN,
    "handlers.supporter.ask._found.show_choices": OPEN,
    "handlers.supporter.ask._found.show_none": OPEN,
    "handlers.supporter.ask._tongue.keep": OPEN,
    "handlers.supporter.ask.pass_on": OPEN,
    "handlers.supporter.petitions.open_petition": OPEN,
    "handlers.supporter.petitions.open_from_alert": OPEN,
    "handlers.supporter.signing.offer_name": OPEN,
    "handlers.supporter.signing.sign_named": OPEN,
    "handlers.supporter.signing.other_name": OPEN,
    "handlers.supporter.signing.sign_typed": OPEN,
    "handlers.supporter.signing.offer_nameless": OPEN,
    "handlers.supporter.signing.sign_nameless": OPEN,
    "handlers.supporter.signatures.ask_to_withdraw": OPEN,
    "handlers.supporter.signatures.withdraw": OPEN,
    "handlers.supporter.cases.open_case": OPEN,
    "handlers.supporter.cases.open_from_alert": OPEN,
    "handlers.supporter.alerts._consent.ask": OPEN,
    "handlers.supporter.alerts._consent.say_yes": OPEN,
    "handlers.supporter.alerts._consent.say_no": OPEN,
    "handlers.supporter.alerts._consent.show_receipt": OPEN,
    "handlers.supporter.alerts._screen.show_cases": OPEN,
    "handlers.supporter.alerts._quiet.ask_for_quiet": OPEN,
    "handlers.supporter.ask.show_support": OPEN,
    "handlers.supporter.alerts._screen.begin_quiet": OPEN,
    "handlers.supporter.alerts._screen.end_quiet": OPEN,
    "handlers.supporter.alerts.choose": OPEN,
    "handlers.supporter.privacy.erase": OPEN,
    "handlers.supporter.sharing.share": OPEN,
    "handlers.supporter.sharing.give": OPEN,
    "handlers.supporter.sharing.end": OPEN,
    "handlers.inline.answer": OPEN,
    "handlers.supporter.letters.list_letters": OPEN,
    "handlers.supporter.letters.open_letter": OPEN,
    "handlers.supporter.letters.forward": OPEN,
    "handlers.supporter.letters.say_written": OPEN,
    "handlers.supporter.letters.take_back": OPEN,
    "handlers.supporter.letters.remind": OPEN,
    "handlers.supporter.letters.forgo": OPEN,
    "handlers.supporter.privacy.keep": OPEN,
    "handlers.supporter.stop.stop_under_alert": OPEN,
    "handlers.supporter.numbers.show_group_id": OPEN,
    "handlers.supporter.numbers.follow_group": OPEN,
    "handlers.text.text": OPEN,
    "handlers.text.attachment": OPEN,
    "handlers.fallback.unknown_command": OPEN,
    "handlers.fallback.unreadable": OPEN,
    "handlers.fallback.unknown_button": OPEN,
}


def name(handler: BaseHandler[Any, Any, Any]) -> str:
    run = handler.callback
    return f"{run.__module__}.{getattr(run, '__qualname__', repr(run))}"


def registered(app: App) -> Iterator[BaseHandler[Any, Any, Any]]:
    for handlers in app.handlers.values():
        yield from handlers


def gate(handler: BaseHandler[Any, Any, Any]) -> Gate | None:
    found: Gate | None = getattr(handler.callback, "gate", None)
    return found


def line(handler: BaseHandler[Any, Any, Any]) -> str:
    """What to add to the table for a handler that is missing there."""
    found = gate(handler)
    if found is None:
        return f'    "{name(handler)}": OPEN,'
    place = "group" if found.place is Place.ADMIN_GROUP else "private"
    pattern = getattr(handler, "pattern", None)
    data = f', "<something that {pattern.pattern} takes>"' if pattern else ""
    return f'    "{name(handler)}": {place}(Role.{found.role.name}{data}),'


def test_the_table_names_every_handler_and_no_other(app: App) -> None:
    there = {name(handler): handler for handler in registered(app)}
    missing = sorted(line(handler) for known, handler in there.items() if known not in TABLE)
    assert not missing, "add these lines to TABLE:\n" + "\n".join(missing)
    gone = sorted(TABLE.keys() - there.keys())
    assert not gone, f"take these lines out of TABLE: {gone}"


def test_every_handler_is_guarded_as_the_table_says(app: App) -> None:
    for handler in registered(app):
        wanted, found = TABLE.get(name(handler)), gate(handler)
        assert (found is None) == (wanted is None), name(handler)
        if found is not None and wanted is not None:
            assert (found.role, found.place) == (wanted.role, wanted.place), name(handler)


def test_every_button_of_a_guarded_handler_is_tried(app: App) -> None:
    for handler in registered(app):
        wanted = TABLE.get(name(handler))
        if wanted is not None and isinstance(handler, CallbackQueryHandler):
            assert isinstance(handler.pattern, re.Pattern)
            taken = [data for data in wanted.data if handler.pattern.match(data)]
            assert taken, f"{name(handler)}: the table has nothing for {handler.pattern.pattern}"


def test_a_button_of_the_admin_group_begins_as_such_and_no_other_does() -> None:
    for handler, wanted in TABLE.items():
        if wanted is not None and wanted.data not in {(SHARED,), (REPLIED,), (FILE,), (WORDS,)}:
            for data in wanted.data:
                of_group = wanted.place is Place.ADMIN_GROUP
                assert data.startswith("admin:") == of_group, handler


@pytest.fixture
def app(vigil: Vigil) -> App:
    return vigil.app


@dataclass
class Stage:
    """The bot with one person of each role, all of them in the admin group and in another one."""

    vigil: Vigil
    people: dict[Role, int]
    foreign: int

    @property
    def places(self) -> dict[Place | None, int | None]:
        """By name: the admin group, a private chat (each has her own), and None: another group."""
        here = self.vigil.world.admin_chat.id
        return {Place.ADMIN_GROUP: here, Place.PRIVATE: None, None: self.foreign}

    def chat(self, role: Role, place: Place | None) -> Chat:
        return Chat(self.vigil.world, self.people[role], self.places[place])


@pytest.fixture
async def stage(start: Start) -> Stage:
    await start()  # which opens the petition
    vigil = await start(owners=frozenset({530000001}))
    world = vigil.world
    people = {
        Role.SUPPORTER: world.supporters[0].id,
        Role.VIEWER: world.supporters[1].id,
        Role.ORGANISER: world.organiser.id,
        Role.ADMIN: world.admins[1].id,
        Role.OWNER: world.admins[0].id,
    }
    for role in (Role.VIEWER, Role.ORGANISER, Role.ADMIN):
        await vigil.services.staff.appoint(people[Role.OWNER], people[role], role)
    foreign = world.membership(people[Role.OWNER], None, "add")["chat_id"]
    for place in (world.chat(foreign), world.admin_chat):
        place.members.extend(set(people.values()) - set(place.members))
        world.say(people[Role.OWNER], "/id@vigil_playground_bot", place.id)
    for person in people.values():
        world.say(person, "/id")
    await world.settled()
    return Stage(vigil, people, foreign)


@dataclass
class Answer:
    """What came back; `wrote` also when an edit would have changed nothing."""

    text: str
    popups: list[str]
    wrote: bool

    @property
    def refused(self) -> bool:
        return any(_REFUSAL.match(one) for one in (self.text, *self.popups))

    @property
    def silent(self) -> bool:
        return not self.wrote and not self.popups

    @property
    def let_through(self) -> bool:
        lost = any(one.startswith(_FALLBACK) for one in self.popups)
        return not (self.silent or self.refused or lost)


async def act(chat: Chat, what: str, **manner: bool) -> Answer:
    """Send a command, tap a button, or choose people from the list."""
    before, calls = len(chat.popups), len(chat.world.calls)
    if what == SHARED:
        text = await share(chat)
    elif what == REPLIED:
        text = await reply_to(chat, "#calm_heron") if chat.id != chat.user else ""  # not there
    elif what == WORDS:
        text = await reply_to(chat, "#words_999_en") if chat.id != chat.user else ""
    elif what == FILE:
        text = await chat.send_file("a.md", b"", "/content") if chat.id != chat.user else ""
    elif what.startswith("/"):
        text = await chat.say(f"{what}@vigil_playground_bot", **manner)
    else:
        text = await chat.send_data(what)
    wrote = any(one.method != "answerCallbackQuery" for one in chat.world.calls[calls:])
    return Answer(text, chat.popups[before:], wrote)


async def share(chat: Chat) -> str:
    """The list's message, as a client sends it that was never offered the list."""
    world, place = chat.world, chat.world.chat(chat.id)
    users = [{"user_id": world.supporters[5].id, "first_name": "Noor"}]
    content = {"users_shared": {"request_id": 1, "users": users}}
    before = {message["message_id"] for message in chat.messages}
    message = world.post(place, world.people[chat.user].user, content)
    world.updates.add("message", message)
    await world.settled()
    new = (one for one in chat.messages if one["message_id"] not in before)
    said = [str(one["text"]) for one in new if one["from"]["is_bot"]]
    return said[-1] if said else ""


async def reply_to(chat: Chat, tag: str) -> str:
    """A reply under what is over or never was; written as if the bot had posted it here."""
    world, place = chat.world, chat.world.chat(chat.id)
    asked = world.post(place, chat.last["from"], {"text": f"{tag}\n\nHello"})
    return await chat.say("Hello yourself", reply_to=asked["message_id"])


def acts(app: App, wanted: str) -> Iterator[str]:
    """All that leads to a handler."""
    for handler in registered(app):
        if name(handler) == wanted and isinstance(handler, CommandHandler):
            yield from (f"/{command}" for command in handler.commands)
    entry = TABLE[wanted]
    yield from entry.data if entry else ()


def answers_elsewhere(app: App, what: str) -> set[Place]:
    """Where a command is answered, by whichever handler."""
    found = (handler for handler in registered(app) if isinstance(handler, CommandHandler))
    gates = (gate(one) for one in found if what.removeprefix("/") in one.commands)
    return {one.place for one in gates if one}


@pytest.mark.parametrize("handler", [known for known, entry in TABLE.items() if entry])
async def test_a_guarded_handler_lets_through_whom_the_table_says(
    handler: str, stage: Stage
) -> None:
    entry, app = TABLE[handler], stage.vigil.app
    assert entry is not None
    tried = list(acts(app, handler))
    assert tried, f"nothing in the table leads to {handler}"
    for what in tried:
        for role in stage.people:
            for place in stage.places:
                answer = await act(stage.chat(role, place), what)
                note = f"{what} of {role.name} in {place or 'another group'}: {answer}"
                if place is entry.place and role >= entry.role:
                    assert answer.let_through, note
                elif place is entry.place:
                    assert answer.refused, note
                elif place not in answers_elsewhere(app, what):
                    assert answer.refused or answer.silent, note


@pytest.mark.parametrize("handler", [known for known, entry in TABLE.items() if entry])
async def test_a_guarded_command_is_refused_in_disguise(handler: str, stage: Stage) -> None:
    entry = TABLE[handler]
    assert entry is not None
    for what in acts(stage.vigil.app, handler):
        if not what.startswith("/"):
            continue  # a tap carries the number of who taps, whoever she speaks as
        chat = stage.chat(Role.OWNER, entry.place)
        assert (await act(chat, what, forwarded=True)).refused, what
        if entry.place is Place.ADMIN_GROUP:
            answer = await act(chat, what, anonymous=True)
            assert "Remain anonymous" in answer.text, what
