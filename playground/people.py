"""The people of the playground. All of them are invented."""

from dataclasses import dataclass

from playground.wire import Json

ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
ADMIN_CHAT = -1001900000001
BASIC_ADMIN_CHAT = -1900000001


@dataclass
class Person:
    user: Json
    role: str
    started: bool = False  # only then may the bot write to them
    blocked: bool = False

    @property
    def id(self) -> int:
        return int(self.user["id"])

    @property
    def language(self) -> str:
        """Two letters, or empty when Telegram does not tell."""
        return str(self.user.get("language_code", ""))[:2]

    def shown(self) -> Json:
        return {"user": self.user, "role": self.role, "blocked": self.blocked}


def the_bot() -> Json:
    return {
        "id": 7100000001,
        "is_bot": True,
        "first_name": "Vigil",
        "username": "vigil_playground_bot",
    }


def the_cast() -> list[Person]:
    return [
        Person(_user(510000001, "Amara", "Okafor", "amara_okafor", "en"), "supporter"),
        Person(_user(510000002, "Élise", "Fontaine", "elise_fontaine", "fr"), "supporter"),
        Person(_user(510000003, "ليلى", "حداد", None, "ar"), "supporter"),
        Person(_user(510000004, "Tom <b>&</b>", "_O*Neil_ [x](y)", None, "en-GB"), "supporter"),
        Person(_user(510000005, "Inés", "Quiroga", "ines_quiroga", "es"), "supporter"),
        Person(_user(510000006, "Noor", None, None, None), "supporter"),
        Person(_user(520000001, "Ravi", "Sandoval", "ravi_sandoval", "en"), "organiser"),
        Person(_user(530000001, "Hanna", "Lindqvist", "hanna_lindqvist", "en"), "admin"),
        Person(_user(530000002, "Omar", "Bensaïd", "omar_bensaid", "fr"), "admin"),
    ]


def _user(
    user_id: int, first: str, last: str | None, username: str | None, language: str | None
) -> Json:
    facts = {
        "id": user_id,
        "is_bot": False,
        "first_name": first,
        "last_name": last,
        "username": username,
        "language_code": language,
    }
    return {name: value for name, value in facts.items() if value is not None}
