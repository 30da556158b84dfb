"""/staff: adding by answer, number, link and list; removing; and who may not."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from bot.errors import NotAllowed
from bot.models import AlertKind, AlertState, Audience, Member, Role, Words
from bot.store import alerts
from bot.store import staff as store
from playground.control_error import ControlError
from tests.conftest import NOON, Start, Vigil
from tests.conversation import Chat, words
from tests.handlers.rows import rows_about, written

OUT_OF_RANK = "Nothing was changed: only people and roles below your own"
VOID = "This link to the staff has been used, or its hour is over, or it is not whole."


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    """Hanna is the owner, Omar an admin, Ravi an organiser and Inés a viewer."""
    vigil = await start()
    return await staffed(await start(owners=frozenset({vigil.world.admins[0].id})))


async def staffed(vigil: Vigil) -> Vigil:
    owner, world = vigil.world.admins[0].id, vigil.world
    staff = vigil.services.staff
    await staff.appoint(owner, world.admins[1].id, Role.ADMIN)
    await staff.appoint(owner, world.organiser.id, Role.ORGANISER)
    await staff.appoint(owner, world.supporters[4].id, Role.VIEWER)
    return vigil


def organiser(vigil: Vigil) -> Chat:
    return Chat(vigil.world, vigil.world.organiser.id)


def enter(vigil: Vigil, user: int) -> Chat:
    """Somebody's place in the admin group, which she comes into."""
    group = vigil.world.admin_chat
    if user not in group.members:
        group.members.append(user)
    return Chat(vigil.world, user, group.id)


async def role(vigil: Vigil, user: int) -> Role:
    async with vigil.database.read() as db:
        return await vigil.services.staff.role_in(db, user)


async def link_for(vigil: Vigil, wanted: str = "organiser", admin: int = 0) -> str:
    """The payload of a link that an admin has made, which only she is told."""
    alone = Chat(vigil.world, vigil.world.admins[admin].id)
    await alone.link()
    answer = await vigil.group(admin).say(f"/staff {wanted} link")
    assert answer == "You have the link in your private chat with me."
    _, _, payload = words(alone.last).partition("https://t.me/vigil_playground_bot?start=")
    assert payload
    return payload


async def test_the_list_names_everybody_with_a_role(vigil: Vigil) -> None:
    vigil.world.people[vigil.world.organiser.id].started = True
    listed = await vigil.group().say("/staff")
    lines = listed.splitlines()[1:5]
    assert [line.rpartition(" – ")[2] for line in lines] == [
        "owner",
        "admin",
        "organiser",
        "viewer",
    ]
    assert "Ravi Sandoval" in lines[2]
    assert "To add somebody" in listed
    assert len(vigil.group().buttons) == 3


async def test_whom_telegram_does_not_name_is_shown_by_number_and_pseudonym(vigil: Vigil) -> None:
    """Whoever has met the bot neither alone nor in the group can be added all the same."""
    unknown = 123456789
    told = await vigil.group().say(f"/staff viewer {unknown}")
    name = f"{unknown} ({await vigil.services.staff.pseudonym(unknown)})"
    assert told == f"\u2068Hanna Lindqvist\u2069 made {name} a viewer."
    assert f"• {name} – viewer" in await vigil.group().say("/staff")


async def test_an_admin_sees_buttons_for_those_below_only(vigil: Vigil) -> None:
    await vigil.group(1).say("/staff")
    assert len(vigil.group(1).buttons) == 2


@pytest.mark.parametrize(
    ("word", "wanted", "told"),
    [
        ("viewer", Role.VIEWER, "a viewer"),
        ("organiser", Role.ORGANISER, "an organiser"),
        ("Organizer", Role.ORGANISER, "an organiser"),
        ("admin", Role.ADMIN, "an admin"),
    ],
)
async def test_added_by_number(word: str, wanted: Role, told: str, vigil: Vigil) -> None:
    amara = vigil.chat()
    await amara.say("hello")
    answer = await vigil.group().say(f"/staff {word} {amara.user}")

    assert answer == f"\u2068Hanna Lindqvist\u2069 made \u2068Amara Okafor\u2069 {told}."
    assert await role(vigil, amara.user) is wanted
    assert "You are a" in amara.last["text"]
    assert "Okafor" not in await written(vigil.database)


