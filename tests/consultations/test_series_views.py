"""Series in the workplace: from one form to half a year, changed and cancelled with every booking named."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.models import Appointment, Lane, OfficeHours, OfficeHoursSeries
from partnership.models import OfficeClosure, OutgoingMail, Post
from tests import factories
from tests.consultations.test_desk_planning import NEW, filled, text
from tests.consultations.test_series import WEEK, a_first_day, days_of, plan, public
from tests.personas import World, sign_in

__all__ = ["filled"]

pytestmark = pytest.mark.django_db
State = OfficeHours.State


@pytest.fixture
def desk(client: Client, world: World) -> Client:
    return sign_in(client, world.bert)


@pytest.fixture
def weekly(world: World, filled: dict[str, Any]) -> dict[str, Any]:
    """Five Tuesdays."""
    first = a_first_day()
    rule = {"repeat": "weekly", "until": (first + 4 * WEEK).isoformat(), "every_weeks": "", "nth": ""}
    return filled | rule | {"day": first.isoformat(), "officer": Post.objects.get(person=world.pia).pk}


def previewed(desk: Client, data: dict[str, Any]) -> dict[str, Any]:
    """What the page of the preview would send: the form with its boxes as they stand."""
    days = desk.post(NEW, {**data, "vorgang": "vorschau"}).context["days"]
    return data | {name: days[name].value() for name in ("days", "added", "shown")}


def working_days(data: dict[str, Any]) -> list[str]:
    return list(data["days"])


def test_from_one_form_to_half_a_year(desk: Client, world: World, weekly: dict[str, Any]) -> None:
    data = previewed(desk, weekly | {"until": (a_first_day() + 25 * WEEK).isoformat()})
    response = desk.post(NEW, {**data, "vorgang": "veroeffentlichen"})
    series = OfficeHoursSeries.objects.get()
    assert response["Location"].startswith(f"/arbeitsplatz/sprechtage/reihe/{series.pk}/")
    assert series.days.count() == len(data["days"]) > 20
    assert OutgoingMail.objects.get().kind == "series_to_agree"


def test_a_preview_saves_nothing(desk: Client, weekly: dict[str, Any]) -> None:
    previewed(desk, weekly)
    assert not OfficeHoursSeries.objects.exists()


def test_saving_without_having_seen_the_days_shows_them_first(desk: Client, weekly: dict[str, Any]) -> None:
    response = desk.post(NEW, {**weekly, "vorgang": "entwurf"})
    assert response.status_code == 409
    assert not OfficeHoursSeries.objects.exists()


def test_a_day_taken_out_is_an_exception_and_one_put_in_is_entered(
    desk: Client, world: World, weekly: dict[str, Any]
) -> None:
    closed = a_first_day() + WEEK
    OfficeClosure.objects.create(office=world.office, starts=closed, ends=closed, reason="Umzug")
    data = previewed(desk, weekly)
    assert closed.isoformat() not in data["days"]
    out = data["days"][0]
    data |= {"days": data["days"][1:], "added": [closed.isoformat()]}
    desk.post(NEW, {**data, "vorgang": "entwurf"})
    series = OfficeHoursSeries.objects.get()
    assert [day.isoformat() for day in series.exceptions] == [out]
    assert series.added == [closed]
    assert closed in series.days.values_list("day", flat=True)


def test_a_day_taken_meanwhile_is_named_and_nothing_is_saved(
    desk: Client, world: World, weekly: dict[str, Any]
) -> None:
    data = previewed(desk, weekly)
    taken = datetime.date.fromisoformat(data["days"][1])
    factories.make_hours(office=world.hwk_office, police=world.police, officers=[world.pia], day=taken)
    response = desk.post(NEW, {**data, "vorgang": "entwurf"})
    assert response.status_code == 409
    assert f"Inzwischen geht das nicht mehr: {taken.day}.{taken.month}." in text(response)
    assert not OfficeHoursSeries.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"until": ""}, "Geben Sie entweder den letzten Tag an"),
        ({"count": "5"}, "Geben Sie entweder den letzten Tag an"),
        ({"until": "2020-01-01"}, "Die Reihe endet, bevor sie beginnt."),
        ({"until": "2100-01-01"}, "höchstens 18 Monate voraus"),
        ({"until": "", "count": "400"}, "höchstens 18 Monate voraus"),
        ({"repeat": "every_weeks"}, "Geben Sie an, alle wie viele Wochen."),
        ({"repeat": "monthly"}, "Wählen Sie, am wievielten Wochentag"),
        ({"exceptions": "Weihnachten"}, "Schreiben Sie „Weihnachten“ als Tag"),
        ({"exceptions": "31.2.2027"}, "Schreiben Sie „31.2.2027“ als Tag"),
    ],
)
def test_each_fault_is_said_and_nothing_is_lost(
    desk: Client, weekly: dict[str, Any], changes: dict[str, Any], sentence: str
) -> None:
    page = text(desk.post(NEW, {**weekly, **changes, "vorgang": "vorschau"}))
    assert sentence in page
    assert 'value="56"' in page


def test_a_number_of_days_and_exceptions_in_words(desk: Client, weekly: dict[str, Any]) -> None:
    second = a_first_day() + WEEK
    changes = {"until": "", "count": "4", "exceptions": f"{second:%d.%m.%Y} bis {second + WEEK:%d.%m.%Y}"}
    days = desk.post(NEW, {**weekly, **changes, "vorgang": "vorschau"}).context["days"]
    assert len(days.possible) + len(days.left_out) == 4
    assert {second.isoformat(), (second + WEEK).isoformat()} <= days.left_out.keys()


def test_the_next_house_starts_half_filled(desk: Client, world: World) -> None:
    series = plan(world, every_weeks=2)
    form = desk.get(f"{NEW}?reihe={series.pk}").context["form"]
    assert (form["repeat"].value(), form["every_weeks"].value()) == ("every_weeks", 2)
    assert not form["office"].value()
    assert form["until"].value() == series.last_day


def test_one_click_agrees_to_the_series(client: Client, world: World) -> None:
    series = plan(world, publish=True)
    path = reverse("appointments:series", args=[series.pk])
    assert "Allen zustimmen: 5 Tage" in text(sign_in(client, world.pia).get(path))
    assert "5 Sprechtage sind jetzt öffentlich" in text(client.post(f"{path}zustimmen/", follow=True))


def pages_of(series: OfficeHoursSeries) -> dict[str, str]:
    day = days_of(series)[0]
    single = {
        name: reverse(f"appointments:{name}", args=[series.pk])
        for name in ("series", "series_prolong", "series_cancel")
    }
    return single | {
        "series_list": reverse("appointments:series_list"),
        "hours_change": reverse("appointments:hours_change", args=[day.pk]),
    }


@pytest.mark.parametrize(
    ("who", "allowed", "missing"),
    [
        ("bert", {"series_list", "series", "series_prolong", "series_cancel", "hours_change"}, set()),
        ("hanna", {"series_list"}, {"series", "series_prolong", "series_cancel", "hours_change"}),
        ("paula", {"series_list", "series"}, set()),
        ("lea", {"series_list", "series"}, set()),
        ("karl", set(), {"series", "series_prolong", "series_cancel", "hours_change"}),
        ("carl", set(), {"series", "series_prolong", "series_cancel", "hours_change"}),
    ],
)
def test_who_opens_what(client: Client, world: World, who: str, allowed: set[str], missing: set[str]) -> None:
    sign_in(client, getattr(world, who))
    found = {name: client.get(path).status_code for name, path in pages_of(plan(world)).items()}
    assert {name for name, status in found.items() if status == 200} == allowed
    assert {name for name, status in found.items() if status == 404} == missing


def test_a_stranger_is_asked_to_sign_in(client: Client, world: World) -> None:
    for path in pages_of(plan(world)).values():
        assert client.get(path)["Location"] == f"/konto/anmelden/?next={path}"


@pytest.mark.parametrize(("act", "who"), [("zustimmen", "bert"), ("veroeffentlichen", "paula")])
def test_acts_want_the_right(client: Client, world: World, act: str, who: str) -> None:
    path = f"/arbeitsplatz/sprechtage/reihe/{plan(world).pk}/{act}/"
    assert sign_in(client, getattr(world, who)).post(path).status_code == 403
    assert sign_in(client, world.hanna).post(path).status_code == 404
    assert sign_in(client, world.bert).get(path).status_code == 405


@pytest.mark.parametrize("name", ["series", "series_list"])
def test_as_many_statements_for_one_row_and_for_thirty(desk: Client, world: World, name: str) -> None:
    series = plan(world, last_day=a_first_day())
    path = pages_of(series)[name]
    desk.get(path)
    once = statements(desk, path)
    if name == "series":
        for number in range(1, 31):
            day = a_first_day() + number * WEEK
            factories.make_hours(
                office=world.office,
                police=world.police,
                officers=[world.pia],
                day=day,
                series=series,
                series_day=day,
                state=State.DRAFT,
            )
    else:
        for number in range(1, 11):
            first = a_first_day() + datetime.timedelta(days=number)
            plan(world, first_day=first, last_day=first, weekdays=[first.weekday()])
    assert statements(desk, path) == once


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def change_form(desk: Client, path: str, **changes: Any) -> dict[str, Any]:
    """The page's form as a browser would send it."""
    form = desk.get(path).context["form"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: "" if value is None else value for name, value in given.items()}
    for name, value in given.items():
        if isinstance(value, datetime.time):
            given[name] = f"{value:%H:%M}"
        elif isinstance(value, datetime.date):
            given[name] = value.isoformat()
    return given | changes


