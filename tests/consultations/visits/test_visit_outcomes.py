"""Whether a visit took place: from an hour before on, by police, and what it means for the request."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.missing_outcomes import remind_of_outcomes
from consultations.models import Appointment, Visit, VisitRequest
from consultations.open_tasks import open_tasks_of, planned
from consultations.outcomes import NotedMeanwhile, as_seen, noted
from consultations.visits.outcomes import note_nobody_there, note_visited
from partnership.models import OutgoingMail
from partnership.open_tasks import Plans
from partnership.refusals import Refusal
from tests.consultations.checklist_steps import make_draft, make_in_force
from tests.consultations.conftest import MailsOf
from tests.consultations.steps import last_act
from tests.consultations.test_open_tasks import ended, tasks_of
from tests.consultations.visits.standing import A_DAY, at, make_visit
from tests.partnership.administration.steps import post_of
from tests.personas import World, sign_in
from tests.visit_factories import make_report
from tests.visit_factories import make_visit as place_visit

State = Appointment.State
Request = VisitRequest.State
MINUTE = datetime.timedelta(minutes=1)


def visit_in(world: World, minutes: int, **fields: object) -> Visit:
    """Pia's, that begins so many minutes from now."""
    return make_visit(world, starts_at=timezone.now() + minutes * MINUTE, **fields)  # type: ignore[arg-type]


def states_of(visit: Visit) -> tuple[str, str]:
    request = VisitRequest.objects.get(pk=visit.request_id)
    return Appointment.objects.get(pk=visit.pk).state, request.state


def seen_of(visit: Visit) -> str:
    return as_seen(noted(Appointment.objects.get(pk=visit.pk), None))


def test_from_an_hour_before_on_police_have_been_there(world: World) -> None:
    visit = visit_in(world, 59)
    note_visited(visit_id=visit.pk, seen="", actor=world.pia)
    assert states_of(visit) == (State.ATTENDED, Request.VISITED)
    assert VisitRequest.objects.get().ended_at is not None
    act = last_act()
    assert (act.act, act.actor, act.organisation) == ("visit.attended", world.pia, world.police)


def test_before_that_it_is_too_early(world: World) -> None:
    visit = visit_in(world, 61)
    with pytest.raises(Refusal, match="zu früh"):
        note_visited(visit_id=visit.pk, seen="", actor=world.pia)


def test_noting_it_again_changes_nothing(world: World, mails_of: MailsOf) -> None:
    visit = visit_in(world, -5)
    note_visited(visit_id=visit.pk, seen="", actor=world.pia)
    before = VisitRequest.objects.get().ended_at
    assert mails_of(lambda: note_visited(visit_id=visit.pk, seen="", actor=world.paula)) == []
    assert VisitRequest.objects.get().ended_at == before


def test_where_nobody_was_the_request_is_the_officers_again(world: World) -> None:
    visit = visit_in(world, -5)
    note_nobody_there(visit_id=visit.pk, seen="", actor=world.pia)
    assert states_of(visit) == (State.MISSED, Request.TAKEN)
    act = last_act()
    assert (act.act, act.actor, act.organisation) == ("visit.nobody_there", world.pia, world.police)


def test_nobody_can_be_missing_before_it_begins(world: World) -> None:
    visit = visit_in(world, 10)
    with pytest.raises(Refusal, match="noch nicht begonnen"):
        note_nobody_there(visit_id=visit.pk, seen="", actor=world.pia)


def test_an_outcome_may_be_corrected(world: World) -> None:
    visit = visit_in(world, -5)
    note_nobody_there(visit_id=visit.pk, seen="", actor=world.pia)
    note_visited(visit_id=visit.pk, seen=seen_of(visit), actor=world.pia)
    assert states_of(visit) == (State.ATTENDED, Request.VISITED)
    note_nobody_there(visit_id=visit.pk, seen=seen_of(visit), actor=world.pia)
    assert states_of(visit) == (State.MISSED, Request.TAKEN)
    assert VisitRequest.objects.get().ended_at is None


def test_what_somebody_else_noted_meanwhile_is_not_written_over(world: World) -> None:
    visit = visit_in(world, -5)
    note_nobody_there(visit_id=visit.pk, seen="", actor=world.pia)
    with pytest.raises(NotedMeanwhile, match="Inzwischen ist schon etwas anderes eingetragen: nicht erschi"):
        note_visited(visit_id=visit.pk, seen="", actor=world.paula)
    assert states_of(visit) == (State.MISSED, Request.TAKEN)


def test_once_a_new_time_stands_the_old_one_stays_missed(world: World) -> None:
    visit = visit_in(world, -5)
    note_nobody_there(visit_id=visit.pk, seen="", actor=world.pia)
    request = VisitRequest.objects.get()
    place_visit(request=request, officer=world.pia)
    with pytest.raises(Refusal, match="neuer Termin"):
        note_visited(visit_id=visit.pk, seen=seen_of(visit), actor=world.pia)


def test_what_was_written_about_has_taken_place(world: World) -> None:
    visit = visit_in(world, -5, state=State.ATTENDED)
    make_report(visit=visit, checklist=make_draft(world))
    with pytest.raises(Refusal, match="schon ein Protokoll"):
        note_nobody_there(visit_id=visit.pk, seen="", actor=world.pia)


