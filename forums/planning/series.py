"""Series are set up, changed, ended and taken up again by those who look after them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from forums.models import EventSeries
from partnership.administration.changes import check, write_changes
from partnership.journal import log_act
from partnership.models import Organisation, Partnership, Person
from partnership.refusals import Refusal
from partnership.times import today


@transaction.atomic
def add_series(
    *, partnership: Partnership, organiser: Organisation, values: Mapping[str, Any], actor: Person
) -> EventSeries:
    series = EventSeries(partnership=partnership, organiser=organiser, **values)
    check(series)
    series.save()
    _log("event_series.added", series, actor)
    return series


@transaction.atomic
def change_series(*, series_id: int, seen: int, values: Mapping[str, Any], actor: Person) -> list[str]:
    """Raises ChangedMeanwhile. Gives the names of what has changed."""
    series = _lock(series_id)
    fields = write_changes(series, seen=seen, values=values)
    if fields:
        _log("event_series.changed", series, actor, fields=", ".join(fields))
    return fields


@transaction.atomic
def end_series(*, series_id: int, actor: Person) -> EventSeries:
    """Nobody is reminded any more; its events stay."""
    series = _lock(series_id)
    if series.ended_on:
        raise Refusal(_("Diese Reihe ist schon beendet."))
    return _set_end(series, "event_series.ended", actor)


@transaction.atomic
def resume_series(*, series_id: int, actor: Person) -> EventSeries:
    series = _lock(series_id)
    if series.ended_on is None:
        raise Refusal(_("Diese Reihe läuft schon."))
    return _set_end(series, "event_series.resumed", actor)


def _set_end(series: EventSeries, act: str, actor: Person) -> EventSeries:
    series.ended_on = None if series.ended_on else today()
    series.version += 1
    series.save(update_fields=["ended_on", "version"])
    _log(act, series, actor)
    return series


def _lock(series_id: int) -> EventSeries:
    rows = EventSeries.objects.select_for_update(no_key=True, of=("self",)).select_related("organiser")
    return rows.get(pk=series_id)


def _log(act: str, series: EventSeries, actor: Person, **detail: str) -> None:
    log_act(
        act=act,
        thing=series,
        actor=actor,
        organisation=series.organiser,
        detail={"title": series.title, **detail},
    )
