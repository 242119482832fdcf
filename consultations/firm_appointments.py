"""A firm and its appointments, as a chamber may know them: time, office, state, who came."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from consultations.models import Appointment
from consultations.queries import appointments_visible_to
from consultations.taking_time import lock_hours_unread, lock_requests_of_visits
from partnership.models import Firm, FirmContact
from partnership.rules import Posts
from partnership.times import berlin_day

CALLERS_SHOWN = 8
VISITS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Caller:
    """Who may be on the telephone. `is_confirmed`: the address is known to be theirs."""

    name: str
    phone: str
    email: str
    is_confirmed: bool = False

    @property
    def reach(self) -> str:
        return ", ".join(part for part in (self.phone, self.email) if part)


def appointments_with(firm: Firm, posts: Posts) -> QuerySet[Appointment]:
    """Those that the reader's houses host, latest first."""
    hosted = appointments_visible_to(posts).filter(firm=firm, host__in=posts.desks)
    return hosted.order_by("-period", "-pk")


def callers_of(firm: Firm, posts: Posts, *, may_see_contacts: bool) -> list[Caller]:
    """The firm's contacts, then who came to earlier appointments, latest first; nobody twice, each
    with what is known last."""
    contacts = FirmContact.objects.filter(firm=firm).order_by("name", "pk") if may_see_contacts else []
    known = [Caller(c.name, c.phone, c.email, bool(c.email_confirmed_at)) for c in contacts]
    earlier = appointments_with(firm, posts)[: CALLERS_SHOWN * 3]
    known += [Caller(a.contact_name, a.contact_phone, a.contact_email) for a in earlier]
    found: dict[str, Caller] = {}
    for caller in known:
        name = caller.name.casefold()
        before = found.get(name, caller)
        found[name] = replace(before, phone=before.phone or caller.phone, email=before.email or caller.email)
    return list(found.values())[:CALLERS_SHOWN]


def days_visited(firm: Firm, posts: Posts) -> list[datetime.date]:
    """When police have been there, latest first: all that the firm's own chamber learns of visits."""
    if firm.chamber_id not in posts.desks:
        return []
    visits = Appointment.objects.filter(
        firm=firm, mode=Appointment.Mode.ON_SITE, state=Appointment.State.ATTENDED
    )
    periods = visits.order_by("-period").values_list("period", flat=True)
    return [berlin_day(period.lower) for period in periods[:VISITS_SHOWN]]


def lock_appointments_of_firms(firm_ids: Collection[int]) -> None:
    """Whoever changes an appointment holds its hours or its request: so does who gives it to another firm."""
    hours = Appointment.objects.filter(firm__in=firm_ids, lane__isnull=False)
    lock_hours_unread(*hours.order_by().values_list("lane__hours", flat=True).distinct())
    visits = Appointment.objects.filter(firm__in=firm_ids, lane__isnull=True)
    lock_requests_of_visits(*visits.values_list("pk", flat=True))
