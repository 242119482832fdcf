"""Closing a house: hours end, every booking goes its way, rooms are taken, officers are told once."""

import datetime

import pytest
from django.utils import timezone

from consultations.closing import Closed, close_office, find_hit
from consultations.displaced import Way
from consultations.models import Appointment, Claim, OfficeHours, PhoneTask
from consultations.office_hours import plan_hours
from consultations.taking_time import SlotTaken, TimeClash
from partnership.administration.houses import remove_closure, shorten_closure
from partnership.mail_content import build_message
from partnership.models import LogEntry, OfficeClosure, OutgoingMail
from partnership.refusals import Refusal
from partnership.times import at_wall_time, today
from tests import factories
from tests.consultations.steps import start_of
from tests.consultations.test_office_hours import make_plan
from tests.personas import World

pytestmark = pytest.mark.django_db

A_DAY = datetime.timedelta(days=1)
State = OfficeHours.State


def close(world: World, *ways: Way, days: int = 1, **changes: datetime.date) -> Closed:
    first = changes.get("starts", world.hours.day)
    return close_office(
        office_id=world.office.pk,
        starts=first,
        ends=first + (days - 1) * A_DAY,
        reason="Wasserschaden",
        ways=ways,
        actor=world.bert,
    )


@pytest.fixture
def later(world: World) -> OfficeHours:
    return factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=world.hours.day + 7 * A_DAY,
        partnership=world.partnership,
    )


def test_public_hours_and_drafts_in_the_days_are_cancelled_and_others_stay(
    world: World, later: OfficeHours
) -> None:
    draft = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=world.hours.day + A_DAY,
        state=State.DRAFT,
    )
    assert {hours.pk for hours in close(world, days=2).hours} == {world.hours.pk, draft.pk}
    states = dict(OfficeHours.objects.values_list("pk", "state"))
    assert states == {world.hours.pk: State.CANCELLED, draft.pk: State.CANCELLED, later.pk: State.PUBLIC}


def test_bookings_are_moved_or_cancelled_as_chosen(world: World, later: OfficeHours) -> None:
    moved = factories.make_appointment(hours=world.hours, index=0)
    cancelled = factories.make_appointment(hours=world.hours, index=1)
    settled = close(world, Way(moved.pk, (later.pk, start_of(later))), Way(cancelled.pk, None)).settled
    assert [a.pk for a in settled.moved] == [moved.pk]
    assert [a.pk for a in settled.cancelled] == [cancelled.pk]
    kinds = OutgoingMail.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["booking_cancelled", "booking_moved", "office_closed"]


def test_a_booking_without_a_way_stops_everything(world: World) -> None:
    factories.make_appointment(hours=world.hours, firm_name="Neue Firma")
    with pytest.raises(Refusal, match="Neue Firma"):
        close(world)
    assert not OfficeClosure.objects.exists()
    assert OfficeHours.objects.get().state == State.PUBLIC


def test_for_a_coordinator_refusals_name_no_firm(world: World) -> None:
    booked = factories.make_appointment(hours=world.hours, firm_name="Neue Firma")
    with pytest.raises(Refusal, match=booked.reference):
        close_office(
            office_id=world.office.pk,
            starts=world.hours.day,
            ends=world.hours.day,
            reason="Sturm",
            ways=[],
            actor=world.karl,
            names_firms=False,
        )


def test_nobody_is_moved_into_the_closed_days(world: World) -> None:
    booked = factories.make_appointment(hours=world.hours, index=0)
    with pytest.raises(SlotTaken, match="in der Schließzeit"):
        close(world, Way(booked.pk, (world.hours.pk, start_of(world.hours, 1))))


