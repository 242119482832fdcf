"""The certificate on paper: one page, accessible and archivable, and kept."""

from forums.certificates.pdf import pdf_of_certificate
from forums.models import CertificateFile
from tests.event_factories import make_part, make_registration
from tests.forums.certificate_steps import certify, make_past_event, was_there
from tests.pdf_ua import faults_of_pdf, pages_of
from tests.personas import World

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
