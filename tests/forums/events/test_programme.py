"""Parts and places: written in one go, never against what is booked; and what becomes of a part that goes."""

import datetime

import pytest
from django.utils import timezone

from forums.events.programme import foresee_programme
from forums.events.striking import Struck, strike_part
from forums.models import Attendance, Event, EventPart, Mode, PartBooking, PartPlaces, Registration
from partnership.mail_content import build_message
from partnership.refusals import Refusal
from tests.event_factories import make_booking, make_event, make_part, make_registration
from tests.forums.events.steps import (
    AN_HOUR,
    acts,
    add,
    booking_of,
    mails,
    make_forum,
    new_part,
    plan_of,
    set_programme,
)
from tests.personas import World

pytestmark = pytest.mark.django_db
State = PartBooking.State


def strike(part: EventPart, world: World, instead: EventPart | None = None) -> Struck:
    event = Event.objects.get(pk=part.event_id)
    return strike_part(
        event_id=event.pk,
        part_id=part.pk,
        seen=event.version,
        instead_id=instead.pk if instead else None,
        actor=world.bert,
    )


def capacity(part: EventPart, mode: str = Mode.SITE) -> int:
    return PartPlaces.objects.get(part=part, mode=mode).capacity


def test_parts_and_places_are_written_in_one_go(world: World) -> None:
    event = add(world)
    talk = new_part(event, title="Vortrag", is_for_all=True, places={Mode.SITE: 80, Mode.ONLINE: 200})
    set_programme(event, world, talk, new_part(event), new_part(event, title="Zweiter"))
    assert [part.title for part in event.parts.order_by("pk")] == ["Vortrag", "Workshop", "Zweiter"]
    assert capacity(event.parts.get(title="Vortrag"), Mode.ONLINE) == 200
    assert acts(event) == ["event.added", "event.programme_changed"]


