"""Reading without an account, opening to third parties, and that each opening is noted first."""

import datetime
import re
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import ReportOpening, ReportReader, VisitReport
from consultations.visit_reports.opening import openings_for_firm, openings_for_police
from consultations.visit_reports.pdf import pdf_of_report
from consultations.visit_reports.privacy import empty_reports
from consultations.visit_reports.reading import UNLOCKED
from consultations.visit_reports.releasing import begin_correction
from consultations.visit_reports.sharing import LONGEST, end_reading, open_to_third_party
from partnership.models import ChainedEntry, OutgoingMail
from partnership.refusals import Refusal
from partnership.times import today
from tests.consultations.report_steps import (
    KIM,
    MARK,
    RECIPIENT,
    code_in_mail,
    make_draft,
    reading_path,
    release,
    share,
)
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
MONTH = datetime.timedelta(days=30)


def unlock(client: Client, path: str) -> None:
    client.post(path, {"action": "send"})
    client.post(path, {"code": code_in_mail()})


def chained(act: str = "report.opened") -> list[dict[str, object]]:
    rows = ChainedEntry.objects.filter(payload__act=act).order_by("pk")
    return [row.payload or {} for row in rows]


def test_the_link_alone_shows_nothing(client: Client, world: World) -> None:
    release(world, recipients=[KIM])
    path = reading_path()
    page = client.get(path)
    assert MARK not in page.content.decode()
    assert "ki…@quitten.example" in page.content.decode()
    assert not OutgoingMail.objects.filter(kind="sign_in_code").exists()
    assert page["Referrer-Policy"] == "no-referrer"
    assert client.get(f"{path}bericht.pdf")["Location"] == path
    assert chained() == []


def test_the_code_opens_page_and_pdf_for_an_hour(client: Client, world: World) -> None:
    release(world, recipients=[KIM])
    path = reading_path()
    unlock(client, path)
    assert MARK in client.get(path).content.decode()
    assert client.get(f"{path}bericht.pdf").content.startswith(b"%PDF")
    session = client.session
    session[UNLOCKED] = dict.fromkeys(session[UNLOCKED], timezone.now().timestamp() - 1)
    session.save()
    assert MARK not in client.get(path).content.decode()


def test_a_code_is_valid_fifteen_minutes(client: Client, world: World) -> None:
    release(world, recipients=[KIM])
    path = reading_path()
    client.post(path, {"action": "send"})
    session = client.session
    (key,) = (key for key in dict(session.items()) if key.startswith("report_code"))
    lasts = session[key]["until"] - timezone.now().timestamp()
    assert 14 * 60 < lasts <= 15 * 60
    session[key] = session[key] | {"until": timezone.now().timestamp() - 1}
    session.save()
    assert client.post(path, {"code": code_in_mail()}).status_code == 409
    assert MARK not in client.get(path).content.decode()


def test_three_wrong_codes_take_a_new_one(client: Client, world: World) -> None:
    release(world, recipients=[KIM])
    path = reading_path()
    client.post(path, {"action": "send"})
    for _time in range(3):
        assert client.post(path, {"code": "0000-0000"}).status_code == 409
    assert client.post(path, {"code": code_in_mail()}).status_code == 409
    assert MARK not in client.get(path).content.decode()


def test_codes_are_sent_once_a_minute_and_to_the_readers_address(client: Client, world: World) -> None:
    release(world, recipients=[KIM])
    path = reading_path()
    client.post(path, {"action": "send"})
    assert client.post(path, {"action": "send"}).status_code == 409
    assert OutgoingMail.objects.get(kind="sign_in_code").to_email == RECIPIENT
    ReportReader.objects.update(code_sent_at=timezone.now() - datetime.timedelta(minutes=2))
    assert client.post(path, {"action": "send"}).status_code == 302


def test_a_code_for_one_report_opens_no_other(client: Client, world: World) -> None:
    release(world, recipients=[KIM])
    first = reading_path()
    share(world, VisitReport.objects.get())
    second = reading_path("report_shared")
    unlock(client, first)
    assert MARK not in client.get(second).content.decode()


def test_a_third_party_reads_with_its_name_on_it_until_the_day(client: Client, world: World) -> None:
    reader = share(world, release(world))
    path = reading_path("report_shared")
    unlock(client, path)
    page = client.get(path).content.decode()
    assert MARK in page
    assert "Ausgegeben an Toni Police" in page
    assert "Jemanden lesen lassen" not in page
    assert client.get(f"{path}bericht.pdf").content.startswith(b"%PDF")
    ReportReader.objects.filter(pk=reader.pk).update(until=today() - datetime.timedelta(days=1))
    assert client.get(path).status_code == 404


