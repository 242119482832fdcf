"""Requests in own data, erased by demand and by rule; when firms merge, addresses change, mails bounce."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from consultations.address_change import follow_to_new_address
from consultations.answering import desk_of
from consultations.lost_mails import mark_request
from consultations.models import VisitMatter, VisitRequest
from consultations.visits.privacy import about_requests, empty_requests, erase, give_up_coming, holdings
from partnership.erasing import ask_for_erasure
from partnership.firm_merging import Values, merge_firms
from partnership.links import find_link
from partnership.models import ErasurePart, LogEntry, OutgoingMail, SecretLink
from partnership.refusals import Refusal
from partnership.retention.running import run_when_due
from tests import factories
from tests.consultations.visit_steps import NOTE, asked, entered, path_in
from tests.personas import World, sign_in
from tests.visit_factories import make_visit, make_visit_request

State = VisitRequest.State
DAY = datetime.timedelta(days=1)


def test_own_data_has_what_was_confided_once_it_is_the_persons_own(world: World) -> None:
    factories.make_firm(world.alice)
    own = make_visit_request(police=world.police, person=world.alice, note=NOTE)
    on_phone = entered(world, contact_email=world.alice.email)
    rows = {str(row["reference"]): row for row in about_requests(world.alice).rows}
    assert rows[own.reference]["note"] == NOTE
    assert "note" not in rows[on_phone.reference]


def test_an_address_that_is_not_confirmed_shows_nothing(world: World) -> None:
    entered(world, contact_email=world.carl.email)
    assert about_requests(world.carl).rows == []


def test_what_police_keep_is_theirs_to_decide(client: Client, world: World) -> None:
    request = make_visit_request(police=world.police, person=world.alice)
    assert [h.organisation_id for h in holdings(world.alice)] == [world.police.pk]
    ask_for_erasure(person=world.alice, partnership=world.partnership)
    part = ErasurePart.objects.get(organisation=world.police)
    path = f"/arbeitsplatz/loeschbegehren/{part.pk}/"
    assert sign_in(client, world.bert).get(path).status_code == 404
    assert request.reference in sign_in(client, world.lea).get(path).content.decode()


def test_who_is_forgotten_asks_for_no_visit(world: World) -> None:
    make_visit_request(police=world.police, person=world.alice)
    give_up_coming(world.alice)
    assert VisitRequest.objects.get().state == State.WITHDRAWN


def test_an_appointment_that_stands_has_to_be_over_first(world: World) -> None:
    request = make_visit_request(police=world.police, person=world.alice)
    make_visit(request=request, officer=world.pia)
    assert holdings(world.alice)[0].holds
    with pytest.raises(Refusal, match="Es steht noch ein Termin an"):
        erase(world.alice, world.police)


def test_erased_is_whom_and_what_it_was_about(world: World) -> None:
    request = make_visit_request(police=world.police, person=world.alice, note=NOTE)
    assert erase(world.alice, world.police) == [request]
    request.refresh_from_db()
    assert (request.state, request.firm_name, request.city) == (State.WITHDRAWN, "(gelöscht)", "Grimma")
    assert not VisitMatter.objects.exists()
    assert LogEntry.objects.latest("pk").act == "visit_request.erased"


def test_a_link_to_what_is_erased_opens_nothing(client: Client, world: World) -> None:
    request = asked(world)
    path = path_in("visit_waiting")
    empty_requests([request.pk])
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("state", "days", "is_due"),
    [
        (State.EXPIRED, 7, False),
        (State.EXPIRED, 9, True),
        (State.WITHDRAWN, 9, False),
        (State.WITHDRAWN, 367, True),
        (State.VISITED, 367, True),
        (State.OPEN, 800, False),
    ],
)
def test_rules_empty_what_is_over(world: World, state: str, days: int, is_due: bool) -> None:
    request = make_visit_request(police=world.police, state=state)
    run_when_due(now=timezone.now() + days * DAY)
    request.refresh_from_db()
    assert bool(request.emptied_at) == is_due


def test_what_somebody_needs_goes_with_the_day(world: World) -> None:
    request = make_visit_request(police=world.police, state=State.VISITED, note=NOTE)
    VisitMatter.objects.update(accessibility_need="Gebärdensprache")
    run_when_due(now=timezone.now() + 2 * DAY)
    request.matter.refresh_from_db()
    assert (request.matter.accessibility_need, request.matter.note) == ("", NOTE)


def test_requests_go_along_when_firms_are_merged(world: World) -> None:
    heir, twin = (factories.make_listed_firm(world.ihk, name=name) for name in ("Hofladen", "Hofladen 2"))
    request = make_visit_request(police=world.police, firm=twin)
    values = Values(name="Hofladen", chamber=world.ihk)
    merge_firms(heir_id=heir.pk, merged_id=twin.pk, values=values, actor=world.bert)
    request.refresh_from_db()
    assert request.firm == heir


def test_a_new_address_is_followed_and_old_links_end(world: World) -> None:
    request = asked(world)
    token = path_in("visit_waiting").rstrip("/").rpartition("/")[2]
    person = request.person
    assert person is not None
    old, person.email = person.email, "neu@schlosserei.example"
    person.save()
    follow_to_new_address(person, old)
    request.refresh_from_db()
    assert request.contact_email == person.email
    assert find_link(token, purpose=SecretLink.Purpose.VISIT, model=VisitRequest) is None


def test_a_mail_that_does_not_arrive_marks_the_request(world: World) -> None:
    request = asked(world)
    for _time in range(2):
        mark_request(OutgoingMail.objects.filter(kind="visit_waiting").get())
    request.refresh_from_db()
    assert request.mail_lost_at
    assert LogEntry.objects.filter(act="visit_request.mail_lost").count() == 1


def test_an_address_that_was_changed_meanwhile_is_not_marked(world: World) -> None:
    request = asked(world)
    VisitRequest.objects.update(contact_email="neu@schlosserei.example")
    mark_request(OutgoingMail.objects.filter(kind="visit_waiting").get())
    request.refresh_from_db()
    assert request.mail_lost_at is None


@pytest.mark.parametrize(
    ("state", "address"), [(State.OPEN, "haus@polizei.example"), (State.TAKEN, "paula@")]
)
def test_replies_go_to_who_has_it_or_to_the_directorates_house(
    world: World, state: str, address: str
) -> None:
    factories.make_office(world.police, email="haus@polizei.example")
    officer = world.paula if state == State.TAKEN else None
    request = make_visit_request(police=world.police, state=state, officer=officer)
    answers = desk_of(request)
    assert answers is not None
    assert answers[0].startswith(address)
    assert answers[1].endswith(f"/arbeitsplatz/besuche/{request.reference}/")
