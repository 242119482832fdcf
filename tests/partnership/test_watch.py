"""Betrieb: what is wrong is found, told once, and shown to technicians."""

import datetime
import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from partnership.models import Alarm, LogEntry, OutgoingMail, QueueSample, TaskRun
from partnership.outbox import queue_mail
from partnership.watch import runs
from partnership.watch.alarms import raise_alarms, watch_portal
from partnership.watch.findings import Finding, look
from partnership.watch.runs import HEARTBEAT
from tests.broker import fill_queue
from tests.factories import make_partnership, make_person
from tests.personas import World, sign_in
from tests.threads import in_background

pytestmark = pytest.mark.django_db

PAGE = "/arbeitsplatz/betrieb/"
MINUTE = datetime.timedelta(minutes=1)
HOUR = 60 * MINUTE
Kind = Alarm.Kind
STUCK = Finding(Kind.OUTBOX, "stuck", "12 E-Mails warten.")
FINE = Finding(Kind.OUTBOX, "ok", "Keine E-Mail wartet.")


@pytest.fixture
def technician(db: None) -> None:
    make_partnership()
    make_person("technik@personen.example", is_staff=True)


def found(kind: Alarm.Kind, now: datetime.datetime | None = None) -> Finding:
    return next(finding for finding in look(now) if finding.kind == kind)