def test_the_rooms_are_taken_for_the_days(world: World) -> None:
    closure = close(world, days=2).closure
    claim = Claim.objects.get(room=world.room)
    assert (claim.kind, claim.closure) == (Claim.Kind.CLOSURE, closure)
    midnight = datetime.time()
    assert claim.blocked.lower == at_wall_time(world.hours.day, midnight)
    assert claim.blocked.upper == at_wall_time(world.hours.day + 2 * A_DAY, midnight)
    with pytest.raises(TimeClash):
        plan_hours(plan=make_plan(world, day=world.hours.day, officers=[world.pia]), actor=world.bert)


def test_from_today_on_means_from_now_on(world: World) -> None:
    close(world, starts=today())
    claim = Claim.objects.get(kind=Claim.Kind.CLOSURE)
    assert timezone.now() - claim.blocked.lower < datetime.timedelta(minutes=5)


def test_hours_that_run_are_cut_off_and_their_talks_stay(world: World) -> None:
    now = timezone.now()
    booked = factories.make_appointment(hours=world.hours, index=0)
    coming = factories.make_appointment(hours=world.hours, index=1)
    hit = find_hit(
        office=world.office,
        starts=world.hours.day,
        ends=world.hours.day,
        now=booked.starts_at + datetime.timedelta(minutes=5),
    )
    assert [a.pk for a in hit.bookings] == [coming.pk]
    assert booked.starts_at > now


def test_hours_that_are_over_are_not_hit(world: World) -> None:
    hit = find_hit(office=world.office, starts=world.hours.day, ends=world.hours.day, now=world.hours.ends_at)
    assert hit.hours == []


def test_an_officer_reads_of_all_days_in_one_mail(world: World) -> None:
    second = factories.make_hours(
        office=world.office, police=world.police, officers=[world.paula], day=world.hours.day + A_DAY
    )
    close(world, days=2)
    body = build_message(OutgoingMail.objects.get(kind="office_closed")).body
    assert "Grund: Wasserschaden" in body
    assert body.count("9:00 bis 12:00 Uhr") == 2
    assert second.pk


@pytest.mark.parametrize(("days", "words"), [(-1, "vorbei"), (600, "18 Monate")])
def test_days_that_cannot_be_closed(world: World, days: int, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        close(world, starts=today() + min(days, 0) * A_DAY, days=max(days, 1))


def test_the_same_days_are_not_closed_twice(world: World) -> None:
    close(world)
    with pytest.raises(Refusal, match="schon eine Schließzeit eingetragen"):
        close(world)


def test_who_has_no_address_is_called_with_the_reason(world: World) -> None:
    booked = factories.make_appointment(hours=world.hours, contact_email="")
    close(world, Way(booked.pk, None))
    task = PhoneTask.objects.get()
    assert (task.reason, task.why) == (PhoneTask.Reason.CANCELLED, "Wasserschaden")


def test_holds_end_with_the_hours(world: World) -> None:
    held = factories.make_appointment(hours=world.hours, state=Appointment.State.HELD)
    close(world)
    held.refresh_from_db()
    assert held.state == Appointment.State.EXPIRED


def test_a_removed_closure_gives_the_rooms_back(world: World) -> None:
    closure = close(world).closure
    remove_closure(closure_id=closure.pk, actor=world.bert)
    assert not Claim.objects.filter(room=world.room).exists()


def test_a_shortened_closure_gives_back_the_days_it_loses(world: World) -> None:
    closure = close(world, days=5).closure
    last = closure.starts + A_DAY
    shorten_closure(
        closure_id=closure.pk,
        seen=(closure.starts, closure.ends),
        starts=closure.starts,
        ends=last,
        reason="Wasserschaden",
        actor=world.bert,
    )
    claim = Claim.objects.get(room=world.room)
    assert claim.blocked.upper == at_wall_time(last + A_DAY, datetime.time())


def test_the_log_knows_house_and_days(world: World) -> None:
    close(world)
    entry = LogEntry.objects.get(act="closure.entered")
    assert (entry.object_id, entry.organisation) == (world.office.pk, world.ihk)
    assert entry.detail["reason"] == "Wasserschaden"
