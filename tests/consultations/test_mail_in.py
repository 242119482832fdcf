"""What comes back about an appointment: a call, a line in its timeline, an answer, the way to its house."""

import itertools

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from consultations import booking, desk_booking
from consultations.checked_address import write_to_checked_address
from consultations.displaced import find_displaced
from consultations.models import Appointment, PhoneTask
from consultations.phone_tasks import ask_for_call
from consultations.placing import TooLate
from partnership.blocked_addresses import block_address, block_of
from partnership.mail_in.receiving import receive
from partnership.models import BlockedAddress, LogEntry, OutgoingMail, SecretLink
from partnership.outbox import deliver_mail, mails_about
from partnership.timeline import timeline_of
from tests.consultations.steps import book, cancel_all, confirm, move
from tests.partnership.mail_in.steps import RETURN_ADDRESS, bounce, reply_to
from tests.personas import World, sign_in
from tests.smtp import Postbox, text_of

pytestmark = pytest.mark.django_db

State, Reason = Appointment.State, PhoneTask.Reason
ALICE = "alice@tischlerei.example"
NUMBERS = itertools.count(1)


@pytest.fixture
def appointment(world: World, settings: Settings) -> Appointment:
    settings.RETURN_ADDRESS = RETURN_ADDRESS
    return confirm(world.hours, contact_email=ALICE)


def mail_about(appointment: Appointment, kind: str = "booking_confirmed") -> OutgoingMail:
    return OutgoingMail.objects.get(pk__in=mails_about(appointment).filter(kind=kind))


def calls() -> list[tuple[str, str]]:
    return list(PhoneTask.objects.filter(done_at=None).values_list("reason", "why"))


def block(appointment: Appointment) -> BlockedAddress:
    return block_address(mail=mail_about(appointment), status="5.1.1")


# a call instead


@pytest.mark.parametrize("status", ["5.1.1", "5.2.2", "4.4.7"])
def test_a_mail_that_is_lost_becomes_a_call(appointment: Appointment, status: str) -> None:
    bounce(mail_about(appointment), status=status)
    assert calls() == [("bounced", "")]


def test_a_mail_that_is_only_late_becomes_none(appointment: Appointment) -> None:
    bounce(mail_about(appointment), status="4.4.1", action="delayed")
    assert calls() == []


def test_an_unconfirmed_booking_whose_request_is_lost_becomes_a_call(world: World) -> None:
    waiting = book(world.hours, contact_email=ALICE)
    bounce(mail_about(waiting, "booking_confirm"))
    assert calls() == [("bounced", "")]


def test_whoever_was_cancelled_and_does_not_know_it_is_called(world: World, appointment: Appointment) -> None:
    desk_booking.cancel_by_desk(appointment_id=appointment.pk, reason="Sturm", actor=world.bert)
    bounce(mail_about(appointment, "booking_cancelled"))
    assert calls() == [("cancelled", "Sturm")]


def test_whoever_has_cancelled_is_not_called(appointment: Appointment) -> None:
    booking.cancel_by_firm(appointment_id=appointment.pk)
    bounce(mail_about(appointment, "booking_cancelled"))
    assert calls() == []


def test_after_the_talk_nobody_is_called(world: World, appointment: Appointment) -> None:
    Appointment.objects.update(state=State.ATTENDED)
    bounce(mail_about(appointment))
    assert calls() == []


def test_an_address_that_is_not_theirs_any_more_calls_nobody(appointment: Appointment) -> None:
    Appointment.objects.update(contact_email="neu@tischlerei.example")
    bounce(mail_about(appointment))
    assert calls() == []


def test_a_call_that_is_owed_keeps_its_reason(appointment: Appointment) -> None:
    ask_for_call(appointment=appointment, reason=Reason.MOVED, why="Sturm")
    bounce(mail_about(appointment))
    assert calls() == [("moved", "Sturm")]


