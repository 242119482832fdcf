"""The estimate of a way: longer never takes less time, there is as long as back, and never nothing."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consultations.models import TravelPlan
from consultations.visits.travel import UNKNOWN, WITHIN_A_PLACE, estimate, minutes_of, road_km

LEIPZIG, GRIMMA = (51.34, 12.37), (51.2386, 12.7253)
places = st.tuples(st.floats(50.1, 51.7), st.floats(11.8, 15.1))
speeds = st.integers(10, 130)
plans = st.builds(
    TravelPlan,
    detour_percent=st.integers(0, 150),
    speed_near=speeds,
    speed_middle=speeds,
    speed_far=speeds,
)
kilometres = st.floats(0, 300)


@settings(deadline=None, max_examples=50)
@given(plans, kilometres, kilometres)
def test_a_longer_way_never_takes_less_time(plan: TravelPlan, one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert minutes_of(plan, near) <= minutes_of(plan, far)


@settings(deadline=None, max_examples=50)
@given(plans, places, places)
def test_there_is_as_long_as_back(plan: TravelPlan, a: tuple[float, float], b: tuple[float, float]) -> None:
    km = road_km(plan, a, b)
    assume(abs(km - round(km)) < 0.49)
    assert estimate(plan, a, b).km == estimate(plan, b, a).km
    assert minutes_of(plan, km) == pytest.approx(minutes_of(plan, road_km(plan, b, a)))


@settings(deadline=None, max_examples=50)
@given(plans, places, places)
def test_minutes_are_full_fives_and_never_too_few(
    plan: TravelPlan, a: tuple[float, float], b: tuple[float, float]
) -> None:
    travel = estimate(plan, a, b)
    assert travel.minutes % 5 == 0
    assert travel.minutes >= minutes_of(plan, road_km(plan, a, b))


@settings(deadline=None, max_examples=50)
@given(plans, places)
def test_within_a_place_a_way_is_short_and_not_nothing(plan: TravelPlan, a: tuple[float, float]) -> None:
    assert estimate(plan, a, a) == WITHIN_A_PLACE


@settings(deadline=None, max_examples=50)
@given(plans, places, places)
def test_more_detour_is_never_a_shorter_way(
    plan: TravelPlan, a: tuple[float, float], b: tuple[float, float]
) -> None:
    more = TravelPlan(
        detour_percent=plan.detour_percent + 10,
        speed_near=plan.speed_near,
        speed_middle=plan.speed_middle,
        speed_far=plan.speed_far,
    )
    assert estimate(more, a, b).minutes >= estimate(plan, a, b).minutes


def test_a_known_way() -> None:
    """Leipzig to Grimma: 35 km by the estimate, about 32 by the map."""
    travel = estimate(TravelPlan(), LEIPZIG, GRIMMA)
    assert (travel.km, travel.minutes) == (35, 45)


def test_an_unknown_place_costs_half_an_hour() -> None:
    assert estimate(TravelPlan(), LEIPZIG, None) == UNKNOWN
