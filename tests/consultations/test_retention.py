"""Each rule: what is due from its day on and not before, what goes, what stays."""

import datetime
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.contenttypes.models import ContentType
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Model
from django.utils import timezone

from consultations.emptying import empty_appointments
from consultations.models import Absence, Appointment, Concern, PhoneTask, Waiting
from partnership.journal import log_act
from partnership.links import issue_link
from partnership.models import (
    BlockedAddress,
    ErasedThing,
    ErasureRequest,
    Firm,
    FirmContact,
    FirmMerge,
    LogEntry,
    OutgoingMail,
    PendingAddress,
    Person,
    RetentionHold,
    RetentionRun,
    SecondFactorReset,
    SecretLink,
)
from partnership.outbox import queue_mail
from partnership.retention.kinds import all_kinds, kind_called
from partnership.retention.running import run_when_due
from partnership.times import BERLIN
from tests import factories
from tests.personas import World

pytestmark = pytest.mark.django_db
State = Appointment.State
DAY = datetime.timedelta(days=1)
LAST_MINUTE = datetime.datetime(2027, 3, 2, 23, 59, tzinfo=BERLIN)
"""Of a day in Berlin; in London it is still 22:59."""


def due(key: str, now: datetime.datetime) -> list[int]:
    kind = kind_called(key)
    assert kind is not None
    return list(kind.due_rows(now).values_list("pk", flat=True))


def assert_due_after(key: str, thing: Model, *, days: int) -> None:
    """Not in the last minute of its last day, but with the next one."""
    midnight = LAST_MINUTE + datetime.timedelta(days=days, minutes=1)
    assert thing.pk not in due(key, midnight - datetime.timedelta(seconds=1))
    assert due(key, midnight) == [thing.pk]


def appointment_of(world: World, **fields: Any) -> Appointment:
    """With somebody and something in every field."""
    firm = factories.make_firm(name="Tischlerei Muster", chamber=world.ihk)
    defaults: dict[str, Any] = {
        "state": State.ATTENDED,
        "person": factories.make_person(),
        "firm": firm,
        "chamber": world.ihk,
        "membership_number": "441",
        "cancel_reason": "Krank",
        "topic": "burglary",
        "note": "Tor",
        "accessibility_need": "Aufzug",
    }
    found = factories.make_appointment(hours=world.hours, **defaults | fields)
    half_an_hour = datetime.timedelta(minutes=30)
    found.period = DateTimeTZRange(LAST_MINUTE - half_an_hour, LAST_MINUTE)
    found.save(update_fields=["period"])
    Concern.objects.filter(pk=found.pk).update(officer_note="Schloss alt", next_step="visit", language="en")
    return found


def test_an_unconfirmed_booking_is_due_seven_days_after_its_end(world: World) -> None:
    booking = appointment_of(world, state=State.EXPIRED, confirm_by=LAST_MINUTE)
    assert_due_after("unconfirmed", booking, days=7)


def test_of_an_unconfirmed_booking_not_even_the_topic_stays(world: World) -> None:
    """No number counts it."""
    appointment_of(world, state=State.EXPIRED, confirm_by=LAST_MINUTE)
    run_when_due(now=LAST_MINUTE + 9 * DAY)
    assert Appointment.objects.get().contact_name == ""
    assert not Concern.objects.exists()


def test_what_was_confirmed_is_no_unconfirmed_booking(world: World) -> None:
    appointment_of(world, confirm_by=LAST_MINUTE)
    assert due("unconfirmed", LAST_MINUTE + 90 * DAY) == []


def test_needs_are_due_the_day_after_the_talk(world: World) -> None:
    concern = appointment_of(world).concern
    assert_due_after("needs", concern, days=0)


def test_places_on_waiting_lists_are_due_after_their_end(world: World) -> None:
    over = factories.make_waiting(office=world.office, state=Waiting.State.LEFT, ended_at=LAST_MINUTE)
    assert_due_after("waiting", over, days=30)


def test_places_nobody_confirmed_are_due_after_seven_days(world: World) -> None:
    unconfirmed = factories.make_waiting(
        office=world.office, state=Waiting.State.UNCONFIRMED, created_at=LAST_MINUTE
    )
    assert_due_after("joining", unconfirmed, days=7)
    factories.make_waiting(office=world.office, created_at=LAST_MINUTE)
    assert len(due("joining", LAST_MINUTE + 90 * DAY)) == 1


def test_blocked_addresses_are_due_after_a_year(world: World) -> None:
    blocked = BlockedAddress.objects.create(
        address="a@b.example", partnership=world.partnership, since=LAST_MINUTE
    )
    assert_due_after("blocked", blocked, days=365)


def test_of_needs_nothing_else_goes(world: World) -> None:
    concern = appointment_of(world).concern
    run_when_due(now=LAST_MINUTE + 2 * DAY)
    concern.refresh_from_db()
    assert (concern.accessibility_need, concern.note) == ("", "Tor")


@pytest.mark.parametrize("key", ["concerns", "appointments"])
def test_contacts_and_what_was_confided_are_due_after_twelve_months(world: World, key: str) -> None:
    assert_due_after(key, appointment_of(world), days=365)