def test_the_desk_can_open_the_call(client: Client, world: World, appointment: Appointment) -> None:
    bounce(mail_about(appointment))
    page = f"/arbeitsplatz/anrufe/{PhoneTask.objects.get().pk}/"
    assert sign_in(client, world.bert).get(page).status_code == 200


def test_two_bounces_are_one_call(world: World, appointment: Appointment) -> None:
    bounce(mail_about(appointment))
    bounce(mail_about(appointment))
    assert len(calls()) == 1


def test_what_is_not_sent_as_the_address_is_blocked_becomes_a_call(
    appointment: Appointment, world: World, postbox: Postbox
) -> None:
    block(appointment)
    move(appointment, world.hours, 2)
    moved = mail_about(appointment, "booking_moved")
    deliver_mail(moved.pk)
    assert calls() == [("bounced", "")]
    assert postbox.messages == []


def test_a_refusal_while_sending_becomes_a_call(appointment: Appointment, postbox: Postbox) -> None:
    postbox.rcpt_answer = "550 5.1.1 unknown"
    deliver_mail(mail_about(appointment).pk)
    assert calls() == [("bounced", "")]


def test_what_could_not_be_sent_for_days_becomes_a_call(appointment: Appointment, postbox: Postbox) -> None:
    postbox.answer = "451 later"
    mail = mail_about(appointment)
    OutgoingMail.objects.update(attempts=8)
    deliver_mail(mail.pk)
    assert calls() == [("bounced", "")]


def test_a_mail_to_an_officer_that_is_lost_calls_no_firm(world: World, appointment: Appointment) -> None:
    mail = mail_about(appointment)
    mail.thing = world.hours
    mail.save()
    bounce(mail)
    assert calls() == []


def test_whoever_loses_a_time_and_reads_no_mails_is_called(world: World, appointment: Appointment) -> None:
    block(appointment)
    cancel_all(world.hours, reason="Sturm", actor=world.bert)
    assert calls() == [("cancelled", "Sturm")]


def test_the_preview_says_that_it_becomes_a_call(appointment: Appointment) -> None:
    block(appointment)
    (found,) = find_displaced([appointment], without=[], now=timezone.now())
    assert (found.reads_mail, found.needs_call) == (False, True)


# an address that is blocked already


def test_whoever_books_with_it_is_asked_to_confirm(
    world: World, appointment: Appointment, postbox: Postbox
) -> None:
    block(appointment)
    again = book(world.hours, 1, contact_email=ALICE)
    deliver_mail(mail_about(again, "booking_confirm").pk)
    assert len(postbox.messages) == 1


def test_whoever_confirms_reads_mails_there(world: World, appointment: Appointment) -> None:
    block(appointment)
    booking.confirm(appointment_id=book(world.hours, 1, contact_email=ALICE).pk)
    assert block_of(ALICE) is None


# the timeline


def test_the_timeline_says_what_did_not_arrive_and_why(appointment: Appointment) -> None:
    bounce(mail_about(appointment))
    found = [(h.what, h.by, h.detail, h.mail_state) for h in timeline_of(appointment)]
    assert ("E-Mail kam nicht an", ALICE, "Adresse gibt es nicht", "failed") in found
    assert "Anruf vorgemerkt" in [what for what, *_rest in found]


def test_the_timeline_says_what_was_not_sent(appointment: Appointment, postbox: Postbox) -> None:
    block(appointment)
    deliver_mail(mail_about(appointment).pk)
    assert "nichts ankommt" in timeline_of(appointment)[-2].detail


# the desk checks an address


def test_a_checked_address_is_written_to_again(world: World, appointment: Appointment) -> None:
    bounce(mail_about(appointment))
    write_to_checked_address(appointment_id=appointment.pk, email=ALICE, actor=world.bert)
    assert block_of(ALICE) is None
    assert mails_about(appointment).filter(kind="booking_confirmed", state="queued").count() == 2
    assert calls() == []
    assert LogEntry.objects.get(act="address.lifted").organisation == world.ihk