async def test_added_by_an_answer_to_her_message(vigil: Vigil) -> None:
    amara = enter(vigil, vigil.world.supporters[0].id)
    said = vigil.world.say(amara.user, "Here I am", amara.id).message_id
    await vigil.world.settled()
    answer = await vigil.group(1).say("/staff organiser", reply_to=said)
    assert answer.startswith("\u2068Omar Bensaïd\u2069 made ")
    assert await role(vigil, amara.user) is Role.ORGANISER

    assert " off the staff." in await vigil.group(1).say("/staff remove", reply_to=said)
    assert await role(vigil, amara.user) is Role.SUPPORTER


async def test_an_answer_to_an_anonymous_admin_adds_nobody(vigil: Vigil) -> None:
    group = vigil.group(1)
    said = vigil.world.say(group.user, "It is me", group.id, anonymous=True).message_id
    await vigil.world.settled()
    answer = await vigil.group().say("/staff organiser", reply_to=said)
    assert answer.startswith("That was not written by a person")


async def test_an_answer_to_the_bot_adds_nobody(vigil: Vigil) -> None:
    group = vigil.group()
    await group.say("/staff")
    answer = await group.say("/staff organiser", reply_to=group.last["message_id"])
    assert answer.startswith("That was not written by a person")


async def test_an_answer_to_a_hidden_forward_says_so_and_offers_the_link(vigil: Vigil) -> None:
    group = vigil.group()
    said = vigil.world.say(group.user, "From elsewhere", group.id, forwarded=True).message_id
    await vigil.world.settled()
    answer = await group.say("/staff organiser", reply_to=said)
    origin = vigil.world.chat(group.id).by_id[said]["forward_origin"]["type"]
    assert origin == "hidden_user"
    assert "/staff organiser link" in answer


async def forward(vigil: Vigil, origin: dict[str, Any]) -> int:
    """The owner forwards something to the admin group that was written elsewhere."""
    world = vigil.world
    date = int(NOON.timestamp())
    content = {"text": "From elsewhere", "forward_origin": {"date": date, **origin}}
    message = world.post(world.admin_chat, world.admins[0].user, content)
    world.updates.add("message", message)
    await world.settled()
    return int(message["message_id"])


async def test_an_answer_to_a_forward_is_about_who_wrote_it(vigil: Vigil) -> None:
    amara = vigil.world.supporters[0]
    said = await forward(vigil, {"type": "user", "sender_user": amara.user})
    answer = await vigil.group().say("/staff viewer", reply_to=said)
    assert answer.endswith("made \u2068Amara Okafor\u2069 a viewer.")
    assert await role(vigil, amara.id) is Role.VIEWER


async def test_an_answer_to_a_forward_from_a_channel_adds_nobody(vigil: Vigil) -> None:
    channel = {"id": -1001234567890, "type": "channel", "title": "News"}
    said = await forward(vigil, {"type": "channel", "chat": channel, "message_id": 1})
    answer = await vigil.group().say("/staff viewer", reply_to=said)
    assert answer.startswith("That was not written by a person")


@pytest.mark.parametrize(
    "number", ["1087968824", "136817688", "777000", "7100000001", "-1001900000001", "0", "9" * 30]
)
async def test_what_is_no_person_cannot_be_added(number: str, vigil: Vigil) -> None:
    answer = await vigil.group().say(f"/staff organiser {number}")
    assert answer.startswith("That is not the number of a person.")


@pytest.mark.parametrize(
    ("command", "heard"),
    [
        ("/staff organiser @ravi_sandoval", "Telegram does not let me look people up"),
        ("/staff organiser", "To add somebody"),
        ("/staff queen 510000001", "To add somebody"),
        ("/staff owner 510000001", "To add somebody"),
        ("/staff organiser 510000001 now", "To add somebody"),
        ("/staff remove link", "That is not the number of a person."),
        ("/staff remove 510000001", "is not on the staff."),
        ("/staff viewer 510000005", "is viewer already."),
    ],
)
async def test_what_changes_nothing_says_why(command: str, heard: str, vigil: Vigil) -> None:
    before = await vigil.services.staff.everybody()
    assert heard in await vigil.group().say(command)
    assert await vigil.services.staff.everybody() == before


