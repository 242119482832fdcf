"""Which act tells whom, and which acts tell nobody."""

import pytest
from django.utils import timezone

from consultations import booking, desk_booking
from consultations.expiry import expire_due
from consultations.models import Appointment, Concern, OfficeHours
from consultations.office_hours import agree_to_hours, publish_hours
from consultations.outcomes import note_outcome
from consultations.taking_time import SlotTaken
from partnership.models import OutgoingMail
from partnership.refusals import Refusal
from tests import factories
from tests.consultations.conftest import MailsOf
from tests.consultations.steps import book, cancel_all, confirm, details, hold, move, run_out, start_of
from tests.consultations.test_office_hours import plan
from tests.consultations.test_outcomes import begun
from tests.personas import World

ALICE = "alice@tischlerei.example"


def told(mails: list[OutgoingMail]) -> list[tuple[str, str]]:
    return [(mail.kind, mail.to_email) for mail in mails]


def method_of(mail: OutgoingMail) -> str:
    return str((mail.calendar or {}).get("method", ""))


def test_booking_asks_the_firm_for_its_yes(world: World, mails_of: MailsOf) -> None:
    mails = mails_of(lambda: book(world.hours))
    assert told(mails) == [("booking_confirm", ALICE)]
    assert mails[0].thing == Appointment.objects.get()
    assert mails[0].calendar is None


def test_holding_tells_nobody(world: World, mails_of: MailsOf) -> None:
    assert mails_of(lambda: hold(world.hours)) == []


def test_a_refused_booking_tells_nobody(world: World, mails_of: MailsOf) -> None:
    book(world.hours, 0)
    book(world.hours, 1)
    held = hold(world.hours, 2)

    def book_a_third() -> None:
        with pytest.raises(Refusal):
            booking.book(held_id=held.pk, hours_id=world.hours.pk, details=details())

    assert mails_of(book_a_third) == []


def test_confirming_sends_the_appointment(world: World, mails_of: MailsOf) -> None:
    booked = book(world.hours)
    mails = mails_of(lambda: booking.confirm(appointment_id=booked.pk))
    assert told(mails) == [("booking_confirmed", ALICE)]
    assert method_of(mails[0]) == "REQUEST"


def test_confirming_again_tells_nobody(world: World, mails_of: MailsOf) -> None:
    confirmed = confirm(world.hours)
    assert mails_of(lambda: booking.confirm(appointment_id=confirmed.pk)) == []


def test_moving_sends_the_new_time(world: World, mails_of: MailsOf) -> None:
    confirmed = confirm(world.hours)
    mails = mails_of(lambda: move(confirmed, world.hours, 1))
    assert told(mails) == [("booking_moved", ALICE)]
    assert method_of(mails[0]) == "REQUEST"
    assert mails[0].calendar is not None
    assert mails[0].calendar["sequence"] == 1


def test_a_move_that_was_refused_tells_nobody(world: World, mails_of: MailsOf) -> None:
    confirmed = confirm(world.hours)
    hold(world.hours, 1)

    def move_to_a_taken_time() -> None:
        with pytest.raises(SlotTaken):
            move(confirmed, world.hours, 1)

    assert mails_of(move_to_a_taken_time) == []


def test_a_firms_cancellation_is_confirmed_and_leaves_its_calendar(world: World, mails_of: MailsOf) -> None:
    confirmed = confirm(world.hours)
    mails = mails_of(lambda: booking.cancel_by_firm(appointment_id=confirmed.pk))
    assert told(mails) == [("booking_cancelled", ALICE)]
    assert method_of(mails[0]) == "CANCEL"


def test_cancelling_again_tells_nobody(world: World, mails_of: MailsOf) -> None:
    confirmed = confirm(world.hours)
    booking.cancel_by_firm(appointment_id=confirmed.pk)
    assert mails_of(lambda: booking.cancel_by_firm(appointment_id=confirmed.pk)) == []


def test_the_desks_cancellation_names_its_reason(world: World, mails_of: MailsOf) -> None:
    confirmed = confirm(world.hours)
    mails = mails_of(
        lambda: desk_booking.cancel_by_desk(
            appointment_id=confirmed.pk, reason="Wasserschaden", actor=world.bert
        )
    )
    assert told(mails) == [("booking_cancelled", ALICE)]
    assert mails[0].content["reason"] == "Wasserschaden"


