"""Which rows a person's queries give: stranger, neighbour, reader, writer."""

import datetime

import pytest
from django.utils import timezone

from consultations import rules
from consultations.models import Appointment, Waiting
from consultations.queries import (
    appointments_of,
    appointments_visible_to,
    bookable_offices,
    hours_visible_to,
    member_chambers,
    officer_posts,
    waiting_visible_to,
)
from partnership.models import Membership, Partnership, Person, Post
from partnership.rules import posts_of
from tests import factories
from tests.consultations.steps import confirm, hold
from tests.personas import World

EVERYBODY = ["alice", "bert", "hanna", "paula", "pia", "lea", "karl", "dora", "carl"]
State = Appointment.State


def yesterday() -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=1)


def who(world: World, may: object) -> list[str]:
    """Those of everybody for whom `may(posts, person)` is true."""
    people: dict[str, Person] = {name: getattr(world, name) for name in EVERYBODY}
    return [name for name, person in people.items() if may(posts_of(person), person)]  # type: ignore[operator]


@pytest.fixture
def appointment(world: World) -> Appointment:
    return factories.make_appointment(hours=world.hours, note="Der Hof ist dunkel")


def test_appointments_are_the_host_chambers_and_the_directorates(
    world: World, appointment: Appointment
) -> None:
    seen = who(
        world, lambda posts, _person: appointments_visible_to(posts).filter(pk=appointment.pk).exists()
    )
    assert seen == ["bert", "paula", "pia", "lea"]


def test_office_hours_are_the_host_chambers_and_the_directorates(world: World) -> None:
    seen = who(world, lambda posts, _person: hours_visible_to(posts).filter(pk=world.hours.pk).exists())
    assert seen == ["bert", "paula", "pia", "lea"]


def test_what_is_confided_is_polices_alone(world: World, appointment: Appointment) -> None:
    assert who(world, lambda posts, _p: rules.may_read_concern(posts, appointment)) == ["paula", "pia", "lea"]


def test_the_chambers_rows_do_not_carry_what_is_confided(world: World, appointment: Appointment) -> None:
    query = str(appointments_visible_to(posts_of(world.bert)).query)
    assert "concern" not in query


def test_nobody_sees_holds(world: World) -> None:
    hold(world.hours)
    assert who(world, lambda posts, _person: appointments_visible_to(posts).exists()) == []


def test_an_expired_hold_is_no_appointment_either(world: World) -> None:
    Appointment.objects.filter(pk=hold(world.hours).pk).update(state=State.EXPIRED)
    assert who(world, lambda posts, _person: appointments_visible_to(posts).exists()) == []


def test_who_waits_is_known_to_the_houses_desk(world: World) -> None:
    waiting = factories.make_waiting(office=world.office)
    factories.make_waiting(office=world.office, state=Waiting.State.UNCONFIRMED)
    assert who(world, lambda posts, _person: waiting_visible_to(posts).filter(pk=waiting.pk).exists()) == [
        "bert"
    ]
    assert list(waiting_visible_to(posts_of(world.bert))) == [waiting]
    assert who(world, lambda posts, _person: rules.may_open_waiting_list(posts)) == ["bert", "hanna"]


def test_another_directorate_sees_nothing(world: World, appointment: Appointment) -> None:
    stranger = factories.make_person()
    factories.make_post(stranger, Post.Role.OFFICER, organisation=factories.make_police(world.partnership))
    assert not appointments_visible_to(posts_of(stranger)).exists()
    assert not hours_visible_to(posts_of(stranger)).exists()


def test_rights_end_with_the_post(world: World, appointment: Appointment) -> None:
    Post.objects.update(ends=yesterday())
    assert who(world, lambda posts, _person: appointments_visible_to(posts).exists()) == []


def test_a_business_has_its_own_appointments(world: World, appointment: Appointment) -> None:
    own = confirm(world.hours, 1, contact_email=world.alice.email)
    hold(world.hours, 2)
    assert list(appointments_of(world.alice)) == [own]
    assert list(appointments_of(world.carl)) == []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("may_publish_hours", ["bert"]),
        ("may_cancel_hours", ["bert"]),
    ],
)
def test_the_desk_of_the_house_decides_over_its_hours(world: World, rule: str, expected: list[str]) -> None:
    assert who(world, lambda posts, _person: getattr(rules, rule)(posts, world.hours)) == expected
    assert who(world, lambda posts, _person: rules.may_plan_hours(posts, world.office)) == expected


def test_the_officers_who_are_asked_agree_or_their_lead(world: World) -> None:
    def may(posts: object, person: Person) -> bool:
        return rules.may_agree_to_hours(posts, world.hours, person)  # type: ignore[arg-type]

    assert who(world, may) == ["paula", "lea"]


def test_the_desk_cancels_and_the_police_note_outcomes(world: World, appointment: Appointment) -> None:
    assert who(world, lambda posts, _p: rules.may_cancel_appointment(posts, appointment)) == ["bert"]
    assert who(world, lambda posts, _p: rules.may_note_outcome(posts, appointment)) == ["paula", "pia", "lea"]


def planned(partnership: Partnership) -> list[Person]:
    return [post.person for post in officer_posts(partnership)]


def test_officers_in_force_of_member_organisations_can_be_planned(world: World) -> None:
    assert planned(world.partnership) == [world.paula, world.pia]
    Post.objects.filter(person=world.paula).update(ends=yesterday())
    assert planned(world.partnership) == [world.pia]
    assert planned(factories.make_partnership()) == []


def test_officers_of_a_directorate_that_has_left_cannot_be_planned(world: World) -> None:
    Membership.objects.filter(organisation=world.police).update(ends=yesterday())
    assert planned(world.partnership) == []


def test_offices_and_chambers_of_todays_members_are_offered(world: World) -> None:
    assert set(bookable_offices(world.partnership)) == {world.office, world.hwk_office}
    assert set(member_chambers(world.partnership)) == {world.hwk, world.ihk}
    Membership.objects.filter(organisation=world.hwk).update(ends=yesterday())
    assert list(bookable_offices(world.partnership)) == [world.office]
    assert list(member_chambers(world.partnership)) == [world.ihk]


def test_a_closed_office_is_not_offered(world: World) -> None:
    world.office.is_active = False
    world.office.save()
    assert list(bookable_offices(world.partnership)) == [world.hwk_office]