@pytest.mark.parametrize("state", [State.CONFIRMED, State.MISSED, State.CANCELLED])
def test_whatever_became_of_the_appointment(world: World, state: Appointment.State) -> None:
    found = appointment_of(world, state=state)
    assert due("appointments", LAST_MINUTE + 367 * DAY) == [found.pk]


def test_an_emptied_appointment_names_nobody_and_keeps_state_time_place_and_topic(world: World) -> None:
    before = appointment_of(world)
    task = PhoneTask.objects.create(
        appointment=before,
        reason=PhoneTask.Reason.MOVED,
        why="Frau Muster ist krank",
        done_at=timezone.now(),
        result=PhoneTask.Result.REACHED,
    )
    run_when_due(now=LAST_MINUTE + 367 * DAY)
    after = Appointment.objects.get(pk=before.pk)
    assert (after.firm, after.person, after.chamber, after.firm_name) == (None, None, None, "(gelöscht)")
    assert after.contact_name + after.contact_email + after.contact_phone + after.membership_number == ""
    assert after.cancel_reason == ""
    assert (after.state, after.period, after.lane) == (before.state, before.period, before.lane)
    concern = Concern.objects.get(pk=before.pk)
    assert (concern.topic, concern.note, concern.officer_note) == ("burglary", "", "")
    assert (concern.next_step, concern.language, concern.accessibility_need) == ("", "de", "")
    task.refresh_from_db()
    assert task.why == ""


def test_the_log_does_not_lead_to_whoever_has_come_again(world: World) -> None:
    """Staff stay named in it."""
    found = appointment_of(world, person=world.alice)
    for actor in (world.alice, world.paula):
        log_act(act="appointment.moved", thing=found, actor=actor, organisation=world.ihk)
    other = factories.make_appointment(hours=world.hours, index=1, person=world.alice)
    log_act(act="appointment.moved", thing=other, actor=world.alice, organisation=world.ihk)
    empty_appointments([found.pk])
    actors = LogEntry.objects.filter(act="appointment.moved").order_by("pk")
    assert [entry.actor for entry in actors] == [None, world.paula, world.alice]


def test_with_the_last_appointment_go_person_and_firm(world: World) -> None:
    found = appointment_of(world)
    FirmContact.objects.create(firm=found.firm, person=found.person, name="Alice", email="a@b.example")
    run_when_due(now=timezone.now() + 800 * DAY)
    assert not FirmContact.objects.exists()
    assert not Firm.objects.exists()
    assert not Person.objects.filter(pk=found.person_id).exists()


def test_while_an_appointment_names_them_they_stay(world: World) -> None:
    found = appointment_of(world)
    FirmContact.objects.create(firm=found.firm, person=found.person, name="Alice", email="a@b.example")
    Appointment.objects.update(period=DateTimeTZRange(timezone.now() + 700 * DAY, timezone.now() + 701 * DAY))
    run_when_due(now=timezone.now() + 800 * DAY)
    assert FirmContact.objects.get().person == found.person


def test_whoever_has_a_password_keeps_account_and_firm(world: World) -> None:
    world.alice.set_password("ein langer Satz")
    world.alice.save()
    factories.make_firm(world.alice)
    run_when_due(now=timezone.now() + 3650 * DAY)
    assert Firm.objects.get().contacts.get().person == world.alice


def test_staff_stay(world: World) -> None:
    run_when_due(now=timezone.now() + 3650 * DAY)
    assert Person.objects.filter(name__in=["Bert Beispiel", "Paula Beispiel", "Karl Beispiel"]).count() == 3
    assert not Person.objects.filter(name="Carl Beispiel").exists()


def test_who_has_not_accepted_an_invitation_goes_a_week_after_its_end(world: World) -> None:
    firm = factories.make_firm(world.alice)
    invited = FirmContact.objects.create(firm=firm, name="Kim", email="k@b.example", invited_at=LAST_MINUTE)
    assert_due_after("invited", invited, days=14)


def test_a_merged_row_stays_as_long_as_its_heir(world: World) -> None:
    heir = factories.make_firm(world.alice)
    world.alice.set_password("ein langer Satz")
    world.alice.save()
    merged = factories.make_listed_firm(world.ihk, merged_into=heir)
    later = timezone.now() + 400 * DAY
    assert due("firms", later) == []
    heir.contacts.all().delete()
    assert due("firms", later) == [merged.pk]


def test_undoing_a_merge_needs_nothing_after_thirty_days(world: World) -> None:
    one, two = (factories.make_listed_firm(world.ihk) for _number in range(2))
    values = {"before": {"name": "A"}, "after": {"name": "B"}, "moved": {}, "rights": {}}
    merge = FirmMerge.objects.create(heir=one, merged=two, merged_at=LAST_MINUTE, **values)
    assert_due_after("merges", merge, days=30)
    run_when_due(now=LAST_MINUTE + 32 * DAY)
    merge.refresh_from_db()
    assert (merge.before, merge.after, merge.merged_at) == ({}, {}, LAST_MINUTE)