@pytest.mark.parametrize(
    ("admin", "command"),
    [
        (1, "/staff admin {amara}"),
        (1, "/staff admin link"),
        (1, "/staff admin {ravi}"),
        (1, "/staff viewer {omar}"),
        (1, "/staff remove {omar}"),
        (1, "/staff remove {hanna}"),
        (1, "/staff viewer {hanna}"),
        (0, "/staff remove {hanna}"),
        (0, "/staff viewer {hanna}"),
    ],
)
async def test_nobody_changes_her_own_rank_or_what_is_above(
    admin: int, command: str, vigil: Vigil
) -> None:
    world, before = vigil.world, await vigil.services.staff.everybody()
    numbers = {
        "amara": world.supporters[0].id,
        "ravi": world.organiser.id,
        "omar": world.admins[1].id,
        "hanna": world.admins[0].id,
    }
    assert (await vigil.group(admin).say(command.format(**numbers))).startswith(OUT_OF_RANK)
    assert await vigil.services.staff.everybody() == before


async def test_removed_by_buttons_after_a_question(vigil: Vigil) -> None:
    ravi, group = organiser(vigil), vigil.group(1)
    await ravi.say("hello")
    await group.say("/staff")
    await group.tap("Remove \u2068Ravi Sandoval\u2069")
    assert group.last["text"] == "Take \u2068Ravi Sandoval\u2069 (organiser) off the staff?"
    assert (await group.tap("Keep")).startswith("Staff\n")
    assert await role(vigil, ravi.user) is Role.ORGANISER

    await group.tap("Remove \u2068Ravi Sandoval\u2069")
    told = await group.tap("Remove \u2068Ravi Sandoval\u2069")
    assert told == "\u2068Omar Bensaïd\u2069 took \u2068Ravi Sandoval\u2069 off the staff."
    assert await role(vigil, ravi.user) is Role.SUPPORTER
    assert "no longer on the staff" in ravi.last["text"]


async def test_a_second_tap_on_remove_shows_the_list_again(vigil: Vigil) -> None:
    group, staff = vigil.group(), vigil.services.staff
    pseudonym = await staff.pseudonym(vigil.world.organiser.id)
    await group.say("/staff")
    under = group.last["message_id"]
    await group.send_data(f"admin:staff:gone:{pseudonym}", under)
    assert (await group.send_data(f"admin:staff:gone:{pseudonym}", under)).startswith("Staff\n")
    assert (await group.send_data(f"admin:staff:remove:{pseudonym}", under)) == ""  # unchanged


async def test_an_admins_forged_tap_cannot_remove_an_admin(vigil: Vigil) -> None:
    group, owner = vigil.group(1), vigil.world.admins[0].id
    await group.say("/staff")
    for person in (owner, group.user):
        pseudonym = await vigil.services.staff.pseudonym(person)
        assert await group.send_data(f"admin:staff:gone:{pseudonym}") == ""
        assert group.popups[-1].startswith(OUT_OF_RANK)
    assert await role(vigil, group.user) is Role.ADMIN


async def test_the_next_tap_of_somebody_who_was_removed_fails(vigil: Vigil) -> None:
    group, ravi = vigil.group(1), vigil.world.organiser.id
    await group.say("/staff")
    pseudonym = await vigil.services.staff.pseudonym(ravi)
    await vigil.group(0).say(f"/staff remove {group.user}")

    assert await group.send_data(f"admin:staff:gone:{pseudonym}") == ""
    assert group.popups[-1].startswith("Only admins can do that.")
    assert (await group.say("/staff")).startswith("Only admins can do that.")
    assert await role(vigil, ravi) is Role.ORGANISER


async def test_the_role_is_read_again_in_the_transaction_that_acts(vigil: Vigil) -> None:
    """Whatever the gate saw a moment before."""
    staff, amara = vigil.services.staff, vigil.world.supporters[0].id
    for person in (amara, vigil.world.supporters[4].id, vigil.world.organiser.id):
        with pytest.raises(NotAllowed):
            await staff.appoint(person, amara, Role.VIEWER)
        with pytest.raises(NotAllowed):
            await staff.invite(person, Role.VIEWER)
    assert await role(vigil, amara) is Role.SUPPORTER


