"""Rows for tests, with sensible defaults. Office hours take their claims as the portal does."""

import datetime
import itertools
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations.claims import claim_hours
from consultations.models import Appointment, Concern, Lane, Language, OfficeHours, Topic, Waiting
from consultations.slots import cut_slots
from partnership.firms import FirmDetails, create_firm
from partnership.models import (
    Firm,
    FirmContact,
    Membership,
    Office,
    Organisation,
    Partnership,
    Person,
    Post,
    Room,
)

LONG_AGO = datetime.date(2020, 1, 1)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of everybody's authenticator app."""
_numbers = itertools.count(1)


def make_partnership(**fields: Any) -> Partnership:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "name": "Sicherheitspartnerschaft Leipzig",
        "short_name": "Sicherheitspartnerschaft Leipzig",
        "slug": f"leipzig-{number}",
        "email": "kontakt@partnerschaft.example",
        "phone": "0341 000-1000",
        "sender_name": "Sicherheitspartnerschaft",
        "sender_email": "termine@partnerschaft.example",
        "imprint": "Anbieter ist die Partnerschaft.",
    }
    return Partnership.objects.create(**defaults | fields)


def make_organisation(partnership: Partnership | None, **fields: Any) -> Organisation:
    organisation = Organisation.objects.create(**fields)
    if partnership:
        Membership.objects.create(partnership=partnership, organisation=organisation, starts=LONG_AGO)
    return organisation


def make_chamber(partnership: Partnership | None, short_name: str = "IHK", **fields: Any) -> Organisation:
    defaults = {"name": f"{short_name} zu Leipzig", "short_name": short_name, "kind": "chamber"}
    return make_organisation(partnership, **defaults | fields)


def make_police(partnership: Partnership | None, **fields: Any) -> Organisation:
    defaults = {"name": "Polizeidirektion Leipzig", "short_name": "PD Leipzig", "kind": "police"}
    return make_organisation(partnership, **defaults | fields)


def make_office(organisation: Organisation, **fields: Any) -> Office:
    defaults: dict[str, Any] = {
        "name": f"{organisation.short_name}-Regionalbüro Grimma",
        "kind": Office.Kind.REGIONAL,
        "street": "Musterstraße 1",
        "postcode": "04668",
        "city": "Grimma",
        "latitude": 51.2386,
        "longitude": 12.7253,
        "phone": "0341 000-2000",
        "step_free": True,
    }
    return Office.objects.create(organisation=organisation, **defaults | fields)


def make_room(office: Office, name: str = "Raum 2.14", **fields: Any) -> Room:
    return Room.objects.create(office=office, name=name, **fields)


def make_person(email: str = "", name: str = "Kim Beispiel", **fields: Any) -> Person:
    return Person.objects.create_user(
        email or f"person{next(_numbers)}@beispiel.example", name=name, **fields
    )


@cache
def _encrypted_secret() -> str:
    return str(encrypt(SECRET))


def make_people(*names: str, technician: str) -> dict[str, Person]:
    """Without passwords, in one statement: most tests begin with them."""
    people = [
        Person(
            email=f"{name}@personen.example",
            name=f"{name.title()} Beispiel",
            password="!",
            is_staff=name == technician,
        )
        for name in names
    ]
    return dict(zip(names, Person.objects.bulk_create(people), strict=True))


def give_posts(*posts: Post) -> None:
    """Since long ago."""
    for post in posts:
        post.starts = LONG_AGO
    Post.objects.bulk_create(posts)


def give_apps(*people: Person) -> None:
    """To people who have none, in one statement."""
    Authenticator.objects.bulk_create(
        Authenticator(user=person, type=Authenticator.Type.TOTP, data={"secret": _encrypted_secret()})
        for person in people
    )


def give_app(person: Person) -> Authenticator:
    """An authenticator app: whoever has a post needs a second factor to reach a page."""
    app, _created = Authenticator.objects.get_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": _encrypted_secret()}}
    )
    return app


def make_post(
    person: Person,
    role: str,
    *,
    organisation: Organisation | None = None,
    partnership: Partnership | None = None,
    starts: datetime.date = LONG_AGO,
    ends: datetime.date | None = None,
    with_app: bool = True,
) -> Post:
    if with_app:
        give_app(person)
    return Post.objects.create(
        person=person,
        role=role,
        organisation=organisation,
        partnership=partnership,
        starts=starts,
        ends=ends,
    )


