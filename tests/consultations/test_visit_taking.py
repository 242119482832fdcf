"""Who has a request for a visit: taking, handing over, putting back, ending, giving away."""

import datetime
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations.models import Absence, Appointment, VisitMatter, VisitRequest
from consultations.visits import taking
from consultations.visits.line import waiting_requests
from partnership.models import LogEntry, Organisation, OutgoingMail, Person, Post
from partnership.refusals import Refusal
from tests import factories
from tests.personas import World
from tests.visit_factories import make_visit, make_visit_request

pytestmark = pytest.mark.django_db
State = VisitRequest.State
REASON = "Liegt nicht in unserem Bereich"


@pytest.fixture
def request_(world: World) -> VisitRequest:
    return make_visit_request(police=world.police, note="Der Zaun ist offen")


@pytest.fixture
def taken(world: World) -> VisitRequest:
    return make_visit_request(police=world.police, state=State.TAKEN, officer=world.paula)


@pytest.fixture
def elsewhere(world: World) -> Organisation:
    return factories.make_police(world.partnership, name="Polizeidirektion Chemnitz")


def steps_of(request: VisitRequest) -> list[tuple[str, str]]:
    return list(request.steps.values_list("kind", "reason"))


def acts(request: VisitRequest) -> list[str]:
    entries = LogEntry.objects.filter(object_id=request.pk, act__startswith="visit_request.")
    return list(entries.order_by("pk").values_list("act", flat=True))


def test_whoever_takes_it_has_it(world: World, request_: VisitRequest) -> None:
    found = taking.take_request(request_id=request_.pk, actor=world.paula)
    assert (found.state, found.officer) == (State.TAKEN, world.paula)
    assert steps_of(request_) == [("taken", "")]
    assert acts(request_) == ["visit_request.taken"]


def test_taking_the_own_again_changes_nothing(world: World, taken: VisitRequest) -> None:
    taking.take_request(request_id=taken.pk, actor=world.paula)
    assert steps_of(taken) == []


def test_who_is_too_late_reads_who_was_quicker(world: World, taken: VisitRequest) -> None:
    with pytest.raises(Refusal, match="Paula Beispiel war schneller"):
        taking.take_request(request_id=taken.pk, actor=world.pia)


def test_a_colleague_gets_it_and_a_mail(world: World, taken: VisitRequest) -> None:
    taking.hand_over(
        request_id=taken.pk, to=world.pia, reason="Kennt den Hof", seen=world.paula.pk, actor=world.paula
    )
    taken.refresh_from_db()
    assert (taken.state, taken.officer) == (State.TAKEN, world.pia)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == ("visit_handed_over", world.pia.email)
    assert taken.steps.get().to == world.pia


def test_whoever_takes_it_from_somebody_gets_no_mail(world: World, taken: VisitRequest) -> None:
    taking.hand_over(request_id=taken.pk, to=world.pia, seen=world.paula.pk, actor=world.pia)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("name", ["bert", "lea", "carl"])
def test_only_officers_in_post_get_one(world: World, taken: VisitRequest, name: str) -> None:
    with pytest.raises(Refusal, match="berät zurzeit nicht"):
        taking.hand_over(request_id=taken.pk, to=getattr(world, name), seen=world.paula.pk, actor=world.paula)


def test_put_back_it_is_nobodys(world: World, taken: VisitRequest) -> None:
    taken.named_to_lead_at = timezone.now()
    taken.save()
    taking.put_back(request_id=taken.pk, reason=REASON, seen=world.paula.pk, actor=world.paula)
    back = VisitRequest.objects.get()
    assert (back.state, back.officer, back.named_to_lead_at) == (State.OPEN, None, None)
    assert steps_of(taken) == [("put_back", REASON)]


def test_put_back_it_stands_before_who_asked_later(world: World, taken: VisitRequest) -> None:
    later = make_visit_request(police=world.police)
    taking.put_back(request_id=taken.pk, reason=REASON, seen=world.paula.pk, actor=world.paula)
    assert list(waiting_requests(world.police)) == [taken, later]


def test_what_is_in_the_list_is_not_put_back(world: World, request_: VisitRequest) -> None:
    with pytest.raises(Refusal, match="liegt schon in der Liste"):
        taking.put_back(request_id=request_.pk, reason=REASON, seen=None, actor=world.lea)


def test_after_a_burglary_comes_first(world: World, request_: VisitRequest) -> None:
    burgled = make_visit_request(police=world.police, reason=VisitMatter.Reason.BURGLARY)
    assert list(waiting_requests(world.police)) == [burgled, request_]


