"""Offered times of visits and other things at once; each race has a control without its guard."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError

from consultations.models import Appointment, Claim, PassedOver, VisitRequest, WaitingOffer
from consultations.office_hours import plan_hours
from consultations.placing import TooLate
from consultations.taking_time import TimeClash
from consultations.visits import freed, lapsing, offering, placing
from consultations.visits.lapsing import expire_visits_due
from consultations.waiting.asking import end_offer
from partnership.models import OutgoingMail
from tests.consultations import planning_steps as steps
from tests.consultations.test_office_hours import make_plan
from tests.personas import World, build_world
from tests.races.test_two_people import behind, refusals
from tests.races.test_waiting import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)

State = Appointment.State
Outcome = WaitingOffer.Outcome


@pytest.fixture
def world() -> World:
    world = build_world()
    steps.make_station(world)
    return world


def fixing(world: World, request: VisitRequest) -> Any:
    return lambda: offering.fix_by_phone(request_id=request.pk, starts_at=steps.at("10:00"), actor=world.pia)


def test_two_offers_and_one_time(world: World) -> None:
    requests = [steps.taken(world) for _number in range(2)]
    answers = behind(world.pia, *(fixing(world, request) for request in requests))
    assert refusals(answers) == [TimeClash]
    assert Claim.objects.filter(kind=Claim.Kind.VISIT).count() == 1


def test_control_without_the_lock_the_constraint_has_the_last_word(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have read a free day before one of them takes the time."""
    one, other = steps.taken(world), steps.taken(world)
    place_visit = placing.place_visit

    def place_late(**given: Any) -> Appointment:
        monkeypatch.setattr(offering, "place_visit", place_visit)
        meanwhile(fixing(world, other))
        return place_visit(**given)

    monkeypatch.setattr(placing, "lock_officers_and_rooms", lambda **_owners: None)
    monkeypatch.setattr(offering, "place_visit", place_late)
    with pytest.raises(TimeClash) as refused:
        fixing(world, one)()
    assert isinstance(refused.value.__cause__, IntegrityError)


def planning_hours(world: World) -> Any:
    """Of the whole morning, for the officer who is to visit somebody."""
    plan = make_plan(world, officers=[world.pia], room=None, day=steps.a_day())
    return lambda: plan_hours(plan=plan, actor=world.bert)


@pytest.mark.parametrize("hours_first", [True, False])
def test_office_hours_are_planned_while_a_visit_is_fixed(world: World, hours_first: bool) -> None:
    jobs = [planning_hours(world), fixing(world, steps.taken(world))]
    answers = behind(world.pia, *(jobs if hours_first else jobs[::-1]))
    assert refusals(answers) == [TimeClash]
    claim = Claim.objects.get(officer=world.pia)
    assert claim.kind == (Claim.Kind.OFFICE_HOURS if hours_first else Claim.Kind.VISIT)


