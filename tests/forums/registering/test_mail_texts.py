"""What each mail to those who take part says, as text and as HTML, in both languages."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from forums import mails
from forums.acts import MAILS
from forums.event_words import place_of, when_of
from forums.models import Event, EventPart, PartBooking, Registration
from forums.registering.cancelling import cancel
from forums.registering.changing import change_parts
from forums.registering.registering import Colleague, register
from forums.registering.reminders import send_due
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from partnership.refusals import Refusal
from tests.consultations.test_mail_texts import assert_both_say, words_of
from tests.english.missing import Missing, ours
from tests.event_factories import make_registration
from tests.forums.registering.test_reminders import make_due
from tests.forums.registering_steps import (
    entry_of,
    form_data,
    last_mail,
    make_forum,
    sign_up,
    take_part,
    token_in,
)
from tests.personas import World

NEEDS = "Rollstuhlplatz und Gebärdensprache"
Forum = tuple[Event, EventPart, EventPart, EventPart]


def _take_part(forum: Forum, language: str) -> Registration:
    """With a colleague, waiting for the one workshop."""
    event, _talk, doors, _locks = forum
    doors.places.update(capacity=0)
    return take_part(
        event,
        doors,
        page_language=language,
        accessibility=NEEDS,
        colleagues=(Colleague(name="Ole Quendel"),),
    )


def _ask(forum: Forum, language: str) -> None:
    sign_up(forum[0], page_language=language, accessibility=NEEDS, colleagues=(Colleague(name="Ole"),))


def _known(forum: Forum, language: str) -> None:
    _take_part(forum, language)
    register(entry=entry_of(forum[0]))


def _change(forum: Forum, language: str) -> None:
    change_parts(registration_id=_take_part(forum, language).pk, parts={forum[3].pk: "site"})


def _cancel(forum: Forum, language: str) -> None:
    cancel(registration_id=_take_part(forum, language).pk, with_colleagues=True)


def _move(forum: Forum, language: str) -> None:
    registration = _take_part(forum, language)
    mails.tell_event_changed([registration], changes=["Raum 7"])


def _call_off(forum: Forum, language: str) -> None:
    registration = _take_part(forum, language)
    registration.event.state = Event.State.CANCELLED
    registration.event.cancel_reason = "Raum 7"
    mails.tell_event_cancelled([registration])


def _remind(forum: Forum, language: str) -> None:
    make_due(_take_part(forum, language))
    send_due()


ACTS: dict[str, Callable[[Forum, str], object]] = {
    "event_confirm": _ask,
    "event_known": _known,
    "event_registered": _take_part,
    "event_changed": _change,
    "event_cancelled": _cancel,
    "event_moved": _move,
    "event_called_off": _call_off,
    "event_reminder": _remind,
    "event_declined": lambda forum, language: mails.say_how_to_cancel(_take_part(forum, language)),
}


@pytest.fixture
def forum(world: World) -> Forum:
    return make_forum(world, asks_catering=True)


def mail_of(forum: Forum, kind: str, language: str = "de") -> OutgoingMail:
    ACTS[kind](forum, language)
    return last_mail(kind)


def test_each_of_these_kinds_is_named() -> None:
    assert ACTS.keys() <= MAILS.keys()


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_it_says_what_when_and_where(forum: Forum, kind: str) -> None:
    mail = mail_of(forum, kind)
    event = Event.objects.get(pk=forum[0].pk)
    assert_both_say(build_message(mail), event.title, when_of(event), place_of(event))


@pytest.mark.parametrize("kind", sorted(ACTS.keys() - {"event_cancelled", "event_called_off"}))
def test_it_leads_on(forum: Forum, kind: str) -> None:
    mail = mail_of(forum, kind)
    message = build_message(mail)
    link = mail.content.get("confirm_url") or mail.content["manage_url"]
    assert link in message.body
    assert f'href="{link}"' in str(message.alternatives[0].content)


@pytest.mark.parametrize("kind", ["event_registered", "event_known", "event_moved"])
def test_it_says_what_is_certain_and_what_waits(forum: Forum, kind: str) -> None:
    message = build_message(mail_of(forum, kind))
    assert_both_say(message, "Das ist sicher", "Vortrag", "Warteliste, noch kein Platz", "1. Stelle")


@pytest.mark.parametrize("kind", ["event_moved", "event_called_off"])
def test_it_says_what_has_changed_or_why(forum: Forum, kind: str) -> None:
    assert_both_say(build_message(mail_of(forum, kind)), "Raum 7")


def test_the_question_repeats_nothing_that_somebody_typed(forum: Forum) -> None:
    """The mailbox may be a stranger's."""
    message = build_message(mail_of(forum, "event_confirm"))
    words = " ".join([message.subject, *words_of(message)])
    assert not re.search("Ute|Quendel|Ole|Dachdeckerei", words)
    assert "Mit angemeldet: 1 Person" in words


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_needs_are_in_no_mail(forum: Forum, kind: str) -> None:
    mail = mail_of(forum, kind)
    assert NEEDS not in str(mail.content) + str(mail.calendar) + " ".join(words_of(build_message(mail)))


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_no_tag_and_no_hole_is_left_over(forum: Forum, kind: str) -> None:
    message = build_message(mail_of(forum, kind))
    assert 10 < len(message.subject) < 120
    assert "\n\n\n" not in message.body
    for words in (message.subject, *words_of(message)):
        assert not re.search(r"[{}%]|None|&amp;", words)


