"""Certificates are for whoever was there, sealed, revoked with a reason, and issued anew."""

import datetime
from decimal import Decimal

import pytest

from forums.certificates.issuing import issue_anew, issue_certificates, revoke_certificate
from forums.certificates.mails import LINK_LASTS
from forums.door.attendance import undo_attendance
from forums.door.half_days import half_days_of
from forums.models import Attendance, Certificate, CertificateFile, Event
from partnership.models import LogEntry, OutgoingMail, SecretLink
from partnership.refusals import Refusal
from partnership.sealed_content import digest_of
from tests.event_factories import make_part, make_registration
from tests.forums.certificate_steps import certify, make_attended, make_past_event, was_there
from tests.personas import World

LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
REASON = "Der Name war falsch geschrieben."


def test_all_who_were_there_get_one_and_nobody_else(world: World) -> None:
    event = make_past_event(world)
    there = [make_attended(world, event=event), make_attended(world, event=event)]
    make_registration(event, event.parts.get())
    made = issue_certificates(event_id=event.pk, actor=world.bert)
    assert [certificate.registration for certificate in made] == there


def test_issuing_for_all_again_leaves_out_who_has_one(world: World) -> None:
    first = certify(world)
    second = make_attended(world, event=first.event)
    (made,) = issue_certificates(event_id=first.event_id, actor=world.bert)
    assert made.registration == second
    with pytest.raises(Refusal, match="niemanden"):
        issue_certificates(event_id=first.event_id, actor=world.bert)


def test_without_attendance_there_is_none(world: World) -> None:
    event = make_past_event(world)
    absent = make_registration(event, make_part(event))
    with pytest.raises(Refusal, match="niemanden"):
        issue_certificates(event_id=event.pk, registration_ids=[absent.pk], actor=world.bert)


@pytest.mark.parametrize(
    ("fields", "days"), [({}, 30), ({"state": Event.State.CANCELLED, "cancelled_at": LONG_AGO}, 0)]
)
def test_before_the_end_and_of_what_is_cancelled_there_is_none(
    world: World, fields: dict[str, object], days: int
) -> None:
    registration = make_attended(world)
    Event.objects.update(ends_at=registration.event.ends_at + datetime.timedelta(days=days), **fields)
    with pytest.raises(Refusal, match="vorbei"):
        certify(world, registration)


def test_it_names_the_parts_attended_and_adds_their_hours(world: World) -> None:
    event = make_past_event(world, partners=(world.hwk,))
    talk = make_part(event, title="Vortrag", credit_hours="1.50")
    workshop = make_part(event, title="Workshop", credit_hours="3.25")
    missed = make_part(event, title="Verpasst")
    registration = make_registration(event, talk, workshop, missed)
    was_there(registration, talk)
    was_there(registration, workshop)
    content = certify(world, registration).content or {}
    named = {part["title"]: part["hours"] for part in content["parts"]}
    assert named == {"Vortrag": "1.50", "Workshop": "3.25"}
    assert (content["hours"], content["name"]) == ("4.75", "Ute Quendel")
    assert (content["issuer"], content["partners"]) == (world.ihk.name, [world.hwk.name])


def test_half_the_half_days_are_half_the_hours(world: World) -> None:
    event = make_past_event(world)
    part = make_part(event, credit_hours=5)
    registration = make_registration(event, part)
    was_there(registration, part, halves=1)
    assert Decimal((certify(world, registration).content or {})["hours"]) == Decimal("2.5")


def test_parts_without_hours_count_only_where_no_part_has_any(world: World) -> None:
    event = make_past_event(world)
    lunch, talk = make_part(event, title="Mittag", credit_hours=0), make_part(event, title="Vortrag")
    registration = make_registration(event, lunch, talk)
    was_there(registration, lunch)
    with pytest.raises(Refusal, match="niemanden"):
        certify(world, registration)
    event.parts.update(credit_hours=0)
    assert [part["title"] for part in (certify(world, registration).content or {})["parts"]] == ["Mittag"]


