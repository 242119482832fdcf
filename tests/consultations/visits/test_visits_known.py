"""What others learn of visits: numbers apart, the firm's chamber the day alone, nobody more by erasing."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from consultations import mails
from consultations.address_change import follow_to_new_address
from consultations.emptying import empty_appointments
from consultations.erasing import erase, give_up_coming, holdings
from consultations.expiry import delete_old_holds
from consultations.lost_mails import mark_request
from consultations.models import Appointment, Visit, VisitMatter, VisitRequest
from consultations.numbers.counting import Scope
from consultations.numbers.visits import visits_made
from consultations.own_data import about_appointments
from consultations.retention import appointments_due
from consultations.satisfaction import appointments_to_ask
from consultations.today.stations import VisitStation
from consultations.visits.privacy import empty_requests
from partnership.models import OutgoingMail
from partnership.rules import posts_of
from partnership.times import long_date
from tests import factories
from tests.consultations.test_today import day_of, moment
from tests.consultations.visits.standing import A_DAY, NOTE, make_visit
from tests.personas import World, sign_in

State = Appointment.State
MARCH, APRIL = datetime.date(2026, 3, 1), datetime.date(2026, 4, 30)


def visited(world: World, *days: datetime.date, **fields: object) -> None:
    """Two hours each, on these days."""
    for number, day in enumerate(days):
        start = datetime.datetime.combine(day, datetime.time(6 + 3 * (number % 5)), datetime.UTC)
        make_visit(world, starts_at=start, travel_minutes=10, state=State.ATTENDED, **fields)  # type: ignore[arg-type]


def made(world: World, name: str) -> list[list[str]] | None:
    posts = posts_of(getattr(world, name))
    table = visits_made(Scope(posts, frozenset(), MARCH, APRIL))
    return [[str(count) for count in line.counts] for line in [*table.lines, table.total]] if table else None


@pytest.mark.parametrize("name", ["lea", "karl"])
def test_few_visits_are_hidden_and_sums_made_of_what_is_shown(world: World, name: str) -> None:
    visited(world, *(datetime.date(2026, 3, 3) for _n in range(5)), datetime.date(2026, 4, 7))
    assert made(world, name) == [["5"], ["< 5"], ["5 bis 9"]]


@pytest.mark.parametrize("name", ["bert", "paula", "carl"])
def test_neither_chambers_nor_officers_read_them(world: World, name: str) -> None:
    visited(world, datetime.date(2026, 3, 3))
    assert made(world, name) is None


@pytest.mark.parametrize("state", [State.CONFIRMED, State.MISSED, State.CANCELLED])
def test_what_did_not_take_place_is_not_counted(world: World, state: str) -> None:
    start = datetime.datetime(2026, 3, 3, 10, tzinfo=datetime.UTC)
    make_visit(world, starts_at=start, state=state)
    assert made(world, "lea") is None


def firm_page(client: Client, world: World, name: str, **firm: object) -> str:
    found = factories.make_firm(name="Dachdeckerei Quendel", **firm)
    yesterday = timezone.now() - A_DAY
    make_visit(world, starts_at=yesterday, state=State.ATTENDED, request={"firm": found})
    make_visit(world, request={"firm": found})
    factories.make_appointment(hours=world.hours, firm=found)
    response = sign_in(client, getattr(world, name)).get(f"/arbeitsplatz/firmen/{found.pk}/")
    return response.content.decode() if response.status_code == 200 else ""


def test_the_firms_chamber_reads_the_day_and_nothing_else(client: Client, world: World) -> None:
    page = firm_page(client, world, "bert", chamber=world.ihk)
    day = timezone.localdate() - A_DAY
    assert f"am {long_date(day)}" in page
    assert page.count("am ") >= 1
    for confided in (NOTE, "Einbruch", "V-0", "Pia Beispiel", "vor Ort in"):
        assert confided not in page


def test_another_chamber_that_hosted_the_firm_reads_no_visit(client: Client, world: World) -> None:
    page = firm_page(client, world, "bert", chamber=world.hwk)
    assert "Dachdeckerei Quendel" in page
    assert "Besuch vor Ort durch die Polizei" not in page


# keeping and erasing


def test_own_data_has_the_visit_with_its_address(world: World) -> None:
    make_visit(world, request={"person": world.alice})
    (row,) = about_appointments(world.alice).rows
    assert (row["office"], row["address"]) == ("Vor Ort in Ihrem Betrieb", "Schlossweg 1, 04668 Grimma")


def test_emptying_names_nobody_and_keeps_that_it_took_place(world: World) -> None:
    visit = make_visit(world, state=State.ATTENDED)
    empty_appointments([visit.pk])
    emptied = Appointment.objects.get(pk=visit.pk)
    assert (emptied.firm_name, emptied.contact_email, emptied.state) == ("(gelöscht)", "", State.ATTENDED)


def test_a_visit_long_over_is_due(world: World) -> None:
    visited(world, datetime.date(2026, 3, 3))
    assert appointments_due(timezone.now()).count() == 1


def test_of_a_visit_police_erase_and_chambers_have_nothing(world: World) -> None:
    visit = make_visit(world, starts_at=timezone.now() - A_DAY, request={"person": world.alice})
    Appointment.objects.update(state=State.ATTENDED)
    (holding,) = holdings(world.alice)
    assert (holding.organisation_id, holding.holds) == (world.police.pk, False)
    assert erase(world.alice, world.ihk) == []
    assert erase(world.alice, world.police) == [visit.appointment]


def test_a_coming_visit_is_given_up_with_its_request(world: World) -> None:
    visit = make_visit(world, request={"person": world.alice})
    give_up_coming(world.alice)
    assert Appointment.objects.get(pk=visit.pk).state == State.CANCELLED
    assert VisitRequest.objects.get().state == VisitRequest.State.WITHDRAWN


def test_a_mail_about_a_visit_that_is_lost_marks_its_request(world: World) -> None:
    appointment = make_visit(world).appointment
    mails.tell_confirmed(appointment, token="t" * 43)
    mark_request(OutgoingMail.objects.get())
    assert VisitRequest.objects.get().mail_lost_at is not None


def test_an_emptied_visit_still_stands_in_its_day(world: World) -> None:
    visit = make_visit(world, starts_at=moment("10:00"), state=State.ATTENDED)
    empty_requests([visit.request_id])
    empty_appointments([visit.pk])
    ((station,),) = [person.stations for person in day_of(world.pia).people]
    assert isinstance(station, VisitStation)
    assert (station.firm, station.alarm, station.occasion) == ("(gelöscht)", None, "Werkstatt")


def test_after_a_visit_nobody_is_asked_how_it_was(world: World) -> None:
    make_visit(world, starts_at=timezone.now() - A_DAY, state=State.ATTENDED)
    assert not appointments_to_ask(timezone.now()).exists()


def test_offered_times_that_lapsed_go_and_leave_their_request(world: World) -> None:
    make_visit(world, state=State.EXPIRED, held_until=timezone.now() - 3 * A_DAY)
    assert delete_old_holds() > 0
    assert not Visit.objects.exists()
    assert VisitRequest.objects.get().state == VisitRequest.State.TAKEN


def test_another_address_of_the_person_follows(world: World) -> None:
    visit = make_visit(world, request={"person": world.alice, "contact_email": world.alice.email})
    old = world.alice.email
    world.alice.email = "neu@personen.example"
    world.alice.save()
    follow_to_new_address(world.alice, old)
    assert Appointment.objects.get(pk=visit.pk).contact_email == "neu@personen.example"


def test_what_is_confided_lies_in_its_own_table(world: World) -> None:
    visit = make_visit(world)
    assert VisitMatter.objects.get(request=visit.request_id).note == NOTE
    assert NOTE not in str(Appointment.objects.filter(pk=visit.pk).values().get())
