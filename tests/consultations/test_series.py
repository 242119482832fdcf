"""Office hours that come back: planned at once, agreed with one click, prolonged and cancelled."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.displaced import Way
from consultations.models import Appointment, Claim, OfficeHours, OfficeHoursSeries
from consultations.office_hours import agree_to_hours, upcoming_in
from consultations.preview import SeriesPreview, preview_series
from consultations.recurrence import Rule
from consultations.series import (
    SeriesPlan,
    agree_to_series,
    cancel_series,
    plan_series,
    prolong_series,
    publish_series,
)
from consultations.taking_time import TimeClash
from partnership.models import OfficeClosure, OutgoingMail
from partnership.refusals import Refusal
from partnership.rules import posts_of
from tests import factories
from tests.consultations.test_office_hours import make_plan
from tests.personas import World

State = OfficeHours.State
WEEK = datetime.timedelta(days=7)
RULE = ("rhythm", "weekdays", "first_day", "last_day", "every_weeks", "nth")


def a_first_day() -> datetime.date:
    """The Tuesday after the world's own day."""
    day = factories.a_week_ahead() + datetime.timedelta(days=1)
    return day + datetime.timedelta(days=(1 - day.weekday()) % 7)


def make_series_plan(world: World, **changes: Any) -> SeriesPlan:
    """Five Tuesdays, unless it is said otherwise."""
    first = changes.get("first_day", a_first_day())
    rule: dict[str, Any] = {
        "rhythm": "weekly",
        "weekdays": [1],
        "first_day": first,
        "last_day": first + 4 * WEEK,
    }
    rule |= {name: changes.pop(name) for name in RULE if name in changes}
    rest = {"exceptions": [], "skips_bridge_days": False} | {
        name: changes.pop(name) for name in ("exceptions", "skips_bridge_days") if name in changes
    }
    like = make_plan(world, day=first, **{"officers": [world.pia]} | changes)
    return SeriesPlan(rule=Rule(**rule), like=like, opens_days=56, closes_hours=24, **rest)


def plan(
    world: World, *, publish: bool = False, days: list[datetime.date] | None = None, **changes: Any
) -> OfficeHoursSeries:
    series_plan = make_series_plan(world, **changes)
    return plan_series(
        plan=series_plan,
        days=series_plan.rule.days() if days is None else days,
        left_out=[],
        added=[],
        publish=publish,
        actor=world.bert,
    )


def days_of(series: OfficeHoursSeries) -> list[OfficeHours]:
    return list(series.days.select_related("office__organisation", "room").order_by("day"))


def states_of(series: OfficeHoursSeries) -> set[str]:
    return set(series.days.values_list("state", flat=True))


def test_a_series_takes_all_its_days_with_officer_and_room(world: World) -> None:
    series = plan(world, officers=[world.pia, world.paula])
    assert [day.series_day for day in days_of(series)] == [a_first_day() + n * WEEK for n in range(5)]
    assert states_of(series) == {State.DRAFT}
    assert Claim.objects.filter(hours__series=series).count() == 15


def test_officers_are_asked_once_for_all_days(world: World) -> None:
    series = plan(world, publish=True)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email, len(mail.content["days"])) == ("series_to_agree", world.pia.email, 5)
    agree_to_series(series_id=series.pk, actor=world.pia)
    assert states_of(series) == {State.PUBLIC}


def test_the_lead_agrees_for_everybody(world: World) -> None:
    series = plan(world, publish=True, officers=[world.pia, world.paula])
    assert agree_to_series(series_id=series.pk, actor=world.pia) == []
    assert len(agree_to_series(series_id=series.pk, actor=world.lea, for_all=True)) == 5
    with pytest.raises(Refusal, match="wartet nichts"):
        agree_to_series(series_id=series.pk, actor=world.pia)


def test_a_single_day_can_be_agreed_to_before_the_rest(world: World) -> None:
    series = plan(world, publish=True)
    agree_to_hours(hours_id=days_of(series)[2].pk, actor=world.pia)
    assert series.days.filter(state=State.PUBLIC).count() == 1
    assert len(agree_to_series(series_id=series.pk, actor=world.pia)) == 4