def test_another_address_ends_the_links_of_the_old_one(world: World, appointment: Appointment) -> None:
    bounce(mail_about(appointment))
    before = set(SecretLink.objects.values_list("pk", flat=True))
    write_to_checked_address(appointment_id=appointment.pk, email="Neu@Tischlerei.example", actor=world.bert)
    appointment.refresh_from_db()
    assert appointment.contact_email == "neu@tischlerei.example"
    assert not SecretLink.objects.filter(pk__in=before).exists()
    assert block_of(ALICE), "the old address stays blocked"
    assert OutgoingMail.objects.latest("pk").to_email == "neu@tischlerei.example"


def test_an_unconfirmed_booking_is_asked_again(world: World) -> None:
    waiting = book(world.hours, contact_email=ALICE)
    write_to_checked_address(appointment_id=waiting.pk, email="neu@tischlerei.example", actor=world.bert)
    last = OutgoingMail.objects.latest("pk")
    assert (last.kind, last.to_email) == ("booking_confirm", "neu@tischlerei.example")


def test_a_call_about_something_else_stays(world: World, appointment: Appointment) -> None:
    ask_for_call(appointment=appointment, reason=Reason.MOVED)
    write_to_checked_address(appointment_id=appointment.pk, email=ALICE, actor=world.bert)
    assert calls() == [("moved", "")]


def test_what_is_cancelled_is_sent_to_nobody(world: World, appointment: Appointment) -> None:
    booking.cancel_by_firm(appointment_id=appointment.pk)
    with pytest.raises(TooLate):
        write_to_checked_address(appointment_id=appointment.pk, email=ALICE, actor=world.bert)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("bert", 302),
        *(("paula", 403), ("lea", 403)),
        *((name, 404) for name in ("hanna", "karl", "dora", "alice", "carl")),
    ],
)
def test_the_hosts_desk_checks_addresses(
    client: Client, world: World, appointment: Appointment, name: str, status: int
) -> None:
    block(appointment)
    page = f"/arbeitsplatz/termine/{appointment.reference}/adresse/"
    sign_in(client, getattr(world, name))
    assert client.get(page).status_code == (200 if status == 302 else status)
    assert client.post(page, {"email": ALICE}).status_code == status
    assert bool(block_of(ALICE)) is (status != 302)


def test_the_page_offers_it_in_one_step(client: Client, world: World, appointment: Appointment) -> None:
    page = f"/arbeitsplatz/termine/{appointment.reference}/"
    assert "kommen nicht an" not in sign_in(client, world.bert).get(page).content.decode()
    block(appointment)
    html = client.get(page).content.decode()
    assert f"E-Mails an {ALICE} kommen nicht an" in html
    assert "Adresse geprüft, wieder senden" in html
    assert "wieder senden" not in sign_in(client, world.paula).get(page).content.decode()


def test_an_address_without_an_end_is_asked_for_again(
    client: Client, world: World, appointment: Appointment
) -> None:
    page = f"/arbeitsplatz/termine/{appointment.reference}/adresse/"
    html = sign_in(client, world.bert).post(page, {"email": "alice@"}).content.decode()
    assert "Schreiben Sie die Adresse mit @ und Endung" in html


# calendars


def decline(
    appointment: Appointment,
    *,
    partstat: str = "DECLINED",
    sequence: int = 0,
    attendee: str = ALICE,
    text: str = "",
    head: str = "",
) -> bytes:
    return f"""Return-Path: <{attendee}>
From: <{attendee}>
To: termine@partnerschaft.example
Subject: Abgelehnt
Message-ID: <{next(NUMBERS)}@kalender.example>
{head}Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain

{text}
--b
Content-Type: text/calendar; method=REPLY

BEGIN:VCALENDAR
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:{appointment.reference}@termine.sicherheitspartnerschaft
SEQUENCE:{sequence}
ATTENDEE;PARTSTAT={partstat}:mailto:{attendee}
END:VEVENT
END:VCALENDAR
--b--
""".encode()


