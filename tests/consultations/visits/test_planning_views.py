"""The pages of planning: who may, what a post does; and the firm's choice behind its link."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import Appointment, Claim, TravelPlan, VisitRequest
from consultations.visits.planning_page import lay_out_planning
from partnership.models import OutgoingMail
from tests import factories, visit_factories
from tests.consultations import planning_steps as steps
from tests.consultations.waiting_steps import path_in
from tests.personas import World, sign_in

State = Appointment.State


@pytest.fixture(autouse=True)
def station(world: World) -> None:
    steps.make_station(world)


def page_of(request: VisitRequest, name: str = "visit_plan") -> str:
    return reverse(f"appointments:{name}", args=[request.reference])


def request_of(appointment: Appointment) -> VisitRequest:
    return VisitRequest.objects.get(visits=appointment.pk)


def first_choice(world: World, request: VisitRequest) -> tuple[str, str]:
    day = lay_out_planning(request, standing=None, now=timezone.now(), heeds_wishes=True).days[0]
    return day.name, day.choices[0][0]


def choosing_page() -> str:
    return path_in(
        OutgoingMail.objects.filter(kind__in=["visit_times", "visit_freed_time"]).latest("pk"), "choose_url"
    )


# who may


@pytest.mark.parametrize(
    ("who", "status"),
    [("pia", 200), ("lea", 200), ("paula", 403), ("bert", 403), ("karl", 403), ("dora", 403), ("carl", 403)],
)
@pytest.mark.parametrize("name", ["visit_plan", "visit_cancel", "visit_hand_over"])
def test_whoever_has_the_request_and_the_lead(
    client: Client, world: World, who: str, status: int, name: str
) -> None:
    request = request_of(steps.stand(world))
    assert sign_in(client, getattr(world, who)).get(page_of(request, name)).status_code == status


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    response = client.get(page_of(steps.taken(world)))
    assert response["Location"].startswith("/konto/anmelden/")


def test_another_directorates_request_is_not_there(client: Client, world: World) -> None:
    other = factories.make_police(world.partnership, name="Polizeidirektion Dresden")
    request = visit_factories.make_visit_request(police=other, partnership=world.partnership)
    assert sign_in(client, world.pia).get(page_of(request)).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("lea", 200), ("pia", 403), ("bert", 403)])
def test_travel_is_the_leads(client: Client, world: World, who: str, status: int) -> None:
    page = reverse("appointments:travel_of", args=[world.police.pk])
    assert sign_in(client, getattr(world, who)).get(page).status_code == status


# planning


def test_a_proposal_is_offered(client: Client, world: World) -> None:
    request = steps.taken(world)
    name, value = first_choice(world, request)
    data = {"formular": "vorschlaege", "vorgang": "anbieten", name: [value]}
    response = sign_in(client, world.pia).post(page_of(request), data)
    assert response.status_code == 302
    assert request.visits.get().appointment.starts_at == datetime.datetime.fromisoformat(value)


def test_a_proposal_is_fixed(client: Client, world: World) -> None:
    request = steps.taken(world)
    name, value = first_choice(world, request)
    data = {"formular": "vorschlaege", "vorgang": "festlegen", name: [value]}
    sign_in(client, world.pia).post(page_of(request), data)
    assert request.visits.get().appointment.state == State.CONFIRMED


def test_several_can_not_be_fixed(client: Client, world: World) -> None:
    request = steps.taken(world)
    days = lay_out_planning(request, standing=None, now=timezone.now(), heeds_wishes=True).days[:2]
    data = {day.name: [day.choices[0][0]] for day in days} | {"vorgang": "festlegen"}
    response = sign_in(client, world.pia).post(page_of(request), data)
    assert "genau eine Zeit" in response.content.decode()
    assert not request.visits.exists()


def test_a_time_of_ones_own_with_its_length(client: Client, world: World) -> None:
    request = steps.taken(world)
    data = {
        "formular": "eigene",
        "vorgang": "festlegen",
        "when_0": steps.a_day().isoformat(),
        "when_1": "13:10",
        "minutes": "60",
    }
    sign_in(client, world.pia).post(page_of(request), data)
    appointment = request.visits.get().appointment
    assert (appointment.starts_at, appointment.ends_at) == (steps.at("13:10"), steps.at("14:10"))


def test_a_way_too_long_is_a_warning_with_a_box_to_insist(client: Client, world: World) -> None:
    steps.stand(world)
    request = steps.taken(world)
    data = {
        "formular": "eigene",
        "vorgang": "festlegen",
        "when_0": steps.a_day().isoformat(),
        "when_1": "12:30",
        "minutes": "60",
    }
    officer = sign_in(client, world.pia)
    assert officer.post(page_of(request), data).status_code == 409
    assert officer.post(page_of(request), data | {"insists": "on"}).status_code == 302


def test_a_visit_that_stands_is_moved_on_the_same_page(client: Client, world: World) -> None:
    visit = steps.stand(world)
    data = {
        "formular": "eigene",
        "vorgang": "verschieben",
        "when_0": steps.a_day(2).isoformat(),
        "when_1": "10:00",
    }
    sign_in(client, world.pia).post(page_of(request_of(visit)), data)
    visit.refresh_from_db()
    assert visit.starts_at == steps.at("10:00", steps.a_day(2))


def test_open_times_are_shown_and_taken_back_by_a_post(client: Client, world: World) -> None:
    request = request_of(steps.offer(world, "10:00")[0])
    officer = sign_in(client, world.pia)
    assert "Der Firma angeboten" in officer.get(page_of(request)).content.decode()
    assert officer.get(page_of(request, "visit_times_withdraw")).status_code == 405
    officer.post(page_of(request, "visit_times_withdraw"))
    assert not Claim.objects.filter(kind=Claim.Kind.VISIT).exists()


def test_a_cancellation_wants_a_reason(client: Client, world: World) -> None:
    visit = steps.stand(world)
    officer, page = sign_in(client, world.pia), page_of(request_of(visit), "visit_cancel")
    assert "Grund" in officer.post(page, {"reason": ""}).content.decode()
    assert officer.post(page, {"reason": "Einsatz"}).status_code == 302
    visit.refresh_from_db()
    assert visit.state == State.CANCELLED


def test_a_colleague_is_chosen_from_those_in_post(client: Client, world: World) -> None:
    visit = steps.stand(world)
    data = {"officer": str(world.paula.pk), "reason": ""}
    sign_in(client, world.lea).post(page_of(request_of(visit), "visit_hand_over"), data)
    assert request_of(visit).officer == world.paula


def test_the_number_of_statements_does_not_grow_with_the_days(
    client: Client, world: World, django_assert_max_num_queries: object
) -> None:
    request = steps.taken(world)
    officer = sign_in(client, world.pia)
    for number in range(1, 9):
        steps.stand(world, day=steps.a_day(number))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        officer.get(page_of(request))


# travel


def test_the_lead_changes_speeds_and_sees_what_that_means(client: Client, world: World) -> None:
    page = reverse("appointments:travel_of", args=[world.police.pk])
    lead = sign_in(client, world.lea)
    plan = TravelPlan(police=world.police)
    names = ("detour_percent", "speed_near", "speed_middle", "speed_far", "visit_minutes", "buffer_before")
    data = {name: getattr(plan, name) for name in names} | {
        "buffer_after": 15,
        "day_from": "08:00",
        "day_to": "17:00",
        "gesehen": 1,
    }
    assert lead.post(page, data | {"speed_near": 20}).status_code == 302
    assert TravelPlan.objects.get().speed_near == 20
    assert lead.post(page, data).status_code == 409


def test_a_day_that_ends_before_it_begins_is_refused(client: Client, world: World) -> None:
    page = reverse("appointments:travel_of", args=[world.police.pk])
    response = sign_in(client, world.lea).post(page, {"day_from": "17:00", "day_to": "08:00"})
    assert "vor dem Beginn" in response.content.decode()


# the firm's choice


def test_opening_the_link_chooses_nothing(client: Client, world: World) -> None:
    steps.offer(world)
    response = client.get(choosing_page())
    assert response.status_code == 200
    assert response["Referrer-Policy"] == "no-referrer"
    assert not Appointment.objects.filter(mode="on_site", state=State.CONFIRMED).exists()


def test_a_post_chooses_and_leads_to_the_appointment(client: Client, world: World) -> None:
    first = steps.offer(world)[0]
    response = client.post(choosing_page(), {"zeit": first.pk}, follow=True)
    assert response.status_code == 200
    first.refresh_from_db()
    assert first.state == State.CONFIRMED


def test_none_of_them_with_words(client: Client, world: World) -> None:
    request = request_of(steps.offer(world)[0])
    response = client.post(choosing_page(), {"words": "Nur montags"}, follow=True)
    assert "Wir suchen weiter" in response.content.decode()
    assert request.steps.get(kind="declined").reason == "Nur montags"


def test_somebody_elses_time_can_not_be_chosen(client: Client, world: World) -> None:
    steps.offer(world, "10:00")
    page = choosing_page()
    other = steps.offer(world, "10:00", officer=world.paula)[0]
    assert client.post(page, {"zeit": other.pk}).status_code == 404


def test_who_is_late_reads_it(client: Client, world: World) -> None:
    first = steps.offer(world)[0]
    page = choosing_page()
    steps.lapse(first)
    assert client.post(page, {"zeit": first.pk}).status_code == 409


def test_a_freed_time_is_chosen_on_the_same_page(client: Client, world: World) -> None:
    waits = steps.waits(world)
    steps.cancel(steps.stand(world))
    page = choosing_page()
    assert "abgegeben" in client.get(page).content.decode()
    offered = Appointment.objects.get(mode="on_site", state=State.PROPOSED)
    client.post(page, {"zeit": offered.pk})
    waits.refresh_from_db()
    assert waits.state == VisitRequest.State.PLANNED


def test_one_reads_why_one_was_passed_over(client: Client, world: World) -> None:
    far = steps.waits(world, **steps.FAR)
    steps.cancel(steps.stand(world))
    VisitRequest.objects.filter(pk=far.pk).update(state="taken", officer=world.pia, taken_at=timezone.now())
    far.refresh_from_db()
    steps.offer(world, "13:00", request=far)
    assert "der Weg passt nicht" in client.get(choosing_page()).content.decode()


def test_the_page_names_neither_firm_nor_street_nor_officer(client: Client, world: World) -> None:
    request = request_of(steps.offer(world)[0])
    text = client.get(choosing_page()).content.decode()
    assert not [word for word in (request.firm_name, request.street, world.pia.name) if word in text]


def test_signed_in_the_times_stand_in_the_account(client: Client, world: World) -> None:
    first = steps.offer(world, person=world.alice)[0]
    page = reverse("own_visits:visit_times", args=[request_of(first).reference])
    assert sign_in(client, world.alice).post(page, {"zeit": first.pk}).status_code == 302
    assert sign_in(client, world.carl).get(page).status_code == 404
