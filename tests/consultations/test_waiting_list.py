"""Joining a house's line, its order, and the ways out of it."""

import datetime

import pytest
from django.utils import timezone

from consultations import booking
from consultations.deputies import put_deputy
from consultations.models import OfficeHours, PassedOver, Waiting, WaitingOffer
from consultations.placing import TooLate
from consultations.waiting.answers import decline_offer
from consultations.waiting.line import (
    confirm_joining,
    end_over_due,
    enter_caller,
    join,
    leave,
    place_in_line,
    take_off,
)
from consultations.waiting.new_times import tell_of_new_times
from consultations.waiting.privacy import about_waiting, erase, holdings
from consultations.waiting.wishes import suits
from partnership.models import OutgoingMail
from partnership.refusals import Refusal
from partnership.times import BERLIN
from tests import factories
from tests.consultations.conftest import MailsOf
from tests.consultations.steps import confirm
from tests.consultations.test_absences import away
from tests.consultations.waiting_steps import (
    AN_HOUR,
    WANDA,
    entry,
    new_times_for,
    offered,
    taken_off,
    wait,
)
from tests.personas import World

State = Waiting.State
DAY = datetime.timedelta(days=1)


def kinds(mails: list[OutgoingMail]) -> list[str]:
    return [mail.kind for mail in mails]


# joining


def test_joining_asks_the_address_for_its_yes(world: World, mails_of: MailsOf) -> None:
    mails = mails_of(lambda: join(entry=entry(world.office)))
    assert [(mail.kind, mail.to_email) for mail in mails] == [("waiting_confirm", WANDA)]
    assert Waiting.objects.get().state == State.UNCONFIRMED


def test_the_place_is_that_of_the_yes(world: World) -> None:
    join(entry=entry(world.office))
    other = wait(world.office, contact_email="otto@wartende.example")
    first = Waiting.objects.get(contact_email=WANDA)
    confirm_joining(waiting_id=first.pk)
    first.refresh_from_db()
    assert (place_in_line(other), place_in_line(first)) == ((1, 2), (2, 2))


def test_the_yes_is_answered_with_the_place(world: World, mails_of: MailsOf) -> None:
    join(entry=entry(world.office))
    mails = mails_of(lambda: confirm_joining(waiting_id=Waiting.objects.get().pk))
    assert kinds(mails) == ["waiting_joined"]
    assert (mails[0].content["place"], mails[0].content["total"]) == (1, 1)


def test_a_second_yes_changes_nothing(world: World, mails_of: MailsOf) -> None:
    waiting = wait(world.office)

    def again() -> None:
        assert confirm_joining(waiting_id=waiting.pk)[1] == ""

    assert mails_of(again) == []


def test_who_has_left_cannot_say_yes(world: World) -> None:
    join(entry=entry(world.office))
    waiting = Waiting.objects.get()
    leave(waiting_id=waiting.pk)
    with pytest.raises(TooLate):
        confirm_joining(waiting_id=waiting.pk)


def test_a_double_click_is_one_entry_and_one_mail(world: World, mails_of: MailsOf) -> None:
    assert len(mails_of(lambda: [join(entry=entry(world.office)) for _number in range(2)])) == 1
    assert Waiting.objects.count() == 1


def test_later_the_mail_comes_again_with_what_was_typed_last(world: World, mails_of: MailsOf) -> None:
    join(entry=entry(world.office))
    Waiting.objects.update(created_at=timezone.now() - AN_HOUR)
    mails = mails_of(lambda: join(entry=entry(world.office, firm_name="Neu GmbH")))
    assert kinds(mails) == ["waiting_confirm"]
    assert Waiting.objects.get().firm_name == "Neu GmbH"


def test_who_waits_already_reads_so_in_the_mail_once_a_day(world: World, mails_of: MailsOf) -> None:
    wait(world.office)
    assert mails_of(lambda: join(entry=entry(world.office))) == []
    OutgoingMail.objects.update(queued_at=timezone.now() - 2 * DAY)
    assert kinds(mails_of(lambda: join(entry=entry(world.office)))) == ["waiting_joined"]
    assert Waiting.objects.count() == 1


def test_one_address_waits_in_two_houses(world: World) -> None:
    wait(world.office)
    wait(world.hwk_office)
    assert Waiting.objects.filter(state=State.WAITING).count() == 2


def test_a_fourth_unconfirmed_entry_of_an_address_is_refused(world: World) -> None:
    for _number in range(3):
        join(entry=entry(factories.make_office(world.ihk)))
    with pytest.raises(Refusal):
        join(entry=entry(world.office))


def test_nobody_waits_longer_than_for_the_last_day_wanted(world: World) -> None:
    last = timezone.localdate() + 5 * DAY
    assert wait(world.office, not_after=last).waits_until == last


def test_a_caller_waits_at_once(world: World, mails_of: MailsOf) -> None:
    caller = entry(world.office, contact_email="", contact_phone="0341 1234567")
    assert mails_of(lambda: enter_caller(entry=caller, actor=world.bert)) == []
    assert Waiting.objects.get().state == State.WAITING


def test_a_caller_with_an_address_that_waits_already_is_refused(world: World) -> None:
    wait(world.office)
    with pytest.raises(Refusal):
        enter_caller(entry=entry(world.office), actor=world.bert)


# wishes

