"""Erasure: who decides on what, what goes, what stays. Appointments and account together."""

import datetime
import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from consultations.models import Appointment, Concern
from partnership import erasing
from partnership.erasing import ask_for_erasure, carry_out_part, refuse_part, withdraw_erasure
from partnership.links import issue_link
from partnership.models import (
    ErasedThing,
    ErasurePart,
    ErasureRequest,
    ErasureState,
    Firm,
    FirmContact,
    LogEntry,
    OutgoingMail,
    Person,
    SecretLink,
)
from partnership.outbox import _mark_sent
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.steps import confirm
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
State = ErasureState
Stand = Appointment.State


@pytest.fixture
def past(world: World) -> Appointment:
    """Alice came last week, and spoke for her firm."""
    hours = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=timezone.localdate() - datetime.timedelta(days=7),
    )
    firm = factories.make_firm(world.alice)
    return factories.make_appointment(
        hours=hours,
        state=Stand.ATTENDED,
        person=world.alice,
        firm=firm,
        topic="burglary",
        note="Neue Tore",
        contact_email=world.alice.email,
    )


def ask(world: World, **more: object) -> ErasureRequest:
    return ask_for_erasure(person=world.alice, partnership=world.partnership, **more)  # type: ignore[arg-type]


def part_of(request: ErasureRequest, *, chamber: bool) -> ErasurePart:
    return request.parts.get(organisation__isnull=not chamber)


def carry_out_all(world: World, request: ErasureRequest) -> None:
    carry_out_part(part_id=part_of(request, chamber=True).pk, actor=world.bert)
    carry_out_part(part_id=part_of(request, chamber=False).pk, actor=world.karl)


def test_each_owner_gets_a_part_and_the_person_a_mail(world: World, past: Appointment) -> None:
    request = ask(world)
    assert [part.controller for part in request.parts.all()] == [world.ihk.name, world.partnership.name]
    mail = OutgoingMail.objects.get(kind="erasure_asked")
    assert (mail.to_email, mail.content["controllers"][0]) == (world.alice.email, world.ihk.name)


def test_it_is_due_within_a_month(world: World) -> None:
    request = ErasureRequest(asked_at=datetime.datetime(2027, 1, 31, 12, tzinfo=datetime.UTC))
    assert erasing.due_on(request) == datetime.date(2027, 2, 28)
    request.asked_at = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
    assert erasing.due_on(request) == datetime.date(2026, 12, 24)


def test_one_request_at_a_time(world: World) -> None:
    ask(world)
    with pytest.raises(Refusal, match="schon beantragt"):
        ask(world)


def test_who_has_a_post_keeps_the_account(world: World) -> None:
    with pytest.raises(Refusal, match="Funktion"):
        ask_for_erasure(person=world.bert, partnership=world.partnership)


def test_the_chamber_empties_its_appointments(world: World, past: Appointment) -> None:
    issue_link(
        thing=past,
        purpose=SecretLink.Purpose.MANAGE,
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )
    carry_out_part(part_id=part_of(ask(world), chamber=True).pk, actor=world.bert)
    past.refresh_from_db()
    assert (past.firm, past.person, past.firm_name) == (None, None, "(gelöscht)")
    assert past.contact_name + past.contact_email + past.contact_phone == ""
    assert (past.state, past.host) == (Stand.ATTENDED, world.ihk)
    assert (past.concern.note, past.concern.topic) == ("", "burglary")
    assert not SecretLink.objects.exists()


def test_of_the_concern_only_the_topic_stays(world: World, past: Appointment) -> None:
    said = {"note": "Neue Tore", "accessibility_need": "Aufzug", "language": "pl"}
    noted = {"officer_note": "Besprochen", "next_step": "visit"}
    Concern.objects.update(topic="burglary", **said, **noted)
    carry_out_part(part_id=part_of(ask(world), chamber=True).pk, actor=world.bert)
    concern = Concern.objects.get()
    assert (concern.topic, concern.language) == ("burglary", "de")
    assert concern.note + concern.accessibility_need + concern.officer_note + concern.next_step == ""


def test_of_what_was_never_confirmed_no_topic_stays(world: World, past: Appointment) -> None:
    Appointment.objects.update(state=Stand.EXPIRED)
    carry_out_part(part_id=part_of(ask(world), chamber=True).pk, actor=world.bert)
    assert not Concern.objects.exists()


def test_both_auditors_see_the_act(world: World, past: Appointment) -> None:
    carry_out_part(part_id=part_of(ask(world), chamber=True).pk, actor=world.bert)
    assert LogEntry.objects.get(act="appointment.erased").organisation == world.ihk
    assert LogEntry.objects.get(act="appointment.concern_erased").organisation == world.police
    for entry in LogEntry.objects.all():
        assert world.alice.email not in json.dumps(entry.detail)


def test_the_account_waits_for_every_part(world: World, past: Appointment) -> None:
    request = ask(world)
    carry_out_part(part_id=part_of(request, chamber=False).pk, actor=world.karl)
    assert Person.objects.filter(pk=world.alice.pk).exists()
    carry_out_part(part_id=part_of(request, chamber=True).pk, actor=world.bert)
    assert not Person.objects.filter(pk=world.alice.pk).exists()


def test_with_the_account_go_firm_mails_and_sessions(world: World, past: Appointment) -> None:
    sign_in(Client(), world.alice)
    sign_in(Client(), world.bert)
    request = ask(world, reason="Betrieb aufgegeben")
    carry_out_all(world, request)
    assert not FirmContact.objects.exists()
    assert not Firm.objects.exists()
    assert Session.objects.count() == 1
    request.refresh_from_db()
    assert (request.person, request.reason, request.state) == (None, "", State.CARRIED_OUT)
    kept = OutgoingMail.objects.exclude(kind="erasure_done")
    assert set(kept.values_list("to_email", "to_name")) == {("", "")}
    assert not [mail for mail in kept if mail.content]


