"""What the database refuses of certificates, series and the education plan, whoever writes."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.models import Certificate, EventSeries, TrainingGoal
from partnership.locking import constraint_of
from tests.forums.certificate_steps import certify
from tests.forums.test_education_plan import make_goal
from tests.forums.test_series import make_series
from tests.personas import World


def refused_by(write: Callable[[], object]) -> str:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    return constraint_of(refused.value)


def test_nobody_has_two_valid_certificates_of_one_registration(world: World) -> None:
    first = certify(world)
    second = Certificate(
        event=first.event,
        registration=first.registration,
        number="T-2026-2222-2222",
        issued_at=timezone.now(),
        content={},
        salt="1",
        digest="0" * 64,
    )
    assert refused_by(second.save) == "certificate_one_valid"
    second.number = first.number
    Certificate.objects.update(revoked_at=timezone.now(), revoke_reason="Name")
    assert refused_by(second.save) == "certificate_number_unique"


def test_a_certificate_is_revoked_with_a_reason_and_once(world: World) -> None:
    certify(world)
    rows = Certificate.objects.all()
    assert refused_by(lambda: rows.update(revoked_at=timezone.now())) == "certificate_revoked_has_reason"
    rows.update(revoked_at=timezone.now(), revoke_reason="Name")
    assert refused_by(lambda: rows.update(revoke_reason="anderes")) == "certificate_sealed"
    assert refused_by(lambda: rows.update(revoked_at=None, revoke_reason="")) == "certificate_sealed"


def test_a_series_comes_back_within_five_years(world: World) -> None:
    make_series(world)
    assert refused_by(lambda: EventSeries.objects.update(every_months=61)) == "event_series_months_in_range"


def test_a_line_of_the_plan_is_there_once_and_plans_something(world: World) -> None:
    make_goal(world)
    assert refused_by(lambda: make_goal(world)) == "training_goal_once"
    assert refused_by(lambda: TrainingGoal.objects.update(events_planned=0)) == "training_goal_sound"
