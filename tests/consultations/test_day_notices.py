"""The evening before and the morning of a day: who is written to, about what, and that once."""

import datetime

import pytest

from consultations import tasks
from consultations.absences import plan_absence
from consultations.day_notices import send_day_notices
from consultations.missing_outcomes import remind_of_outcomes
from consultations.models import Appointment, DayNotice, OfficeHours, PhoneTask, ReminderPlan
from consultations.phone_tasks import ask_for_call
from partnership.mail_content import build_message
from partnership.models import OutgoingMail, Post
from partnership.outbox import deliver_mail
from partnership.times import at_wall_time
from tests import factories
from tests.consultations.conftest import MailsOf
from tests.personas import World
from tests.smtp import Postbox

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
State = Appointment.State


def at(hours: OfficeHours, clock: str, *, days: int = 0) -> datetime.datetime:
    """A time of day, so many days after the office hours."""
    return at_wall_time(hours.day + days * DAY, datetime.time.fromisoformat(clock))


def whom(kind: str) -> list[str]:
    rows = OutgoingMail.objects.filter(kind=kind).order_by("to_email")
    return list(rows.values_list("to_email", flat=True))


def text_of_only(kind: str) -> str:
    return build_message(OutgoingMail.objects.get(kind=kind)).body


def test_the_evening_before_the_officer_reads_who_comes(world: World, mails_of: MailsOf) -> None:
    factories.make_appointment(hours=world.hours, firm_name="Hofladen Süß")
    (mail,) = mails_of(lambda: send_day_notices(now=at(world.hours, "18:00", days=-1)))
    assert (mail.kind, mail.to_email) == ("officer_tomorrow", world.paula.email)
    text = build_message(mail).body
    for words in (
        "9:00 bis 9:45 Uhr: Hofladen Süß",
        "Raum 2.14",
        "Musterstraße 1",
        f"?tag={world.hours.day}",
    ):
        assert words in text


def test_not_before_the_evening(world: World, mails_of: MailsOf) -> None:
    assert mails_of(lambda: send_day_notices(now=at(world.hours, "17:59", days=-1))) == []


def test_a_day_that_nobody_has_booked_is_told_too(world: World) -> None:
    send_day_notices(now=at(world.hours, "18:00", days=-1))
    assert "Morgen sind hier keine Termine gebucht." in text_of_only("officer_tomorrow")


def test_two_houses_are_one_mail(world: World) -> None:
    factories.make_hours(
        office=world.hwk_office,
        police=world.police,
        officers=[world.paula],
        starts=datetime.time(14),
        ends=datetime.time(16),
    )
    send_day_notices(now=at(world.hours, "18:00", days=-1))
    text = text_of_only("officer_tomorrow")
    assert text.index(world.office.name) < text.index(world.hwk_office.name)


def test_each_officer_reads_the_own_lane(world: World) -> None:
    both = factories.make_hours(
        office=world.hwk_office,
        police=world.police,
        officers=[world.pia, world.lea],
        day=world.hours.day + DAY,
    )
    factories.make_appointment(hours=both, lane=2, firm_name="Zweite Reihe")
    send_day_notices(now=at(both, "18:00", days=-1))
    assert whom("officer_tomorrow") == [world.lea.email, world.pia.email]
    texts = {m.to_email: build_message(m).body for m in OutgoingMail.objects.filter(kind="officer_tomorrow")}
    assert ["Zweite Reihe" in texts[p.email] for p in (world.pia, world.lea)] == [False, True]


@pytest.mark.parametrize("state", [OfficeHours.State.DRAFT, OfficeHours.State.CANCELLED])
def test_what_is_not_public_is_no_day(world: World, mails_of: MailsOf, state: str) -> None:
    OfficeHours.objects.update(state=state)
    assert mails_of(lambda: send_day_notices(now=at(world.hours, "18:00", days=-1))) == []


def test_a_second_scan_writes_nothing(world: World) -> None:
    now = at(world.hours, "18:00", days=-1)
    assert [send_day_notices(now=now), send_day_notices(now=now + HOUR)] == [1, 0]


def test_a_missed_evening_is_not_made_up_for(world: World) -> None:
    send_day_notices(now=at(world.hours, "06:00"))
    assert whom("officer_tomorrow") == []


def test_an_evening_mail_that_leaves_too_late_is_withdrawn(world: World, postbox: Postbox) -> None:
    OfficeHours.objects.update(day=datetime.date(2020, 3, 3))
    world.hours.refresh_from_db()
    send_day_notices(now=at(world.hours, "18:00", days=-1))
    mail = OutgoingMail.objects.get(kind="officer_tomorrow")
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, postbox.messages) == (OutgoingMail.State.WITHDRAWN, [])