def make_listed_firm(chamber: Organisation | None, **fields: Any) -> Firm:
    return Firm.objects.create(chamber=chamber, **{"name": f"Hofladen {next(_numbers)}"} | fields)


def make_firm(*people: Person, name: str = "Tischlerei Muster", **fields: Any) -> Firm:
    """With these people as its confirmed contacts."""
    firm = create_firm(details=FirmDetails(name=name, **fields))
    for person in people:
        FirmContact.objects.create(
            firm=firm,
            person=person,
            name=person.name,
            email=person.email,
            email_confirmed_at=timezone.now(),
        )
    return firm


def a_week_ahead() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=7)


def make_hours(
    *,
    office: Office,
    police: Organisation,
    officers: list[Person],
    day: datetime.date | None = None,
    starts: datetime.time = datetime.time(9),
    ends: datetime.time = datetime.time(12),
    slot_minutes: int = 45,
    state: str = OfficeHours.State.PUBLIC,
    room: Room | None = None,
    partnership: Partnership | None = None,
    **fields: Any,
) -> OfficeHours:
    """Four talks of 45 minutes a week ahead, bookable from long ago until an hour before the first."""
    hours = OfficeHours(
        partnership=partnership or office.organisation.partnerships.get(),
        office=office,
        room=room,
        police=police,
        day=day or a_week_ahead(),
        starts=starts,
        ends=ends,
        slot_minutes=slot_minutes,
        state=state,
    )
    hours.booking_opens_at = hours.starts_at - datetime.timedelta(days=365)
    hours.booking_closes_at = hours.starts_at - datetime.timedelta(hours=1)
    hours.topics = list(Topic.values)
    hours.languages = [Language.GERMAN, Language.ENGLISH]
    for name, value in fields.items():
        setattr(hours, name, value)
    hours.save()
    agreed = timezone.now() if state != OfficeHours.State.DRAFT else None
    for number, officer in enumerate(officers, start=1):
        Lane.objects.create(hours=hours, officer=officer, number=number, agreed_at=agreed)
    if state != OfficeHours.State.CANCELLED:
        claim_hours(hours=hours, officers=officers)
    return hours


def make_appointment(
    *,
    hours: OfficeHours,
    state: str = Appointment.State.CONFIRMED,
    index: int = 0,
    lane: int = 1,
    topic: str = "",
    note: str = "",
    accessibility_need: str = "",
    **fields: Any,
) -> Appointment:
    """In the `index`-th talk of the hours; a concern comes with it unless it is only held."""
    number = next(_numbers)
    start, end = cut_slots(hours)[index]
    defaults: dict[str, Any] = {
        "partnership": hours.partnership,
        "host": hours.office.organisation,
        "police": hours.police,
        "reference": f"G-{number:06d}",
        "lane": hours.lanes.get(number=lane),
        "period": DateTimeTZRange(start, end),
        "state": state,
    }
    if state in (Appointment.State.HELD, Appointment.State.PROPOSED):
        defaults["held_until"] = timezone.now() + datetime.timedelta(minutes=10)
    if state != Appointment.State.HELD:
        defaults |= {
            "firm_name": "Tischlerei Muster",
            "contact_name": "Alice Muster",
            "contact_email": f"alice{number}@tischlerei.example",
            "contact_phone": "0341 000-3000",
        }
    if state == Appointment.State.UNCONFIRMED:
        defaults["asked_at"] = timezone.now()
        defaults["confirm_by"] = timezone.now() + datetime.timedelta(days=1)
    appointment = Appointment.objects.create(**defaults | fields)
    if state != Appointment.State.HELD:
        Concern.objects.create(
            appointment=appointment, topic=topic, note=note, accessibility_need=accessibility_need
        )
    return appointment


def make_waiting(*, office: Office, state: str = Waiting.State.WAITING, **fields: Any) -> Waiting:
    """One who waits since now, whatever the time; the next one made stands behind."""
    number, now = next(_numbers), timezone.now()
    defaults: dict[str, Any] = {
        "partnership": office.organisation.partnerships.get(),
        "firm_name": f"Wartende {number}",
        "contact_name": "Wanda Wartend",
        "contact_email": f"wanda{number}@wartende.example",
        "joined_at": None if state == Waiting.State.UNCONFIRMED else now,
        "new_times_known_at": now,
        "ended_at": None if state in Waiting.STANDING else now,
        "waits_until": timezone.localdate() + datetime.timedelta(days=90),
    }
    return Waiting.objects.create(office=office, state=state, **defaults | fields)