def test_what_never_stood_in_a_calendar_is_not_taken_out_of_one(world: World, mails_of: MailsOf) -> None:
    booked = book(world.hours)
    mails = mails_of(
        lambda: desk_booking.cancel_by_desk(appointment_id=booked.pk, reason="Krankheit", actor=world.bert)
    )
    assert told(mails) == [("booking_cancelled", ALICE)]
    assert mails[0].calendar is None


def test_cancelled_hours_tell_every_firm_and_every_officer(world: World, mails_of: MailsOf) -> None:
    confirm(world.hours, 0)
    book(world.hours, 1, contact_email="bob@elektro.example")
    mails = mails_of(lambda: cancel_all(world.hours, actor=world.bert))
    assert told(mails) == [
        ("booking_cancelled", ALICE),
        ("booking_cancelled", "bob@elektro.example"),
        ("hours_cancelled", world.paula.email),
    ]
    assert [method_of(mail) for mail in mails] == ["CANCEL", "", ""]
    assert {mail.content["reason"] for mail in mails} == {"Krankheit"}


def test_cancelled_hours_tell_nobody_whose_booking_was_over(world: World, mails_of: MailsOf) -> None:
    hold(world.hours, 0)
    for index, state in enumerate([Appointment.State.CANCELLED, Appointment.State.EXPIRED], start=1):
        factories.make_appointment(hours=world.hours, index=index, state=state)
    mails = mails_of(lambda: cancel_all(world.hours, actor=world.bert))
    assert told(mails) == [("hours_cancelled", world.paula.email)]


def test_publishing_asks_the_officers_who_have_not_agreed_yet(world: World, mails_of: MailsOf) -> None:
    hours = plan(world, officers=[world.paula, world.pia])
    agree_to_hours(hours_id=hours.pk, actor=world.paula)
    mails = mails_of(lambda: publish_hours(hours_id=hours.pk, actor=world.bert))
    assert told(mails) == [("hours_to_agree", world.pia.email)]
    assert mails[0].thing == hours


def test_publishing_agreed_hours_tells_nobody(world: World, mails_of: MailsOf) -> None:
    OfficeHours.objects.update(state=OfficeHours.State.AGREED)
    assert mails_of(lambda: publish_hours(hours_id=world.hours.pk, actor=world.bert)) == []


def test_planning_and_agreeing_tell_nobody(world: World, mails_of: MailsOf) -> None:
    def plan_and_agree() -> None:
        hours = plan(world)
        agree_to_hours(hours_id=hours.pk, actor=world.paula)

    assert mails_of(plan_and_agree) == []


def test_expiry_tells_nobody(world: World, mails_of: MailsOf) -> None:
    run_out(book(world.hours))
    assert mails_of(expire_due) == []


def test_an_outcome_tells_nobody(world: World, mails_of: MailsOf) -> None:
    appointment = begun(world)
    outcome = {"outcome": Appointment.State.ATTENDED, "officer_note": "", "next_step": Concern.NextStep.NONE}
    act = {"appointment_id": appointment.pk, "seen": "", "actor": world.paula, **outcome}
    assert mails_of(lambda: note_outcome(**act)) == []  # type: ignore[arg-type]


def test_a_firm_is_written_to_in_the_language_of_its_pages(world: World, mails_of: MailsOf) -> None:
    mails = mails_of(lambda: book(world.hours, page_language="en"))
    assert mails[0].language == "en"
    assert str(mails[0].content["when"]).split(",")[0].endswith("day")


def test_officers_are_written_to_in_german(world: World, mails_of: MailsOf) -> None:
    mails = mails_of(lambda: cancel_all(world.hours, actor=world.bert))
    assert {mail.language for mail in mails} == {"de"}


def test_every_link_in_a_mail_leaves_the_outbox_when_it_is_sent(world: World, mails_of: MailsOf) -> None:
    """`outbox` takes out what ends in `_url`; a secret under another name would stay."""
    confirmed = confirm(world.hours)
    move(confirmed, world.hours, 1)
    for mail in OutgoingMail.objects.all():
        kept = {key: value for key, value in mail.content.items() if not key.endswith("_url")}
        assert "http" not in str(kept)


def test_an_appointment_booked_just_now_is_asked_for_until_its_deadline(world: World) -> None:
    booked = book(world.hours)
    assert booked.confirm_by is not None
    assert timezone.now() < booked.confirm_by < start_of(world.hours)
