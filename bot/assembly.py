"""Every service there is, around one database."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.context import House, Services
from bot.delivery.rendering import digest
from bot.i18n import Catalogues
from bot.journal import Journal
from bot.keys import database_key, state_file
from bot.marker import Marker
from bot.services.alerts import (
    Amendments,
    Approvals,
    Control,
    Desk,
    Drafts,
    Pictures,
    Schedule,
    Watching,
)
from bot.services.audit import Audit
from bot.services.cases import Cases, Outcomes, PetitionOutcomes, Stopping
from bot.services.choices import CURRENT, Choices
from bot.services.contact import Contact
from bot.services.content import Changes, Folder, Make, Press
from bot.services.copies import Copies, Missed
from bot.services.dialogs import Dialogs
from bot.services.digests import Digests
from bot.services.editorial import Editorial
from bot.services.health import Checkup
from bot.services.housekeeping import Housekeeping
from bot.services.integrity import Integrity
from bot.services.letters import Letters, Reminders
from bot.services.petitions import Papers, PetitionDesk, PetitionDrafts, Petitions
from bot.services.preferences import Preferring
from bot.services.questions import Questions
from bot.services.reading import Reading
from bot.services.sharing import Sharing
from bot.services.shelf import Edition, Shelf
from bot.services.staff import Staff
from bot.services.statistics import Statistics
from bot.services.supporters import Supporters
from bot.services.updates import Updates
from bot.services.wishes import Wishes
from bot.settings import Settings
from bot.store import Database

Clock = Callable[[], datetime]


def assembled(
    settings: Settings, database: Database, edition: Edition, explains: Make, now: Clock
) -> Services:
    """`now` is asked for everything that people see as time; `explains` reads an edition anew."""
    catalogues, shelf = Catalogues(settings.languages), Shelf(edition)
    audit = Audit(database, now)
    staff = Staff(database, settings.owners, settings.admin_chat, audit, now)
    desk = Desk(
        database, shelf.content, staff, audit, partial(digest, catalogues=catalogues), CURRENT, now
    )
    editorial, housekeeping = Editorial(database, shelf.content, now), Housekeeping(database, now)
    wishes = Wishes(Journal(state_file(settings, "journal"), database_key(settings)), now)
    petitions = Petitions(database, shelf.content, wishes, now)
    papers = Papers(database, shelf, staff, audit, now)
    press = Press(
        Folder(settings.content, settings.languages),
        shelf,
        petitions,
        explains,
        accept_unreviewed=settings.accept_unreviewed,
    )
    changes = Changes(database, press, staff, now)
    supporters, choices = Supporters(database, wishes, now), Choices(database, wishes, now)
    stopping = Stopping(desk, audit, wishes)
    missed = Missed(database, wishes, supporters, choices, petitions, stopping.again_in, now)
    copies = Copies(database, Marker(state_file(settings, "marker")), wishes, missed, now)
    return Services(
        house=House(
            settings.organisation,
            settings.contact,
            settings.timezone,
            settings.messages_per_second,
        ),
        shelf=shelf,
        catalogues=catalogues,
        now=now,
        audit=audit,
        petitions=petitions,
        petition_drafts=PetitionDrafts(papers),
        petition_desk=PetitionDesk(papers),
        supporters=supporters,
        preferences=Preferring(database, settings.timezone, now),
        digests=Digests(database, now),
        cases=Cases(desk),
        outcomes=Outcomes(desk, audit, settings.timezone.key, catalogues),
        petition_outcomes=PetitionOutcomes(papers, desk, settings.timezone.key, catalogues),
        stopping=stopping,
        pictures=Pictures(desk),
        letters=Letters(database, shelf.content, wishes, settings.timezone, now),
        reminders=Reminders(database, shelf.content, settings.timezone, now),
        choices=choices,
        dialogs=Dialogs(database, now),
        staff=staff,
        updates=Updates(database, now),
        questions=Questions(database, shelf, changes, now),
        reading=Reading(database, now),
        sharing=Sharing(database, shelf.content, wishes, now),
        contact=Contact(database, now),
        editorial=editorial,
        housekeeping=housekeeping,
        statistics=Statistics(database, shelf.content, CURRENT, now),
        checkup=Checkup(database, editorial, housekeeping, now),
        drafts=Drafts(desk, settings.timezone),
        approvals=Approvals(desk),
        amendments=Amendments(desk),
        control=Control(desk, copies),
        watching=Watching(desk),
        schedule=Schedule(desk),
        press=press,
        changes=changes,
        copies=copies,
        integrity=Integrity(database, now),
    )