async def test_an_owner_who_leaves_the_settings_is_nobody_at_the_next_start(
    vigil: Vigil, start: Start
) -> None:
    hanna = vigil.world.admins[0].id
    await vigil.group().say("/staff")
    vigil = await start(owners=frozenset())
    assert (await vigil.group().say("/staff")).startswith("Only admins can do that.")
    assert await role(vigil, hanna) is Role.SUPPORTER


async def test_somebody_who_comes_back_is_the_same_author(vigil: Vigil) -> None:
    ravi, staff = vigil.world.organiser.id, vigil.services.staff
    before = await staff.pseudonym(ravi)
    await vigil.group().say(f"/staff remove {ravi}")
    await vigil.group().say(f"/staff organiser {ravi}")
    assert await staff.pseudonym(ravi) == before
    assert await staff.person_of(before) == ravi
    assert await staff.person_of("S-NONE") is None


async def test_who_is_alone_has_nobody_else_to_approve(vigil: Vigil) -> None:
    staff, world = vigil.services.staff, vigil.world
    hanna = await staff.pseudonym(world.admins[0].id)
    ravi = await staff.pseudonym(world.organiser.id)

    async def alone(*names: str) -> bool:
        async with vigil.database.read() as db:
            return await staff.is_alone_in(db, names)

    omar = await staff.pseudonym(world.admins[1].id)
    for names in ((hanna,), (ravi,), (hanna, omar)):  # two are not alone, whatever both wrote
        assert not await alone(*names)
    await vigil.group().say(f"/staff remove {world.admins[1].id}")
    assert [await alone(hanna), await alone(ravi)] == [True, False]


async def test_a_link_is_not_shown_to_the_group(vigil: Vigil) -> None:
    """Whoever else is in there could use it first."""
    answer = await vigil.group().say("/staff organiser link")
    assert answer.startswith("The link is for your eyes only, and I cannot write to you")


async def test_a_link_adds_the_first_who_opens_it(vigil: Vigil) -> None:
    payload, amara = await link_for(vigil, admin=1), vigil.chat()
    assert "You are an organiser now" in await amara.link(payload)
    assert await role(vigil, amara.user) is Role.ORGANISER
    assert vigil.group().last["text"] == (
        "\u2068Omar Bensaïd\u2069 made \u2068Amara Okafor\u2069 an organiser. "
        "It was done by a one-time link."
    )
    assert (await vigil.chat(1).link(payload)).startswith(VOID)
    assert await role(vigil, vigil.chat(1).user) is Role.SUPPORTER


async def test_only_the_digest_of_a_link_is_kept(vigil: Vigil) -> None:
    token = (await link_for(vigil)).removeprefix("staff-")
    kept = await written(vigil.database)
    assert token not in kept
    assert sha256(token.encode()).hexdigest() in kept


async def test_a_link_lasts_an_hour(vigil: Vigil) -> None:
    first, second = await link_for(vigil), await link_for(vigil)
    vigil.world.clock.jump(timedelta(minutes=59, seconds=59))
    assert "You are an organiser now" in await vigil.chat(0).link(first)
    vigil.world.clock.jump(timedelta(seconds=1))
    assert (await vigil.chat(1).link(second)).startswith(VOID)
    await vigil.services.housekeeping.tick()
    assert (await rows_about(vigil.database, vigil.group().user))["staff_links"] == []


@pytest.mark.parametrize("payload", ["staff-x", "staff-" + "A" * 22, "staff-__-_"])
async def test_a_link_that_never_was_gives_nothing(payload: str, vigil: Vigil) -> None:
    assert (await vigil.chat().link(payload)).startswith(VOID)
    assert await role(vigil, vigil.chat().user) is Role.SUPPORTER


async def test_a_link_is_not_used_up_by_who_needs_none(vigil: Vigil) -> None:
    payload = await link_for(vigil, "organiser", admin=1)
    omar, ravi = Chat(vigil.world, vigil.world.admins[1].id), organiser(vigil)
    assert "The link was not used up." in await omar.link(payload)
    assert "already (organiser)" in await ravi.link(payload)
    assert await role(vigil, omar.user) is Role.ADMIN

    viewer = vigil.chat(4)
    assert "You are an organiser now" in await viewer.link(payload)


