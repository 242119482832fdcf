"""Who is asked, when, and what the mail says."""

import datetime

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives

from forums.feedback.asking import ask_due, last_day_to_answer
from forums.feedback.questions import switch_feedback
from forums.models import Event, FeedbackInvitation, Registration
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from partnership.outbox import deliver_mail
from partnership.times import at_wall_time
from tests.event_factories import make_registration
from tests.forums.feedback.steps import A_DAY, asked, make_past_event, note_attendance, token_for
from tests.personas import World


@pytest.fixture
def event(world: World) -> Event:
    return make_past_event(world.ihk)


@pytest.fixture
def registration(event: Event) -> Registration:
    return make_registration(event, event.parts.get())


def test_the_day_after_not_in_the_night_and_once(event: Event, registration: Registration) -> None:
    assert asked(event, days=0, at=datetime.time(23)) == []
    assert asked(event, at=datetime.time(8, 59)) == []
    assert asked(event, at=datetime.time(9)) == [registration.email]
    assert asked(event) == asked(event, days=2) == []


def test_who_was_there_and_nobody_else(event: Event, registration: Registration) -> None:
    make_registration(event, event.parts.get())
    note_attendance(registration.bookings.get())
    assert asked(event) == [registration.email]


def test_whoever_had_a_place_where_nobody_noted_who_was_there(
    event: Event, registration: Registration
) -> None:
    make_registration(event, event.parts.get(), booking_state="waitlisted")
    assert asked(event) == [registration.email]


@pytest.mark.parametrize("state", [Registration.State.UNCONFIRMED, Registration.State.CANCELLED])
def test_nobody_who_is_not_registered_any_more_or_yet(event: Event, state: str) -> None:
    make_registration(event, event.parts.get(), state=state)
    assert asked(event) == []


def test_what_is_noted_late_is_asked_about_within_a_week(event: Event, registration: Registration) -> None:
    assert asked(event, days=8) == []
    assert asked(event, days=7) == [registration.email]


def test_nobody_without_an_own_address(event: Event, registration: Registration) -> None:
    make_registration(event, event.parts.get(), email="", registered_by=registration)
    assert asked(event) == [registration.email]


@pytest.mark.parametrize(("state", "asks"), [("cancelled", False), ("announced", True), ("closed", True)])
def test_about_what_took_place_noted_or_not(world: World, state: str, asks: bool) -> None:
    event = make_past_event(world.ihk, state=state)
    make_registration(event, event.parts.get())
    assert bool(asked(event)) is asks


def test_nobody_is_asked_where_the_organisers_do_not_want_to_know(
    world: World, event: Event, registration: Registration
) -> None:
    switch_feedback(event_id=event.pk, asks=False, actor=world.bert)
    assert asked(event) == []
    switch_feedback(event_id=event.pk, asks=True, actor=world.bert)
    assert asked(event) == [registration.email]


def test_all_links_of_an_event_end_together_and_go_then(event: Event, registration: Registration) -> None:
    asked(event)
    until = FeedbackInvitation.objects.get().expires_on
    assert until == last_day_to_answer(event)
    ask_due(now=at_wall_time(until, datetime.time(8)))
    assert FeedbackInvitation.objects.exists()
    ask_due(now=at_wall_time(until + A_DAY, datetime.time(8)))
    assert not FeedbackInvitation.objects.exists()


def test_invitations_know_nobody_and_lie_in_the_order_of_their_hashes(event: Event) -> None:
    for _number in range(4):
        make_registration(event, event.parts.get())
    asked(event)
    rows = FeedbackInvitation.objects.raw("SELECT * FROM forums_feedbackinvitation ORDER BY ctid")
    hashes = [row.token_hash for row in rows]
    assert hashes == sorted(hashes)
    assert {field.name for field in FeedbackInvitation._meta.get_fields()} == {
        "token_hash",
        "event",
        "expires_on",
    }


def test_the_mail_forgets_the_link_when_it_is_sent(
    event: Event, registration: Registration, mailoutbox: list[EmailMessage]
) -> None:
    token = token_for(event)
    deliver_mail(OutgoingMail.objects.get().pk)
    assert token in mailoutbox[0].body
    assert token not in str(OutgoingMail.objects.values().get())


@pytest.mark.parametrize(("language", "word"), [("de", "Wie war"), ("en", "How was")])
def test_the_mail_says_which_event_and_until_when(event: Event, language: str, word: str) -> None:
    make_registration(event, event.parts.get(), page_language=language)
    asked(event)
    mail = OutgoingMail.objects.get()
    message = build_message(mail)
    assert isinstance(message, EmailMultiAlternatives)
    for words in (message.body, str(message.alternatives[0].content)):
        assert [fact for fact in mail.content.values() if fact not in words] == []
    assert message.subject.startswith(word)


def test_control_without_a_registration_there_is_no_mail(event: Event) -> None:
    assert asked(event) == []
    assert not OutgoingMail.objects.exists()