def test_number_and_digest_seal_the_content(world: World) -> None:
    certificate = certify(world)
    certificate.refresh_from_db()
    assert certificate.content is not None
    assert certificate.content["number"] == certificate.number
    assert certificate.digest == digest_of(certificate.content, certificate.salt or "")


def test_the_mail_leads_to_it_and_has_nothing_attached(world: World) -> None:
    certificate = certify(world)
    mail = OutgoingMail.objects.get(kind="certificate_issued")
    assert mail.to_email == certificate.registration.email
    assert mail.calendar is None
    link = SecretLink.objects.get(purpose=SecretLink.Purpose.CERTIFICATE)
    assert link.expires_at - certificate.issued_at >= LINK_LASTS
    assert LogEntry.objects.filter(act="certificate.issued", organisation=world.ihk).exists()


def test_a_colleagues_goes_to_whoever_registered_them_along(world: World) -> None:
    first = make_attended(world)
    certify(world, make_attended(world, event=first.event, email="", registered_by=first))
    assert OutgoingMail.objects.get(kind="certificate_issued").to_email == first.email


def test_whoever_left_no_address_gets_it_on_paper_only(world: World) -> None:
    certify(world, make_attended(world, email="", phone="0341 1"))
    assert not OutgoingMail.objects.exists()


def test_revoking_ends_link_and_file_and_tells_the_reason(world: World) -> None:
    certificate = certify(world)
    CertificateFile.objects.create(certificate=certificate, pdf=b"%PDF")
    revoke_certificate(certificate_id=certificate.pk, reason=REASON, actor=world.bert)
    assert not SecretLink.objects.exists()
    assert not CertificateFile.objects.exists()
    assert OutgoingMail.objects.get(kind="certificate_revoked").content["reason"] == REASON
    with pytest.raises(Refusal, match="schon widerrufen"):
        revoke_certificate(certificate_id=certificate.pk, reason=REASON, actor=world.bert)


def test_revoking_wants_a_reason(world: World) -> None:
    certificate = certify(world)
    with pytest.raises(Refusal, match="warum"):
        revoke_certificate(certificate_id=certificate.pk, reason=" ", actor=world.bert)


def test_a_corrected_name_gives_a_new_one_and_one_mail(world: World) -> None:
    old = certify(world)
    OutgoingMail.objects.all().delete()
    old.registration.name = "Uta Quendel"
    old.registration.save()
    new = issue_anew(certificate_id=old.pk, reason=REASON, actor=world.bert)
    old.refresh_from_db()
    assert ((new.content or {})["name"], (old.content or {})["name"]) == ("Uta Quendel", "Ute Quendel")
    assert old.revoked_at is not None
    assert new.number != old.number
    assert OutgoingMail.objects.get().content["replaces"] == old.number


def test_attendance_taken_back_is_told_to_the_desk_and_revokes_nothing(world: World) -> None:
    certificate = certify(world)
    OutgoingMail.objects.all().delete()
    (first, second) = half_days_of(certificate.event.parts.get())
    for half_day in (first, second):
        undo_attendance(registration_id=certificate.registration_id, half_day=half_day, actor=world.paula)
    told = OutgoingMail.objects.filter(kind="certificate_in_doubt").order_by("pk")
    assert [mail.to_email for mail in told] == [world.bert.email]
    assert certificate.registration.name not in str(told[0].content["number"])
    certificate.refresh_from_db()
    assert certificate.revoked_at is None


def test_nobody_is_told_where_nothing_was_certified(world: World) -> None:
    registration = make_attended(world)
    half_day = half_days_of(registration.event.parts.get())[0]
    undo_attendance(registration_id=registration.pk, half_day=half_day, actor=world.paula)
    assert not OutgoingMail.objects.exists()


def test_nothing_is_issued_anew_without_attendance(world: World) -> None:
    certificate = certify(world)
    Attendance.objects.all().delete()
    with pytest.raises(Refusal, match="Widerrufen"):
        issue_anew(certificate_id=certificate.pk, reason=REASON, actor=world.bert)
    assert Certificate.objects.get().revoked_at is None
