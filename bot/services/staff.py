"""Who may do what. Asked again at every command and every button."""

from collections.abc import Collection

from bot.errors import NotAllowed
from bot.models import Role


class Staff:
    """Owners come from the settings; everybody else is a supporter."""

    def __init__(self, owners: Collection[int], admin_chat: int | None) -> None:
        self._owners = frozenset(owners)
        self.admin_chat = admin_chat

    @property
    def has_owners(self) -> bool:
        return bool(self._owners)

    def role(self, person: int) -> Role:
        return Role.OWNER if person in self._owners else Role.SUPPORTER

    def require(self, person: int, role: Role) -> None:
        """Let somebody pass who has the role, or a higher one.

        Raises:
            NotAllowed: The person has a lower role. Nothing was done.
        """
        if self.role(person) < role:
            raise NotAllowed