async def test_a_link_dies_with_the_right_of_who_made_it(vigil: Vigil) -> None:
    omar = vigil.world.admins[1].id
    payload = await link_for(vigil, admin=1)
    await vigil.group().say(f"/staff organiser {omar}")
    assert (await vigil.chat().link(payload)).startswith(VOID)

    await vigil.group().say(f"/staff admin {omar}")
    assert (await vigil.chat().link(payload)).startswith(VOID)
    assert await role(vigil, vigil.chat().user) is Role.SUPPORTER


async def test_a_link_of_an_owner_dies_with_the_settings(vigil: Vigil, start: Start) -> None:
    payload = await link_for(vigil, "admin")
    vigil = await start(owners=frozenset({vigil.world.admins[1].id}))
    assert (await vigil.chat().link(payload)).startswith(VOID)


async def test_chosen_from_the_list_in_a_private_chat(vigil: Vigil) -> None:
    omar = Chat(vigil.world, vigil.world.admins[1].id)
    await omar.say("/staff")
    assert omar.buttons == ["viewer", "organiser"]
    await omar.tap("organiser")
    keyboard = vigil.world.chat(omar.id).keyboard
    assert keyboard is not None
    asked = keyboard["keyboard"][0][0]["request_users"]
    assert (asked["max_quantity"], asked["user_is_bot"]) == (10, False)

    chosen = [one.id for one in vigil.world.supporters[:2]]
    vigil.world.share_users(omar.user, asked["request_id"], chosen)
    await vigil.world.settled()
    for person in chosen:
        assert await role(vigil, person) is Role.ORGANISER
    assert omar.last["text"].splitlines() == vigil.group().last["text"].splitlines()
    assert "\u2068Amara Okafor\u2069 an organiser." in vigil.group().last["text"]
    answer = next(call for call in reversed(vigil.world.calls) if call.chat_id == omar.id)
    assert "remove_keyboard" in str(answer.params["reply_markup"])


async def test_the_list_offers_an_owner_admins_too(vigil: Vigil) -> None:
    hanna = Chat(vigil.world, vigil.world.admins[0].id)
    await hanna.say("/staff")
    assert hanna.buttons == ["viewer", "organiser", "admin"]


async def test_a_forged_choice_of_role_is_refused(vigil: Vigil) -> None:
    omar = Chat(vigil.world, vigil.world.admins[1].id)
    await omar.say("/staff")
    assert (await omar.send_data("staff:pick:admin")).startswith(OUT_OF_RANK)
    with pytest.raises(ControlError):  # no keyboard was offered
        vigil.world.share_users(omar.user, int(Role.ADMIN), [omar.user])


async def test_people_shared_after_the_role_was_lost_are_not_added(vigil: Vigil) -> None:
    omar, amara = Chat(vigil.world, vigil.world.admins[1].id), vigil.chat().user
    await omar.say("/staff")
    await omar.tap("organiser")
    await vigil.group().say(f"/staff remove {omar.user}")
    vigil.world.share_users(omar.user, int(Role.ORGANISER), [amara])
    await vigil.world.settled()
    assert omar.last["text"].startswith("Only admins can do that.")
    assert await role(vigil, amara) is Role.SUPPORTER


async def test_one_who_may_not_be_changed_does_not_keep_the_others_out(vigil: Vigil) -> None:
    omar, amara = Chat(vigil.world, vigil.world.admins[1].id), vigil.chat().user
    await omar.say("/staff")
    await omar.tap("viewer")
    hanna = vigil.world.admins[0].id
    vigil.world.share_users(omar.user, int(Role.VIEWER), [hanna, amara])
    await vigil.world.settled()
    first, second = omar.last["text"].splitlines()
    assert first.startswith(OUT_OF_RANK)
    assert second.endswith("\u2068Amara Okafor\u2069 a viewer.")
    assert await role(vigil, hanna) is Role.OWNER


