"""The nightly run: bounded, made up for, gone on with, and past what fails."""

import datetime

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from consultations.models import Appointment
from consultations.numbers.counting import Scope, booked_parts, lead_days, offered_times, topics_booked
from partnership.models import Firm, OutgoingMail, RetentionRun
from partnership.outbox import queue_mail
from partnership.retention import erasure_list, running
from partnership.retention.running import Bounds, night_of, run_when_due
from partnership.rules import posts_of
from partnership.times import BERLIN
from tests import factories
from tests.personas import World

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
IN_A_YEAR = timezone.now() + 400 * DAY


def make_mails(world: World, count: int) -> None:
    for number in range(count):
        queue_mail(
            partnership=world.partnership,
            kind="booking_confirmed",
            to_email=f"a{number}@b.example",
            content={"firm": "Muster"},
        )
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())


def full() -> int:
    return OutgoingMail.objects.exclude(to_email="").count()


def tally(run: RetentionRun, kind: str = "mails") -> tuple[int, int, str]:
    found = run.tallies.get(kind=kind)
    return found.erased, found.left, found.fault


def test_a_night_begins_at_half_past_two_in_berlin() -> None:
    day = datetime.date(2027, 3, 28)  # on which three o'clock follows two o'clock
    assert night_of(datetime.datetime(2027, 3, 28, 1, 59, tzinfo=BERLIN)) == day - DAY
    assert night_of(datetime.datetime(2027, 3, 28, 3, 31, tzinfo=BERLIN)) == day
    assert night_of(datetime.datetime(2027, 3, 29, 2, 29, tzinfo=BERLIN)) == day
    assert night_of(datetime.datetime(2027, 3, 29, 2, 30, tzinfo=BERLIN)) == day + DAY


def test_one_run_a_night_and_nothing_to_do_after_it(world: World) -> None:
    make_mails(world, 1)
    run = run_when_due(now=IN_A_YEAR)
    assert run.finished_at is not None
    make_mails(world, 1)
    run_when_due(now=IN_A_YEAR + datetime.timedelta(minutes=1))
    assert (full(), RetentionRun.objects.count()) == (1, 1)


def test_a_night_in_which_nothing_ran_is_made_up_for(world: World) -> None:
    make_mails(world, 1)
    run_when_due(now=IN_A_YEAR - 100 * DAY)
    make_mails(world, 1)
    at_noon = IN_A_YEAR.astimezone(BERLIN).replace(hour=12)
    run = run_when_due(now=at_noon)
    assert (full(), run.night) == (0, at_noon.date())


def test_batches_go_on_until_nothing_is_left(world: World) -> None:
    make_mails(world, 7)
    run = run_when_due(now=IN_A_YEAR, bounds=Bounds(batch=3))
    assert (full(), tally(run)) == (0, (7, 0, ""))


def test_a_go_ends_with_its_time_and_the_next_one_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_mails(world, 7)
    clock = iter(range(1000))
    monkeypatch.setattr(running.time, "monotonic", lambda: float(next(clock)))
    before_mails = sum(kind.order < 30 for kind in running.all_kinds())
    run = run_when_due(now=IN_A_YEAR, bounds=Bounds(batch=3, seconds=before_mails + 1.5))
    assert (full(), run.finished_at, tally(run)) == (4, None, (3, 4, ""))
    run = run_when_due(now=IN_A_YEAR, bounds=Bounds(batch=3, seconds=1000))
    assert (full(), tally(run)) == (0, (7, 0, ""))
    assert run.finished_at is not None


REFUSAL = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stuck'; END $$;
CREATE TRIGGER refuse BEFORE DELETE ON partnership_firm FOR EACH ROW WHEN (OLD.id = %s)
EXECUTE FUNCTION refuse();
"""


def test_what_fails_is_gone_past_and_said(world: World) -> None:
    firms = [factories.make_listed_firm(world.ihk) for _number in range(3)]
    with connection.cursor() as cursor:
        cursor.execute(REFUSAL % firms[1].pk)
    run = run_when_due(now=IN_A_YEAR)
    assert list(Firm.objects.all()) == [firms[1]]
    assert (tally(run, "firms"), run.finished_at) == ((2, 1, "ProgrammingError"), None)


def test_without_the_file_outside_nothing_goes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_rows: object) -> None:
        raise OSError("read-only")

    make_mails(world, 2)
    monkeypatch.setattr(erasure_list, "_append", refuse)
    run = run_when_due(now=IN_A_YEAR)
    assert (full(), tally(run)) == (2, (0, 2, "Refusal"))


def test_the_numbers_do_not_change(world: World) -> None:
    hours = factories.make_hours(
        office=world.office,
        police=world.police,
        officers=[world.pia],
        day=timezone.localdate() - 400 * DAY,
    )
    for index, (state, topic) in enumerate(
        [("attended", "burglary"), ("missed", "fraud"), ("cancelled", ""), ("confirmed", "burglary")]
    ):
        factories.make_appointment(hours=hours, index=index, state=state, topic=topic)
    Appointment.objects.filter(state="cancelled").update(confirmed_at=timezone.now())
    day = hours.day
    scope = Scope(posts_of(world.karl), frozenset({world.office.pk}), day, day)

    def numbers() -> list[object]:
        return [offered_times(scope), booked_parts(scope), lead_days(scope), topics_booked(scope)]

    before = numbers()
    run_when_due()
    assert Appointment.objects.filter(emptied_at__isnull=False).count() == 4
    assert numbers() == before


def test_an_old_appointment_without_office_hours_is_emptied_as_well(world: World) -> None:
    found = factories.make_appointment(hours=world.hours, state="attended")
    past = DateTimeTZRange(timezone.now() - 500 * DAY, timezone.now() - 499 * DAY)
    Appointment.objects.filter(pk=found.pk).update(lane=None, mode="phone", period=past)
    run_when_due()
    found.refresh_from_db()
    assert found.emptied_at is not None
