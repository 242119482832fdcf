"""What comes back: bounces mark the registration, a "declined" is answered once."""

import pytest
from django.urls import reverse

from forums.models import Registration
from forums.registering.calendar_entry import uid_of
from forums.registering.coming_back import desk_of, mark_lost, take_answer
from forums.registering.own import follow_to_new_address
from partnership.links import issue_link
from partnership.mail_in.calendar_answers import CalendarAnswer
from partnership.models import BlockedAddress, ReceivedMail, SecretLink
from partnership.outbox import deliver_mail
from tests.consultations.conftest import MailsOf
from tests.forums.registering_steps import last_mail, make_forum, sign_up, take_part
from tests.personas import World
from tests.smtp import Postbox

Kind = ReceivedMail.Kind


@pytest.fixture
def registration(world: World) -> Registration:
    return take_part(make_forum(world, contact_email="foren@kammer.example")[0])


def answer(registration: Registration, **changes: object) -> CalendarAnswer:
    given = {
        "uid": uid_of(registration),
        "sequence": 0,
        "attendee": registration.email,
        "kind": Kind.DECLINED,
        "is_automatic": False,
    }
    return CalendarAnswer(**given | changes)  # type: ignore[arg-type]


def test_a_mail_that_does_not_arrive_marks_the_registration_once(registration: Registration) -> None:
    mark_lost(last_mail("event_registered"))
    registration.refresh_from_db()
    lost = registration.mail_lost_at
    mark_lost(last_mail("event_registered"))
    registration.refresh_from_db()
    assert (lost is not None, registration.mail_lost_at) == (True, lost)


def test_a_mail_to_an_earlier_address_does_not(registration: Registration) -> None:
    Registration.objects.update(email="neu@firma.example")
    mark_lost(last_mail("event_registered"))
    registration.refresh_from_db()
    assert registration.mail_lost_at is None


def test_declining_in_the_calendar_is_answered_once(registration: Registration, mails_of: MailsOf) -> None:
    mails = mails_of(lambda: take_answer(answer(registration)))
    assert [mail.kind for mail in mails] == ["event_declined"]
    assert mails_of(lambda: take_answer(answer(registration))) == []
    registration.refresh_from_db()
    assert registration.state == Registration.State.CONFIRMED


@pytest.mark.parametrize(
    "changes", [{"kind": Kind.ACCEPTED}, {"is_automatic": True}, {"sequence": 7}, {"attendee": "x@y.example"}]
)
def test_everything_else_is_not(
    registration: Registration, changes: dict[str, object], mails_of: MailsOf
) -> None:
    assert mails_of(lambda: take_answer(answer(registration, **changes))) == []


def test_a_letter_about_it_goes_to_the_events_contact(registration: Registration) -> None:
    desk = desk_of(registration)
    assert desk is not None
    assert desk[0] == "foren@kammer.example"
    assert reverse("events:event", args=[registration.event.reference]) in desk[1]


def test_another_address_takes_the_registration_along_and_ends_the_links(
    world: World, registration: Registration
) -> None:
    person, old = registration.person, registration.email
    assert person is not None
    issue_link(thing=registration, purpose=SecretLink.Purpose.EVENT, expires_at=registration.event.ends_at)
    person.email = "neu@firma.example"
    person.save()
    follow_to_new_address(person, old)
    registration.refresh_from_db()
    assert registration.email == "neu@firma.example"
    assert not SecretLink.objects.filter(object_id=registration.pk).exists()


def test_where_the_new_address_is_registered_the_old_registration_stays(
    world: World, registration: Registration
) -> None:
    person, old = registration.person, registration.email
    assert person is not None
    take_part(registration.event, email="neu@firma.example")
    person.email = "neu@firma.example"
    follow_to_new_address(person, old)
    registration.refresh_from_db()
    assert registration.email == old


def test_the_question_goes_to_a_blocked_address_too(world: World, postbox: Postbox) -> None:
    """Somebody has just typed it and waits at the mailbox."""
    sign_up(make_forum(world)[0])
    mail = last_mail("event_confirm")
    BlockedAddress.objects.create(address=mail.to_email, partnership=world.partnership)
    deliver_mail(mail.pk)
    assert [message["To"] for message in postbox.messages] == [f"{mail.to_name} <{mail.to_email}>"]