def test_shortening_names_each_booking_before_it_is_saved(desk: Client, world: World) -> None:
    losing = factories.make_appointment(hours=world.hours, index=3, firm_name="Bäckerei Beispiel")
    path = reverse("appointments:hours_change", args=[world.hours.pk])
    data = change_form(desk, path, ends="11:00")
    page = desk.post(path, {**data, "vorgang": "vorschau"})
    assert "Bäckerei Beispiel" in text(page)
    assert "1 Termin verliert seine Zeit" in text(page)
    world.hours.refresh_from_db()
    assert world.hours.ends == datetime.time(12)
    way = {f"weg_{losing.pk}": "absagen", "reason": "Umbau"}
    desk.post(path, {**data, **way, "gesehen": page.context["seen"], "vorgang": "speichern"})
    losing.refresh_from_db()
    world.hours.refresh_from_db()
    assert (world.hours.ends, losing.state) == (datetime.time(11), Appointment.State.CANCELLED)


def test_a_booking_made_after_looking_is_named_and_the_form_kept(desk: Client, world: World) -> None:
    path = reverse("appointments:hours_change", args=[world.hours.pk])
    data = change_form(desk, path, ends="11:00")
    seen = desk.post(path, {**data, "vorgang": "vorschau"}).context["seen"]
    factories.make_appointment(hours=world.hours, index=3, firm_name="Bäckerei Beispiel")
    page = desk.post(path, {**data, "gesehen": seen, "vorgang": "speichern"})
    assert "Bäckerei Beispiel" in text(page)
    assert 'value="11:00"' in text(page)
    world.hours.refresh_from_db()
    assert world.hours.ends == datetime.time(12)


