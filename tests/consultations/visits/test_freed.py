"""A time that a visit gives up goes to those who wait for one: in order, with a hold, three times at most."""

import datetime

import pytest
from django.utils import timezone

from consultations.models import Appointment, Claim, FreedTime, PassedOver, VisitRequest, WaitingOffer
from consultations.placing import TooLate
from consultations.visits import asking, changing, offering
from consultations.visits.lapsing import expire_visits_due
from partnership.models import OutgoingMail
from partnership.refusals import Refusal
from tests import factories, visit_factories
from tests.consultations import planning_steps as steps
from tests.consultations.conftest import MailsOf
from tests.personas import World

Outcome = WaitingOffer.Outcome
Reason = PassedOver.Reason
State = Appointment.State
By = Appointment.CancelledBy


@pytest.fixture(autouse=True)
def station(world: World) -> None:
    steps.make_station(world)


def free(world: World, clock: str = "10:00", number: int = 1) -> Appointment:
    """A firm has a visit and cancels it."""
    return steps.cancel(steps.stand(world, clock, day=steps.a_day(number)))


def the_offer() -> WaitingOffer:
    return WaitingOffer.objects.get(outcome="")


def offered() -> Appointment:
    appointment = the_offer().appointment
    assert appointment is not None
    return appointment


def reasons() -> dict[int, str]:
    return dict(PassedOver.objects.values_list("request", "reason"))


# who is asked


def test_the_first_in_line_is_asked(world: World, mails_of: MailsOf) -> None:
    first = steps.waits(world)
    steps.waits(world)
    mails = mails_of(lambda: free(world))
    assert (the_offer().request, the_offer().number) == (first, 1)
    assert [mail.to_email for mail in mails if mail.kind == "visit_freed_time"] == [first.contact_email]
    assert Claim.objects.get(kind=Claim.Kind.VISIT).officer == world.pia


def test_after_a_burglary_comes_first(world: World) -> None:
    steps.waits(world)
    burgled = steps.waits(world, reason="burglary")
    free(world)
    assert the_offer().request == burgled


def test_nobody_wants_freed_times_and_nothing_is_written(world: World, mails_of: MailsOf) -> None:
    steps.waits(world)
    VisitRequest.objects.update(takes_freed_times=False)
    mails = mails_of(lambda: free(world))
    assert not FreedTime.objects.exists()
    assert "visit_freed_time" not in {mail.kind for mail in mails}


def test_who_gave_it_up_is_not_asked(world: World) -> None:
    visit = steps.stand(world)
    VisitRequest.objects.filter(visits=visit.pk).update(takes_freed_times=True)
    steps.cancel(visit)
    assert not WaitingOffer.objects.exists()


def test_a_moved_visit_frees_its_time(world: World) -> None:
    first = steps.waits(world)
    visit = steps.stand(world)
    changing.move_visit(
        appointment_id=visit.pk, starts_at=steps.at("10:00", steps.a_day(3)), by=By.POLICE, actor=world.pia
    )
    assert (the_offer().request, offered().starts_at) == (first, steps.at("10:00"))


@pytest.mark.parametrize("end", ["decline", "lapse"])
def test_times_that_an_officer_had_offered_are_no_freed_times(world: World, end: str) -> None:
    steps.waits(world)
    first = steps.offer(world, "10:00")[0]
    if end == "decline":
        offering.decline_all(request_id=first.visit.request_id)
    else:
        steps.lapse(first)
    assert not FreedTime.objects.exists()


def test_another_directorates_line_is_not_asked(world: World) -> None:
    other = factories.make_police(world.partnership, name="Polizeidirektion Dresden")
    visit_factories.make_visit_request(police=other, takes_freed_times=True, partnership=world.partnership)
    free(world)
    assert not WaitingOffer.objects.exists()


def test_whose_wishes_do_not_suit_is_passed_over(world: World) -> None:
    evening = steps.waits(world, part_of_day="afternoon")
    second = steps.waits(world)
    free(world)
    assert reasons() == {evening.pk: Reason.WISH}
    assert the_offer().request == second


def test_whose_way_does_not_fit_is_passed_over(world: World) -> None:
    far = steps.waits(world, **steps.FAR)
    free(world)
    assert reasons() == {far.pk: Reason.TRAVEL}


def test_another_way_begins_a_little_later(world: World) -> None:
    """A firm farther away: the way there takes longer, and the day begins at eight."""
    steps.waits(world, city="Oschatz", latitude=51.30, longitude=13.11)
    free(world, "09:00")
    assert steps.at("09:00") < offered().starts_at <= steps.at("10:00")
    assert the_offer().freed.starts_at == steps.at("09:00")


def test_whose_visit_somebody_else_plans_is_passed_over(world: World) -> None:
    others = steps.taken(world, officer=world.paula, takes_freed_times=True)
    free(world)
    assert reasons() == {others.pk: Reason.IN_HANDS}


