"""From draft to sealed report: what is missing, number, digest, correction; and who is told."""

import pytest

from consultations.models import Finding, ReportReader, VisitReport
from consultations.visit_reports.content import snapshot
from consultations.visit_reports.releasing import (
    begin_correction,
    discard_correction,
    release_report,
    what_is_missing,
)
from consultations.visit_reports.sealing import find_by_digest, is_intact
from partnership.models import ChainedEntry, LogEntry, OutgoingMail, Photo
from partnership.photos.queries import photos_of
from partnership.refusals import Refusal
from partnership.sealed_content import digest_of, grouped
from partnership.times import today
from tests import factories
from tests.consultations.report_steps import (
    KIM,
    MARK,
    RECIPIENT,
    SUMMARY,
    add_photo,
    make_draft,
    make_visit,
    release,
    seen,
)
from tests.personas import World

pytestmark = pytest.mark.django_db


def test_a_released_report_says_all_that_the_draft_said(world: World) -> None:
    content = release(world, make_draft(world, with_photo=True)).content
    assert content is not None
    doors, values, besides = content["areas"]
    weak = doors["points"][1]
    assert (doors["title"], values["title"], besides["points"][0]["what"]) == (
        "Türen",
        "Werte",
        f"Rolltor {MARK}",
    )
    assert (weak["state"], weak["severity"], weak["photos"][0]["digest"]) == ("weak", 3, "a" * 64)
    assert weak["advice"][0] | {"key": ""} == {
        "key": "",
        "number": 1,
        "priority": 1,
        "text": f"Beschlag mit {MARK}.",
        "standard": "EN 356 P4A",
    }
    assert values["points"][0]["state"] == "not_checked"
    assert content["classes"] == [{"standard": "EN 356", "name": "P4A", "words": "Hält aus."}]
    assert (content["summary"], content["officer"]) == (SUMMARY, "Paula Beispiel")


def test_the_digest_is_that_of_salt_and_content(world: World) -> None:
    report = VisitReport.objects.get(pk=release(world).pk)
    assert report.digest == digest_of(report.content or {}, report.salt or "")
    assert is_intact(report)
    report.content = (report.content or {}) | {"summary": "Alles in Ordnung."}
    assert not is_intact(report)


def test_a_printed_digest_leads_to_its_report(world: World) -> None:
    report = release(world)
    everything = VisitReport.objects.all()
    assert find_by_digest(everything, f" {grouped(report.digest).upper()} ") == report
    assert find_by_digest(everything, report.digest[:-4]) is None
    assert find_by_digest(everything, "0" * 64) is None


def test_numbers_have_no_gaps_and_begin_anew_in_each_directorate(world: World) -> None:
    first, second = (release(world, make_draft(world, visit=make_visit(world, days_ago=n))) for n in (1, 2))
    year = today().year
    assert [first.reference, second.reference] == [f"{year}-0001", f"{year}-0002"]
    VisitReport.objects.filter(pk=make_draft(world, visit=make_visit(world, days_ago=3)).pk).update(
        police=factories.make_police(world.partnership)
    )
    draft = VisitReport.objects.get(state="draft")
    assert release(world, draft).reference == f"{year}-0001"


def test_the_chained_log_has_number_and_digest(world: World) -> None:
    report = release(world)
    row = ChainedEntry.objects.get()
    assert row.payload is not None
    assert (row.payload["act"], row.payload["digest"]) == ("report.released", report.digest)
    assert row.payload["thing"].startswith(report.reference)
    assert LogEntry.objects.filter(act="report.released", organisation=world.police).exists()


def test_what_is_missing_is_named_and_may_be_passed_over(world: World) -> None:
    draft = make_draft(world, summary="")
    words = " ".join(lack.words for lack in what_is_missing(draft, snapshot(draft)))
    assert "1 Prüfpunkt ist nicht geprüft" in words
    assert f"Mangel ohne Empfehlung: Rolltor {MARK}" in words
    assert "Die Zusammenfassung fehlt" in words
    with pytest.raises(Refusal, match="Es fehlt noch etwas"):
        release(world, draft, despite_lacks=False)
    assert release(world, draft).released_at


