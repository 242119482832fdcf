"""The certificate on paper: one page, accessible and archivable, and kept."""

import pytest
from django.test import Client
from django.urls import reverse
from pypdfium2 import PdfDocument

from forums.certificates import printing
from forums.certificates.issuing import revoke_certificate
from forums.certificates.pdf import pdf_of_certificate
from forums.certificates.printing import spans_to_print, to_print
from forums.models import CertificateFile
from tests.consultations.steps import last_act
from tests.event_factories import make_part, make_registration
from tests.forums.certificate_steps import certify, make_attended, make_past_event, was_there
from tests.pdf_ua import faults_of_pdf, pages_of
from tests.personas import World, sign_in

ARCHIVE = "3a"


def test_it_is_accessible_and_archivable_on_one_page_and_kept(world: World) -> None:
    certificate = certify(world)
    pdf = pdf_of_certificate(certificate)
    assert faults_of_pdf(pdf) == []
    assert faults_of_pdf(pdf, profile=ARCHIVE) == []
    assert pages_of(pdf) == 1
    assert CertificateFile.objects.count() == 1
    assert pdf_of_certificate(certificate) == pdf


def test_twelve_parts_with_long_names_still_fit_on_a_page(world: World) -> None:
    event = make_past_event(world, title="Regionalkonferenz " * 8, venue="Haus der Wirtschaft " * 5)
    title = "Gemeinsam gegen Einbruch und Diebstahl " * 2
    parts = [make_part(event, title=f"{title}, Teil {n}") for n in range(12)]
    registration = make_registration(event, *parts, name="Maximiliane Alexandra von Quendel-Holunderbusch")
    for part in parts:
        was_there(registration, part)
    assert pages_of(pdf_of_certificate(certify(world, registration))) == 1


def test_all_of_an_event_are_one_file_by_surname(client: Client, world: World) -> None:
    event = make_past_event(world)
    for name in ("Ute Quendel", "Ole Ahorn"):
        certify(world, make_attended(world, event=event, name=name))
    address = reverse("events:certificates_pdf", args=[event.reference])
    page = sign_in(client, world.bert).get(reverse("events:certificates", args=[event.reference]))
    assert f"{address}?seite=1" in page.content.decode()
    pdf = client.get(address).content
    assert (len(PdfDocument(pdf)), faults_of_pdf(pdf)) == (2, [])
    assert [one.registration.name for one in to_print(event)] == ["Ole Ahorn", "Ute Quendel"]
    assert last_act().act == "event.certificates_exported"
    assert not CertificateFile.objects.exists()


def test_many_are_several_files(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "PRINTED_AT_ONCE", 2)
    event = make_past_event(world)
    for _number in range(3):
        certify(world, make_attended(world, event=event))
    assert [span.words for span in spans_to_print(event)] == ["1 bis 2", "3 bis 3"]


def test_what_is_revoked_is_not_printed(client: Client, world: World) -> None:
    certificate = certify(world)
    revoke_certificate(certificate_id=certificate.pk, reason="Falscher Name", actor=world.bert)
    address = reverse("events:certificates_pdf", args=[certificate.event.reference])
    assert sign_in(client, world.bert).get(address).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("hanna", 403), ("paula", 403), ("carl", 404)])
def test_all_at_once_is_for_who_runs_the_event(client: Client, world: World, who: str, status: int) -> None:
    address = reverse("events:certificates_pdf", args=[certify(world).event.reference])
    assert sign_in(client, getattr(world, who)).get(address).status_code == status
