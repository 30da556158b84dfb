"""What people do with the keyboard that a bot has put in the place of their own."""

from collections.abc import Sequence

from playground.control_error import ControlError
from playground.people import Person
from playground.speech import Said, Speech
from playground.wire import Json, Request


class Sharing(Speech):
    def share_users(self, user: int, request_id: int, users: Sequence[int]) -> Said:
        """Press the button that asks for people, and choose these."""
        place = self._place(user, None)
        wanted = _request(place.keyboard, request_id)
        most = Request("", wanted).integer("max_quantity", 1)
        if not 1 <= len(set(users)) <= most:
            raise ControlError(f"This button takes 1 to {most} people.")
        if wanted.get("user_is_bot") or wanted.get("user_is_premium"):
            raise ControlError("Nobody here is what this button asks for.")
        shared = [_shared(self.person(one), wanted) for one in dict.fromkeys(users)]
        content = {"users_shared": {"request_id": request_id, "users": shared}}
        said = self._said(user, place, [content])
        self.use_keyboard(place)
        return said


def _request(keyboard: Json | None, request_id: int) -> Json:
    for row in (keyboard or {}).get("keyboard", []):
        for button in row:
            wanted: Json = button.get("request_users") or {}
            if wanted.get("request_id") == request_id:
                return wanted
    raise ControlError(f"No button in this chat asks for people with the number {request_id}.")


def _shared(person: Person, wanted: Json) -> Json:
    """Names go along only when the button asks for them."""
    names = ("first_name", "last_name") if wanted.get("request_name") else ()
    asked = (*names, "username") if wanted.get("request_username") else names
    return {"user_id": person.id} | {
        name: person.user[name] for name in asked if name in person.user
    }