def a_mail(**changes: object) -> OutgoingMail:
    mail = queue_mail(
        partnership=make_partnership(), kind="password_reset", to_email="a@b.example", content={}
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(**changes)
    return mail


# what is looked at


def test_a_mail_that_waits_for_half_an_hour_is_stuck() -> None:
    a_mail(queued_at=timezone.now() - 29 * MINUTE)
    assert not found(Kind.OUTBOX).is_wrong
    a_mail(queued_at=timezone.now() - 31 * MINUTE, due_at=timezone.now() + HOUR, attempts=4)
    assert found(Kind.OUTBOX).status == "stuck"
    assert found(Kind.OUTBOX).words.startswith("1 E-Mail wartet")


@pytest.mark.parametrize(("number", "status"), [(9, "ok"), (10, "failing")])
def test_a_mail_server_that_refuses_everything(number: int, status: str) -> None:
    for _mail in range(number):
        a_mail(state="failed")
    assert found(Kind.OUTBOX).status == status


def test_failures_of_earlier_hours_are_over() -> None:
    for _mail in range(10):
        a_mail(state="failed", queued_at=timezone.now() - 2 * HOUR)
    assert not found(Kind.OUTBOX).is_wrong


@pytest.mark.parametrize(("minutes", "status"), [(4, "ok"), (6, "late")])
def test_beat_has_five_minutes(minutes: int, status: str) -> None:
    TaskRun.objects.create(name=HEARTBEAT, succeeded_at=timezone.now() - minutes * MINUTE)
    assert found(Kind.BEAT).status == status


def test_a_beat_that_never_called_is_unknown() -> None:
    assert found(Kind.BEAT).status == "unknown"


def test_a_task_fails_until_it_works_again() -> None:
    runs.note_failure("consultations.expire_due", ValueError("geheim"))
    runs.note_failure("consultations.expire_due", KeyError("geheim"))
    run = TaskRun.objects.get()
    assert (run.failures, run.error) == (2, "KeyError")
    assert found(Kind.TASKS).words == "Fehlgeschlagen: consultations.expire_due."
    runs.note_success("consultations.expire_due")
    assert not found(Kind.TASKS).is_wrong


def test_a_failure_of_what_beat_does_not_call_counts_for_an_hour() -> None:
    runs.note_failure("partnership.deliver_mail", ValueError())
    assert found(Kind.TASKS).status == "failing"
    assert not found(Kind.TASKS, timezone.now() + 61 * MINUTE).is_wrong


def test_a_mail_that_left_is_not_worth_a_row() -> None:
    runs.note_success("partnership.deliver_mail")
    assert not TaskRun.objects.exists()


@pytest.mark.parametrize(
    ("name", "hours", "status"),
    [
        ("consultations.delete_old_holds", 0.25, "ok"),
        ("partnership.clear_sessions", 0.25, "ok"),
        ("partnership.clear_sessions", 7, "late"),
        ("consultations.expire_due", 1, "late"),
    ],
)
def test_what_has_its_hour_is_late_after_it(name: str, hours: float, status: str) -> None:
    """Seen at one or two o'clock of Berlin; something is due at ten past twelve."""
    noon = timezone.now().replace(hour=12, minute=0)
    TaskRun.objects.create(name=name, succeeded_at=noon - hours * HOUR)
    assert found(Kind.TASKS, noon).status == status


@pytest.mark.parametrize(("before", "status"), [(600, "growing"), (900, "ok"), (100, "ok")])
@pytest.mark.usefixtures("empty_queue")
def test_a_queue_that_has_been_long_and_gets_no_shorter_is_wrong(before: int, status: str) -> None:
    now = timezone.now()
    for minute in range(1, 11):
        QueueSample.objects.create(at=now - minute * MINUTE, tasks=before, mails=0)
    fill_queue(700)
    assert found(Kind.QUEUE, now).status == status


def test_a_broker_that_is_away_is_named() -> None:
    with override_settings(REDIS_URL="redis://127.0.0.1:9/0"):
        assert found(Kind.BROKER).status == "away"
        assert not found(Kind.QUEUE).is_wrong


def test_looking_takes_a_constant_number_of_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        TaskRun.objects.create(name=f"task {number}")
        a_mail()
    with django_assert_num_queries(4):
        look()


# who is told


@pytest.mark.usefixtures("technician")
def test_technicians_are_told_once_a_day(mailoutbox: list[EmailMessage]) -> None:
    now = timezone.now()
    raise_alarms([STUCK], now=now)
    raise_alarms([STUCK], now=now + MINUTE)
    raise_alarms([STUCK], now=now + 23 * HOUR)
    assert len(mailoutbox) == 1
    assert mailoutbox[0].to == ["technik@personen.example"]
    assert mailoutbox[0].subject == "Störung im Portal: E-Mails"
    assert "12 E-Mails warten." in mailoutbox[0].body
    assert PAGE in mailoutbox[0].body
    raise_alarms([STUCK], now=now + 24 * HOUR)
    assert len(mailoutbox) == 2


@pytest.mark.usefixtures("technician")
def test_nothing_wrong_is_no_mail(mailoutbox: list[EmailMessage]) -> None:
    raise_alarms([FINE], now=timezone.now())
    assert not Alarm.objects.exists()
    assert mailoutbox == []


@pytest.mark.usefixtures("technician")
def test_the_end_is_told_after_ten_quiet_minutes(mailoutbox: list[EmailMessage]) -> None:
    now = timezone.now()
    raise_alarms([STUCK], now=now)
    raise_alarms([FINE], now=now + MINUTE)
    raise_alarms([FINE], now=now + 12 * MINUTE)
    raise_alarms([FINE], now=now + 13 * MINUTE)
    assert [mail.subject for mail in mailoutbox][1:] == ["Störung im Portal behoben: E-Mails"]
    assert Alarm.objects.get().is_closed


@pytest.mark.usefixtures("technician")
def test_what_comes_and_goes_is_one_mail(mailoutbox: list[EmailMessage]) -> None:
    now = timezone.now()
    for minute in range(60):
        raise_alarms([STUCK if minute % 2 else FINE], now=now + minute * MINUTE)
    assert len(mailoutbox) == 1
    assert Alarm.objects.count() == 1


@pytest.mark.usefixtures("technician")
def test_a_mail_server_that_is_away_is_asked_again(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    now = timezone.now()
    memory = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    raise_alarms([STUCK], now=now)
    assert Alarm.objects.get().told_at is None
    settings.EMAIL_BACKEND = memory
    raise_alarms([STUCK], now=now + MINUTE)
    assert len(mailoutbox) == 1


@pytest.mark.usefixtures("technician")
def test_addresses_in_the_settings_go_before_technicians(
    settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    settings.ALARM_ADDRESSES = ["bereitschaft@portal.example"]
    raise_alarms([STUCK], now=timezone.now())
    assert mailoutbox[0].to == ["bereitschaft@portal.example"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("technician")
def test_two_watchers_at_once_tell_once(mailoutbox: list[EmailMessage]) -> None:
    now = timezone.now()
    watchers = [in_background(lambda: raise_alarms([STUCK], now=now)) for _number in range(4)]
    for watcher in watchers:
        watcher.result(timeout=60)
    assert len(mailoutbox) == 1


@pytest.mark.usefixtures("technician")
def test_every_minute_is_measured_once_and_kept_for_two_days() -> None:
    now = timezone.now()
    QueueSample.objects.create(at=now - 49 * HOUR, tasks=1, mails=1)
    a_mail(due_at=now - MINUTE)
    watch_portal(now)
    watch_portal(now)
    assert QueueSample.objects.get().mails == 1


@pytest.mark.usefixtures("technician")
def test_a_new_portal_is_no_disturbance(mailoutbox: list[EmailMessage]) -> None:
    watch_portal()
    assert mailoutbox == []


# the page


@pytest.mark.parametrize("name", ["bert", "paula", "lea", "karl", "dora", "carl", "alice"])
def test_the_page_is_the_technicians(client: Client, world: World, name: str) -> None:
    sign_in(client, getattr(world, name))
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}senden/").status_code == 403


def test_strangers_sign_in_first(client: Client, db: None) -> None:
    assert client.get(PAGE)["Location"] == f"/konto/anmelden/?next={PAGE}"


def test_a_technician_without_second_factor_sets_one_up_first(client: Client, world: World) -> None:
    world.theo.authenticator_set.all().delete()
    assert sign_in(client, world.theo).get(PAGE)["Location"] == "/konto/sicherheit/"


def test_a_technician_starts_there(client: Client, world: World) -> None:
    assert sign_in(client, world.theo).get("/arbeitsplatz/")["Location"] == PAGE


def test_the_page_names_what_is_wrong_and_no_address(client: Client, world: World) -> None:
    a_mail(queued_at=timezone.now() - HOUR, attempts=2, last_error="SMTPConnectError 421")
    runs.note_failure("consultations.expire_due", ValueError("geheim"))
    html = sign_in(client, world.theo).get(PAGE).content.decode()
    assert "3 Störungen" in html  # beat has not called yet
    assert "SMTPConnectError 421" in html
    assert "1 × ValueError" in html
    assert not re.search("geheim|a@b.example", html)


def test_mails_that_were_put_off_are_tried_at_once(client: Client, world: World) -> None:
    mail = a_mail(attempts=5, due_at=timezone.now() + 6 * HOUR)
    sign_in(client, world.theo).post(f"{PAGE}senden/")
    mail.refresh_from_db()
    assert mail.due_at <= timezone.now()
    assert LogEntry.objects.get(act="outbox.tried_now").detail == {"mails": 1}
