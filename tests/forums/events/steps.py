"""Steps that the tests of setting events up share."""

import datetime
from typing import Any

from django.utils import timezone

from forums.events import changing, programme, setting_up
from forums.events.programme import PartPlan
from forums.events.telling import Told
from forums.models import Event, EventPart, Kind, Mode, PartBooking
from partnership.journal import entries_about
from partnership.models import OutgoingMail
from partnership.times import at_wall_time
from tests.event_factories import make_event, make_part
from tests.personas import World

OWN = "kind visibility title summary description subjects starts_at ends_at office venue street postcode city"
OWN += " access_note step_free is_online join_url provider provider_url contact_name contact_phone"
OWN += " contact_email registration_opens_at registration_closes_at asks_catering series training_goal"
OF_PART = "title room is_for_all choice credit_hours speakers description project_url starts_at ends_at"
A_DAY = datetime.timedelta(days=1)
AN_HOUR = datetime.timedelta(hours=1)


def in_days(number: int) -> datetime.date:
    return timezone.localdate() + A_DAY * number


def values_of(event: Event, **changed: Any) -> dict[str, Any]:
    return {name: getattr(event, name) for name in OWN.split()} | changed


def new_values(**changed: Any) -> dict[str, Any]:
    day = in_days(30)
    return {
        "kind": Kind.FORUM,
        "title": "Sicherheitsforum Grimma",
        "starts_at": at_wall_time(day, datetime.time(9)),
        "ends_at": at_wall_time(day, datetime.time(16)),
        "venue": "Haus der Wirtschaft",
        "city": "Grimma",
    } | changed


def add(world: World, **changed: Any) -> Event:
    like, partners = changed.pop("like", None), changed.pop("partners", [])
    return setting_up.add_event(
        partnership=world.partnership,
        organiser=world.ihk,
        partners=partners,
        values=new_values(**changed),
        actor=world.bert,
        like=like,
    )


def change(event: Event, world: World, *, seen: int | None = None, **changed: Any) -> Told:
    event.refresh_from_db()
    partners = changed.pop("partners", list(event.partners.all()))
    return changing.change_event(
        event_id=event.pk,
        seen=event.version if seen is None else seen,
        values=values_of(event, **changed),
        partners=partners,
        actor=world.bert,
    )


def plan_of(part: EventPart, **changed: Any) -> PartPlan:
    places = {row.mode: row.capacity for row in part.places.all()}
    return PartPlan(
        pk=part.pk,
        places=places | changed.pop("places", {}),
        is_removed=changed.pop("is_removed", False),
        values={name: getattr(part, name) for name in OF_PART.split()} | changed,
    )


def new_part(event: Event, **changed: Any) -> PartPlan:
    places = changed.pop("places", {Mode.SITE: 15})
    values = {"title": "Workshop", "starts_at": event.starts_at, "ends_at": event.ends_at}
    return PartPlan(pk=None, places=places, values=values | changed)


def set_programme(event: Event, world: World, *plans: PartPlan) -> Told:
    event.refresh_from_db()
    return programme.set_programme(event_id=event.pk, seen=event.version, plans=plans, actor=world.bert)


def make_forum(world: World, **fields: Any) -> tuple[Event, EventPart, EventPart]:
    """Announced, with a talk for all and a workshop in the afternoon."""
    event = make_event(organiser=world.ihk, **fields)
    talk = make_part(event, site=80, title="Vortrag", is_for_all=True, ends_at=event.starts_at + 3 * AN_HOUR)
    workshop = make_part(event, title="Workshop", starts_at=event.starts_at + 4 * AN_HOUR)
    return event, talk, workshop


def booking_of(registration: Any, part: EventPart) -> PartBooking:
    return PartBooking.objects.get(registration=registration, part=part)


def mails(kind: str = "") -> list[OutgoingMail]:
    rows = OutgoingMail.objects.order_by("pk")
    return list(rows.filter(kind=kind) if kind else rows)


def acts(event: Event) -> list[str]:
    return list(entries_about(event).order_by("pk").values_list("act", flat=True))
