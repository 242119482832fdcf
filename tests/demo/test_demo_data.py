"""The invented data of a demo, as the first start and later ones leave them."""

import datetime
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from assetmarking.models import Asset, FinderMessage, ImportRun, Label, Pilot, RetroactiveHit
from assetmarking.pilots.figures import figures_of, restored
from assetmarking.retroactive.meeting import meet_all
from consultations.models import Appointment, Claim, Concern, Lane, OfficeHours, Waiting, WaitingOffer
from consultations.queries import bookable_offices, free_times
from partnership.demo import leipzig
from partnership.demo.tree import PASSWORD, SIGN_INS
from partnership.models import (
    Area,
    Firm,
    LogEntry,
    Office,
    OfficeClosure,
    OutgoingMail,
    Partnership,
    Person,
    Post,
)
from partnership.photos.queries import count_photos
from partnership.places import offices_by_nearness
from partnership.small_numbers import Count
from partnership.times import today

TABLES = [
    *(Area, Firm, LogEntry, Office, OfficeClosure, OutgoingMail, Partnership, Person, Post),
    *(Appointment, Claim, Concern, Lane, OfficeHours),
]
State = Appointment.State
SETTLED = (State.CONFIRMED, State.ATTENDED, State.MISSED, State.CANCELLED)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_start")]


@pytest.fixture(scope="module")
def first_start(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Once for this module, as it takes seconds; each test has its own transaction inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo_data")
        yield
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    return {table.__name__: table.objects.count() for table in TABLES}


def days_later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    later = timezone.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)


def officers_day() -> OfficeHours:
    return OfficeHours.objects.get(
        day=today(), lanes__officer__email=leipzig.OFFICER, state=OfficeHours.State.PUBLIC
    )


def test_only_a_demo_gets_invented_data(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="nur in einer Demo"):
        call_command("demo_data")


def test_a_second_start_adds_nothing() -> None:
    before = counts()
    call_command("demo_data")
    assert counts() == before


def test_there_are_bookings_in_every_state() -> None:
    assert set(Appointment.objects.values_list("state", flat=True)) == set(State)
    by = Appointment.objects.filter(state=State.CANCELLED).values_list("cancelled_by", flat=True)
    assert set(by) == set(Appointment.CancelledBy)


def test_office_hours_are_public_waiting_and_called_off() -> None:
    states = set(OfficeHours.objects.values_list("state", flat=True))
    assert states == {OfficeHours.State.PUBLIC, OfficeHours.State.DRAFT, OfficeHours.State.CANCELLED}
    waiting = OfficeHours.objects.filter(state=OfficeHours.State.DRAFT, publish_when_agreed=True)
    assert waiting.filter(lanes__officer__email=leipzig.OFFICER).exists()


def test_office_hours_reach_eight_weeks_ahead() -> None:
    last = OfficeHours.objects.order_by("day").last()
    assert last is not None
    assert datetime.timedelta(weeks=7) < last.day - today() <= datetime.timedelta(weeks=8)


def test_grimma_has_free_times_next_week() -> None:
    monday = today() + datetime.timedelta(days=7 - today().weekday())
    partnership = Partnership.objects.get()
    grimma = Office.objects.get(name=leipzig.GRIMMA)
    times = free_times(partnership=partnership, office_ids=[grimma.pk])
    assert any(monday <= time.hours.day < monday + datetime.timedelta(days=7) for time in times)


def test_the_officer_has_a_day_today_with_confirmed_talks() -> None:
    hours = officers_day()
    assert (hours.starts, hours.ends) == (datetime.time(8), datetime.time(17))
    assert Appointment.objects.filter(lane__hours=hours, state=State.CONFIRMED).count() >= 5


def test_the_firm_has_a_coming_and_a_past_appointment_with_a_next_step() -> None:
    own = Appointment.objects.filter(person__email=leipzig.FIRM_OWNER_EMAIL)
    assert own.filter(state=State.CONFIRMED, period__startswith__gt=timezone.now()).exists()
    attended = own.get(state=State.ATTENDED, mode=Appointment.Mode.OFFICE)
    assert attended.concern.next_step == Concern.NextStep.VISIT


def test_the_outbox_is_not_flooded() -> None:
    assert 20 < OutgoingMail.objects.count() < 200


def test_every_sign_in_works(client: Client) -> None:
    for name in SIGN_INS:
        form = {"login": f"{name}@demo.example", "password": PASSWORD}
        answer = client.post(reverse("account_login"), form)
        assert answer.status_code == 302, name
        assert client.session["_auth_user_id"], name
        client.logout()


def test_nobody_else_can_sign_in_and_the_technician_changes_nothing() -> None:
    others = Person.objects.exclude(email__in=[f"{name}@demo.example" for name in SIGN_INS])
    assert others.filter(email=leipzig.SECOND_OFFICER).exists()
    assert not any(person.has_usable_password() for person in others)
    technician = Person.objects.get(is_staff=True)
    assert technician.email == leipzig.TECHNICIAN
    assert not technician.is_superuser
    assert not technician.get_all_permissions()