WEDNESDAY_MORNING = datetime.datetime(2026, 12, 2, 11, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({}, True),
        ({"weekdays": [2, 4]}, True),
        ({"weekdays": [0]}, False),
        ({"part_of_day": "morning"}, True),
        ({"part_of_day": "afternoon"}, False),
        ({"not_before": datetime.date(2026, 12, 2)}, True),
        ({"not_before": datetime.date(2026, 12, 3)}, False),
        ({"not_after": datetime.date(2026, 12, 2)}, True),
        ({"not_after": datetime.date(2026, 12, 1)}, False),
    ],
)
def test_what_suits(wish: dict[str, object], expected: bool) -> None:
    assert suits(Waiting(**wish), WEDNESDAY_MORNING) == expected


# the end


def test_who_leaves_hears_nothing_more(world: World, mails_of: MailsOf) -> None:
    waiting = wait(world.office)
    assert mails_of(lambda: leave(waiting_id=waiting.pk)) == []
    waiting.refresh_from_db()
    assert waiting.state == State.LEFT


def test_who_is_taken_off_reads_why(world: World, mails_of: MailsOf) -> None:
    mails = mails_of(lambda: taken_off(world))
    assert kinds(mails)[-1] == "waiting_ended"
    assert mails[-1].content["reason"] == "Doppelt eingetragen"


def test_nobody_is_taken_off_twice(world: World) -> None:
    taken_off(world)
    with pytest.raises(Refusal):
        take_off(waiting_id=Waiting.objects.get().pk, reason="x", actor=world.bert)


def test_the_end_of_waiting_is_told_once(world: World, mails_of: MailsOf) -> None:
    wait(world.office)
    assert mails_of(end_over_due) == []
    Waiting.objects.update(waits_until=timezone.localdate() - DAY)
    assert kinds(mails_of(end_over_due)) == ["waiting_ended"]
    assert mails_of(end_over_due) == []


def test_an_open_offer_outlasts_the_end_of_waiting(world: World) -> None:
    offered(world)
    Waiting.objects.update(waits_until=timezone.localdate() - DAY)
    end_over_due()
    assert Waiting.objects.get().state == State.WAITING


# new times


def test_who_waits_reads_of_new_times_once(world: World, mails_of: MailsOf) -> None:
    mails = mails_of(lambda: new_times_for(world))
    assert kinds(mails)[-1] == "waiting_new_times"
    assert mails[-1].content["count"] == 4
    assert mails_of(lambda: tell_of_new_times(now=timezone.now() + 2 * AN_HOUR)) == []


def test_new_times_that_do_not_suit_are_no_news(world: World) -> None:
    new_times_for(world, part_of_day=Waiting.PartOfDay.AFTERNOON)
    assert not OutgoingMail.objects.filter(kind="waiting_new_times").exists()


def test_times_that_were_there_when_somebody_joined_are_no_news(world: World, mails_of: MailsOf) -> None:
    tell_of_new_times()
    wait(world.office)
    assert mails_of(tell_of_new_times) == []


def test_new_times_are_told_once_in_seven_days_and_not_forgotten(world: World) -> None:
    hours = new_times_for(world)
    OfficeHours.objects.filter(pk=hours.pk).update(
        new_times_at=None, day=hours.day + 7 * DAY, booking_closes_at=timezone.now() + 14 * DAY
    )
    assert tell_of_new_times(now=timezone.now() + DAY) == 0
    assert tell_of_new_times(now=timezone.now() + 8 * DAY) == 1


def test_a_deputy_in_an_empty_place_is_news(world: World, mails_of: MailsOf) -> None:
    away(world)
    tell_of_new_times()
    wait(world.office)
    lane = world.hours.lanes.get()
    put_deputy(lane_id=lane.pk, deputy=world.pia, actor=world.lea, is_agreed=True)
    assert kinds(mails_of(tell_of_new_times)) == ["waiting_new_times"]


def test_news_count_as_a_message(world: World) -> None:
    wait(world.office)
    Waiting.objects.update(new_times_mailed_at=timezone.now())
    assert [is_asked(world, index) for index in range(3)] == [True, True, False]
    assert PassedOver.objects.get().reason == PassedOver.Reason.MESSAGES


def is_asked(world: World, index: int) -> bool:
    """Whether giving up this time makes an offer; it is declined at once."""
    booking.cancel_by_firm(appointment_id=confirm(world.hours, index).pk)
    offer = WaitingOffer.objects.filter(outcome="").first()
    if offer:
        decline_offer(offer_id=offer.pk)
    return offer is not None


# own data and erasure


def test_own_data_has_the_places_of_the_confirmed_address(world: World) -> None:
    person = factories.make_person(WANDA, last_login=timezone.now())
    wait(world.office)
    (row,) = about_waiting(person).rows
    assert (row["office"], row["firm"]) == (world.office.name, "Werkstatt Wartend")


def test_the_host_chamber_erases_an_entry_as_a_whole(world: World) -> None:
    person = factories.make_person(WANDA, last_login=timezone.now())
    offered(world)
    assert [holding.organisation_id for holding in holdings(person)] == [world.ihk.pk]
    assert erase(person, world.hwk) == []
    assert len(erase(person, world.ihk)) == 1
    assert not Waiting.objects.exists()
    assert not OutgoingMail.objects.filter(to_email=WANDA, kind__startswith="waiting").exists()
