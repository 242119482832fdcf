"""What firms, recipients and third parties read around a report speaks English; the report is German."""

import datetime

import pytest
from django.test import Client
from django.utils import translation

from consultations.models import ReportReader, VisitRequest
from consultations.visit_reports.privacy import empty_reports
from consultations.visit_reports.releasing import begin_correction
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from partnership.times import today
from tests.consultations.report_steps import KIM, code_in_mail, make_draft, reading_path, release
from tests.english.missing import Missing, ours
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db


def read_by_code(client: Client, path: str) -> None:
    client.get(path)
    client.post(path, {"action": "send"})
    client.post(path, {"action": "send"})
    client.get(path)
    client.post(path, {})
    client.post(path, {"code": "1"})
    client.post(path, {"code": code_in_mail()})
    client.get(path)
    client.get(f"{path}bericht.pdf")
    for _time in range(4):
        client.post(path, {"code": "1"})


def test_no_page_and_no_mail_around_a_report_lacks_a_sentence(
    client: Client, world: World, missing: Missing
) -> None:
    draft = make_draft(world, with_photo=True)
    VisitRequest.objects.update(page_language="en")
    sign_in(client, world.alice).get("/en/konto/berichte/")
    with translation.override("de"):
        report = release(world, draft, recipients=[KIM])
    page = f"/en/konto/berichte/{report.visit.appointment.reference}/"
    for path in ("/en/konto/berichte/", page, f"{page}freigeben/", "/en/konto/berichte/pruefsumme/"):
        client.get(path)
    typed = {"name": "Toni", "email": "toni@insurer.example", "until": today().isoformat()}
    late = (today() + datetime.timedelta(days=91)).isoformat()
    for fault in ({}, {"email": "toni"}, {"email": "toni@x"}, {"until": late}, {"until": "x"}):
        client.post(f"{page}freigeben/", {} if not fault else typed | fault)
    for _time in range(2):
        client.post(f"{page}freigeben/", typed, follow=True)
    third = ReportReader.objects.get(kind="third")
    read_by_code(Client(), reading_path())
    read_by_code(Client(), reading_path("report_shared"))
    client.get(page)
    client.post(f"{page}freigeben/{third.pk}/beenden/", follow=True)
    Client().get(reading_path("report_shared"))
    for digest in ("", "x", report.digest, "0" * 300):
        client.post("/en/konto/berichte/pruefsumme/", {"digest": digest})
    with translation.override("de"):
        corrected = begin_correction(report_id=report.pk, corrects_what="x", actor=world.paula)
        release(world, corrected, corrects_what="x")
    client.get("/en/konto/berichte/")
    client.get("/en/konto/daten/")
    client.post("/en/konto/daten/")
    client.get("/en/konto/loeschen/")
    with translation.override("de"):
        empty_reports([report.pk])
    client.post("/en/konto/berichte/pruefsumme/", {"digest": report.digest})
    for mail in OutgoingMail.objects.filter(language="en"):
        for name in (mail.to_name, ""):
            mail.to_name = name
            build_message(mail)
    kinds = set(OutgoingMail.objects.filter(language="en").values_list("kind", flat=True))
    assert kinds == {"report_ready", "report_shared", "sign_in_code"}
    assert ours(missing.sentences) == []


def test_the_report_itself_stays_german(client: Client, world: World) -> None:
    report = release(world)
    page = f"/en/konto/berichte/{report.visit.appointment.reference}/"
    shown = sign_in(client, world.alice).get(page).content.decode()
    assert "The report itself is in German." in shown
    assert "Was wir empfehlen" in shown
    assert "1 in Ordnung" in shown