@pytest.mark.parametrize("state", [State.CANCELLED, State.EXPIRED, State.PROPOSED])
def test_what_does_not_stand_has_no_outcome(world: World, state: str) -> None:
    visit = visit_in(world, -5, state=state)
    with pytest.raises(Refusal, match="abgesagt oder verfallen"):
        note_visited(visit_id=visit.pk, seen="", actor=world.pia)


# the page


def url_of(visit: Visit) -> str:
    return f"/arbeitsplatz/termine/{visit.appointment.reference}/ergebnis/"


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("attended", (State.ATTENDED, Request.VISITED)), ("missed", (State.MISSED, Request.TAKEN))],
)
def test_an_officer_notes_it_on_the_page(
    world: World, client: Client, outcome: str, expected: tuple[str, str]
) -> None:
    visit = visit_in(world, -5)
    page = sign_in(client, world.pia).get(url_of(visit)).content.decode()
    assert "Hat der Besuch stattgefunden?" in page
    assert "vor Ort in Grimma" in page
    client.post(url_of(visit), {"outcome": outcome})
    assert states_of(visit) == expected


def test_whoever_was_late_reads_what_is_noted_and_may_insist(world: World, client: Client) -> None:
    visit = visit_in(world, -5)
    note_visited(visit_id=visit.pk, seen="", actor=world.paula)
    response = sign_in(client, world.pia).post(url_of(visit), {"outcome": "missed", "gesehen": ""})
    assert response.status_code == 409
    assert "etwas anderes eingetragen: wahrgenommen" in response.content.decode()
    client.post(url_of(visit), {"outcome": "missed", "gesehen": response.context["seen"]})
    assert states_of(visit) == (State.MISSED, Request.TAKEN)


def test_a_log_is_begun_where_nobody_was_only_by_who_has_read_that(world: World, client: Client) -> None:
    visit = visit_in(world, -5)
    make_in_force(world)
    note_nobody_there(visit_id=visit.pk, seen="", actor=world.paula)
    begin = reverse("appointments:visit_log_begin", args=[visit.appointment.reference])
    page = sign_in(client, world.pia).post(begin, {"gesehen": ""}, follow=True)
    assert "etwas anderes eingetragen: nicht erschienen" in page.content.decode()
    assert "Eingetragen ist: niemand angetroffen." in page.content.decode()
    client.post(begin, {"gesehen": page.context["seen"]})
    assert states_of(visit) == (State.ATTENDED, Request.VISITED)


def test_a_refusal_is_shown(world: World, client: Client) -> None:
    visit = visit_in(world, 30)
    response = sign_in(client, world.pia).post(url_of(visit), {"outcome": "missed"})
    assert response.status_code == 409
    assert "noch nicht begonnen" in response.content.decode()


def test_a_chamber_does_not_find_it(world: World, client: Client) -> None:
    assert sign_in(client, world.bert).get(url_of(visit_in(world, -5))).status_code == 404


# what is missing


def test_an_officer_is_reminded_of_a_visit_without_outcome(world: World) -> None:
    yesterday = timezone.localdate() - A_DAY
    make_visit(world, starts_at=at("10:00", yesterday))
    now = at("12:00", timezone.localdate())
    assert (remind_of_outcomes(now=now), remind_of_outcomes(now=now)) == (1, 0)
    mail = OutgoingMail.objects.get(kind="outcome_missing")
    assert mail.to_email == world.pia.email
    assert mail.content["rows"][0]["office"] == "vor Ort in Grimma"


def test_a_noted_one_is_not_missing(world: World) -> None:
    yesterday = timezone.localdate() - A_DAY
    make_visit(world, starts_at=at("10:00", yesterday), state=State.ATTENDED)
    assert remind_of_outcomes(now=at("12:00", timezone.localdate())) == 0


@pytest.mark.parametrize(
    ("starts_in", "words"),
    [(-A_DAY, "Ergebnis fehlt"), (A_DAY, "nach dem Ende der Funktion eingeplant")],
)
def test_an_ended_post_leaves_visits_open(world: World, starts_in: datetime.timedelta, words: str) -> None:
    make_visit(world, starts_at=timezone.now() + starts_in)
    (task,) = tasks_of(ended(world.pia))
    assert task.words.startswith("Besuch ")
    assert words in task.words
    assert "Quendel" not in task.words


def test_what_a_directorate_has_planned_names_its_visits(world: World) -> None:
    for hour in ("08:00", "13:00"):
        make_visit(world, starts_at=at(hour))
    plans = Plans(offices=frozenset(), since=timezone.localdate(), police=world.police.pk)
    assert planned(plans)[-1] == "2 Besuche"


def test_open_tasks_take_as_many_statements_for_thirty_visits(
    world: World, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(6):
        make_visit(world, starts_at=timezone.now() + number * A_DAY + A_DAY)
    post = post_of(ended(world.pia))
    with django_assert_max_num_queries(5):  # type: ignore[attr-defined]
        assert len(open_tasks_of([post])[post.pk]) == 6
