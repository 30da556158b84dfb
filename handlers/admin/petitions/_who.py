"""Who brought a petition to where it is, said for the staff alone."""

from markupsafe import Markup

from bot.context import Context
from bot.services.audit import BY_ITSELF, OPERATOR
from bot.services.petitions import Page
from handlers.admin.staff._people import shown


async def who(page: Page, context: Context) -> Markup:
    t, mover, at = context.t, page.dossier.moved_by, page.standing.moved_at
    if mover is None or at is None:
        return t("its words or its terms were changed")
    time = t.time(at, context.services.house.timezone)
    if mover == BY_ITSELF:
        return t("its date came on {time}", time=time)
    if mover == OPERATOR:
        return t("somebody at the command line did that on {time}", time=time)
    person = await context.services.staff.person_of(mover)
    if person is None:
        return t("{pseudonym} did that on {time}", pseudonym=mover, time=time)
    name = await shown(context.bot, context.services, person, t)
    return t("{name} did that on {time}", name=name, time=time)
