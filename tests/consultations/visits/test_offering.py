"""Times are offered, held, chosen, declined and lapse; what is fixed stands at once."""

import datetime

import pytest
from django.utils import timezone

from consultations.expiry import expire_due
from consultations.models import Appointment, Claim, Visit, VisitRequest, VisitRequestStep
from consultations.placing import TooLate
from consultations.taking_time import TimeClash
from consultations.visits import offering
from consultations.visits.lapsing import expire_visits_due
from consultations.visits.placing import TravelTight
from partnership.links import find_link
from partnership.models import LogEntry, SecretLink
from partnership.refusals import Refusal
from partnership.times import berlin
from tests.consultations import planning_steps as steps
from tests.consultations.conftest import MailsOf
from tests.personas import World

State = Appointment.State
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def station(world: World) -> None:
    steps.make_station(world)


def of(appointment: Appointment) -> VisitRequest:
    return VisitRequest.objects.get(visits=appointment.pk)


# offering


def test_times_are_held_and_mailed_in_one_mail(world: World, mails_of: MailsOf) -> None:
    mails = mails_of(lambda: steps.offer(world, "09:30", "14:00"))
    assert [mail.kind for mail in mails] == ["visit_times"]
    assert len(mails[0].content["times"]) == 2
    assert Claim.objects.filter(kind=Claim.Kind.VISIT, officer=world.pia).count() == 2


def test_a_claim_holds_travel_and_buffers_and_the_visit_remembers_them(world: World) -> None:
    (appointment,) = steps.offer(world, "10:00")
    visit = Visit.objects.get(appointment=appointment)
    assert (visit.km_before, visit.minutes_before, visit.km_after, visit.minutes_after) == (35, 45, 35, 45)
    blocked = visit.claim.blocked
    assert (blocked.lower, blocked.upper) == (steps.at("09:05"), steps.at("12:30"))


def test_the_answer_is_due_in_the_evening_of_the_second_working_day(world: World) -> None:
    (appointment,) = steps.offer(world, "10:00")
    held_until = appointment.held_until
    assert held_until is not None
    assert berlin(held_until).time() == datetime.time(18)
    assert held_until - timezone.now() <= (appointment.starts_at - timezone.now()) / 4


def test_at_most_three_are_open(world: World) -> None:
    first = steps.offer(world, "09:30", "14:00")
    request = of(first[0])
    with pytest.raises(Refusal):
        offering.offer_times(
            request_id=request.pk,
            starts=[steps.at("10:00", steps.a_day(2)), steps.at("10:00", steps.a_day(3))],
            actor=world.pia,
        )
    assert request.visits.count() == 2


def test_without_an_address_there_is_nothing_to_offer(world: World) -> None:
    request = steps.taken(world, contact_email="")
    with pytest.raises(Refusal, match="0341 000-5000"):
        steps.offer(world, request=request)


def test_who_has_not_taken_it_offers_nothing(world: World) -> None:
    with pytest.raises(Refusal, match="Übernehmen"):
        steps.offer(world, request=steps.waits(world))


def test_a_taken_time_is_refused(world: World) -> None:
    steps.stand(world, "10:00")
    with pytest.raises(TimeClash):
        steps.offer(world, "11:00")
    assert Claim.objects.filter(kind=Claim.Kind.VISIT).count() == 1


def test_a_way_that_is_too_long_is_said_and_may_be_insisted_on(world: World) -> None:
    """Another visit is over, with its way home, at 12:30; the next begins at 13:00."""
    steps.stand(world, "10:00")
    request = steps.taken(world)
    with pytest.raises(TravelTight, match="Grimma"):
        offering.fix_by_phone(request_id=request.pk, starts_at=steps.at("12:30"), actor=world.pia)
    fixed = offering.fix_by_phone(
        request_id=request.pk, starts_at=steps.at("12:30"), actor=world.pia, insists=True
    )
    assert fixed.visit.claim.blocked.lower == steps.at("12:30")


# fixing by phone


def test_fixed_by_phone_stands_at_once(world: World, mails_of: MailsOf) -> None:
    mails = mails_of(lambda: steps.stand(world))
    appointment = Appointment.objects.get(mode="on_site")
    assert (appointment.state, of(appointment).state) == (State.CONFIRMED, VisitRequest.State.PLANNED)
    assert [(mail.kind, mail.calendar is not None) for mail in mails] == [("visit_confirmed", True)]
    assert appointment.reminders.exists()


def test_fixed_for_a_firm_without_address_mails_nobody(world: World, mails_of: MailsOf) -> None:
    assert mails_of(lambda: steps.stand(world, contact_email="")) == []


def test_the_lead_fixes_for_the_officer_who_is_told(world: World, mails_of: MailsOf) -> None:
    request = steps.taken(world)
    mails = mails_of(
        lambda: offering.fix_by_phone(request_id=request.pk, starts_at=steps.at("10:00"), actor=world.lea)
    )
    assert [mail.to_email for mail in mails if mail.kind == "visit_news"] == [world.pia.email]