def test_from_this_day_on_is_a_choice_within_a_series_only(desk: Client, world: World) -> None:
    assert (
        "reach"
        not in desk.get(reverse("appointments:hours_change", args=[world.hours.pk])).context["form"].fields
    )
    series = plan(world)
    path = reverse("appointments:hours_change", args=[days_of(series)[1].pk])
    data = change_form(desk, path, reach="ab", slot_minutes="30")
    page = desk.post(path, {**data, "vorgang": "vorschau"})
    assert "Änderung an 4 Tagen speichern" in text(page)
    desk.post(path, {**data, "gesehen": page.context["seen"], "vorgang": "speichern"})
    assert OfficeHours.objects.filter(slot_minutes=30).count() == 4


def test_another_date_is_for_one_day_only(desk: Client, world: World) -> None:
    path = reverse("appointments:hours_change", args=[days_of(plan(world))[1].pk])
    other = (a_first_day() + WEEK + datetime.timedelta(days=1)).isoformat()
    page = desk.post(path, {**change_form(desk, path, reach="ab", day=other), "vorgang": "vorschau"})
    assert "Ein anderes Datum gilt nur für diesen Tag." in text(page)


def test_an_officer_who_is_taken_is_named_before_the_change(desk: Client, world: World) -> None:
    factories.make_hours(
        office=world.hwk_office, police=world.police, officers=[world.pia], day=world.hours.day
    )
    path = reverse("appointments:hours_change", args=[world.hours.pk])
    pia = str(Post.objects.get(person=world.pia).pk)
    page = text(desk.post(path, {**change_form(desk, path, officer=pia), "vorgang": "vorschau"}))
    assert "Pia Beispiel ist belegt" in page
    assert "HWK Leipzig" not in page


