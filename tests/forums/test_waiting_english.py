"""Pages and mails about a wait speak English, refusals included."""

from django.test import Client
from django.utils import timezone, translation

from forums.models import Event, PartBooking
from forums.registering.cancelling import cancel
from forums.waiting import answers
from forums.waiting.offers import lapse_due
from forums.waiting.words import explain
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from tests.english.missing import Missing, ours
from tests.forums.test_waiting_pages import page_of
from tests.forums.waiting_steps import attending, beginning_in, make_full_part, someone_waiting
from tests.personas import World

LEFT: list[dict[str, float]] = [{"days": 20}, {"days": 5}, {"days": 1}, {"hours": 3}]


def say(client: Client, booking: PartBooking, *says: str) -> None:
    page = f"/en{page_of(booking)}"
    client.get(page)
    for answer in says:
        client.post(page, {"platz": str(booking.pk), "antwort": answer})


def test_no_page_about_a_wait_lacks_a_sentence(client: Client, world: World, missing: Missing) -> None:
    part = make_full_part(world, days=3)
    first, second = (someone_waiting(part, page_language="en") for _number in range(2))
    say(client, second)
    cancel(registration_id=attending(part).pk)
    first.refresh_from_db()
    say(client, first)
    lapse_due(now=first.offer_until)
    say(client, first, "ja", "wieder", "nein", "wieder")
    answers.leave(booking_id=second.pk)
    say(client, second)
    Event.objects.filter(pk=part.event_id).update(state=Event.State.CANCELLED, cancelled_at=timezone.now())
    say(client, first, "ja")
    assert ours(missing.sentences) == []


def test_an_offer_that_is_still_free_is_told_in_english(
    client: Client, world: World, missing: Missing
) -> None:
    part = make_full_part(world, days=3)
    booking = someone_waiting(part, page_language="en")
    cancel(registration_id=attending(part).pk)
    booking.refresh_from_db()
    lapse_due(now=booking.offer_until)
    say(client, booking, "ja", "nein")
    for mail in OutgoingMail.objects.filter(language="en"):
        build_message(mail)
    assert ours(missing.sentences) == []


def test_how_it_goes_on_is_said_in_english(world: World, missing: Missing) -> None:
    event = make_full_part(world).event
    with translation.override("en"):
        for left in LEFT:
            beginning_in(event, **left)
            explain(event, now=timezone.now())
    assert ours(missing.sentences) == []