def answers(appointment: Appointment) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(pk__in=mails_about(appointment).filter(kind="booking_declined")))


def test_a_declined_entry_is_answered_with_how_to_cancel(appointment: Appointment, postbox: Postbox) -> None:
    receive(decline(appointment))
    (answer,) = answers(appointment)
    deliver_mail(answer.pk)
    assert "/beratung/termin/" in text_of(postbox.messages[0])
    assert "im Kalender abgelehnt" in [h.what for h in timeline_of(appointment)]
    appointment.refresh_from_db()
    assert appointment.state == State.CONFIRMED


def test_once_for_each_time(world: World, appointment: Appointment) -> None:
    receive(decline(appointment))
    receive(decline(appointment))
    assert len(answers(appointment)) == 1
    move(appointment, world.hours, 2)
    receive(decline(appointment))
    assert len(answers(appointment)) == 1, "an old time"
    receive(decline(appointment, sequence=1))
    assert len(answers(appointment)) == 2


def test_when_it_is_too_late_the_answer_says_to_call(
    world: World, appointment: Appointment, postbox: Postbox
) -> None:
    world.partnership.change_deadline_hours = 24 * 30
    world.partnership.save()
    receive(decline(appointment))
    (answer,) = answers(appointment)
    deliver_mail(answer.pk)
    text = text_of(postbox.messages[0])
    assert "Rufen Sie uns bitte an" in text
    assert "/beratung/termin/" not in text


@pytest.mark.parametrize(
    "changes",
    [
        {"attendee": "mallory@anderswo.example"},
        {"head": "Auto-Submitted: auto-generated\n"},
        {"partstat": "ACCEPTED"},
        {"partstat": "TENTATIVE"},
    ],
)
def test_nothing_else_is_answered(appointment: Appointment, changes: dict[str, str]) -> None:
    receive(decline(appointment, **changes))  # type: ignore[arg-type]
    assert answers(appointment) == []


def test_a_cancelled_appointment_needs_no_answer(appointment: Appointment) -> None:
    booking.cancel_by_firm(appointment_id=appointment.pk)
    receive(decline(appointment, sequence=1))
    assert answers(appointment) == []


def test_what_somebody_adds_to_a_declined_entry_is_read(appointment: Appointment) -> None:
    receive(decline(appointment, text="Ich bin krank, geht auch nächste Woche?"))
    assert OutgoingMail.objects.filter(kind="reply_forwarded").count() == 1


# replies


def test_a_reply_goes_to_the_house(world: World, appointment: Appointment) -> None:
    world.office.email = "grimma@ihk.example"
    world.office.save()
    receive(reply_to(mail_about(appointment)))
    sent = OutgoingMail.objects.get(kind="reply_forwarded")
    assert sent.to_email == "grimma@ihk.example"
    assert sent.content["page"].endswith(f"/arbeitsplatz/termine/{appointment.reference}/")
    assert "E-Mail: Antwort zum Weiterbearbeiten" in [h.what for h in timeline_of(appointment)]


def test_without_an_address_of_the_house_it_goes_to_the_partnership(
    world: World, appointment: Appointment
) -> None:
    receive(reply_to(mail_about(appointment)))
    assert OutgoingMail.objects.get(kind="reply_forwarded").to_email == world.partnership.email


def test_an_officers_reply_goes_to_the_house_too(world: World, appointment: Appointment) -> None:
    world.office.email = "grimma@ihk.example"
    world.office.save()
    mail = mail_about(appointment)
    mail.thing = world.hours
    mail.save()
    receive(reply_to(mail, sender=world.paula.email))
    assert OutgoingMail.objects.get(kind="reply_forwarded").to_email == "grimma@ihk.example"