def test_in_the_morning_the_desk_reads_the_day_of_its_houses(world: World) -> None:
    appointment = factories.make_appointment(hours=world.hours, state=State.UNCONFIRMED)
    Appointment.objects.update(confirm_by=at(world.hours, "08:00"))
    ask_for_call(appointment=appointment, reason=PhoneTask.Reason.UNCONFIRMED)
    send_day_notices(now=at(world.hours, "07:00"))
    assert whom("desk_today") == [world.bert.email]
    text = text_of_only("desk_today")
    for words in (
        *("9:00 bis 9:45 Uhr: Tischlerei Muster (noch nicht bestätigt)", "Paula Beispiel", "1 offener Anruf"),
        f"tagesblatt.pdf?haus={world.office.pk}&tag={world.hours.day}",
    ):
        assert words in text


def test_a_house_with_an_own_address_is_written_to_there(world: World) -> None:
    world.office.email = "grimma@ihk.example"
    world.office.save()
    send_day_notices(now=at(world.hours, "07:00"))
    assert whom("desk_today") == ["grimma@ihk.example"]
    assert send_day_notices(now=at(world.hours, "07:05")) == 0


def test_whose_post_has_ended_is_not_written_to(world: World) -> None:
    Post.objects.filter(person=world.bert).update(ends=datetime.date(2020, 1, 2))
    send_day_notices(now=at(world.hours, "07:00"))
    assert whom("desk_today") == []


@pytest.mark.parametrize("clock", ["06:59", "10:00"])
def test_a_morning_ends(world: World, mails_of: MailsOf, clock: str) -> None:
    assert mails_of(lambda: send_day_notices(now=at(world.hours, clock))) == []


def a_tuesday(world: World) -> OfficeHours:
    """Office hours on the Tuesday after those of the world."""
    day = world.hours.day + DAY
    while day.weekday() != 1:
        day += DAY
    return factories.make_hours(office=world.office, police=world.police, officers=[world.paula], day=day)


def test_a_place_without_an_officer_is_named_on_the_working_day_before(world: World) -> None:
    hours = a_tuesday(world)
    midnight = at(hours, "00:00")
    plan_absence(officer=world.paula, starts_at=midnight, ends_at=midnight + DAY, actor=world.paula)
    send_day_notices(now=at(hours, "07:00", days=-1))
    text = text_of_only("desk_today")
    assert "Heute ist hier kein Sprechtag." in text or "Heute, Montag" in text
    assert f"/arbeitsplatz/sprechtage/{hours.pk}/ohne-beamtin/" in text
    send_day_notices(now=at(hours, "18:00", days=-1))
    assert whom("officer_tomorrow") == []


def test_the_partnership_sets_the_times_and_switches_off(world: World) -> None:
    ReminderPlan.objects.create(partnership=world.partnership, officer_at=datetime.time(20), desk_on=False)
    assert send_day_notices(now=at(world.hours, "19:59", days=-1)) == 0
    assert send_day_notices(now=at(world.hours, "20:00", days=-1)) == 1
    assert send_day_notices(now=at(world.hours, "07:00")) == 0


@pytest.fixture
def held(world: World) -> OfficeHours:
    """Office hours of yesterday with two talks without a word about them."""
    for index in (0, 1):
        factories.make_appointment(hours=world.hours, index=index, firm_name=f"Firma {index}")
    return world.hours


def test_a_day_after_the_officer_is_asked_how_it_went(world: World, held: OfficeHours) -> None:
    assert remind_of_outcomes(now=at(held, "23:00")) == 0
    assert remind_of_outcomes(now=at(held, "08:00", days=1)) == 1
    assert whom("outcome_missing") == [world.paula.email]
    text = text_of_only("outcome_missing")
    for appointment in Appointment.objects.all():
        assert f"/arbeitsplatz/termine/{appointment.reference}/ergebnis/" in text


def test_each_talk_is_asked_about_once(held: OfficeHours) -> None:
    for days in (1, 2, 3):
        remind_of_outcomes(now=at(held, "08:00", days=days))
    assert OutgoingMail.objects.filter(kind="outcome_missing").count() == 1


def test_after_a_pause_it_is_made_up_for(held: OfficeHours) -> None:
    assert remind_of_outcomes(now=at(held, "08:00", days=3)) == 1


def test_what_is_noted_or_was_cancelled_is_not_asked_about(held: OfficeHours) -> None:
    Appointment.objects.filter(firm_name="Firma 0").update(state=State.ATTENDED)
    Appointment.objects.filter(firm_name="Firma 1").update(state=State.CANCELLED)
    assert remind_of_outcomes(now=at(held, "08:00", days=1)) == 0


def test_noted_before_the_mail_leaves_withdraws_it(held: OfficeHours, postbox: Postbox) -> None:
    remind_of_outcomes(now=at(held, "08:00", days=1))
    Appointment.objects.update(state=State.MISSED)
    mail = OutgoingMail.objects.get(kind="outcome_missing")
    deliver_mail(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, postbox.messages) == (OutgoingMail.State.WITHDRAWN, [])


def test_the_schedule_runs_them(world: World) -> None:
    tasks.send_day_notices()
    tasks.remind_of_outcomes()
    assert not DayNotice.objects.exists()