def test_fixing_gives_up_what_was_offered(world: World) -> None:
    offered = steps.offer(world)
    offering.fix_by_phone(request_id=of(offered[0]).pk, starts_at=steps.at("10:00"), actor=world.pia)
    states = sorted(Appointment.objects.filter(mode="on_site").values_list("state", flat=True))
    assert states == [State.CONFIRMED, State.EXPIRED, State.EXPIRED]
    assert Claim.objects.filter(kind=Claim.Kind.VISIT).count() == 1


# the firm's answer


def test_one_is_chosen_and_the_others_are_given_up(world: World, mails_of: MailsOf) -> None:
    first, second = steps.offer(world)
    mails = mails_of(lambda: steps.choose(first))
    second.refresh_from_db()
    assert (of(first).state, second.state) == (VisitRequest.State.PLANNED, State.EXPIRED)
    assert {mail.kind for mail in mails} == {"visit_confirmed", "visit_news"}
    assert Claim.objects.filter(kind=Claim.Kind.VISIT).count() == 1


def test_the_firm_that_chooses_is_known_from_then_on(world: World) -> None:
    chosen = steps.choose(steps.offer(world)[0])
    assert chosen.person is not None
    assert of(chosen).person == chosen.person


def test_choosing_again_changes_nothing(world: World, mails_of: MailsOf) -> None:
    first = steps.offer(world)[0]
    steps.choose(first)
    assert mails_of(lambda: offering.choose_time(appointment_id=first.pk)) == []
    assert offering.choose_time(appointment_id=first.pk)[1] == ""


def test_another_time_can_not_be_chosen_then(world: World) -> None:
    first, second = steps.offer(world)
    steps.choose(first)
    with pytest.raises(TooLate, match="steht schon ein Termin"):
        steps.choose(second)


def test_who_is_late_reads_until_when(world: World) -> None:
    first = steps.offer(world)[0]
    Appointment.objects.filter(pk=first.pk).update(held_until=timezone.now() - MINUTE)
    with pytest.raises(TooLate, match="bis"):
        steps.choose(first)


def test_none_suits_and_the_officer_reads_why(world: World, mails_of: MailsOf) -> None:
    request = of(steps.offer(world)[0])
    mails = mails_of(lambda: offering.decline_all(request_id=request.pk, words="Nur montags"))
    assert [(mail.to_email, mail.content["words_written"]) for mail in mails] == [
        (world.pia.email, "Nur montags")
    ]
    assert not Claim.objects.filter(kind=Claim.Kind.VISIT).exists()
    assert request.steps.get(kind=VisitRequestStep.Kind.DECLINED).reason == "Nur montags"
    assert mails_of(lambda: offering.decline_all(request_id=request.pk)) == []


def test_what_nobody_answers_lapses_and_the_officer_is_told(world: World, mails_of: MailsOf) -> None:
    first, second = steps.offer(world)
    Appointment.objects.filter(pk__in=[first.pk, second.pk]).update(held_until=timezone.now() - MINUTE)
    mails = mails_of(expire_visits_due)
    assert [mail.content["news"] for mail in mails] == ["lapsed"]
    assert not Claim.objects.filter(kind=Claim.Kind.VISIT).exists()
    assert of(first).state == VisitRequest.State.TAKEN
    assert mails_of(expire_visits_due) == []


def test_the_scan_of_office_hours_leaves_visits_alone(world: World) -> None:
    first = steps.offer(world)[0]
    Appointment.objects.filter(pk=first.pk).update(held_until=timezone.now() - MINUTE)
    assert expire_due() == 0


@pytest.mark.parametrize("state", ["withdrawn", "ended"])
def test_times_of_a_request_that_is_over_end_without_a_word(
    world: World, mails_of: MailsOf, state: str
) -> None:
    request = of(steps.offer(world)[0])
    VisitRequest.objects.filter(pk=request.pk).update(state=state, ended_at=timezone.now())
    assert mails_of(expire_visits_due) == []
    assert not Claim.objects.filter(kind=Claim.Kind.VISIT).exists()


def test_times_of_a_request_in_other_hands_end(world: World) -> None:
    request = of(steps.offer(world)[0])
    VisitRequest.objects.filter(pk=request.pk).update(officer=world.paula)
    expire_visits_due()
    assert not Claim.objects.filter(officer=world.pia, kind=Claim.Kind.VISIT).exists()


def test_the_officer_takes_times_back(world: World, mails_of: MailsOf) -> None:
    request = of(steps.offer(world)[0])
    assert mails_of(lambda: offering.withdraw_times(request_id=request.pk, actor=world.pia)) == []
    assert not Claim.objects.filter(kind=Claim.Kind.VISIT).exists()


def test_each_step_is_logged_for_the_directorate(world: World) -> None:
    steps.choose(steps.offer(world, "10:00")[0])
    acts = LogEntry.objects.filter(organisation=world.police).values_list("act", flat=True)
    assert {"visit.offered", "visit.chosen", "appointment.confirmed"} <= set(acts)


def test_the_link_to_choose_is_one_of_the_request(world: World, mails_of: MailsOf) -> None:
    (mail,) = mails_of(lambda: steps.offer(world))
    token = mail.content["choose_url"].rstrip("/").rsplit("/", 1)[1]
    link = find_link(token, purpose=SecretLink.Purpose.VISIT, model=VisitRequest)
    assert link is not None
