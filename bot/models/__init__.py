"""What the layers hand to each other: small, frozen, without behaviour that needs I/O."""

from bot.models.alerts import (
    AMENDMENTS,
    TAKES_BACK,
    Alert,
    AlertKind,
    AlertState,
    Audience,
    Words,
)
from bot.models.cases import Ending, EndingState, Fate
from bot.models.contact import Ban, Relay
from bot.models.deliveries import DeliveryState, Grant, Reason
from bot.models.people import (
    Appointment,
    Arrival,
    Choice,
    Dialog,
    Invitation,
    Member,
    Role,
    Supporter,
    Topic,
)
from bot.models.petitions import Dossier, NamesFor, PetitionState, Signature, Standing, Writing
from bot.models.preferences import Preferences, QuietHours

__all__ = [
    "AMENDMENTS",
    "TAKES_BACK",
    "Alert",
    "AlertKind",
    "AlertState",
    "Appointment",
    "Arrival",
    "Audience",
    "Ban",
    "Choice",
    "DeliveryState",
    "Dialog",
    "Dossier",
    "Ending",
    "EndingState",
    "Fate",
    "Grant",
    "Invitation",
    "Member",
    "NamesFor",
    "PetitionState",
    "Preferences",
    "QuietHours",
    "Reason",
    "Relay",
    "Role",
    "Signature",
    "Standing",
    "Supporter",
    "Topic",
    "Words",
    "Writing",
]