async def test_the_menu_follows_the_role(vigil: Vigil) -> None:
    amara = vigil.chat()
    await amara.say("hello")

    def menu() -> set[str]:
        person = vigil.world.people[amara.user]
        seen = vigil.world.menus.seen_by(person, vigil.world.chat(amara.user))
        return {entry["command"] for entry in seen}

    everybodys = menu()
    await vigil.group().say(f"/staff admin {amara.user}")
    assert menu() > everybodys
    assert "staff" in menu()
    await vigil.group().say(f"/staff viewer {amara.user}")
    assert menu() == everybodys


async def test_who_starts_the_bot_after_she_was_added_has_her_menu(vigil: Vigil) -> None:
    ravi = vigil.world.organiser
    chat = organiser(vigil)
    await vigil.group().say(f"/staff admin {ravi.id}")
    await chat.say("/start")
    seen = vigil.world.menus.seen_by(ravi, vigil.world.chat(ravi.id))
    assert "staff" in {entry["command"] for entry in seen}


async def test_who_is_staff_at_the_start_has_her_menu(vigil: Vigil, start: Start) -> None:
    omar = vigil.world.admins[1]
    await Chat(vigil.world, omar.id).say("hello")
    await start(owners=frozenset({vigil.world.admins[0].id}))
    seen = vigil.world.menus.seen_by(omar, vigil.world.chat(omar.id))
    assert "staff" in {entry["command"] for entry in seen}


async def test_forgetting_takes_the_role_and_the_links_along(vigil: Vigil) -> None:
    payload, omar = await link_for(vigil, admin=1), Chat(vigil.world, vigil.world.admins[1].id)
    await omar.say("/forgetme")
    await omar.tap("Erase everything")
    assert await role(vigil, omar.user) is Role.SUPPORTER
    assert (await vigil.chat().link(payload)).startswith(VOID)
    assert not any((await rows_about(vigil.database, omar.user)).values())


HERS, HERS_TOO = "S-0001", "S-0002"
CARD, STARTED = {"card": 7}, {"started_at": NOON}


@pytest.mark.parametrize(
    ("state", "authors", "columns", "left"),
    [
        (AlertState.DRAFT, [HERS], {}, None),
        (AlertState.DRAFT, [HERS], CARD, AlertState.CANCELLED),
        (AlertState.DRAFT, [HERS, HERS_TOO], {}, AlertState.CANCELLED),
        (AlertState.DRAFT, [HERS_TOO], {}, AlertState.DRAFT),
        (AlertState.WAITING, [HERS], CARD, AlertState.CANCELLED),
        (AlertState.WAITING, [HERS_TOO], CARD, AlertState.WAITING),
        (AlertState.APPROVED, [HERS], CARD, AlertState.CANCELLED),
        (AlertState.HELD, [HERS], CARD, AlertState.CANCELLED),
        (AlertState.HELD, [HERS], STARTED, AlertState.HELD),
        (AlertState.SENDING, [HERS], STARTED, AlertState.SENDING),
        (AlertState.FINISHED, [HERS], STARTED, AlertState.FINISHED),
    ],
)
async def test_what_an_erased_author_wrote_goes_out_no_more(
    state: AlertState,
    authors: list[str],
    columns: dict[str, object],
    left: AlertState | None,
    vigil: Vigil,
) -> None:
    """She could come back under another pseudonym and approve it herself."""
    organiser = Chat(vigil.world, vigil.world.supporters[0].id)
    hers = Member(organiser.user, Role.ORGANISER, HERS, NOON)
    async with vigil.database.write() as db:
        await store.put(db, hers)
        number = await alerts.add(db, AlertKind.URGENT, "UTC", Audience(), NOON)
        await alerts.put_words(db, number, "en", Words("Please write to the minister."))
        for author in authors:
            await alerts.revise(db, number, author)
        await alerts.change(db, number, state=state, **columns)
    await organiser.say("/forgetme")
    await organiser.tap("Erase everything")

    async with vigil.database.read() as db:
        alert = await alerts.alert(db, number)
    assert (alert and alert.state) == left
    if left is None:
        assert "minister" not in await written(vigil.database)
    if alert is not None and left is not state:
        assert (alert.reason, alert.ended_at) == (store.ERASED, NOON)