def test_the_firm_reads_why_there_is_no_visit(world: World, taken: VisitRequest) -> None:
    taking.end_without_visit(request_id=taken.pk, reason=REASON, seen=world.paula.pk, actor=world.paula)
    taken.refresh_from_db()
    assert (taken.state, taken.end_reason) == (State.ENDED, REASON)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email, mail.content["reason"]) == ("visit_ended", taken.contact_email, REASON)


def test_without_an_address_nothing_is_sent(world: World) -> None:
    taken = make_visit_request(police=world.police, state=State.TAKEN, officer=world.paula, contact_email="")
    taking.end_without_visit(request_id=taken.pk, reason=REASON, seen=world.paula.pk, actor=world.paula)
    assert not OutgoingMail.objects.exists()


def test_another_directorate_gets_it_and_its_lead_a_mail(
    world: World, taken: VisitRequest, elsewhere: Organisation
) -> None:
    lead = factories.make_person(name="Lutz Leitung")
    factories.make_post(lead, Post.Role.LEAD, organisation=elsewhere)
    asked_since = taken.asked_since
    taking.give_to_directorate(
        request_id=taken.pk, police=elsewhere, reason=REASON, seen=world.paula.pk, actor=world.lea
    )
    assert list(waiting_requests(elsewhere)) == [taken]
    taken.refresh_from_db()
    assert (taken.state, taken.asked_since) == (State.OPEN, asked_since)
    assert OutgoingMail.objects.get().to_email == lead.email
    told = LogEntry.objects.filter(act="visit_request.moved").values_list("organisation", flat=True)
    assert set(told) == {world.police.pk, elsewhere.pk}


def every_act(world: World, request: VisitRequest, seen: Person | None) -> list[Any]:
    key = seen.pk if seen else None
    given: dict[str, Any] = {"request_id": request.pk, "seen": key, "actor": world.lea}
    return [
        lambda: taking.hand_over(to=world.pia, **given),
        lambda: taking.put_back(reason=REASON, **given),
        lambda: taking.end_without_visit(reason=REASON, **given),
        lambda: taking.give_to_directorate(police=world.ihk, reason=REASON, **given),
    ]


@pytest.mark.parametrize("number", range(4))
def test_while_a_visit_stands_it_stays_where_it_is(world: World, request_: VisitRequest, number: int) -> None:
    make_visit(request=request_, officer=world.pia)
    with pytest.raises(Refusal, match="Verschieben Sie ihn, oder sagen Sie ihn zuerst ab"):
        every_act(world, request_, world.pia)[number]()


@pytest.mark.parametrize("number", range(4))
def test_offered_times_are_taken_back_first(world: World, request_: VisitRequest, number: int) -> None:
    make_visit(request=request_, officer=world.pia, state=Appointment.State.PROPOSED)
    with pytest.raises(Refusal, match="Nehmen Sie die Angebote zuerst zurück"):
        every_act(world, request_, world.pia)[number]()


@pytest.mark.parametrize("number", range(4))
def test_whoever_acts_on_an_old_page_reads_whose_it_is(
    world: World, taken: VisitRequest, number: int
) -> None:
    with pytest.raises(Refusal, match="Inzwischen hat Paula Beispiel"):
        every_act(world, taken, world.pia)[number]()


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.ENDED, State.VISITED])
def test_what_is_over_is_left_alone(world: World, state: str) -> None:
    over = make_visit_request(police=world.police, state=state)
    with pytest.raises(Refusal, match="schon beendet"):
        taking.take_request(request_id=over.pk, actor=world.paula)


def test_reasons_are_in_no_log(world: World, taken: VisitRequest) -> None:
    taking.put_back(request_id=taken.pk, reason=REASON, seen=world.paula.pk, actor=world.paula)
    assert REASON not in str(list(LogEntry.objects.values_list("detail", flat=True)))


def test_who_is_away_may_get_one(world: World, taken: VisitRequest) -> None:
    now = timezone.now()
    Absence.objects.create(
        officer=world.pia,
        police=world.police,
        kind=Absence.Kind.PLANNED,
        period=DateTimeTZRange(now, now + datetime.timedelta(days=2)),
    )
    taking.hand_over(request_id=taken.pk, to=world.pia, seen=world.paula.pk, actor=world.lea)
    assert OutgoingMail.objects.get().to_email == world.pia.email
