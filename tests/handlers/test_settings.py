"""The language somebody is spoken to in: that of her Telegram, or the one she chose."""

from pathlib import Path

import pytest

from bot.content import Content, load
from bot.models import Role
from tests.conftest import Start, Vigil
from tests.conversation import Chat, plain
from tests.handlers.rows import rows_about
from tests.handlers.test_choosing import choose

LANGUAGES = ("en", "fr", "es", "ar")
NAMES = ["English", "Français", "Español", "العربية"]
AMARA, ELISE, LEILA, NOOR = 0, 1, 2, 5  # English, French, Arabic, and none that Telegram tells


@pytest.fixture(scope="module")
def whole() -> Content:
    return load(Path("content"), LANGUAGES)


@pytest.fixture
def content(whole: Content) -> Content:
    return whole


@pytest.fixture
async def vigil(start: Start) -> Vigil:
    return await start(languages=LANGUAGES)


def menu(vigil: Vigil, chat: Chat) -> str:
    """What the menu calls /stop."""
    person = vigil.world.people[chat.user]
    entries = vigil.world.menus.seen_by(person, vigil.world.chat(chat.id))
    return next(str(one["description"]) for one in entries if one["command"] == "stop")


async def test_who_chose_nothing_is_spoken_to_as_by_telegram(vigil: Vigil) -> None:
    for person, title in ((AMARA, "Welcome to"), (ELISE, "Bienvenue sur"), (LEILA, "أهلا بك")):
        chat = vigil.chat(person)
        assert plain(await chat.say("/start")).startswith(title)
        assert not set(NAMES) & set(chat.buttons)
        assert not any((await rows_about(vigil.database, chat.user)).values())


async def test_where_telegram_tells_no_language_the_welcome_offers_all(vigil: Vigil) -> None:
    noor = vigil.chat(NOOR)
    assert (await noor.say("/start")).startswith("Welcome to")
    assert [one.removeprefix("✓ ") for one in noor.buttons[2:]] == NAMES

    assert plain(await noor.tap("العربية")).startswith("أهلا بك")
    assert plain(await noor.say("/cancel")) == "لا يوجد ما يُلغى. يعرض /help ما أستطيع فعله."


async def test_a_choice_holds_until_it_is_taken_back(vigil: Vigil) -> None:
    elise = vigil.chat(ELISE)
    assert plain(await elise.say("/settings")).startswith("Réglages\n\nLangue : Français. Je suis")
    assert elise.buttons[:4] == ["English", "✓ Français", "Español", "العربية"]
    assert elise.buttons[-2:] == ["Ce que je reçois", "Ce qui est gardé"]
    assert menu(vigil, elise) == "Ne plus recevoir aucun message de nous"

    assert (await elise.tap("English")).startswith("Settings\n\nLanguage: English. You chose it.")
    assert "As my Telegram app" in elise.buttons
    assert menu(vigil, elise) == "End every message from us"
    assert (await elise.say("/start")).startswith("Welcome to")
    held = await rows_about(vigil.database, elise.user)
    assert [rows for rows in held.values() if rows] == [
        [{"supporter_id": elise.user, "language": "en"}]
    ]

    await elise.say("/settings")
    assert (await elise.tap("As my Telegram app")).startswith("Réglages")
    assert menu(vigil, elise) == "Ne plus recevoir aucun message de nous"
    assert not any((await rows_about(vigil.database, elise.user)).values())


async def test_a_refusal_is_said_in_the_chosen_language(vigil: Vigil) -> None:
    elise = vigil.chat(ELISE)
    assert (await elise.link("petition-none")).startswith("Cette pétition a été retirée")
    await elise.say("/settings")
    await elise.tap("Español")

    assert (await elise.link("petition-none")).startswith("Esta petición se ha retirado")

    foreign = Chat(vigil.world, vigil.world.supporters[ELISE].id, vigil.world.admin_chat.id)
    vigil.world.admin_chat.members.append(foreign.user)
    assert (await foreign.say("/staff")).startswith("Only admins can do that.")


async def test_what_is_sent_follows_the_choice_and_a_stop_leaves_it(vigil: Vigil) -> None:
    amara = vigil.chat(AMARA)
    await choose(amara)
    await amara.send_data("settings:language:es")
    held = await rows_about(vigil.database, amara.user)
    assert [row["language"] for row in held["supporters"]] == ["es"]

    said = await amara.say("dar de baja")
    assert said.startswith("No más mensajes.")
    assert "ya solo guardamos el idioma que elegiste" in said
    held = await rows_about(vigil.database, amara.user)
    assert {name for name, rows in held.items() if rows} == {"languages"}


async def test_forgetting_forgets_the_language_and_its_menu(vigil: Vigil) -> None:
    amara = vigil.chat(AMARA)
    await amara.say("/settings")
    await amara.tap("Français")
    assert menu(vigil, amara).startswith("Ne plus")
    await amara.say("/forgetme")
    assert (await amara.tap("Tout effacer")).startswith("Tout ce qui vous concerne est effacé.")

    assert menu(vigil, amara) == "End every message from us"
    assert (await amara.say("/start")).startswith("Welcome to")
    assert not any((await rows_about(vigil.database, amara.user)).values())


async def test_a_language_that_is_not_released_changes_nothing(start: Start, vigil: Vigil) -> None:
    chat = vigil.chat(AMARA)
    await chat.say("/settings")
    for forged in ("settings:language:de", "settings:language:xx", "start:language:de"):
        await chat.send_data(forged)
    assert (await chat.say("/settings")).startswith("Settings\n\nLanguage: English. I follow")
    await chat.tap("Français")

    chat = (await start(languages=("en", "ar"))).chat(AMARA)

    assert (await chat.say("/start")).startswith("Welcome to")
    alone = (await start(languages=("en",))).chat(AMARA)
    assert "I speak no other one here." in await alone.say("/settings")


async def test_the_menu_of_the_staff_follows_too(vigil: Vigil) -> None:
    organiser, owner = vigil.organiser(), vigil.world.admins[0].id
    await vigil.services.staff.appoint(owner, organiser.user, Role.ORGANISER)
    await organiser.say("/start")
    await organiser.send_data("settings:language:ar")

    person, chat = vigil.world.people[organiser.user], vigil.world.chat(organiser.id)
    entries = vigil.world.menus.seen_by(person, chat)
    assert ("alert", "كتابة تحرك عاجل أو نشرة إخبارية أو تذكير") in {
        (one["command"], one["description"]) for one in entries
    }


async def test_the_admin_group_has_the_first_language_whoever_asks(vigil: Vigil) -> None:
    french = vigil.group(1)  # his Telegram is French
    assert vigil.world.people[french.user].language == "fr"
    assert (await french.say("/help")).startswith("This is the admin group.")
    person, chat = vigil.world.people[french.user], vigil.world.chat(french.id)
    summaries = {str(one["description"]) for one in vigil.world.menus.seen_by(person, chat)}
    assert "Stop every send at once" in summaries
