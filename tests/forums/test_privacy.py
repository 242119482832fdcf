"""What is known of those who take part is told to them, and goes when its time is over."""

import datetime
import uuid

import pytest
from django.utils import timezone

from forums.models import (
    Certificate,
    Event,
    EventInvitation,
    Feedback,
    FeedbackText,
    PartBooking,
    Registration,
    RegistrationNeeds,
)
from forums.privacy import own
from forums.privacy.emptying import empty_registrations
from forums.seats import free_places
from partnership.journal import log_act
from partnership.models import LogEntry
from partnership.refusals import Refusal
from partnership.retention.running import run_when_due
from tests.event_factories import make_event, make_part, make_registration
from tests.personas import World

DAY = datetime.timedelta(days=1)


def make_past_event(world: World, *, days_ago: int) -> Event:
    day = timezone.localdate() - days_ago * DAY
    return make_event(organiser=world.ihk, day=day, state=Event.State.HELD)


def give_certificate(registration: Registration, **fields: object) -> Certificate:
    defaults = {
        "number": f"T-{registration.pk}",
        "issued_at": timezone.now(),
        "content": {"name": registration.name},
        "salt": b"salt",
        "digest": "0" * 64,
    }
    return Certificate.objects.create(
        event=registration.event, registration=registration, **defaults | fields
    )


def test_needs_go_when_the_event_is_over(world: World) -> None:
    over, to_come = make_past_event(world, days_ago=1), make_event(organiser=world.ihk)
    for event in (over, to_come):
        RegistrationNeeds.objects.create(registration=make_registration(event), accessibility="Rollstuhl")
    run_when_due()
    assert list(RegistrationNeeds.objects.values_list("registration__event", flat=True)) == [to_come.pk]


def test_needs_of_whoever_gave_up_the_place_go_at_once(world: World) -> None:
    registration = make_registration(
        make_event(organiser=world.ihk), state=Registration.State.CANCELLED, ended_at=timezone.now() - DAY
    )
    RegistrationNeeds.objects.create(registration=registration, catering="vegan")
    run_when_due()
    assert not RegistrationNeeds.objects.exists()


def test_a_year_after_the_event_a_registration_names_nobody(world: World) -> None:
    old = make_registration(make_past_event(world, days_ago=367), person=world.alice)
    young = make_registration(make_past_event(world, days_ago=30))
    run_when_due()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.name, old.email, old.person, old.role) == ("", "", None, "business")
    assert young.name
    assert LogEntry.objects.filter(act="registration.erased", organisation=world.ihk).count() == 1


def test_what_nobody_confirmed_goes_after_a_week(world: World) -> None:
    event = make_event(organiser=world.ihk)
    for days in (8, 6):
        make_registration(
            event,
            state=Registration.State.EXPIRED,
            ended_at=timezone.now() - days * DAY,
            name=f"vor {days} Tagen",
        )
    run_when_due()
    assert list(Registration.objects.exclude(name="").values_list("name", flat=True)) == ["vor 6 Tagen"]


def test_invitation_lists_go_ninety_days_after_the_event(world: World) -> None:
    for days in (91, 89):
        EventInvitation.objects.create(
            event=make_past_event(world, days_ago=days), name="Ina", email=f"ina{days}@firma.example"
        )
    run_when_due()
    assert list(EventInvitation.objects.values_list("email", flat=True)) == ["ina89@firma.example"]


def test_a_certificate_outlives_the_registration_and_goes_after_ten_years(world: World) -> None:
    event = make_past_event(world, days_ago=400)
    young = give_certificate(make_registration(event))
    old = give_certificate(make_registration(event), issued_at=timezone.now() - 3651 * DAY)
    run_when_due()
    young.refresh_from_db()
    old.refresh_from_db()
    assert young.content == {"name": "Ute Quendel"}
    assert (old.content, old.salt, old.digest) == (None, None, "0" * 64)
    assert old.erased_at


def test_somebody_is_told_what_is_known_of_the_own_registrations(world: World) -> None:
    event = make_event(organiser=world.ihk, title="Forum Einbruchschutz")
    part = make_part(event, title="Vortrag Schlösser")
    registration = make_registration(event, part, person=world.alice)
    RegistrationNeeds.objects.create(registration=registration, catering="vegan")
    give_certificate(registration)
    make_registration(event, part)
    (row,) = own.about_registrations(world.alice).rows
    assert (row["event"], row["catering"]) == ("Forum Einbruchschutz", "vegan")
    assert "Vortrag Schlösser" in str(row["parts"])
    assert len(own.about_certificates(world.alice).rows) == 1


def test_whoever_gives_up_what_comes_frees_the_place(world: World) -> None:
    event = make_event(organiser=world.ihk)
    part = make_part(event, site=1)
    make_registration(event, part, person=world.alice)
    own.give_up_coming(world.alice)
    assert free_places(part, "site") == 1


def test_a_place_that_stands_keeps_the_data_until_it_is_given_up(world: World) -> None:
    registration = make_registration(make_event(organiser=world.ihk), person=world.alice)
    with pytest.raises(Refusal, match="abgemeldet"):
        own.erase(world.alice, world.ihk)
    registration.refresh_from_db()
    assert registration.name


def test_erasing_takes_registration_and_certificate_of_this_organiser_only(world: World) -> None:
    mine = make_registration(make_past_event(world, days_ago=3), person=world.alice)
    give_certificate(mine)
    other = make_event(organiser=world.hwk, day=timezone.localdate() - 3 * DAY, state=Event.State.HELD)
    kept = make_registration(other, person=world.alice)
    own.erase(world.alice, world.ihk)
    mine.refresh_from_db()
    kept.refresh_from_db()
    assert (mine.name, kept.name) == ("", "Ute Quendel")
    assert Certificate.objects.get().content is None


def test_an_emptied_registration_of_a_restored_backup_gives_up_its_place(world: World) -> None:
    event = make_event(organiser=world.ihk)
    part = make_part(event, site=1)
    registration = make_registration(event, part)

    empty_registrations([registration.pk])
    assert free_places(part, "site") == 1
    assert PartBooking.objects.get().state == PartBooking.State.CANCELLED


def test_what_was_written_goes_a_year_after_the_event(world: World) -> None:
    for days in (367, 30):
        FeedbackText.objects.create(
            event=make_past_event(world, days_ago=days), question=uuid.uuid4(), text=f"vor {days} Tagen"
        )
    run_when_due()
    assert list(FeedbackText.objects.values_list("text", flat=True)) == ["vor 30 Tagen"]


def test_reasons_in_the_log_go_with_the_registration(world: World) -> None:
    registration = make_registration(make_past_event(world, days_ago=3))
    log_act(
        act="registration.taken_in",
        thing=registration,
        actor=world.bert,
        detail={"reason": "Ute", "part": "1"},
    )
    empty_registrations([registration.pk])
    (entry,) = LogEntry.objects.filter(act="registration.taken_in")
    assert entry.detail == {"part": "1"}


def test_feedback_names_nobody_and_has_no_key_to_anybody() -> None:
    assert {field.name for field in Feedback._meta.fields} == {"id", "event", "answers"}