def test_a_photo_in_preparation_holds_the_release_up(world: World) -> None:
    draft = make_draft(world)
    add_photo(draft.findings.first(), state=Photo.State.WAITING)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="1 Foto wird noch aufbereitet"):
        release(world, draft)


def test_nobody_releases_what_they_have_not_read(world: World) -> None:
    draft = make_draft(world)
    before = seen(draft)
    Finding.objects.filter(report=draft, state="weak").update(note="Ganz anders.")
    with pytest.raises(Refusal, match="Inzwischen hat jemand etwas geändert"):
        release_report(report_id=draft.pk, seen=before, despite_lacks=True, actor=world.paula)


def test_it_is_released_once(world: World) -> None:
    report = release(world)
    with pytest.raises(Refusal, match="schon freigegeben"):
        release_report(report_id=report.pk, seen="", actor=world.paula)


def test_the_firm_signs_in_and_a_confirmed_recipient_reads_by_code(world: World) -> None:
    report = release(world, recipients=[KIM])
    mails = {mail.to_email: mail for mail in OutgoingMail.objects.filter(kind="report_ready")}
    assert set(mails) == {world.alice.email, RECIPIENT}
    reference = report.visit.appointment.reference
    assert mails[world.alice.email].content["page"].endswith(f"/konto/berichte/{reference}/")
    assert "/beratung/bericht/" in mails[RECIPIENT].content["report_url"]
    assert {reader.kind for reader in ReportReader.objects.all()} == {"firm", "recipient"}


def test_nothing_of_a_report_is_in_its_mails(world: World) -> None:
    release(world, recipients=[KIM])
    assert MARK not in str(list(OutgoingMail.objects.values_list("content", flat=True)))


def test_a_refused_release_sends_no_mail(world: World) -> None:
    with pytest.raises(Refusal):
        release(world, despite_lacks=False)
    assert not OutgoingMail.objects.exists()
    assert not ChainedEntry.objects.exists()


def test_a_correction_is_a_copy_that_says_what_changed(world: World) -> None:
    report = release(world, make_draft(world, with_photo=True))
    draft = begin_correction(report_id=report.pk, corrects_what="Die Hoftür.", actor=world.pia)
    assert (draft.number, draft.reference, draft.summary) == (2, report.reference, SUMMARY)
    old, new = (list(r.recommendations.values_list("key", "text")) for r in (report, draft))
    assert old == new
    photo = photos_of(draft.findings.get(state="weak"))[0]
    assert (photo.digest, photo.pk) != ("", photos_of(report.findings.get(state="weak"))[0].pk)
    with pytest.raises(Refusal, match="schon einen Entwurf"):
        begin_correction(report_id=report.pk, corrects_what="Noch etwas.", actor=world.pia)


def test_the_corrected_version_keeps_the_number_and_the_old_one_stays(world: World) -> None:
    report = release(world)
    draft = begin_correction(report_id=report.pk, corrects_what="Die Hoftür.", actor=world.pia)
    with pytest.raises(Refusal, match="was sich geändert hat"):
        release(world, draft)
    corrected = release(world, draft, corrects_what="Die Hoftür ist doch geprüft.")
    assert (corrected.reference, corrected.number) == (report.reference, 2)
    assert (corrected.content or {})["corrects_what"] == "Die Hoftür ist doch geprüft."
    assert is_intact(VisitReport.objects.get(pk=report.pk))
    assert OutgoingMail.objects.filter(kind="report_ready", content__is_correction=True).count() == 1
    with pytest.raises(Refusal, match="nur die neueste Fassung"):
        begin_correction(report_id=report.pk, corrects_what="x", actor=world.pia)


def test_the_draft_of_a_correction_can_be_discarded_and_a_first_one_not(world: World) -> None:
    report = release(world, make_draft(world, with_photo=True))
    draft = begin_correction(report_id=report.pk, corrects_what="Die Hoftür.", actor=world.pia)
    discard_correction(report_id=draft.pk, actor=world.pia)
    assert list(VisitReport.objects.all()) == [report]
    assert Photo.objects.count() == 1
    first = make_draft(world, visit=make_visit(world, days_ago=3))
    with pytest.raises(Refusal, match="Entwurf einer Korrektur"):
        discard_correction(report_id=first.pk, actor=world.pia)