def test_cancelling_from_a_day_names_the_bookings_of_those_days(desk: Client, world: World) -> None:
    series = public(world)
    days = days_of(series)
    factories.make_appointment(hours=days[0], firm_name="Frühe Firma")
    late = factories.make_appointment(hours=days[3], firm_name="Späte Firma")
    path = reverse("appointments:series_cancel", args=[series.pk])
    ab = days[2].day.isoformat()
    page = text(desk.get(f"{path}?ab={ab}"))
    assert "Späte Firma" in page
    assert "Frühe Firma" not in page
    answer = desk.post(path, {"ab": ab, "reason": "Umbau", f"weg_{late.pk}": "absagen"}, follow=True)
    assert "1 Termin abgesagt." in text(answer)
    assert series.days.filter(state=State.CANCELLED).count() == 3


def test_a_day_that_went_meanwhile_cancels_no_earlier_ones(desk: Client, world: World) -> None:
    series = plan(world, publish=True)
    path = reverse("appointments:series_cancel", args=[series.pk])
    third = series.days.order_by("day")[2]
    series.days.filter(pk=third.pk).update(state=State.CANCELLED)
    answer = desk.post(path, {"ab": third.series_day.isoformat(), "reason": "Umbau"})
    assert answer.status_code == 409
    assert "inzwischen geändert" in text(answer)
    assert series.days.filter(state=State.CANCELLED).count() == 1


def test_another_room_leaves_the_deputy_and_a_closed_booking_alone(desk: Client, world: World) -> None:
    deputy = factories.make_person(name="Vera Vertretung")
    Lane.objects.create(hours=world.hours, officer=deputy, number=2, agreed_at=timezone.now())
    OfficeHours.objects.filter(pk=world.hours.pk).update(
        booking_closes_at=timezone.now() - datetime.timedelta(minutes=5)
    )
    room = factories.make_room(world.office, "Raum 9")
    path = reverse("appointments:hours_change", args=[world.hours.pk])
    data = change_form(desk, path, room=str(room.pk))
    page = desk.post(path, {**data, "vorgang": "vorschau"})
    desk.post(path, {**data, "gesehen": page.context["seen"], "vorgang": "speichern"})
    world.hours.refresh_from_db()
    assert world.hours.room == room
    assert deputy in [lane.officer for lane in world.hours.lanes.all()]


def test_a_series_goes_on_by_its_page(desk: Client, world: World) -> None:
    series = plan(world)
    path = reverse("appointments:series_prolong", args=[series.pk])
    until = {"until": (series.last_day + 3 * WEEK).isoformat()}
    days = desk.post(path, {**until, "vorgang": "vorschau"}).context["days"]
    boxes = {name: days[name].value() for name in ("days", "added", "shown")}
    desk.post(path, {**until, **boxes, "vorgang": "entwurf"})
    assert series.days.count() == 5 + len(boxes["days"])


def test_nothing_confided_shows_when_days_change(desk: Client, world: World) -> None:
    factories.make_appointment(hours=world.hours, index=3, note="Hintertür", topic="burglary")
    path = reverse("appointments:hours_change", args=[world.hours.pk])
    page = text(desk.post(path, {**change_form(desk, path, ends="11:00"), "vorgang": "vorschau"}))
    assert "Hintertür" not in page
    assert not re.search("Anliegen", page)