def test_control_without_the_lock_the_constraint_keeps_hours_and_visit_apart(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the officer's day is read as free, then office hours are planned."""
    request, place_visit = steps.taken(world), placing.place_visit

    def place_late(**given: Any) -> Appointment:
        meanwhile(planning_hours(world))
        return place_visit(**given)

    monkeypatch.setattr(placing, "lock_officers_and_rooms", lambda **_owners: None)
    monkeypatch.setattr(offering, "place_visit", place_late)
    with pytest.raises(TimeClash) as refused:
        fixing(world, request)()
    assert isinstance(refused.value.__cause__, IntegrityError)


def test_two_times_chosen_at_once_are_one_visit(world: World) -> None:
    first, second = steps.offer(world)
    answers = behind(world.pia, lambda: steps.choose(first), lambda: steps.choose(second))
    assert refusals(answers) == [TooLate]
    assert Appointment.objects.filter(mode="on_site", state=State.CONFIRMED).count() == 1
    assert Claim.objects.filter(kind=Claim.Kind.VISIT).count() == 1


def test_control_without_the_lock_two_visits_stand(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the request is read as waiting, then another of its times is chosen."""
    first, second = steps.offer(world)
    confirm_visit = placing.confirm_visit

    def confirm_late(*args: Any, **given: Any) -> str:
        monkeypatch.setattr(offering, "confirm_visit", confirm_visit)
        meanwhile(lambda: steps.choose(second))
        return confirm_visit(*args, **given)

    monkeypatch.setattr(placing, "lock_request", lambda key, *_others, **_more: read(key))
    monkeypatch.setattr(offering, "give_up_times", lambda *_args, **_given: None)
    monkeypatch.setattr(offering, "confirm_visit", confirm_late)
    steps.choose(first)
    assert Appointment.objects.filter(mode="on_site", state=State.CONFIRMED).count() == 2


def read(key: int) -> VisitRequest:
    return placing.requests_with_everything().get(pk=key)


@pytest.fixture
def offer(world: World) -> WaitingOffer:
    steps.waits(world)
    steps.cancel(steps.stand(world))
    return WaitingOffer.objects.get()


def the_visit(offer: WaitingOffer) -> Appointment:
    assert offer.appointment is not None
    return offer.appointment


def just_over(offer: WaitingOffer) -> datetime.datetime:
    return offer.expires_at + datetime.timedelta(seconds=1)


def ending_of(offer: WaitingOffer) -> tuple[str, str]:
    offer.refresh_from_db()
    return offer.outcome, the_visit(offer).state


@pytest.mark.parametrize("yes_first", [True, False])
def test_a_yes_at_the_moment_the_offer_expires(world: World, offer: WaitingOffer, yes_first: bool) -> None:
    jobs: list[Any] = [
        lambda: steps.choose(the_visit(offer)),
        lambda: expire_visits_due(now=just_over(offer)),
    ]
    answers = behind(world.pia, *(jobs if yes_first else jobs[::-1]))
    assert refusals(answers) == ([] if yes_first else [TooLate])
    accepted, lapsed = (Outcome.ACCEPTED, State.CONFIRMED), (Outcome.LAPSED, State.EXPIRED)
    assert ending_of(offer) == (accepted if yes_first else lapsed)


def test_control_without_the_lock_an_accepted_offer_lapses(
    offer: WaitingOffer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the scan has read the offer, then it is accepted."""

    def end_late(*args: Any, **given: Any) -> Any:
        meanwhile(lambda: steps.choose(the_visit(offer)))
        return end_offer(*args, **given)

    monkeypatch.setattr(lapsing, "lock_request", lambda key, **_more: read(key))
    monkeypatch.setattr(lapsing, "end_offer", end_late)
    expire_visits_due(now=just_over(offer))
    told = OutgoingMail.objects.filter(kind="visit_confirmed", to_email=the_visit(offer).contact_email)
    assert (told.exists(), ending_of(offer)) == (True, (Outcome.LAPSED, State.EXPIRED))


@pytest.fixture
def two_visits(world: World) -> list[Appointment]:
    """Of two officers, on two days; one firm waits."""
    visits = [
        steps.stand(world, day=steps.a_day(number), officer=officer)
        for number, officer in enumerate((world.pia, world.paula), start=1)
    ]
    steps.waits(world)
    return visits


def test_two_times_become_free_and_one_waits(two_visits: list[Appointment]) -> None:
    first, second = two_visits
    waiting = VisitRequest.objects.get(takes_freed_times=True)
    answers = behind(waiting, lambda: steps.cancel(first), lambda: steps.cancel(second))
    assert refusals(answers) == []
    assert WaitingOffer.objects.get().freed.officer == first.visit.officer
    assert PassedOver.objects.get().reason == PassedOver.Reason.OPEN_OFFER


def test_control_without_the_lock_the_second_cancellation_fails(
    two_visits: list[Appointment], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both have read the line before one of them offers; the database has the last word."""
    first, second = two_visits
    give = freed._offer

    def offer_late(*args: Any, **given: Any) -> WaitingOffer:
        monkeypatch.setattr(freed, "_offer", give)
        meanwhile(lambda: steps.cancel(second))
        return give(*args, **given)

    lock_request = placing.lock_request
    monkeypatch.setattr(
        placing, "lock_request", lambda key, *others, **_more: lock_request(key, *others, with_line=False)
    )
    monkeypatch.setattr(freed, "_offer", offer_late)
    with pytest.raises(IntegrityError):
        steps.cancel(first)