def test_the_firm_withdraws(client: Client, world: World) -> None:
    report = release(world)
    reader = share(world, report)
    path = reading_path("report_shared")
    unlock(client, path)
    end_reading(reader_id=reader.pk, report=report, actor=world.alice)
    assert client.get(path).status_code == 404
    assert share(world, report).pk != reader.pk


@pytest.mark.parametrize("days", [-1, LONGEST.days + 1])
def test_at_most_ninety_days(world: World, days: int) -> None:
    with pytest.raises(Refusal, match="höchstens 90 Tage"):
        share(world, release(world), until=today() + datetime.timedelta(days=days))
    assert not OutgoingMail.objects.filter(kind="report_shared").exists()


def test_only_the_firm_opens_it_and_once_for_an_address(world: World) -> None:
    report = release(world)
    share(world, report)
    with pytest.raises(Refusal, match="schon freigegeben"):
        share(world, report)
    with pytest.raises(Refusal, match="gibt es nicht mehr"):
        open_to_third_party(
            report_id=report.pk, name="x", email="x@y.example", until=today(), person=world.carl
        )
    with pytest.raises(Refusal, match="immer lesen"):
        end_reading(reader_id=report.visit.readers.get(kind="firm").pk, report=report, actor=world.alice)


def test_the_reader_gets_the_corrected_version(client: Client, world: World) -> None:
    report = release(world)
    share(world, report)
    path = reading_path("report_shared")
    draft = begin_correction(report_id=report.pk, corrects_what="x", actor=world.paula)
    release(world, draft, corrects_what="Die Hoftür war doch zu.")
    unlock(client, path)
    assert "Die Hoftür war doch zu." in client.get(path).content.decode()


def test_each_opening_is_a_row_of_the_chain(client: Client, world: World) -> None:
    report = release(world, recipients=[KIM])
    reference = report.visit.appointment.reference
    path = reading_path()
    unlock(client, path)
    client.get(path)
    sign_in(client, world.alice).get(f"/konto/berichte/{reference}/")
    client.get(f"/konto/berichte/{reference}/bericht.pdf")
    sign_in(client, world.pia).get(f"/arbeitsplatz/besuche/berichte/{reference}/")
    assert [(row["reader"], row["medium"], row["actor"]) for row in chained()] == [
        ("recipient", "page", None),
        ("firm", "page", world.alice.pk),
        ("firm", "pdf", world.alice.pk),
        ("police", "page", world.pia.pk),
    ]
    assert all(MARK not in str(row) for row in chained())


def test_the_row_is_there_even_if_nothing_could_be_shown(client: Client, world: World) -> None:
    report = release(world)
    VisitReport.objects.filter(pk=report.pk)
    path = f"/konto/berichte/{report.visit.appointment.reference}/bericht.pdf"
    client.raise_request_exception = False
    with patch("weasyprint.HTML.write_pdf", side_effect=MemoryError):
        assert sign_in(client, world.alice).get(path).status_code == 500
    assert [row["medium"] for row in chained()] == ["pdf"]


def test_the_firm_reads_who_opened_it_and_no_officers_name(client: Client, world: World) -> None:
    report = release(world)
    reference = report.visit.appointment.reference
    share(world, report)
    unlock(client, reading_path("report_shared"))
    client.get(reading_path("report_shared"))
    sign_in(client, world.pia).get(f"/arbeitsplatz/besuche/berichte/{reference}/")
    page = sign_in(client, world.alice).get(f"/konto/berichte/{reference}/").content.decode()
    shown = re.sub(r"\s+", " ", page)
    assert "Toni Police (von Ihnen freigegeben)" in shown
    assert "Polizeidirektion Leipzig, Vorbeugung" in shown
    assert "Pia Beispiel" not in shown
    assert "Pia Beispiel" in str(openings_for_police(report))
    assert next(row.who for row in openings_for_firm(report)) == "Alice Beispiel"


def test_pdf_and_readers_go_with_an_erased_report(client: Client, world: World) -> None:
    report = release(world, make_draft(world, with_photo=True), recipients=[KIM])
    path = reading_path()
    pdf_of_report(report)
    empty_reports([report.pk])
    assert client.get(path).status_code == 404
    assert not report.files.exists()
    assert not ReportReader.objects.exists()
    assert not ReportOpening.objects.exists()
