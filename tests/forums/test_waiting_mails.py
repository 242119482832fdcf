"""What each mail about a wait says, as text and as HTML, and whether it still holds when it leaves."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.utils import timezone

from forums.event_words import when_of
from forums.models import PartBooking, Registration
from forums.registering.cancelling import cancel
from forums.waiting import answers
from forums.waiting.offers import lapse_due
from forums.waiting.still_true import CHECKS
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from partnership.times import long_moment
from tests.consultations.test_mail_texts import assert_both_say, words_of
from tests.forums.waiting_steps import attending, make_full_part, someone_waiting
from tests.personas import World

State = PartBooking.State
GERMAN = r"\b(Guten Tag|Uhr|Platz|Warteliste|Anmeldung|bis|vor Ort|Impressum)\b"


def free_a_place(world: World, days: int, **fields: str) -> PartBooking:
    part = make_full_part(world, days=days, title="Workshop")
    booking = someone_waiting(part, **fields)
    cancel(registration_id=attending(part).pk)
    booking.refresh_from_db()
    return booking


def moved_up(world: World, **fields: str) -> None:
    free_a_place(world, 21, **fields)


def offered(world: World, **fields: str) -> None:
    free_a_place(world, 3, **fields)


def lapsed(world: World, **fields: str) -> None:
    lapse_due(now=free_a_place(world, 3, **fields).offer_until)


def ended(world: World, **fields: str) -> None:
    booking = someone_waiting(make_full_part(world, title="Workshop"), **fields)
    answers.end_lines(now=booking.part.event.starts_at)


ACTS: dict[str, Callable[..., None]] = {
    "event_moved_up": moved_up,
    "event_offer": offered,
    "event_offer_lapsed": lapsed,
    "event_waiting_ended": ended,
}
"""To those who wait; the desk's has its own test."""


def mail_of(world: World, kind: str, **fields: str) -> OutgoingMail:
    ACTS[kind](world, **fields)
    return OutgoingMail.objects.filter(kind=kind).latest("pk")


@pytest.mark.parametrize("kind", ACTS)
def test_who_waits_reads_for_what_when_and_whom_to_ask(world: World, kind: str) -> None:
    mail = mail_of(world, kind)
    event = mail.thing.event  # type: ignore[union-attr]
    message = build_message(mail)
    assert_both_say(message, event.title, when_of(event), "Workshop", "vor Ort", world.partnership.phone)


@pytest.mark.parametrize("kind", ACTS)
def test_who_waits_can_read_it_in_english(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind, page_language="en"))
    assert not re.search(GERMAN, f"{message.subject} {' '.join(words_of(message))}")


@pytest.mark.parametrize("kind", ACTS)
def test_the_subject_is_a_line_and_nothing_is_left_over(world: World, kind: str) -> None:
    message = build_message(mail_of(world, kind))
    assert 10 < len(message.subject) < 120
    assert "\n\n\n" not in message.body
    for words in (message.subject, *words_of(message)):
        assert not re.search(r"[{}%]|None|&amp;", words)


def test_an_offer_names_its_end_and_leads_to_the_answer(world: World) -> None:
    mail = mail_of(world, "event_offer")
    message, booking = build_message(mail), PartBooking.objects.get(state=State.OFFERED)
    assert booking.offer_until is not None
    assert_both_say(message, long_moment(booking.offer_until))
    assert mail.content["answer_url"].startswith(f"{settings.BASE_URL}/foren/anmeldung/")
    assert mail.content["answer_url"].endswith("/warteliste/")
    assert mail.content["answer_url"] in message.body


def test_whoever_moves_up_reads_how_to_give_the_place_back(world: World) -> None:
    mail = mail_of(world, "event_moved_up")
    message = build_message(mail)
    assert_both_say(message, "nachgerückt", "als Kalenderdatei", mail.thing.reference)  # type: ignore[union-attr]
    assert mail.content["page_url"] in message.body


def test_whoever_accepts_reads_that_it_is_certain(world: World) -> None:
    offered(world)
    answers.accept(booking_id=PartBooking.objects.get(state=State.OFFERED).pk)
    message = build_message(OutgoingMail.objects.get(kind="event_moved_up"))
    assert_both_say(message, "Sie haben den angebotenen Platz angenommen")


def test_whoever_waits_in_vain_reads_that_other_places_stand(world: World) -> None:
    part = make_full_part(world)
    own = attending(part)
    PartBooking.objects.filter(registration=own).update(state=State.WAITLISTED, waits_since=timezone.now())
    answers.end_lines(now=part.event.starts_at)
    assert "Ihre anderen Plätze" not in build_message(OutgoingMail.objects.latest("pk")).body


def test_the_desk_reads_whom_to_call_and_until_when(world: World) -> None:
    offered(world, email="", phone="0341 123456", name="Uwe Ohnemail")
    mail = OutgoingMail.objects.get(kind="event_waiting_call")
    until = PartBooking.objects.get(state=State.OFFERED).offer_until
    assert until is not None
    assert_both_say(build_message(mail), "Uwe Ohnemail", "0341 123456", long_moment(until), "Workshop")
    assert "/arbeitsplatz/foren/" in build_message(mail).body


@pytest.mark.parametrize("kind", ["event_moved_up", "event_offer", "event_offer_lapsed"])
def test_a_mail_holds_until_something_else_becomes_of_the_place(world: World, kind: str) -> None:
    mail = mail_of(world, kind)
    assert CHECKS[kind](mail)
    PartBooking.objects.filter(pk=mail.content["booking"]).update(
        state=State.WAITLISTED, waits_since=timezone.now(), offer_until=None, lapsed_at=None
    )
    assert not CHECKS[kind](mail)


def test_a_mail_does_not_hold_for_whoever_has_cancelled(world: World) -> None:
    mail = mail_of(world, "event_moved_up")
    Registration.objects.filter(pk=mail.object_id).update(
        state=Registration.State.CANCELLED, ended_at=timezone.now()
    )
    assert not CHECKS["event_moved_up"](mail)


def test_an_offer_does_not_hold_after_its_end(world: World) -> None:
    mail = mail_of(world, "event_offer")
    past = timezone.now() - datetime.timedelta(minutes=1)
    PartBooking.objects.filter(pk=mail.content["booking"]).update(offer_until=past)
    assert not CHECKS["event_offer"](mail)
