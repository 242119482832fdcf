"""Who takes part, what they need and what they say of it is read by those who run the event, and nobody else.

Every address of events is opened by whoever else there is, with the keys of an event that holds all of it.
"""

import logging
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from forums.models import (
    Event,
    EventInvitation,
    EventPart,
    FeedbackQuestion,
    FeedbackText,
    Material,
    Registration,
    RegistrationNeeds,
)
from partnership.models import Person
from tests.consultations.confided import words_in
from tests.consultations.test_separation import OF_EVENTS, patterns
from tests.event_factories import make_booking, make_part, make_registration
from tests.forums.certificate_steps import certify, make_past_event, was_there
from tests.personas import World, sign_in

pytestmark = pytest.mark.django_db
NAME, PRIVATE, JOIN = "Q7Zx9", "W3Kv5", "J8Rt2"
"""Who takes part; how to reach them, what they need and say; how to take part online."""
OTHERS = ["visitor", "alice", "carl", "hanna", "dora", "theo"]
POLICE = ["paula", "lea"]
THOSE_WHO_RUN_IT = ["bert", "karl"]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Every refusal is written down with all that led there; hundreds are a lot."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def event(world: World) -> Event:
    event = make_past_event(
        world, partners=(world.police,), is_online=True, join_url=f"https://video.example/{JOIN}"
    )
    talk, workshop = make_part(event, online=5), make_part(event, site=0)
    ute = make_registration(
        event,
        talk,
        name=f"Ute {NAME}",
        firm_name=f"Dachdeckerei {NAME}",
        email=f"{PRIVATE}@dachdeckerei.example",
        phone=f"0341 {PRIVATE}",
    )
    RegistrationNeeds.objects.create(registration=ute, catering=PRIVATE, accessibility=PRIVATE)
    make_booking(ute, workshop, beyond_reason=PRIVATE)
    was_there(ute, talk)
    certify(world, ute)
    EventInvitation.objects.create(event=event, name=PRIVATE, email=f"{PRIVATE}@firma.example")
    question = FeedbackQuestion.objects.create(
        event=event, position=99, text="Was fehlte?", form=FeedbackQuestion.Form.TEXT
    )
    FeedbackText.objects.bulk_create(
        FeedbackText(event=event, question=question.key, text=PRIVATE) for _number in range(6)
    )
    Material.objects.create(event=event, title=f"Folien {PRIVATE}", url=f"https://folien.example/{PRIVATE}")
    return event


def addresses(event: Event) -> Iterator[str]:
    ute = Registration.objects.get(event=event)
    known: dict[str, list[Any]] = {
        "reference": [event.reference, ute.reference],
        "number": [ute.reference, ute.certificates.get().number],
        "ticket": [ute.ticket],
        "token": ["x" * 43],
        "pk": [EventPart.objects.filter(event=event).latest("pk").pk, Material.objects.get(event=event).pk],
    }
    for name, pattern in patterns(get_resolver()):
        if name.startswith(OF_EVENTS):
            yield from _filled(name, pattern, known)


def _filled(name: str, pattern: URLPattern, known: dict[str, list[Any]]) -> Iterator[str]:
    """With the first of each kind of key, and with the last."""
    wanted = list(pattern.pattern.converters)
    for which in {0, -1}:
        yield reverse(name, args=[known[key][which] for key in wanted], kwargs=None)


def read_everything(event: Event, person: Person | None) -> dict[str, str]:
    """Address -> what it says, of those that answer."""
    client = Client()
    if person:
        sign_in(client, person)
    said = {}
    for address in sorted(set(addresses(event))):
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        said[address] = words_in(content)
    return said


def person_of(world: World, who: str) -> Person | None:
    return None if who == "visitor" else getattr(world, who)


def met(said: dict[str, str], *words: str) -> list[str]:
    return [address for address, text in said.items() if any(word in text for word in words)]


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_who_takes_part(world: World, event: Event, who: str) -> None:
    assert met(read_everything(event, person_of(world, who)), NAME, PRIVATE, JOIN) == []


@pytest.mark.parametrize("who", POLICE)
def test_police_that_run_it_along_read_names_at_the_door_and_no_more(
    world: World, event: Event, who: str
) -> None:
    said = read_everything(event, person_of(world, who))
    assert met(said, PRIVATE, JOIN) == []
    assert {"einlass" in address for address in met(said, NAME)} == {True}


@pytest.mark.parametrize("who", THOSE_WHO_RUN_IT)
def test_those_who_run_it_read_it(world: World, event: Event, who: str) -> None:
    said = read_everything(event, person_of(world, who))
    assert met(said, NAME)
    assert met(said, PRIVATE)
    assert met(said, JOIN)


@pytest.mark.parametrize("visibility", ["invited", "internal"])
@pytest.mark.parametrize("who", ["visitor", "alice"])
def test_what_is_not_public_has_no_page_for_others(
    world: World, event: Event, visibility: str, who: str
) -> None:
    Event.objects.filter(pk=event.pk).update(visibility=visibility, title=f"Treffen {uuid.uuid4().hex}")
    event.refresh_from_db()
    said = read_everything(event, person_of(world, who))
    of_certificates = [address for address in met(said, event.title) if "/nachweis/" not in address]
    assert of_certificates == []
