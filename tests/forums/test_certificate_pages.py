"""Who issues certificates sees who was there; who holds one finds it behind the link and in the account."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forums.models import Attendance, Certificate
from forums.registering.access import issue_own_link
from partnership.models import OutgoingMail
from tests.event_factories import make_registration
from tests.forums.certificate_steps import certify, make_attended
from tests.personas import World, sign_in


def url_of(registration_or_certificate: object, rest: str = "") -> str:
    return f"/arbeitsplatz/foren/{registration_or_certificate.event.reference}/bescheinigungen/{rest}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "status"),
    [("bert", 200), ("karl", 200), ("hanna", 403), ("paula", 403), ("carl", 404), ("dora", 404)],
)
def test_the_page_is_for_those_who_run_the_event(
    client: Client, world: World, name: str, status: int
) -> None:
    registration = make_attended(world)
    assert sign_in(client, getattr(world, name)).get(url_of(registration)).status_code == status


def test_strangers_sign_in_first(client: Client, world: World) -> None:
    assert client.get(url_of(make_attended(world))).status_code == 302


def test_one_click_issues_for_all_who_were_there(client: Client, world: World) -> None:
    registration = make_attended(world)
    make_registration(registration.event, registration.event.parts.get(), name="Nicht Da")
    html = sign_in(client, world.bert).get(url_of(registration)).content.decode()
    assert "Ute Quendel" in html
    assert "Nicht Da" not in html
    assert "1 angemeldete Person ohne Anwesenheit" in html
    client.post(url_of(registration, "ausstellen/"))
    assert Certificate.objects.get().registration == registration


def test_one_is_issued_alone(client: Client, world: World) -> None:
    registration = make_attended(world)
    make_attended(world, event=registration.event)
    only = {"anmeldung": registration.reference}
    sign_in(client, world.bert).post(url_of(registration, "ausstellen/"), only)
    assert Certificate.objects.get().registration == registration


def test_another_chamber_issues_nothing(client: Client, world: World) -> None:
    registration = make_attended(world)
    assert sign_in(client, world.hanna).post(url_of(registration, "ausstellen/")).status_code == 403
    assert not Certificate.objects.exists()


def test_attendance_taken_back_afterwards_stands_out(client: Client, world: World) -> None:
    certificate = certify(world)
    Attendance.objects.all().delete()
    html = sign_in(client, world.bert).get(url_of(certificate) + "?stand=pruefen").content.decode()
    assert "Anwesenheit zurückgenommen" in html


def test_a_changed_name_stands_out_and_is_issued_anew(client: Client, world: World) -> None:
    certificate = certify(world)
    certificate.registration.name = "Uta Quendel"
    certificate.registration.save()
    sign_in(client, world.bert)
    assert "Name geändert" in client.get(url_of(certificate)).content.decode()
    client.post(url_of(certificate, f"{certificate.number}/neu/"), {"reason": "Schreibfehler"})
    assert Certificate.objects.filter(revoked_at__isnull=True).get().number != certificate.number


def test_revoking_asks_for_the_reason(client: Client, world: World) -> None:
    certificate = certify(world)
    url = url_of(certificate, f"{certificate.number}/widerrufen/")
    sign_in(client, world.bert)
    assert "Sagen Sie, warum" in client.post(url, {"reason": ""}).content.decode()
    client.post(url, {"reason": "Verwechslung"})
    assert "widerrufen am" in client.get(url_of(certificate)).content.decode()


def test_the_page_takes_no_more_statements_for_many(client: Client, world: World) -> None:
    registration = make_attended(world)
    sign_in(client, world.bert).get(url_of(registration))
    with CaptureQueriesContext(connection) as few:
        client.get(url_of(registration))
    for _n in range(10):
        certify(world, make_attended(world, event=registration.event))
    with CaptureQueriesContext(connection) as many:
        client.get(url_of(registration))
    assert len(many) == len(few)


def test_the_mails_link_shows_it_and_the_paper(client: Client, world: World) -> None:
    certify(world)
    path = OutgoingMail.objects.get().content["certificate_url"].partition("/nachweis/")[2]
    assert "Ute Quendel" in client.get(f"/nachweis/{path}").content.decode()
    assert client.get(f"/nachweis/{path}bescheinigung.pdf")["Content-Type"] == "application/pdf"


def test_a_link_that_opens_nothing_says_what_to_do(client: Client, world: World) -> None:
    for rest in ("", "bescheinigung.pdf"):
        response = client.get(f"/nachweis/meine/{'t' * 43}/{rest}")
        assert response.status_code == 404
        assert "Dieser Link öffnet keine Bescheinigung" in response.content.decode()


def test_the_registrations_page_leads_to_the_paper(client: Client, world: World) -> None:
    registration = certify(world).registration
    page = f"/foren/anmeldung/{issue_own_link(registration)}/"
    path = f"{page}{registration.reference}/bescheinigung.pdf"
    assert path in client.get(page).content.decode()
    assert client.get(path).content.startswith(b"%PDF")


def test_without_a_certificate_there_is_none_to_load(client: Client, world: World) -> None:
    registration = make_attended(world)
    page = f"/foren/anmeldung/{issue_own_link(registration)}/"
    assert "Bescheinigung als PDF" not in client.get(page).content.decode()
    for reference in (registration.reference, "A-FREMD2"):
        assert client.get(f"{page}{reference}/bescheinigung.pdf").status_code == 404


def test_the_account_has_the_own_one_and_no_other(client: Client, world: World) -> None:
    registration = certify(world, make_attended(world, person=world.alice)).registration
    path = f"/konto/foren/{registration.reference}/bescheinigung.pdf"
    assert sign_in(client, world.alice).get(path).content.startswith(b"%PDF")
    assert sign_in(client, world.carl).get(path).status_code == 404
