"""Places in parts are counted where they are written, whoever writes."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.models import Certificate, EventPart, Mode, PartBooking, PartPlaces
from forums.seats import NoPlaceLeft, free_places, lock_parts, takes_places
from partnership.locking import constraint_of
from tests.event_factories import make_booking, make_event, make_part, make_registration
from tests.personas import World

State = PartBooking.State


def make_full_part(world: World) -> EventPart:
    event = make_event(organiser=world.ihk)
    part = make_part(event, site=1, online=2)
    make_registration(event, part)
    return part


def test_confirmed_and_offered_bookings_take_a_place_each(world: World) -> None:
    event = make_event(organiser=world.ihk)
    part = make_part(event, site=3, online=2)
    make_registration(event, part)
    make_registration(event, part, booking_state=State.OFFERED)
    make_registration(event, part, booking_state=State.WAITLISTED)
    make_registration(event, part, mode=Mode.ONLINE)
    assert (free_places(part, Mode.SITE), free_places(part, Mode.ONLINE)) == (1, 1)


def test_a_place_that_is_given_up_is_free_again(world: World) -> None:
    part = make_full_part(world)
    PartBooking.objects.filter(part=part).update(state=State.CANCELLED)
    assert free_places(part, Mode.SITE) == 1


def test_a_booking_that_changes_the_way_takes_its_place_there(world: World) -> None:
    part = make_full_part(world)
    PartBooking.objects.filter(part=part).update(mode=Mode.ONLINE)
    assert (free_places(part, Mode.SITE), free_places(part, Mode.ONLINE)) == (1, 1)


def test_the_database_refuses_one_more_than_there_are_places(world: World) -> None:
    part = make_full_part(world)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make_registration(part.event, part)
    assert constraint_of(refused.value) == "part_places_within_capacity"


def test_the_database_refuses_a_way_in_which_nobody_takes_part(world: World) -> None:
    event = make_event(organiser=world.ihk)
    part = make_part(event, site=1)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make_registration(event, part, mode=Mode.ONLINE)
    assert constraint_of(refused.value) == "part_places_within_capacity"


def test_the_capacity_cannot_fall_below_what_is_taken(world: World) -> None:
    part = make_full_part(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartPlaces.objects.filter(part=part, mode=Mode.SITE).update(capacity=0)


def test_a_booking_beyond_the_capacity_says_why_and_is_not_counted(world: World) -> None:
    part = make_full_part(world)
    late = make_registration(part.event)
    make_booking(late, part, beyond_reason="Rollstuhlplatz zusätzlich")
    assert free_places(part, Mode.SITE) == 0


def test_the_refusal_becomes_a_sentence(world: World) -> None:
    part = make_full_part(world)

    @takes_places
    def book_one_more() -> None:
        lock_parts([part.pk])
        make_registration(part.event, part)

    with pytest.raises(NoPlaceLeft, match="Warteliste"):
        book_one_more()


def test_a_certificate_is_never_deleted_nor_changed(world: World) -> None:
    event = make_event(organiser=world.ihk)
    certificate = Certificate.objects.create(
        event=event,
        registration=make_registration(event),
        number="N-1",
        issued_at=timezone.now(),
        content={"name": "Ute Quendel"},
        salt="1",
        digest="0" * 64,
    )
    for change in (
        lambda rows: rows.delete(),
        lambda rows: rows.update(content={"name": "Uta Quendel"}),
        lambda rows: rows.update(number="N-2"),
    ):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            change(Certificate.objects.filter(pk=certificate.pk))
        assert constraint_of(refused.value) == "certificate_sealed"
