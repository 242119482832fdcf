"""Who takes part in an event and who waits, for those who run it: what they look for, rows, sums.

Whoever waits is never counted or shown as taking part. Each page takes the same number of statements, however
many are registered.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.event_words import part_when_of
from forums.models import Event, EventPart, Mode, PartBooking, Registration
from partnership.phone_numbers import dialled, digits_of, searched_digits

State = PartBooking.State


class Standing(models.TextChoices):
    """How a registration stands, as a desk looks for it; the keys are those in the address."""

    TAKES_PART = "dabei", gettext_lazy("nimmt teil")
    WAITS = "wartet", gettext_lazy("wartet")
    GONE = "abgemeldet", gettext_lazy("abgemeldet")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a desk looks for; empty is anything. `part` is a key. A part and a mode are about one booking."""

    text: str = ""
    part: int | None = None
    mode: str = ""
    standing: str = ""
    role: str = ""


def find_registrations(visible: QuerySet[Registration], wanted: Wanted) -> QuerySet[Registration]:
    """By name."""
    rows = _about(visible, wanted.text)
    if wanted.role:
        rows = rows.filter(role=wanted.role)
    booked = PartBooking.objects.filter(registration=OuterRef("pk"))
    if wanted.part:
        booked = booked.filter(part=wanted.part)
    if wanted.mode:
        booked = booked.filter(mode=wanted.mode)
    stands = rows.filter(state=Registration.State.CONFIRMED)
    match wanted.standing:
        case Standing.TAKES_PART:
            rows = stands.filter(Exists(booked.filter(state=State.CONFIRMED)))
        case Standing.WAITS:
            rows = stands.filter(Exists(booked.filter(state__in=PartBooking.WAITING)))
        case Standing.GONE:
            rows = rows.filter(state=Registration.State.CANCELLED)
        case _ if wanted.part or wanted.mode:
            rows = rows.filter(Exists(booked.filter(state__in=PartBooking.STANDING)))
    return rows.order_by("name", "pk")


def _about(rows: QuerySet[Registration], text: str) -> QuerySet[Registration]:
    """Every word must be found, each wherever it likes; a telephone number is one word."""
    if digits := searched_digits(text):
        return rows.annotate(digits=digits_of("phone")).filter(
            Q(digits__contains=digits) | _word(text.strip())
        )
    for word in text.split():
        rows = rows.filter(_word(word))
    return rows


def _word(word: str) -> Q:
    return (
        Q(name__icontains=word)
        | Q(firm_name__icontains=word)
        | Q(reference__icontains=word)
        | Q(email__icontains=word)
    )


@dataclass(frozen=True, slots=True)
class Headcount:
    """People. Who has one part and waits for another is counted in both."""

    take_part: int
    wait: int
    gone: int


def count_people(visible: QuerySet[Registration]) -> Headcount:
    booked = PartBooking.objects.filter(registration=OuterRef("pk"))
    stands = Q(state=Registration.State.CONFIRMED)
    sums = (
        visible.order_by()
        .annotate(
            takes_part=Exists(booked.filter(state=State.CONFIRMED)),
            waits=Exists(booked.filter(state__in=PartBooking.WAITING)),
        )
        .aggregate(
            take_part=Count("pk", filter=stands & Q(takes_part=True)),
            wait=Count("pk", filter=stands & Q(waits=True)),
            gone=Count("pk", filter=Q(state=Registration.State.CANCELLED)),
        )
    )
    return Headcount(**sums)


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """A part in one mode. `take_part` includes those `beyond` the capacity."""

    part: str
    when: str
    mode: str
    capacity: int
    take_part: int
    beyond: int
    offered: int
    wait: int
    free: int


def sums_of(event: Event) -> list[PlacesRow]:
    """In the order of the programme. Fetch the event with `parts__places`."""
    bookings = PartBooking.objects.filter(part__event=event, registration__state=Registration.State.CONFIRMED)
    counted = (
        bookings.order_by()
        .values("part", "mode")
        .annotate(
            take_part=Count("pk", filter=Q(state=State.CONFIRMED)),
            beyond=Count("pk", filter=Q(state=State.CONFIRMED) & ~Q(beyond_reason="")),
            offered=Count("pk", filter=Q(state=State.OFFERED)),
            wait=Count("pk", filter=Q(state=State.WAITLISTED)),
        )
    )
    names = ("take_part", "beyond", "offered", "wait")
    sums = {
        (part, mode): dict(zip(names, numbers, strict=True))
        for part, mode, *numbers in counted.values_list("part", "mode", *names)
    }
    nobody = dict.fromkeys(names, 0)
    return [
        PlacesRow(
            part=part.title,
            when=part_when_of(part),
            mode=str(places.get_mode_display()),
            capacity=places.capacity,
            free=places.free,
            **sums.get((part.pk, places.mode), nobody),
        )
        for part in programme_of(event)
        for places in part.places.all()
    ]


def programme_of(event: Event) -> list[EventPart]:
    """Its parts, as fetched along with it, knowing their event."""
    parts = list(event.parts.all())
    for part in parts:
        part.event = event
    return parts


@dataclass(frozen=True, slots=True)
class BookedPart:
    title: str
    mode: str
    stands: str
    """Empty for a place; else that one waits, or what became of it."""
    beyond: str


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    reference: str
    name: str
    firm: str
    role: str
    phone: str
    tel: str
    standing: Standing
    parts: list[BookedPart]
    note: str


def rows_of(registrations: Iterable[Registration]) -> list[ParticipantRow]:
    """Fetch them `with_bookings`."""
    return [_row(registration) for registration in registrations]


def with_bookings(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    bookings = PartBooking.objects.exclude(state=State.CANCELLED).select_related("part")
    return registrations.select_related("registered_by").prefetch_related(
        models.Prefetch("bookings", bookings.order_by("part__starts_at", "part"))
    )


def standing_of(registration: Registration) -> Standing:
    """Whoever has nothing left but a wait, waits. Reads `bookings`."""
    if registration.state != Registration.State.CONFIRMED:
        return Standing.GONE
    has_place = any(booking.state == State.CONFIRMED for booking in registration.bookings.all())
    return Standing.TAKES_PART if has_place else Standing.WAITS


def booked_parts(registration: Registration) -> list[BookedPart]:
    return [
        BookedPart(
            title=booking.part.title,
            mode=str(Mode(booking.mode).label),
            stands="" if booking.state == State.CONFIRMED else str(booking.get_state_display()),
            beyond=booking.beyond_reason,
        )
        for booking in registration.bookings.all()
    ]


def _row(registration: Registration) -> ParticipantRow:
    return ParticipantRow(
        reference=registration.reference,
        name=registration.name or _("Name gelöscht"),
        firm=registration.firm_name,
        role=str(registration.get_role_display()),
        phone=registration.phone,
        tel=dialled(registration.phone),
        standing=standing_of(registration),
        parts=booked_parts(registration),
        note=_note(registration),
    )


def _note(registration: Registration) -> str:
    if registration.mail_lost_at:
        return _("E-Mails kommen nicht an")
    if registration.registered_by and not registration.email:
        return _("Mails gehen an %(name)s") % {"name": registration.registered_by.name}
    return "" if registration.email else _("ohne E-Mail-Adresse")