def test_who_has_an_appointment_that_day_is_passed_over(world: World) -> None:
    waits = steps.waits(world)
    steps.stand(world, "14:30", contact_email=waits.contact_email)
    free(world, "09:00")
    assert reasons() == {waits.pk: Reason.OWN_DAY}


def test_without_an_address_one_is_passed_over(world: World) -> None:
    waits = steps.waits(world, contact_email="")
    free(world)
    assert reasons() == {waits.pk: Reason.NO_EMAIL}


def test_nobody_has_two_open_offers(world: World) -> None:
    waits = steps.waits(world)
    free(world)
    free(world, number=2)
    assert WaitingOffer.objects.count() == 1
    assert reasons() == {waits.pk: Reason.OPEN_OFFER}


def test_whose_officer_has_offered_times_is_passed_over(world: World) -> None:
    request = steps.taken(world, takes_freed_times=True)
    steps.offer(world, "14:00", request=request)
    free(world, number=2)
    assert reasons() == {request.pk: Reason.OPEN_OFFER}


def test_three_messages_in_seven_days_are_enough(world: World) -> None:
    waits = steps.waits(world)
    for number in range(1, 4):
        free(world, number=number)
        offering.decline_all(request_id=waits.pk)
    free(world, number=4)
    assert WaitingOffer.objects.filter(request=waits).count() == 3
    assert PassedOver.objects.get(request=waits).reason == Reason.MESSAGES


# the hold


def test_the_hold_is_four_hours_of_working_days_or_a_quarter_of_the_time_left(world: World) -> None:
    steps.waits(world)
    free(world)
    offer = the_offer()
    assert offer.expires_at - offer.offered_at >= datetime.timedelta(hours=4)
    assert offer.expires_at - offer.offered_at <= (offered().starts_at - offer.offered_at) / 4


def test_three_are_asked_and_then_it_is_the_officers_again(world: World, mails_of: MailsOf) -> None:
    for _number in range(4):
        steps.waits(world)
    free(world)
    for _number in range(2):
        steps.lapse(offered())
    mails = mails_of(lambda: steps.lapse(offered()))
    assert WaitingOffer.objects.filter(outcome=Outcome.LAPSED).count() == 3
    assert [(mail.to_email, mail.content["news"]) for mail in mails] == [(world.pia.email, "free_again")]
    assert not Claim.objects.filter(kind=Claim.Kind.VISIT).exists()


def test_where_the_officer_has_something_else_by_then_nobody_is_asked(world: World) -> None:
    for _number in range(2):
        steps.waits(world)
    free(world)
    lapsing = offered()
    Claim.objects.filter(visit=lapsing.pk).delete()
    steps.stand(world)
    steps.lapse(lapsing)
    assert WaitingOffer.objects.count() == 1


# the answer


def test_a_yes_is_a_visit_at_once_with_the_officer_whose_day_it_is(world: World) -> None:
    waits = steps.waits(world)
    free(world)
    chosen = steps.choose(offered())
    waits.refresh_from_db()
    assert (chosen.state, waits.state, waits.officer) == (State.CONFIRMED, "planned", world.pia)
    assert WaitingOffer.objects.get().outcome == Outcome.ACCEPTED


def test_a_no_goes_to_the_next_and_costs_no_place(world: World) -> None:
    first, second = steps.waits(world), steps.waits(world)
    free(world)
    offering.decline_all(request_id=first.pk)
    first.refresh_from_db()
    assert (first.state, the_offer().request) == ("open", second)
    assert WaitingOffer.objects.get(request=first).outcome == Outcome.DECLINED


def test_who_is_late_is_late(world: World) -> None:
    steps.waits(world)
    free(world)
    late = offered()
    steps.lapse(late)
    with pytest.raises(TooLate):
        steps.choose(late)


def test_unsubscribing_passes_an_open_offer_on_and_keeps_the_request(world: World) -> None:
    first, second = steps.waits(world), steps.waits(world)
    free(world)
    asking.stop_short_notice(request_id=first.pk)
    first.refresh_from_db()
    assert (first.state, first.takes_freed_times, the_offer().request) == ("open", False, second)


def test_a_request_that_is_withdrawn_passes_its_offer_on(world: World) -> None:
    first, second = steps.waits(world), steps.waits(world)
    free(world)
    VisitRequest.objects.filter(pk=first.pk).update(state="withdrawn", ended_at=timezone.now())
    expire_visits_due()
    assert the_offer().request == second


def test_an_officer_offers_nothing_beside_it(world: World) -> None:
    waits = steps.taken(world, takes_freed_times=True)
    free(world)
    with pytest.raises(Refusal, match="frei gewordene Zeit"):
        steps.offer(world, "14:00", request=waits)


def test_an_offer_can_be_unsubscribed_from_with_one_click(world: World) -> None:
    steps.waits(world)
    free(world)
    mail = OutgoingMail.objects.get(kind="visit_freed_time")
    assert mail.content["unsubscribe_url"].endswith("/nicht-kurzfristig/")