def test_where_no_agreement_is_needed_a_series_is_public_at_once(world: World) -> None:
    world.ihk.officers_must_agree = False
    world.ihk.save()
    world.office.refresh_from_db()
    assert states_of(plan(world, publish=True)) == {State.PUBLIC}
    assert not OutgoingMail.objects.exists()


def test_a_draft_is_published_later_with_one_click(world: World) -> None:
    series = plan(world)
    agree_to_series(series_id=series.pk, actor=world.pia)
    assert states_of(series) == {State.AGREED}
    assert len(publish_series(series_id=series.pk, actor=world.bert)) == 5
    with pytest.raises(Refusal, match="nichts mehr zu veröffentlichen"):
        publish_series(series_id=series.pk, actor=world.bert)


def test_a_clash_names_the_days_and_saves_nothing(world: World) -> None:
    third = a_first_day() + 2 * WEEK
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=third)
    with pytest.raises(TimeClash, match=rf"Pia Beispiel am {third.day}\.{third.month}\.{third.year}\."):
        plan(world)
    assert not OfficeHoursSeries.objects.exists()
    assert OfficeHours.objects.count() == 2


def preview(world: World, **changes: Any) -> SeriesPreview:
    series_plan = make_series_plan(world, **changes)
    return preview_series(
        series_plan.plans(),
        exceptions=series_plan.exceptions,
        skips_bridge_days=series_plan.skips_bridge_days,
        posts=posts_of(world.bert),
        now=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    )


def test_a_preview_says_what_is_left_out_and_why(world: World) -> None:
    OfficeClosure.objects.create(
        office=world.office,
        starts=datetime.date(2027, 5, 10),
        ends=datetime.date(2027, 5, 14),
        reason="Umzug",
    )
    found = preview(
        world,
        weekdays=[3, 4],
        first_day=datetime.date(2027, 4, 29),
        last_day=datetime.date(2027, 5, 21),
        exceptions=[datetime.date(2027, 5, 20)],
        skips_bridge_days=True,
    )
    assert [p.day.day for p in found.possible] == [29, 30, 21]
    assert [(p.day.day, p.reasons) for p in found.left_out] == [
        (6, "An diesem Tag ist Feiertag: Christi Himmelfahrt."),
        (7, "Brückentag neben Christi Himmelfahrt."),
        (13, "Das Haus ist geschlossen: Umzug."),
        (14, "Das Haus ist geschlossen: Umzug."),
        (20, "Ausnahme."),
    ]


def test_a_preview_names_clashes_day_by_day(world: World) -> None:
    third = a_first_day() + 2 * WEEK
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=third)
    (clash,) = preview(world).impossible
    assert (clash.day, clash.reasons) == (third, "Pia Beispiel ist belegt, 8:45 bis 12:15 Uhr.")


