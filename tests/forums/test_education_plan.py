"""The education plan: what was planned beside what came of it, with small numbers kept apart."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.models import Event, Registration, TrainingGoal
from forums.planning.goals import add_goal, remove_goal, take_over
from forums.planning.numbers import make_role_table
from forums.planning.plan import Plan, make_plan, plan_sheet
from forums.queries import events_visible_to, goals_visible_to, registrations_visible_to
from partnership.refusals import Refusal
from partnership.rules import posts_of
from tests.forums.certificate_steps import certify, make_attended, make_past_event
from tests.personas import World, sign_in

URL = "/arbeitsplatz/foren/bildungsplan/"
NUMBERS = "/arbeitsplatz/foren/zahlen/"


def make_goal(world: World, **fields: Any) -> TrainingGoal:
    """Of the IHK, for the year in which `make_past_event` was."""
    defaults: dict[str, Any] = {
        "partnership": world.partnership,
        "organisation": world.ihk,
        "year": a_week_ago(),
        "title": "Interkulturelle Kompetenz",
        "subject": "intercultural",
        "events_planned": 4,
        "people_planned": 60,
    }
    return TrainingGoal.objects.create(**defaults | fields)


def a_week_ago() -> int:
    return (timezone.localdate() - datetime.timedelta(days=7)).year


def attended(world: World, number: int, *, goal: TrainingGoal | None = None, **fields: Any) -> Event:
    event = make_past_event(world, training_goal=goal)
    for _n in range(number):
        make_attended(world, event=event, **fields)
    return event


def plan_for(world: World) -> Plan:
    posts = posts_of(world.bert)
    return make_plan(
        goals_visible_to(posts), year=a_week_ago(), posts=posts, visible=events_visible_to(posts)
    )


def test_a_line_counts_events_held_announced_and_people(world: World) -> None:
    goal = make_goal(world)
    event = attended(world, 6, goal=goal)
    certify(world, event.registrations.first())
    make_past_event(world, training_goal=goal, state=Event.State.ANNOUNCED)
    make_past_event(world, training_goal=goal, state=Event.State.CANCELLED)
    (line,) = plan_for(world).lines
    assert (line.held, line.announced, str(line.people), line.filled) == (1, 1, "6", 25)
    assert str(line.certificates) == "< 5"
    assert event.title in [row.title for row in line.events]


def test_few_people_are_not_counted_out(world: World) -> None:
    attended(world, 4, goal=make_goal(world))
    plan = plan_for(world)
    assert str(plan.lines[0].people) == "< 5"
    assert "Teilnahmen: < 5 von 60 geplanten" in plan.finding
    assert plan_sheet(plan).rows[0][8] == "< 5"


def test_whoever_was_registered_and_not_there_does_not_count(world: World) -> None:
    goal = make_goal(world)
    attended(world, 6, goal=goal)
    Registration.objects.first().bookings.get().attendances.all().delete()  # type: ignore[union-attr]
    assert str(plan_for(world).lines[0].people) == "5"


def test_a_line_is_there_once_a_year(world: World) -> None:
    goal = make_goal(world)
    values = {name: getattr(goal, name) for name in ("year", "title", "subject", "events_planned")}
    with pytest.raises(Refusal, match="gibt es in diesem Jahr schon"):
        add_goal(
            partnership=world.partnership,
            organisation=world.ihk,
            values=values | {"people_planned": 1},
            actor=world.bert,
        )


def test_a_line_with_events_is_not_struck(world: World) -> None:
    goal = make_goal(world)
    event = attended(world, 0, goal=goal)
    with pytest.raises(Refusal, match="gehören Veranstaltungen"):
        remove_goal(goal_id=goal.pk, actor=world.bert)
    event.training_goal = None
    event.save()
    remove_goal(goal_id=goal.pk, actor=world.bert)
    assert not TrainingGoal.objects.exists()


def test_lines_of_the_year_before_are_taken_over_once(world: World) -> None:
    goal = make_goal(world, year=2025)
    make_goal(world, year=2025, organisation=world.hwk, title="Anderes")
    everything = {"partnership": world.partnership, "organisation": world.ihk, "actor": world.bert}
    (made,) = take_over(year=2026, **everything)  # type: ignore[arg-type]
    assert (made.year, made.title, made.people_planned) == (2026, goal.title, 60)
    with pytest.raises(Refusal, match="nichts zu übernehmen"):
        take_over(year=2026, **everything)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "reads", "edits"),
    [("bert", 200, 200), ("karl", 200, 200), ("hanna", 200, 403), ("paula", 200, 403), ("carl", 403, 403)],
)
def test_all_in_the_partnership_read_it_and_the_own_desk_edits(
    client: Client, world: World, name: str, reads: int, edits: int
) -> None:
    goal = make_goal(world)
    sign_in(client, getattr(world, name))
    assert client.get(URL).status_code == reads
    assert client.get(f"{URL}{goal.pk}/").status_code == edits
    assert client.post(f"{URL}{goal.pk}/streichen/").status_code == (302 if edits == 200 else edits)


def test_a_line_is_entered_and_changed(client: Client, world: World) -> None:
    given = {
        "year": "2026",
        "subject": "fraud",
        "title": "Betrug",
        "events_planned": "2",
        "people_planned": "40",
    }
    own = {"organisation": f"{world.partnership.pk}-{world.ihk.pk}"}
    sign_in(client, world.bert).post(f"{URL}neu/", given | own)
    goal = TrainingGoal.objects.get()
    client.post(f"{URL}{goal.pk}/", given | {"events_planned": "3", "gesehen": "1"})
    assert "Veranstaltungen: 0 von 3" in client.get(f"{URL}?jahr=2026").content.decode()


def test_the_plan_is_a_file_too(client: Client, world: World) -> None:
    make_goal(world)
    sign_in(client, world.paula)
    year = f"?jahr={a_week_ago()}"
    assert "Interkulturelle Kompetenz" in client.get(f"{URL[:-1]}.csv{year}").content.decode("utf-8-sig")
    assert client.get(f"{URL[:-1]}.xlsx{year}").content.startswith(b"PK")


def test_roles_are_counted_by_event_with_small_ones_hidden(world: World) -> None:
    event = attended(world, 7, role="full_time")
    for _n in range(2):
        make_attended(world, event=event, role="volunteer")
    table = make_role_table(registrations_visible_to(posts_of(world.bert)), year=a_week_ago())
    (line,) = table.lines
    counts = dict(zip(["business", "full_time", "honorary", "volunteer", "public"], line.counts, strict=True))
    assert str(counts["volunteer"]) == "< 5"
    assert counts["full_time"].low <= 7 <= counts["full_time"].high
    assert counts["volunteer"].low == 0


def test_numbers_are_for_those_who_may_read_the_names(client: Client, world: World) -> None:
    event = attended(world, 6)
    year = f"?jahr={a_week_ago()}"
    assert event.title in sign_in(client, world.bert).get(NUMBERS + year).content.decode()
    assert event.title in client.get(f"{NUMBERS[:-1]}.csv{year}").content.decode("utf-8-sig")
    assert client.get(f"{NUMBERS[:-1]}.xlsx{year}").content.startswith(b"PK")
    assert event.title not in sign_in(client, world.hanna).get(NUMBERS + year).content.decode()
    assert sign_in(client, world.paula).get(NUMBERS).status_code == 403


def test_the_pages_take_no_more_statements_for_many(client: Client, world: World) -> None:
    def count(url: str) -> int:
        with CaptureQueriesContext(connection) as done:
            assert client.get(f"{url}?jahr={a_week_ago()}").status_code == 200
        return len(done)

    attended(world, 1, goal=make_goal(world))
    sign_in(client, world.bert).get(URL)
    few = [count(URL), count(NUMBERS)]
    for number in range(5):
        attended(world, 1, goal=make_goal(world, title=f"Vorhaben {number}"))
    assert [count(URL), count(NUMBERS)] == few


def test_an_odd_year_is_this_one(client: Client, world: World) -> None:
    for year in ("abc", "1999", "99999", "²026"):
        assert sign_in(client, world.bert).get(URL, {"jahr": year}).status_code == 200
