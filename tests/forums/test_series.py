"""Series come back: what is due, what is overdue, and who is told of it once."""

import datetime
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.utils import timezone

from forums.models import Event, EventSeries
from forums.planning.due import cadence, count_overdue, due_series
from forums.planning.overdue import tell_of_overdue
from forums.planning.series import add_series, change_series, end_series, resume_series
from partnership.administration.changes import ChangedMeanwhile
from partnership.models import LogEntry, OutgoingMail, Post
from partnership.refusals import Refusal
from partnership.rules import posts_of
from partnership.times import at_wall_time
from tests import factories
from tests.event_factories import make_event
from tests.personas import World, sign_in

A_DAY = datetime.timedelta(days=1)
URL = "/arbeitsplatz/foren/reihen/"


def make_series(world: World, **fields: Any) -> EventSeries:
    """Half-yearly, of the IHK, the first one due yesterday."""
    defaults: dict[str, Any] = {
        "partnership": world.partnership,
        "organiser": world.ihk,
        "title": "Sicherheitsforum Grimma",
        "kind": "forum",
        "every_months": 6,
        "first_due": timezone.localdate() - A_DAY,
    }
    return EventSeries.objects.create(**defaults | fields)


def at_nine() -> datetime.datetime:
    return at_wall_time(timezone.localdate(), datetime.time(9))


def is_overdue(series: EventSeries) -> bool:
    return due_series([series])[0].is_overdue


def test_without_any_event_the_first_day_counts(world: World) -> None:
    assert is_overdue(make_series(world))
    assert not is_overdue(make_series(world, first_due=timezone.localdate()))


def test_the_next_one_is_due_so_many_months_after_the_last(world: World) -> None:
    series = make_series(world)
    held_on = timezone.localdate() - datetime.timedelta(days=100)
    make_event(organiser=world.ihk, series=series, day=held_on, state=Event.State.HELD)
    (found,) = due_series([series])
    assert found.due == held_on + relativedelta(months=6)
    assert not found.is_overdue


def test_one_announced_in_time_is_not_overdue(world: World) -> None:
    series = make_series(world)
    make_event(organiser=world.ihk, series=series)
    assert not is_overdue(series)


@pytest.mark.parametrize("state", [Event.State.DRAFT, Event.State.CANCELLED])
def test_what_is_a_draft_or_cancelled_does_not_count(world: World, state: str) -> None:
    series = make_series(world)
    make_event(organiser=world.ihk, series=series, state=state)
    assert is_overdue(series)


def test_an_ended_series_is_expected_by_nobody(world: World) -> None:
    series = make_series(world)
    end_series(series_id=series.pk, actor=world.bert)
    assert not is_overdue(EventSeries.objects.get())
    resume_series(series_id=series.pk, actor=world.bert)
    assert is_overdue(EventSeries.objects.get())
    with pytest.raises(Refusal, match="läuft schon"):
        resume_series(series_id=series.pk, actor=world.bert)


@pytest.mark.parametrize(("months", "words"), [(1, "monatlich"), (6, "halbjährlich"), (4, "alle 4 Monate")])
def test_how_often_is_said_in_words(world: World, months: int, words: str) -> None:
    assert cadence(make_series(world, every_months=months)) == words


def test_those_responsible_are_told_once(world: World) -> None:
    make_series(world)
    assert tell_of_overdue(now=at_nine()) == 1
    assert tell_of_overdue(now=at_nine()) == 0
    mail = OutgoingMail.objects.get(kind="event_series_overdue")
    assert (mail.to_email, mail.language) == (world.bert.email, "de")


def test_nobody_is_told_before_eight_or_of_what_is_in_time(world: World) -> None:
    make_series(world, first_due=timezone.localdate())
    assert tell_of_overdue(now=at_nine()) == 0
    make_series(world)
    assert tell_of_overdue(now=at_wall_time(timezone.localdate(), datetime.time(7, 59))) == 0
    assert not OutgoingMail.objects.exists()


