"""What is kept of an answer, and that nothing leads back to who gave it."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from forums.feedback.answering import take_answer
from forums.feedback.questions import set_questions
from forums.models import Event, Feedback, FeedbackInvitation, FeedbackText, Registration
from partnership.models import LogEntry, OutgoingMail, SecretLink
from partnership.refusals import Refusal
from tests.event_factories import make_registration
from tests.forums.feedback.steps import A_DAY, TOKEN, answer, invite, keys_of, make_past_event, token_for
from tests.personas import World


@pytest.fixture
def event(world: World) -> Event:
    return make_past_event(world.ihk)


def page_of(event: Event) -> str:
    return f"/foren/rueckmeldung/{invite(event)}/"


def test_marks_are_kept_apart_from_words(event: Event) -> None:
    invite(event)
    answer(event, _1=2, _4=True, _5="Mehr Pausen")
    keys = keys_of(event)
    kept = Feedback.objects.values().get()
    assert kept.pop("id").version == 4
    assert kept == {"event_id": event.pk, "answers": {keys[0]: 2, keys[3]: True}}
    assert FeedbackText.objects.values_list("event", "text").get() == (event.pk, "Mehr Pausen")


def test_nothing_says_whose_link_was_used(event: Event) -> None:
    """Neither a link that is missing nor an entry in the log, nor the rows of registrations and mails."""
    for _number in range(3):
        make_registration(event, event.parts.get())
    token = token_for(event)

    def rows() -> list[object]:
        return [
            list(Registration.objects.order_by("pk").values()),
            list(OutgoingMail.objects.order_by("pk").values()),
            LogEntry.objects.count(),
            SecretLink.objects.count(),
        ]

    before = rows()
    answer(event, token, _1=5, _5="Zu laut")
    assert rows() == before
    assert FeedbackInvitation.objects.count() == 2


def test_the_link_serves_once_and_opening_it_answers_nothing(client: Client, event: Event) -> None:
    page, first = page_of(event), keys_of(event)[0]
    assert client.get(page).status_code == 200
    assert not Feedback.objects.exists()
    assert client.post(page, {first: "1"})["Location"] == "/foren/rueckmeldung/danke/"
    assert client.post(page, {first: "1"}).status_code == client.get(page).status_code == 404
    assert Feedback.objects.get().answers == {first: 1}
    with pytest.raises(Refusal, match="gilt nicht mehr"):
        answer(event, _1=1)


def test_all_may_be_left_out_but_not_everything(client: Client, event: Event) -> None:
    page, keys = page_of(event), keys_of(event)
    assert "Beantworten Sie mindestens eine Frage." in client.post(page).content.decode()
    assert "Beantworten Sie mindestens" in client.post(page, {keys[4]: "  "}).content.decode()
    client.post(page, {keys[4]: "Nichts"})
    assert (Feedback.objects.get().answers, FeedbackText.objects.get().text) == ({}, "Nichts")


@pytest.mark.parametrize(("number", "value"), [(0, "6"), (0, "x"), (3, "3"), (4, "x" * 1001)])
def test_other_answers_are_not_taken(client: Client, event: Event, number: int, value: str) -> None:
    page, keys = page_of(event), keys_of(event)
    assert client.post(page, {keys[number]: value}).status_code == 200
    assert not Feedback.objects.exists()


def test_an_answer_to_questions_that_are_gone_is_asked_for_again(world: World, event: Event) -> None:
    old = keys_of(event)[0]
    set_questions(event_id=event.pk, seen=1, wanted=[("Neu?", "yes_no")], actor=world.bert)
    invite(event)
    with pytest.raises(Refusal, match="haben sich inzwischen geändert"):
        take_answer(token=TOKEN, answers={old: 1})
    assert FeedbackInvitation.objects.exists()


def test_the_page_names_the_event_and_nobody_and_goes_to_no_cache(client: Client, event: Event) -> None:
    registration = make_registration(event, event.parts.get())
    response = client.get(page_of(event))
    html = response.content.decode()
    assert event.title in html
    assert "Bitte nennen Sie keine Personen" in html
    assert [word for word in (registration.name, registration.reference) if word in html] == []
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_default_questions_are_asked_in_english_and_others_as_they_were_written(
    client: Client, world: World, event: Event
) -> None:
    wanted = [("Wie fanden Sie die Veranstaltung insgesamt?", "mark"), ("Kommen Sie wieder?", "yes_no")]
    set_questions(event_id=event.pk, seen=1, wanted=wanted, actor=world.bert)
    html = client.get(f"/en{page_of(event)}").content.decode()
    assert ("How did you find the event" in html, "Kommen Sie wieder?" in html) == (True, True)


def test_past_its_end_the_link_is_dead(client: Client, event: Event) -> None:
    page = page_of(event)
    FeedbackInvitation.objects.update(expires_on=timezone.localdate() - A_DAY)
    assert client.get(page).status_code == 404


def test_guessing_is_limited(client: Client, world: World, settings: Settings) -> None:
    settings.LIMITS = settings.LIMITS | {"link": (1, 1, 600)}
    assert [client.get("/foren/rueckmeldung/x/").status_code for _try in range(2)] == [404, 429]