def test_a_preview_takes_as_many_statements_for_one_day_as_for_eighteen_months(world: World) -> None:
    def statements(days: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            preview(world, last_day=a_first_day() + datetime.timedelta(days=days))
        return len(captured)

    statements(1)
    assert statements(1) == statements(540)


def test_prolonging_goes_on_with_the_rule(world: World) -> None:
    series = plan(world, every_weeks=2)
    last = a_first_day() + 8 * WEEK
    days = [a_first_day() + 6 * WEEK, last]
    prolong_series(
        series_id=series.pk, last_day=last, days=days, left_out=[], added=[], publish=True, actor=world.bert
    )
    assert [day.day for day in days_of(series)][-2:] == days
    assert len(OutgoingMail.objects.get().content["days"]) == 2


def test_a_series_cannot_be_prolonged_into_what_it_covers(world: World) -> None:
    series = plan(world)
    with pytest.raises(Refusal, match="läuft die Reihe schon"):
        prolong_series(
            series_id=series.pk,
            last_day=series.last_day,
            days=[series.last_day],
            left_out=[],
            added=[],
            publish=False,
            actor=world.bert,
        )


def public(world: World) -> OfficeHoursSeries:
    series = plan(world, publish=True)
    agree_to_series(series_id=series.pk, actor=world.pia)
    OfficeHours.objects.filter(series=series).update(booking_opens_at=timezone.now() - WEEK)
    return series


def test_cancelling_from_a_day_keeps_the_days_before(world: World) -> None:
    series = public(world)
    days = days_of(series)
    early = factories.make_appointment(hours=days[0])
    late = factories.make_appointment(hours=days[3])
    settled = cancel_series(
        series_id=series.pk,
        first_day=days[2].day,
        ways=[Way(late.pk, None)],
        reason="Umbau",
        actor=world.bert,
    )
    assert [a.pk for a in settled.cancelled] == [late.pk]
    assert [day.state for day in days_of(series)] == [State.PUBLIC] * 2 + [State.CANCELLED] * 3
    assert Appointment.objects.get(pk=early.pk).state == Appointment.State.CONFIRMED
    assert Claim.objects.filter(hours__series=series).count() == 4
    mail = OutgoingMail.objects.get(kind="series_cancelled")
    assert (mail.to_email, len(mail.content["days"])) == (world.pia.email, 3)


def test_a_booking_nobody_has_decided_about_stops_cancelling(world: World) -> None:
    series = public(world)
    factories.make_appointment(hours=days_of(series)[3], firm_name="Neue Firma")
    with pytest.raises(Refusal, match="Neue Firma"):
        cancel_series(
            series_id=series.pk, first_day=series.first_day, ways=[], reason="Umbau", actor=world.bert
        )
    assert states_of(series) == {State.PUBLIC}


def test_a_booking_can_move_to_a_day_that_stays(world: World) -> None:
    series = public(world)
    days = days_of(series)
    moved = factories.make_appointment(hours=days[3])
    cancel_series(
        series_id=series.pk,
        first_day=days[2].day,
        ways=[Way(moved.pk, (days[0].pk, days[0].starts_at))],
        reason="Umbau",
        actor=world.bert,
    )
    moved.refresh_from_db()
    assert (moved.state, moved.starts_at) == (Appointment.State.CONFIRMED, days[0].starts_at)
    assert upcoming_in(*days[2:]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"last_day": datetime.date(2020, 1, 1)},
        {"every_weeks": 0},
        {"nth": 2},
        {"weekdays": []},
        {"weekdays": [7]},
        {"topics": []},
    ],
)
def test_a_rule_that_makes_no_sense_does_not_get_into_the_database(
    world: World, change: dict[str, Any]
) -> None:
    series = plan(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeHoursSeries.objects.filter(pk=series.pk).update(**change)


def test_a_day_stands_once_in_its_series(world: World) -> None:
    first, second = days_of(plan(world))[:2]
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeHours.objects.filter(pk=second.pk).update(series_day=first.series_day)


def test_two_who_prolong_at_once_are_told(world: World) -> None:
    series = plan(world)
    until = series.last_day + 2 * WEEK
    days = [series.last_day + WEEK, until]
    given: dict[str, Any] = {"left_out": [], "added": [], "publish": False, "actor": world.bert}
    prolong_series(series_id=series.pk, last_day=until, days=days, **given)
    with pytest.raises(Refusal, match="inzwischen"):
        prolong_series(series_id=series.pk, last_day=until + WEEK, days=[*days, until + WEEK], **given)


def test_a_series_that_goes_on_in_another_is_not_prolonged_over_it(world: World) -> None:
    series = plan(world)
    OfficeHoursSeries.objects.create(
        **{
            f.attname: getattr(series, f.attname)
            for f in series._meta.fields
            if f.name not in ("id", "follows")
        },
        follows=series,
    )
    with pytest.raises(Refusal, match="geht in einer anderen weiter"):
        prolong_series(
            series_id=series.pk,
            last_day=series.last_day + WEEK,
            days=[series.last_day + WEEK],
            left_out=[],
            added=[],
            publish=False,
            actor=world.bert,
        )