def test_where_there_is_no_desk_the_coordinators_are_told(world: World) -> None:
    make_series(world, organiser=world.police)
    tell_of_overdue(now=at_nine())
    assert OutgoingMail.objects.get().to_email == world.karl.email


def test_the_next_time_it_is_overdue_they_are_told_again(world: World) -> None:
    series = make_series(world)
    tell_of_overdue(now=at_nine())
    long_ago = timezone.localdate() - datetime.timedelta(days=300)
    make_event(organiser=world.ihk, series=series, day=long_ago, state=Event.State.HELD)
    assert tell_of_overdue(now=at_nine()) == 1


def test_whoever_looks_after_it_has_it_in_the_menu(client: Client, world: World) -> None:
    make_series(world)
    assert [count_overdue(posts_of(who)) for who in (world.bert, world.karl, world.hanna)] == [1, 1, 0]
    html = sign_in(client, world.bert).get("/arbeitsplatz/foren/").content.decode()
    assert "Überfällige Reihen (1)" in html
    assert "Sicherheitsforum Grimma: seit" in html


@pytest.mark.parametrize(("name", "status"), [("bert", 200), ("karl", 200), ("paula", 403), ("carl", 403)])
def test_the_page_is_for_desks_and_coordinators(client: Client, world: World, name: str, status: int) -> None:
    make_series(world)
    response = sign_in(client, getattr(world, name)).get(URL)
    assert response.status_code == status
    assert ("überfällig seit" in response.content.decode()) == (status == 200)


def test_another_chambers_series_is_not_to_be_found(client: Client, world: World) -> None:
    series = make_series(world)
    sign_in(client, world.hanna)
    assert client.get(f"{URL}{series.pk}/").status_code == 404
    assert client.post(f"{URL}{series.pk}/beenden/").status_code == 404


def test_a_series_is_entered_changed_and_ended(client: Client, world: World) -> None:
    given = {"title": "Lagebild", "kind": "forum", "every_months": "1", "first_due": "2026-12-31"}
    organiser = {"organiser": f"{world.partnership.pk}-{world.ihk.pk}"}
    sign_in(client, world.bert).post(f"{URL}neu/", given | organiser)
    series = EventSeries.objects.get(organiser=world.ihk, every_months=1)
    client.post(f"{URL}{series.pk}/", given | {"every_months": "2", "gesehen": "1"})
    client.post(f"{URL}{series.pk}/beenden/")
    series.refresh_from_db()
    assert (series.every_months, series.version) == (2, 3)
    acts = LogEntry.objects.filter(organisation=world.ihk).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["event_series.added", "event_series.changed", "event_series.ended"]


def test_the_next_one_is_begun_from_the_series_or_like_the_last(client: Client, world: World) -> None:
    series = make_series(world)
    new = f"/arbeitsplatz/foren/neu/?reihe={series.pk}"
    assert new in sign_in(client, world.bert).get(URL).content.decode()
    assert 'value="Sicherheitsforum Grimma"' in client.get(new).content.decode()
    event = make_event(organiser=world.ihk, series=series)
    assert f"/neu/?wie={event.reference}" in client.get(URL).content.decode()
    sign_in(client, world.hanna)
    assert client.get(new).status_code == 404


def test_nobody_overwrites_what_was_changed_meanwhile(world: World) -> None:
    series = make_series(world)
    change_series(series_id=series.pk, seen=1, values={"title": "Neu"}, actor=world.bert)
    with pytest.raises(ChangedMeanwhile):
        change_series(series_id=series.pk, seen=1, values={"title": "Anders"}, actor=world.karl)


def test_a_cadence_out_of_range_is_refused(world: World) -> None:
    values = {"title": "x", "kind": "forum", "every_months": 61, "first_due": timezone.localdate()}
    with pytest.raises(Refusal):
        add_series(partnership=world.partnership, organiser=world.ihk, values=values, actor=world.bert)


def test_an_officer_standing_in_as_desk_looks_after_it(client: Client, world: World) -> None:
    make_series(world)
    factories.make_post(world.paula, Post.Role.DESK, organisation=world.ihk)
    assert sign_in(client, world.paula).get(URL).status_code == 200