def test_a_part_without_bookings_is_removed(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    registration = make_registration(event)
    make_booking(registration, workshop, state=State.CANCELLED)
    set_programme(event, world, plan_of(workshop, is_removed=True))
    assert [part.title for part in event.parts.all()] == ["Vortrag"]


def test_a_part_with_bookings_is_not_removed_in_passing(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    make_registration(event, workshop)
    with pytest.raises(Refusal, match="gibt es eine Anmeldung"):
        set_programme(event, world, plan_of(workshop, is_removed=True))


def test_the_last_places_of_what_is_announced_stay(world: World) -> None:
    event = make_event(organiser=world.ihk)
    part = make_part(event)
    with pytest.raises(Refusal, match="Kein Programmteil hat Plätze"):
        set_programme(event, world, plan_of(part, places={Mode.SITE: None}))


def test_a_capacity_never_falls_below_what_is_taken(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    make_registration(event, workshop)
    make_registration(event, workshop)
    with pytest.raises(Refusal, match="schon 2 Plätze vergeben"):
        set_programme(event, world, plan_of(workshop, places={Mode.SITE: 1}))
    set_programme(event, world, plan_of(workshop, places={Mode.SITE: 2}))
    assert capacity(workshop) == 2


def test_a_way_in_which_somebody_waits_stays(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    PartPlaces.objects.create(part=workshop, mode=Mode.ONLINE, capacity=0)
    make_registration(event, workshop, mode=Mode.ONLINE, booking_state=State.WAITLISTED)
    Event.objects.filter(pk=event.pk).update(is_online=True, join_url="https://a.example")
    with pytest.raises(Refusal, match="angemeldet oder wartet"):
        set_programme(event, world, plan_of(workshop, places={Mode.ONLINE: None}))


def test_more_places_go_to_those_who_wait(world: World) -> None:
    event = make_event(organiser=world.ihk)
    part = make_part(event, site=1)
    make_registration(event, part)
    first = make_registration(event, part, booking_state=State.WAITLISTED)
    second = make_registration(event, part, booking_state=State.WAITLISTED)
    set_programme(event, world, plan_of(part, places={Mode.SITE: 2}))
    assert booking_of(first, part).state == State.CONFIRMED
    assert booking_of(second, part).state == State.WAITLISTED


def test_a_part_at_another_time_is_told_to_those_who_booked_it(world: World) -> None:
    event, talk, workshop = make_forum(world)
    booked = make_registration(event, talk, workshop)
    make_registration(event, talk)
    moved = plan_of(workshop, starts_at=workshop.starts_at + AN_HOUR)
    assert foresee_programme(event, [moved], now=timezone.now()).by_mail == [booked]
    assert set_programme(event, world, moved).by_mail == [booked]
    mail = mails().pop()
    assert (mail.to_email, len(mails())) == (booked.email, 1)
    assert "„Workshop“ ist neu: 14:00 bis 16:00 Uhr" in str(build_message(mail).body)
    event.refresh_from_db()
    assert event.calendar_sequence == 1


@pytest.mark.parametrize("values", [{"title": "Anders"}, {"speakers": "Eva Eins"}, {"room": "Saal"}])
def test_nobody_is_told_of_anything_else_in_a_part(world: World, values: dict[str, str]) -> None:
    event, _talk, workshop = make_forum(world)
    make_registration(event, workshop)
    assert set_programme(event, world, plan_of(workshop, **values)).count == 0
    assert not mails()


def test_nobody_has_two_parts_at_the_same_time(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    other = make_part(event, title="Zweiter", ends_at=workshop.starts_at)
    make_registration(event, workshop, other)
    with pytest.raises(Refusal, match=r"Eine Person hat „.*“ und „.*“ belegt"):
        set_programme(event, world, plan_of(other, ends_at=workshop.ends_at))


def test_a_choice_is_taken_over_by_the_bookings(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    registration = make_registration(event, workshop)
    set_programme(event, world, plan_of(workshop, choice="Nachmittag"))
    assert booking_of(registration, workshop).choice == "Nachmittag"


def test_a_part_outside_the_event_is_refused(world: World) -> None:
    event = add(world)
    with pytest.raises(Refusal, match="außerhalb der Zeit"):
        set_programme(event, world, new_part(event, ends_at=event.ends_at + AN_HOUR))


def test_a_new_part_for_all_comes_with_every_registration(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    confirmed = make_registration(event, workshop)
    waits = make_registration(event, workshop)
    pending = make_registration(event, workshop, state=Registration.State.UNCONFIRMED)
    set_programme(event, world, new_part(event, title="Ausklang", is_for_all=True, places={Mode.SITE: 1}))
    part = event.parts.get(title="Ausklang")
    states = [booking_of(one, part).state for one in (confirmed, waits, pending)]
    assert states == [State.CONFIRMED, State.WAITLISTED, State.PENDING]


def test_two_who_edit_the_programme_notice_each_other(world: World) -> None:
    event = add(world)
    set_programme(event, world, new_part(event))
    event.version -= 1
    with pytest.raises(Refusal, match="Inzwischen"):
        strike_part(event_id=event.pk, part_id=event.parts.get().pk, seen=1, actor=world.bert)


def test_a_struck_part_without_another_ends_its_bookings(world: World) -> None:
    event, talk, workshop = make_forum(world)
    registration = make_registration(event, talk, workshop)
    struck = strike(workshop, world)
    assert struck.dropped == [registration]
    assert not EventPart.objects.filter(pk=workshop.pk).exists()
    assert booking_of(registration, talk).state == State.CONFIRMED
    assert "„Workshop“ entfällt" in str(build_message(mails().pop()).body)
    assert acts(event) == ["event.part_struck"]


def test_whoever_had_it_gets_the_other_in_order(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    other = make_part(event, title="Zweiter", site=1, starts_at=workshop.starts_at)
    waiting = make_registration(event, workshop, booking_state=State.WAITLISTED)
    holder = make_registration(event, workshop)
    struck = strike(workshop, world, other)
    assert (struck.moved, struck.waiting) == ([holder], [waiting])
    assert booking_of(holder, other).state == State.CONFIRMED
    assert booking_of(waiting, other).state == State.WAITLISTED
    said = [str(build_message(mail).body) for mail in mails()]
    assert ["stattdessen einen Platz" in text for text in said] == [True, False]


def test_nobody_gets_a_part_beside_another_at_the_same_time(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    later = workshop.starts_at + 2 * AN_HOUR
    EventPart.objects.filter(pk=workshop.pk).update(ends_at=later)
    third = make_part(event, title="Dritter", starts_at=later)
    long = make_part(event, title="Langer", starts_at=workshop.starts_at)
    registration = make_registration(event, workshop, third)
    struck = strike(workshop, world, long)
    assert struck.dropped == [registration]
    assert not PartBooking.objects.filter(part=long).exists()


def test_the_last_part_is_not_struck_from_what_is_announced(world: World) -> None:
    event = make_event(organiser=world.ihk)
    part = make_part(event)
    with pytest.raises(Refusal, match="Ohne diesen Teil geht es nicht"):
        strike(part, world)


def test_a_part_with_attendance_is_not_struck(world: World) -> None:
    event, _talk, workshop = make_forum(world)
    booking = booking_of(make_registration(event, workshop), workshop)
    Attendance.objects.create(booking=booking, day=datetime.date(2026, 1, 1), half="am", way="list")
    with pytest.raises(Refusal, match="schon jemand anwesend"):
        strike(workshop, world)
