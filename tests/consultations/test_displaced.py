"""Bookings that lose their time: every one has a way, nobody is forgotten, mails and calls go out."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from consultations.displaced import Settled, Way, find_displaced, settle_displaced, target_hours
from consultations.forms.displaced import CANCEL, DisplacedForm
from consultations.models import Appointment, OfficeHours, PhoneTask
from consultations.offers import choice_value
from consultations.office_hours import upcoming_in
from consultations.queries import free_times
from consultations.taking_time import SlotTaken, lock_hours
from partnership.mail_content import build_message
from partnership.models import OutgoingMail, SecretLink
from partnership.refusals import Refusal
from partnership.times import long_moment
from tests import factories
from tests.personas import World

pytestmark = pytest.mark.django_db

State = Appointment.State


@pytest.fixture
def later(world: World) -> OfficeHours:
    """Another day of the same house, to go to."""
    return factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=world.hours.day + datetime.timedelta(days=7),
        partnership=world.partnership,
    )


def settle(world: World, *ways: Way) -> Settled:
    with transaction.atomic():
        lock_hours(world.hours.pk, *target_hours(ways))
        return settle_displaced(
            losing=upcoming_in(world.hours),
            ways=ways,
            reason="Wasserschaden",
            actor=world.bert,
            now=timezone.now(),
        )


def start_of(hours: OfficeHours) -> datetime.datetime:
    return next(t.starts_at for t in free_times(partnership=hours.partnership) if t.hours.pk == hours.pk)


def test_offers_are_near_and_never_in_the_hours_that_change(world: World, later: OfficeHours) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0)
    (found,) = find_displaced([booked], without=[world.hours.pk], now=timezone.now())
    assert {time.hours.pk for time in found.offers} == {later.pk}


def test_who_is_moved_gets_the_new_time_and_the_reason(world: World, later: OfficeHours) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0)
    start = start_of(later)
    settled = settle(world, Way(booked.pk, (later.pk, start)))
    assert [a.pk for a in settled.moved] == [booked.pk]
    body = build_message(OutgoingMail.objects.get(kind="booking_moved")).body
    assert "Grund: Wasserschaden" in body
    assert settled.moved[0].starts_at == start


def test_who_is_cancelled_reads_three_other_times(world: World, later: OfficeHours) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0)
    settle(world, Way(booked.pk, None))
    booked.refresh_from_db()
    assert (booked.state, booked.cancel_reason) == (State.CANCELLED, "Wasserschaden")
    body = build_message(OutgoingMail.objects.get(kind="booking_cancelled")).body
    assert body.count("?zeit=") == 3
    assert long_moment(start_of(later)) in body


def test_a_time_just_given_to_another_is_not_named_in_a_mail(world: World, later: OfficeHours) -> None:
    moved = factories.make_appointment(hours=world.hours, index=0)
    cancelled = factories.make_appointment(hours=world.hours, index=1)
    taken = start_of(later)
    settle(world, Way(cancelled.pk, None), Way(moved.pk, (later.pk, taken)))
    body = build_message(OutgoingMail.objects.get(kind="booking_cancelled")).body
    assert long_moment(taken) not in body


def test_what_was_booked_in_between_stops_the_act(world: World) -> None:
    known = factories.make_appointment(hours=world.hours, index=0)
    factories.make_appointment(hours=world.hours, index=1, firm_name="Neue Firma")
    with pytest.raises(Refusal, match="Neue Firma"):
        settle(world, Way(known.pk, None))
    assert not OutgoingMail.objects.exists()


def test_a_time_that_is_gone_is_named_with_the_firm(world: World, later: OfficeHours) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0, firm_name="Tischlerei Muster")
    there = factories.make_appointment(hours=later, index=0)
    with pytest.raises(SlotTaken, match="Tischlerei Muster"):
        settle(world, Way(booked.pk, (later.pk, there.starts_at)))


def test_an_unconfirmed_booking_is_asked_again_for_the_new_time(world: World, later: OfficeHours) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0, state=State.UNCONFIRMED)
    settle(world, Way(booked.pk, (later.pk, start_of(later))))
    booked.refresh_from_db()
    assert booked.state == State.UNCONFIRMED
    assert "gilt nicht mehr" in build_message(OutgoingMail.objects.get(kind="booking_confirm")).body
    assert SecretLink.objects.get().purpose == SecretLink.Purpose.CONFIRM


@pytest.mark.parametrize("to_later", [True, False])
def test_who_has_no_address_is_called(world: World, later: OfficeHours, to_later: bool) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0, contact_email="")
    before = booked.starts_at
    (task,) = settle(world, Way(booked.pk, (later.pk, start_of(later)) if to_later else None)).calls
    assert task.reason == (PhoneTask.Reason.MOVED if to_later else PhoneTask.Reason.CANCELLED)
    assert task.before == before


def test_two_hours_before_a_mail_is_not_enough(world: World) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0)
    now = booked.starts_at - datetime.timedelta(hours=2)
    (found,) = find_displaced([booked], without=[world.hours.pk], now=now)
    assert found.needs_call


def test_a_second_reason_changes_the_open_call(world: World, later: OfficeHours) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0, contact_email="")
    settle(world, Way(booked.pk, (later.pk, start_of(later))))
    with transaction.atomic():
        lock_hours(later.pk)
        settle_displaced(
            losing=upcoming_in(later),
            ways=[Way(booked.pk, None)],
            reason="Sturm",
            actor=world.bert,
            now=timezone.now(),
        )
    assert PhoneTask.objects.get().reason == PhoneTask.Reason.CANCELLED


def form_for(world: World, data: dict[str, str] | None = None) -> DisplacedForm:
    found = find_displaced(upcoming_in(world.hours), without=[world.hours.pk], now=timezone.now())
    return DisplacedForm(data, hint="Steht in der E-Mail.", displaced=found)  # type: ignore[arg-type]


def test_each_booking_is_proposed_a_time_of_its_own(world: World, later: OfficeHours) -> None:
    first = factories.make_appointment(hours=world.hours, index=0)
    second = factories.make_appointment(hours=world.hours, index=1)
    form = form_for(world)
    proposals = [form.fields[f"weg_{a.pk}"].initial for a in (first, second)]
    assert len({*proposals, CANCEL}) == 3


def test_the_same_time_for_two_is_sent_back_with_what_was_typed(world: World, later: OfficeHours) -> None:
    keys = [factories.make_appointment(hours=world.hours, index=index).pk for index in (0, 1)]
    time = choice_value(next(t for t in free_times(partnership=world.partnership) if t.hours.pk == later.pk))
    form = form_for(world, {f"weg_{key}": time for key in keys} | {"reason": "Sturm"})
    assert not form.is_valid()
    assert "zweimal" in str(form.errors)


def test_without_another_time_in_the_house_cancelling_is_proposed(world: World) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0)
    form = form_for(world)
    assert form.fields[f"weg_{booked.pk}"].initial == CANCEL
