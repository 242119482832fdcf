"""A firm's own visit: moved to another of the officer's times, or cancelled, by link and signed in."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from consultations.deadlines import link_end
from consultations.models import Appointment, Claim, Visit, VisitRequest
from consultations.visits.changing import times_to_move_to
from partnership.links import issue_link
from partnership.models import OutgoingMail, SecretLink
from tests.consultations.visits.standing import make_visit
from tests.personas import World, sign_in

State = Appointment.State


def link_to(visit: Visit) -> str:
    appointment = visit.appointment
    token = issue_link(thing=appointment, purpose=SecretLink.Purpose.MANAGE, expires_at=link_end(appointment))
    return f"/beratung/termin/{token}/"


def other_time(visit: Visit) -> str:
    return times_to_move_to(visit.appointment, now=timezone.now())[0].lower.isoformat()


def state_of(visit: Visit) -> str:
    return Appointment.objects.get(pk=visit.pk).state


def test_the_firm_moves_it_by_link(world: World, client: Client) -> None:
    visit = make_visit(world)
    page = link_to(visit)
    html = client.get(f"{page}verschieben/").content.decode()
    assert "passen zum Weg der Polizei" in html
    response = client.post(f"{page}verschieben/", {"zeit": other_time(visit)})
    assert response.status_code == 302
    moved = Appointment.objects.get(pk=visit.pk)
    assert moved.starts_at != visit.appointment.starts_at
    assert "Ihr Termin ist verschoben" in client.get(response["Location"]).content.decode()
    assert OutgoingMail.objects.filter(kind="visit_moved", to_email=moved.contact_email).exists()


def test_a_time_that_is_not_offered_is_refused(world: World, client: Client) -> None:
    visit = make_visit(world)
    html = client.post(
        f"{link_to(visit)}verschieben/", {"zeit": "2030-01-01T10:00:00+00:00"}
    ).content.decode()
    assert "Diese Zeit gibt es nicht mehr" in html
    assert Appointment.objects.get(pk=visit.pk).starts_at == visit.appointment.starts_at


@pytest.mark.parametrize(
    ("answer", "expected"), [("", VisitRequest.State.TAKEN), ("1", VisitRequest.State.WITHDRAWN)]
)
def test_the_firm_cancels_and_says_how_it_goes_on(
    world: World, client: Client, answer: str, expected: str
) -> None:
    visit = make_visit(world)
    client.post(f"{link_to(visit)}absagen/", {"needs_no_visit": answer})
    assert state_of(visit) == State.CANCELLED
    assert VisitRequest.objects.get().state == expected
    assert not Claim.objects.filter(visit=visit.pk).exists()


def test_opening_the_page_cancels_nothing(world: World, client: Client) -> None:
    visit = make_visit(world)
    page = client.get(f"{link_to(visit)}absagen/").content.decode()
    assert "Wir brauchen keinen Besuch mehr" in page
    assert state_of(visit) == State.CONFIRMED


@pytest.mark.parametrize("act", ["verschieben", "absagen"])
def test_after_the_deadline_the_firm_calls(world: World, client: Client, act: str) -> None:
    visit = make_visit(world)
    world.partnership.change_deadline_hours = 300
    world.partnership.save()
    page = client.get(f"{link_to(visit)}{act}/").content.decode()
    assert world.partnership.phone in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]


def test_signed_in_the_firm_does_the_same(world: World, client: Client) -> None:
    visit = make_visit(world, request={"person": world.alice})
    page = f"/konto/termine/{visit.appointment.reference}/"
    html = sign_in(client, world.alice).get(f"{page}absagen/").content.decode()
    assert re.search("csrfmiddlewaretoken", html)
    client.post(f"{page}absagen/", {"needs_no_visit": ""})
    assert state_of(visit) == State.CANCELLED


def test_cancelled_pages_lead_back(world: World, client: Client) -> None:
    visit = make_visit(world, state=State.CANCELLED, cancelled_by="firm")
    page = link_to(visit)
    assert client.get(f"{page}absagen/")["Location"].endswith(page)
    assert "Die Polizei kommt an diesem Tag nicht." in client.get(page).content.decode()