def test_what_was_erased_is_written_down(world: World, past: Appointment) -> None:
    carry_out_all(world, ask(world))
    kinds = sorted(ErasedThing.objects.values_list("content_type__model", flat=True))
    assert kinds == ["appointment", "firm", "firmcontact", "person"]


def test_the_last_mail_forgets_its_address(world: World, past: Appointment) -> None:
    carry_out_all(world, ask(world))
    mail = OutgoingMail.objects.get(kind="erasure_done")
    assert mail.to_email == world.alice.email
    _mark_sent(mail)
    mail.refresh_from_db()
    assert (mail.to_email, mail.content, mail.state) == ("", {}, OutgoingMail.State.SENT)


def test_a_mail_under_way_stays_forgotten(world: World, past: Appointment) -> None:
    request = ask(world)
    under_way = OutgoingMail.objects.get(kind="erasure_asked")
    carry_out_all(world, request)
    _mark_sent(under_way)
    under_way.refresh_from_db()
    assert (under_way.to_email, under_way.content) == ("", {})


def test_a_firm_that_a_colleague_speaks_for_stays(world: World, past: Appointment) -> None:
    FirmContact.objects.create(
        firm=Firm.objects.get(),
        person=world.carl,
        name="Carl",
        email=world.carl.email,
        email_confirmed_at=timezone.now(),
    )
    carry_out_all(world, ask(world))
    assert Firm.objects.get().contacts.get().person == world.carl


def test_a_coming_appointment_holds_everything(world: World, past: Appointment) -> None:
    factories.make_appointment(hours=world.hours, person=world.alice)
    request = ask(world)
    for part in request.parts.all():
        with pytest.raises(Refusal, match="steht noch ein Termin an"):
            carry_out_part(part_id=part.pk, actor=world.bert)
    past.refresh_from_db()
    assert past.contact_email == world.alice.email


def test_coming_appointments_are_cancelled_when_asked(world: World, past: Appointment) -> None:
    coming = confirm(world.hours, contact_email=world.alice.email)
    carry_out_all(world, ask(world, gives_up_coming=True))
    coming.refresh_from_db()
    assert (coming.state, coming.contact_email) == (Stand.CANCELLED, "")


def test_and_only_then(world: World, past: Appointment) -> None:
    coming = factories.make_appointment(hours=world.hours, person=world.alice)
    ask(world)
    coming.refresh_from_db()
    assert coming.state == Stand.CONFIRMED


def test_a_refusal_has_a_reason_that_the_person_reads(world: World, past: Appointment) -> None:
    part = part_of(ask(world), chamber=True)
    with pytest.raises(Refusal, match="Begründen"):
        refuse_part(part_id=part.pk, answer="  ", actor=world.bert)
    refuse_part(part_id=part.pk, answer="Es läuft ein Verfahren.", actor=world.bert)
    assert OutgoingMail.objects.get(kind="erasure_refused").content["answer"] == "Es läuft ein Verfahren."


def test_what_a_chamber_refused_stays_when_the_account_goes(world: World, past: Appointment) -> None:
    request = ask(world)
    refuse_part(part_id=part_of(request, chamber=True).pk, answer="Es läuft ein Verfahren.", actor=world.bert)
    carry_out_part(part_id=part_of(request, chamber=False).pk, actor=world.karl)
    past.refresh_from_db()
    assert (past.person, past.contact_email) == (None, "alice@personen.example")
    last = OutgoingMail.objects.get(kind="erasure_done")
    assert last.content["refused"][0]["answer"] == "Es läuft ein Verfahren."


def test_all_refused_is_refused(world: World) -> None:
    request = ask(world)
    refuse_part(part_id=request.parts.get().pk, answer="Nein, weil.", actor=world.karl)
    request.refresh_from_db()
    assert request.state == State.REFUSED


def test_a_decision_is_made_once(world: World, past: Appointment) -> None:
    part = part_of(ask(world), chamber=True)
    carry_out_part(part_id=part.pk, actor=world.bert)
    with pytest.raises(Refusal, match="schon entschieden"):
        refuse_part(part_id=part.pk, answer="Doch nicht.", actor=world.bert)


def test_withdrawn_until_somebody_decides(world: World, past: Appointment) -> None:
    request = ask(world)
    withdraw_erasure(request_id=request.pk, person=world.alice)
    assert set(request.parts.values_list("state", flat=True)) == {State.WITHDRAWN}
    again = ask(world)
    carry_out_part(part_id=part_of(again, chamber=True).pk, actor=world.bert)
    with pytest.raises(Refusal, match="schon entschieden"):
        withdraw_erasure(request_id=again.pk, person=world.alice)


def test_only_the_own_request_is_withdrawn(world: World) -> None:
    with pytest.raises(Refusal):
        withdraw_erasure(request_id=ask(world).pk, person=world.carl)


def test_who_once_had_a_post_becomes_an_empty_row(world: World) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    factories.make_post(world.alice, "desk", organisation=world.ihk, ends=yesterday)
    carry_out_part(part_id=ask(world).parts.get().pk, actor=world.karl)
    world.alice.refresh_from_db()
    assert (world.alice.name, world.alice.is_active) == ("", False)
    assert world.alice.email.endswith("@konto.invalid")


def test_bookings_on_the_telephone_for_the_address_go_too(world: World, past: Appointment) -> None:
    by_desk = factories.make_appointment(
        hours=world.hours, state=Stand.CANCELLED, contact_email=world.alice.email
    )
    carry_out_all(world, ask(world))
    by_desk.refresh_from_db()
    assert by_desk.contact_email == ""