@pytest.mark.parametrize("kind", sorted(ACTS))
def test_it_speaks_english(forum: Forum, kind: str, missing: Missing) -> None:
    mail = mail_of(forum, kind, "en")
    message = build_message(mail)
    assert '<html lang="en">' in str(message.alternatives[0].content)
    text = f"{message.subject} {' '.join(words_of(message))}"
    assert not re.search(r"\b(Anmeldung|Guten Tag|Uhr|Warteliste|bestätigen|Impressum)\b", text)
    assert ours(missing.sentences) == []


def in_english(name: str, *args: str) -> str:
    with translation.override("en"):
        return reverse(name, args=args)


def test_the_pages_speak_english(client: Client, world: World, forum: Forum, missing: Missing) -> None:
    event, talk, doors, _locks = forum
    register_here = in_english("forums:register", event.reference)
    client.get(register_here)
    client.post(register_here, form_data(event, email="kim", name=""))
    client.post(register_here, form_data(event) | {"mit-weitere": "1"})
    client.get(client.post(register_here, form_data(event))["Location"])
    confirm = in_english("forums:confirm", token_in(last_mail()))
    client.get(confirm)
    own = client.post(confirm)["Location"]
    client.get(confirm)
    client.get(own)
    registration = Registration.objects.get()
    doors.places.update(capacity=0)
    make_registration(event, doors, booking_state=PartBooking.State.WAITLISTED)
    client.get(f"{own}{registration.reference}/aendern/")
    waits = {f"teil_{talk.pk}": f"{talk.pk}-online", f"teil_{doors.pk}": f"{doors.pk}-site-warten"}
    client.post(f"{own}{registration.reference}/aendern/", waits)
    client.get(own)
    client.get(f"{own}{registration.reference}/abmelden/")
    client.post(f"{own}{registration.reference}/abmelden/")
    client.get(own)
    client.get(in_english("forums:registration", "x" * 43))
    client.force_login(world.alice)
    client.get(in_english("own_registrations:registrations"))
    for fields in ({"registration_closes_at": timezone.now()}, {"state": "cancelled"}):
        closed, *_parts = make_forum(world, **fields)
        client.get(in_english("forums:register", closed.reference))
    assert ours(missing.sentences) == []


def test_refusals_speak_english(world: World, forum: Forum, missing: Missing) -> None:
    with translation.override("en"):
        for _number in range(4):
            sign_up(make_forum(world)[0])
        later, *_parts = make_forum(world, registration_opens_at=timezone.now() + datetime.timedelta(days=1))
        for event, parts in ((forum[0], ()), (forum[0], forum[2:]), (later, ())):
            with pytest.raises(Refusal):
                sign_up(event, *parts)
    assert ours(missing.sentences) == []