def mail_of(world: World, **fields: Any) -> OutgoingMail:
    mail = queue_mail(
        partnership=world.partnership,
        kind="booking_confirmed",
        to_email="a@b.example",
        to_name="Alice",
        content={"firm": "Muster"},
        calendar={"uid": "1"},
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
    mail.refresh_from_db()
    return mail


def test_a_mails_content_is_due_thirty_days_after_it_was_sent(world: World) -> None:
    mail = mail_of(world, state="sent", sent_at=LAST_MINUTE)
    assert_due_after("mails", mail, days=30)
    run_when_due(now=LAST_MINUTE + 32 * DAY)
    mail.refresh_from_db()
    assert (mail.to_name, mail.to_email, mail.content, mail.calendar) == ("", "", {}, None)
    assert (mail.state, mail.sent_at, mail.kind) == ("sent", LAST_MINUTE, "booking_confirmed")


def test_one_that_was_given_up_after_its_last_attempt(world: World) -> None:
    assert_due_after("mails", mail_of(world, state="failed", due_at=LAST_MINUTE), days=30)


def test_one_that_waits_is_not_due(world: World) -> None:
    mail_of(world, due_at=LAST_MINUTE)
    assert due("mails", LAST_MINUTE + 90 * DAY) == []


def test_a_log_entry_goes_with_the_end_of_the_following_year(world: World) -> None:
    entries = [
        LogEntry.objects.create(
            act="hours.planned",
            content_type=ContentType.objects.get_for_model(Firm),
            object_id=1,
            organisation=world.ihk,
            at=datetime.datetime(year, month, day, 12, tzinfo=BERLIN),
        )
        for year, month, day in ((2026, 1, 1), (2026, 12, 31), (2027, 1, 1))
    ]
    assert due("log", datetime.datetime(2027, 12, 31, 23, 59, tzinfo=BERLIN)) == []
    in_time = due("log", datetime.datetime(2028, 1, 2, 2, 30, tzinfo=BERLIN))
    assert in_time == [entries[0].pk, entries[1].pk]


def test_small_traces_are_due_on_their_days(world: World) -> None:
    pending = PendingAddress.objects.create(email="jana@b.example", asked_at=LAST_MINUTE)
    assert_due_after("addresses", pending, days=7)
    issue_link(thing=pending, purpose=SecretLink.Purpose.REGISTER, expires_at=LAST_MINUTE)
    assert_due_after("links", SecretLink.objects.get(), days=1)
    absence = Absence.objects.create(
        officer=world.paula,
        police=world.police,
        kind=Absence.Kind.PLANNED,
        period=DateTimeTZRange(LAST_MINUTE - DAY, LAST_MINUTE),
    )
    assert_due_after("absences", absence, days=365)


def test_what_technicians_did_is_due_after_twelve_months(world: World) -> None:
    entry = AdminEntry.objects.create(
        user=world.karl, object_repr="Alice", action_flag=CHANGE, action_time=LAST_MINUTE
    )
    assert_due_after("technical_log", entry, days=365)


def test_a_reset_goes_with_the_log_and_an_open_one_stays(world: World) -> None:
    ended = {"state": "withdrawn", "ended_at": LAST_MINUTE}
    reset = SecondFactorReset.objects.create(
        person=world.pia, asked_by=world.lea, reason="weg", asked_at=LAST_MINUTE, **ended
    )
    SecondFactorReset.objects.create(
        person=world.paula, asked_by=world.lea, reason="weg", asked_at=LAST_MINUTE
    )
    assert due("resets", datetime.datetime(2029, 1, 3, 2, 30, tzinfo=BERLIN)) == [reset.pk]


def test_evidence_is_kept_for_three_years(world: World) -> None:
    request = ErasureRequest.objects.create(
        partnership=world.partnership, state="refused", closed_at=LAST_MINUTE, reason="Ende"
    )
    assert_due_after("requests", request, days=1095)
    hold = RetentionHold.objects.create(
        organisation=world.ihk,
        content_type=ContentType.objects.get_for_model(Firm),
        object_id=1,
        reason="Klage",
        until=LAST_MINUTE.date(),
    )
    assert_due_after("holds", hold, days=1095)
    run = RetentionRun.objects.create(night=LAST_MINUTE.date(), started_at=LAST_MINUTE)
    assert_due_after("runs", run, days=1095)


def test_every_line_of_the_list_names_rule_owner_and_key(world: World) -> None:
    found = appointment_of(world)
    run_when_due(now=LAST_MINUTE + 367 * DAY)
    lines = ErasedThing.objects.filter(object_id=found.pk, rule__in=["appointments", "concerns", "needs"])
    assert set(lines.values_list("rule", "organisation")) == {
        ("appointments", world.ihk.pk),
        ("concerns", world.police.pk),
        ("needs", world.police.pk),
    }


def test_what_was_emptied_is_not_due_again(world: World) -> None:
    appointment_of(world)
    mail_of(world, state="sent", sent_at=LAST_MINUTE)
    later = LAST_MINUTE + 367 * DAY
    run_when_due(now=later)
    assert {kind.key for kind in all_kinds() if kind.due_rows(later).exists()} == set()
