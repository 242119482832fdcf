"""Asking for a visit: the yes, the place in line, wishes, withdrawing, what runs out."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from consultations.deadlines import next_evening
from consultations.models import Appointment, Claim, ReminderPlan, VisitMatter, VisitRequest
from consultations.placing import TooLate
from consultations.visits import asking
from consultations.visits.asking import Confided, Wishes
from consultations.visits.lapsing import expire_visits_due
from consultations.visits.line import place_in_line, usually_taken_by, waiting_requests
from consultations.visits.unconfirmed import expire_due, remind_unconfirmed
from partnership.directorates import directorate_for, lies_outside
from partnership.models import Area, BlockedAddress, Firm, FirmContact, OutgoingMail
from partnership.refusals import Refusal
from partnership.times import at_wall_time
from tests import factories
from tests.consultations.visit_steps import VERA, ask, ask_again, asked, entered, entry
from tests.personas import World
from tests.visit_factories import make_visit, make_visit_request

State = VisitRequest.State
MOVED_ON = [State.OPEN, State.TAKEN, State.PLANNED, State.VISITED]


def kinds() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))


def grimma(partnership: Any = None) -> Area:
    area = Area.objects.create(
        ags="14729160",
        name="Grimma",
        postcodes=["04668"],
        latitude=51.2,
        longitude=12.7,
        valid_from=datetime.date(2020, 1, 1),
    )
    if partnership:
        partnership.areas.add(area)
    return area


# asking


def test_a_request_waits_for_its_yes_until_the_evening_of_the_next_working_day(world: World) -> None:
    request = ask(world)
    assert request.state == State.UNCONFIRMED
    assert request.confirm_by == next_evening(request.asked_at or timezone.now())
    assert kinds() == ["visit_confirm"]


def test_what_is_confided_lies_apart(world: World) -> None:
    matter = ask(world).matter
    assert (matter.reason, matter.accessibility_need) == ("burglary", "Gebärdensprache")


def test_the_place_is_that_of_the_municipality(world: World) -> None:
    area = grimma()
    request = ask(world)
    assert (request.area, request.latitude, request.longitude) == (area, 51.2, 12.7)


def test_an_unknown_postcode_is_no_obstacle(world: World) -> None:
    assert ask(world, postcode="99999").latitude is None


def test_a_day_is_only_a_burglarys(world: World) -> None:
    confided = Confided(reason="general", happened_on=timezone.localdate(), case_number="1")
    matter = ask(world, confided=confided).matter
    assert (matter.happened_on, matter.case_number) == (None, "")


def test_a_double_click_is_one_request(world: World) -> None:
    assert ask(world) == ask(world)
    assert kinds() == ["visit_confirm"]


def test_a_third_unconfirmed_one_of_an_address_is_refused(world: World) -> None:
    for street in ("Weg 1", "Weg 2"):
        ask(world, street=street)
    with pytest.raises(Refusal, match="warten schon zwei Anfragen"):
        ask(world, street="Weg 3")


def test_what_has_run_out_does_not_count(world: World) -> None:
    for street in ("Weg 1", "Weg 2"):
        ask(world, street=street)
    VisitRequest.objects.update(confirm_by=timezone.now())
    assert ask(world, street="Weg 3").state == State.UNCONFIRMED


def test_who_is_signed_in_needs_no_mail_for_the_own_address(world: World) -> None:
    factories.make_firm(world.alice, name="Schlosserei Vera")
    request = asking.ask(entry=entry(world, contact_email=world.alice.email), person=world.alice)
    assert (request.state, request.person) == (State.OPEN, world.alice)
    assert kinds() == ["visit_waiting"]


def test_another_address_is_asked_although_somebody_is_signed_in(world: World) -> None:
    factories.make_firm(world.alice)
    assert asking.ask(entry=entry(world), person=world.alice).state == State.UNCONFIRMED


def test_without_police_there_is_a_telephone(world: World) -> None:
    world.partnership.members.remove(world.police)
    with pytest.raises(Refusal, match="Rufen Sie bitte an"):
        ask(world)


# confirming


def test_the_yes_gives_the_place_the_person_and_the_firm(world: World) -> None:
    request = asked(world)
    assert request.state == State.OPEN
    assert request.person is not None
    assert (request.person.email, request.firm) == (VERA, Firm.objects.get(name="Schlosserei Vera"))
    assert FirmContact.objects.get(firm=request.firm).email_confirmed_at
    assert kinds() == ["visit_confirm", "visit_waiting"]


def test_the_yes_proves_the_mailbox(world: World) -> None:
    BlockedAddress.objects.create(address=VERA, partnership=world.partnership)
    asked(world)
    assert BlockedAddress.objects.get().lifted_at


def test_confirming_again_changes_nothing(world: World) -> None:
    request = asked(world)
    assert asking.confirm_request(request_id=request.pk) == (request, "")
    assert kinds() == ["visit_confirm", "visit_waiting"]


def test_a_late_yes_counts(world: World) -> None:
    request = ask(world)
    VisitRequest.objects.update(confirm_by=timezone.now())
    expire_due()
    assert asking.confirm_request(request_id=request.pk)[0].state == State.OPEN


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.ENDED])
def test_what_has_ended_is_not_confirmed(world: World, state: str) -> None:
    request = make_visit_request(police=world.police, state=state)
    with pytest.raises(TooLate):
        asking.confirm_request(request_id=request.pk)


# what nobody confirms


def test_who_has_not_confirmed_is_asked_once_more(world: World) -> None:
    ask_again(world)
    remind_unconfirmed()
    assert kinds() == ["visit_confirm", "visit_unconfirmed"]


def test_who_has_confirmed_is_not_reminded(world: World) -> None:
    asked(world)
    VisitRequest.objects.update(asked_at=timezone.now() - datetime.timedelta(hours=5))
    assert remind_unconfirmed() == 0
    assert "visit_unconfirmed" not in kinds()


def test_a_partnership_that_reminds_nobody(world: World) -> None:
    ReminderPlan.objects.create(partnership=world.partnership, confirm_on=False)
    ask_again(world)
    assert kinds() == ["visit_confirm"]


def test_what_is_not_confirmed_in_time_expires(world: World) -> None:
    request = ask(world)
    assert expire_due() == 0
    assert request.confirm_by is not None
    assert expire_due(now=request.confirm_by) == 1
    request.refresh_from_db()
    assert (request.state, request.ended_at) == (State.EXPIRED, request.confirm_by)


# the line


def test_after_a_burglary_first_then_who_has_asked_longest(world: World) -> None:
    general, building, burglary = (
        make_visit_request(police=world.police, reason=reason)
        for reason in ("general", "building", "burglary")
    )
    taken = make_visit_request(police=world.police, state=State.TAKEN, officer=world.paula)
    make_visit_request(police=world.police, state=State.UNCONFIRMED)
    assert list(waiting_requests(world.police)) == [burglary, general, building, taken]
    assert [place_in_line(r) for r in (general, building, burglary)] == [(2, 3), (3, 3), (1, 3)]


def test_five_working_days(world: World) -> None:
    friday = at_wall_time(datetime.date(2026, 11, 13), datetime.time(10))
    assert usually_taken_by(friday) == datetime.date(2026, 11, 23)  # Buß- und Bettag between


# which directorate


def test_the_directorate_is_that_with_the_nearest_house(world: World) -> None:
    near = factories.make_police(world.partnership)
    factories.make_office(world.police, latitude=51.5, longitude=13.0)
    factories.make_office(near, latitude=51.2, longitude=12.7)
    assert directorate_for(partnership=world.partnership, area=grimma()) == near
    assert directorate_for(partnership=world.partnership, area=None) == world.police


def test_a_place_lies_outside_where_areas_are_named(world: World) -> None:
    area = grimma()
    assert not lies_outside(partnership=world.partnership, area=None)
    other = Area.objects.create(
        ags="14713000", name="Leipzig", latitude=51, longitude=12, valid_from=datetime.date(2020, 1, 1)
    )
    world.partnership.areas.add(other)
    assert lies_outside(partnership=world.partnership, area=area)
    assert lies_outside(partnership=world.partnership, area=None)
    assert not lies_outside(partnership=world.partnership, area=other)


# wishes, withdrawing


def test_wishes_change_and_two_who_edit_at_once_notice(world: World) -> None:
    request = asked(world)
    asking.change_wishes(request_id=request.pk, wishes=Wishes(weekdays=[0]), seen=1)
    with pytest.raises(Refusal, match="inzwischen schon geändert"):
        asking.change_wishes(request_id=request.pk, wishes=Wishes(weekdays=[1]), seen=1)
    request.refresh_from_db()
    assert (request.weekdays, request.takes_freed_times) == ([0], False)


def test_no_short_notice_keeps_the_place(world: World) -> None:
    request = asked(world)
    for _time in range(2):
        asking.stop_short_notice(request_id=request.pk)
    request.refresh_from_db()
    assert (request.takes_freed_times, request.state, request.version) == (False, State.OPEN, 2)


def test_withdrawing_ends_it_and_again_changes_nothing(world: World) -> None:
    request = asked(world)
    for _time in range(2):
        asking.withdraw_request(request_id=request.pk)
    request.refresh_from_db()
    assert request.state == State.WITHDRAWN
    assert kinds() == ["visit_confirm", "visit_waiting", "visit_withdrawn"]


def test_what_was_never_confirmed_is_withdrawn_without_a_mail(world: World) -> None:
    asking.withdraw_request(request_id=ask(world).pk)
    assert kinds() == ["visit_confirm"]


def test_withdrawing_gives_offered_times_back(world: World) -> None:
    request = make_visit_request(police=world.police)
    visit = make_visit(request=request, officer=world.pia, state=Appointment.State.PROPOSED)
    asking.withdraw_request(request_id=request.pk)
    expire_visits_due()
    assert not Claim.objects.filter(visit=visit).exists()
    assert Appointment.objects.get(visit=visit).state == Appointment.State.EXPIRED


def test_what_is_planned_is_not_withdrawn(world: World) -> None:
    request = make_visit_request(police=world.police)
    make_visit(request=request, officer=world.pia)
    with pytest.raises(TooLate):
        asking.withdraw_request(request_id=request.pk)
    assert Claim.objects.filter(visit__request=request).exists()


# on the telephone


def test_the_desk_hands_on_without_rights_over_the_firm(world: World) -> None:
    request = entered(world)
    assert (request.state, request.entered_for, request.person) == (State.OPEN, world.ihk, None)
    assert request.firm is not None
    assert not FirmContact.objects.filter(firm=request.firm).exists()
    assert VisitMatter.objects.get(request=request).reason == "burglary"
    assert kinds() == ["visit_waiting"]


def test_a_caller_without_an_address_gets_no_mail(world: World) -> None:
    entered(world, contact_email="", contact_phone="0341 1234567")
    assert kinds() == []


def test_the_desk_may_name_a_firm_that_is_known(world: World) -> None:
    firm = factories.make_listed_firm(world.ihk)
    request = asking.enter_for_caller(
        entry=entry(world), desk_of=world.ihk, actor=world.bert, firm_id=firm.pk
    )
    assert request.firm == firm