@pytest.mark.parametrize(
    ("postcode", "town"),
    [
        ("04668", "Grimma"),
        ("04680", "Grimma"),
        ("04808", "Grimma"),
        ("04539", "Borna"),
        ("04643", "Borna"),
        ("04849", "Delitzsch"),
        ("04880", "Torgau"),
        ("04769", "Oschatz"),
        ("04779", "Oschatz"),
        ("04229", "Leipzig"),
        ("04416", "Leipzig"),
    ],
)
def test_postcodes_find_their_nearest_office(postcode: str, town: str) -> None:
    office, km = offices_by_nearness(bookable_offices(Partnership.objects.get()), postcode)[0]
    assert office.city == town
    assert km is not None


def test_no_postcode_stands_with_two_municipalities() -> None:
    postcodes = [code for area in Area.objects.all() for code in area.postcodes]
    assert len(postcodes) == len(set(postcodes)) > 80


def test_no_firm_or_person_has_a_real_address() -> None:
    addresses = [*Person.objects.values_list("email", flat=True)]
    addresses += Appointment.objects.exclude(contact_email="").values_list("contact_email", flat=True)
    assert all(address.endswith(".example") for address in addresses)
    phones = [*Office.objects.values_list("phone", flat=True)]
    phones += Appointment.objects.exclude(contact_phone="").values_list("contact_phone", flat=True)
    assert all(" 000-" in phone for phone in phones)


@pytest.mark.parametrize("days", [1, 2, 3, 4, 5, 9])
def test_a_later_start_adds_the_missing_days_and_a_day_for_today(
    monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    settled = Appointment.objects.filter(state__in=SETTLED).values_list("pk", "state", "lane")
    before = set(settled)
    days_later(monkeypatch, days)
    call_command("demo_data")
    assert Appointment.objects.filter(lane__hours=officers_day(), state=State.CONFIRMED).count() >= 5
    last = OfficeHours.objects.order_by("day").last()
    assert last is not None
    assert last.day - today() > datetime.timedelta(weeks=7)
    assert before <= set(settled.all())
    all_rows = counts()
    call_command("demo_data")
    assert counts() == all_rows


def test_what_people_did_stays_and_nothing_comes_back() -> None:
    own = Appointment.objects.get(
        person__email=leipzig.FIRM_OWNER_EMAIL, period__startswith__gt=timezone.now()
    )
    own.state = State.CANCELLED
    own.save()
    Partnership.objects.update(phone="0341 000-9999")
    before = counts()
    call_command("demo_data")
    own.refresh_from_db()
    assert (own.state, counts()) == (State.CANCELLED, before)
    assert Partnership.objects.get().phone == "0341 000-9999"


def test_people_wait_and_one_has_declined() -> None:
    assert Waiting.objects.filter(state=Waiting.State.WAITING).count() == 6
    assert WaitingOffer.objects.filter(outcome="", waiting__isnull=False).count() == 2
    assert WaitingOffer.objects.filter(outcome=WaitingOffer.Outcome.DECLINED).count() == 1


def test_visits_are_offered_and_stand_and_a_freed_one_is_offered_on() -> None:
    of_visits = Appointment.objects.filter(visit__isnull=False)
    assert of_visits.filter(state=State.PROPOSED, offer__isnull=True).count() == 2
    assert of_visits.filter(state=State.CONFIRMED, period__startswith__gt=timezone.now()).exists()
    assert WaitingOffer.objects.filter(outcome="", request__isnull=False).count() == 1


def test_one_feasibility_study_is_decided_and_one_runs() -> None:
    decided, running = Pilot.objects.order_by("starts")
    kept, now = (restored(decided.decision_figures), figures_of(decided, today=today()))
    assert decided.decision == Pilot.Decision.GO_CHANGED
    assert kept.as_of < now.as_of
    assert now.counts["returned"] == Count(9, 9)
    assert not running.decision
    assert running.starts < today() < running.ends


def test_the_firm_has_a_label_a_finder_a_photo_and_a_list() -> None:
    firm = Firm.objects.filter(contacts__email=leipzig.FIRM_OWNER_EMAIL).order_by("pk")[0]
    drill = Label.objects.get(firm=firm, adopted_at__isnull=False).asset
    assert drill is not None
    assert drill.name == "Kernbohrgerät"
    assert FinderMessage.objects.filter(thread__firm=firm).count() == 3
    assert ImportRun.objects.get(firm=firm).file_name == "Werkzeugliste.csv"
    assert count_photos(Asset, list(firm.assets.values_list("pk", flat=True)))


def test_a_kept_search_meets_the_theft_that_was_reported_later() -> None:
    assert meet_all() == 1
    assert RetroactiveHit.objects.get().was_stolen
