"""Mails about places without an officer and about deputies. They go to desks and police, never to firms."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Lane, OfficeHours
from partnership.current import absolute_url
from partnership.models import Partnership, Person, Post
from partnership.outbox import queue_mail
from partnership.queries import holders_of
from partnership.times import long_date, long_period, today


def tell_missing(lanes: list[Lane], *, booked: dict[int, int], officer: Person, actor: Person) -> None:
    """One mail to each of the houses' desks and to the leads, with all places that it concerns.

    `booked`: key of a lane -> its talks to come. Only the leads read who is away.
    """
    told: dict[tuple[int, Post.Role, Partnership], list[Lane]] = {}
    for lane in lanes:
        hours = lane.hours
        for key in ((hours.office.organisation_id, Post.Role.DESK), (hours.police_id, Post.Role.LEAD)):
            told.setdefault((*key, hours.partnership), []).append(lane)
    for (organisation, role, partnership), concerned in told.items():
        content = {
            "officer": str(officer) if role == Post.Role.LEAD else "",
            "is_today": any(lane.hours.day == today() for lane in concerned),
            "rows": [_row(lane, booked.get(lane.pk, 0)) for lane in concerned],
        }
        for person in holders_of(role, organisation).exclude(pk=actor.pk):
            queue_mail(
                partnership=partnership,
                kind="officer_missing",
                to_name=person.name,
                to_email=person.email,
                content=content,
                thing=concerned[0].hours if len(concerned) == 1 else None,
            )


def ask_deputy(hours: OfficeHours, *, lane: Lane, booked: int) -> None:
    _tell(hours, lane.officer, "deputy_asked", {"talks": talk_words(booked)})


def tell_deputy(hours: OfficeHours, *, lane: Lane, booked: int, actor: Person) -> None:
    """Nobody is told of an act of their own."""
    if lane.officer_id != actor.pk:
        _tell(hours, lane.officer, "deputy_put", {"talks": talk_words(booked)})


def tell_answer(hours: OfficeHours, *, lane: Lane, is_yes: bool) -> None:
    """To whoever has asked a deputy; of nobody who was not asked."""
    if lane.asked_at:
        _tell(hours, lane.asked_by, "deputy_answered", {"deputy": str(lane.officer), "is_yes": is_yes})


def tell_released(hours: OfficeHours, *, person: Person) -> None:
    _tell(hours, person, "deputy_released", {})


def talk_words(count: int) -> str:
    if not count:
        return _("noch kein Termin gebucht")
    return ngettext("%(count)d gebuchter Termin", "%(count)d gebuchte Termine", count) % {"count": count}


def _row(lane: Lane, booked: int) -> dict[str, str]:
    hours = lane.hours
    return {
        "when": long_period(hours.starts_at, hours.ends_at),
        "day": long_date(hours.day),
        "office": hours.office.name,
        "talks": talk_words(booked),
        "page": _page(hours, "appointments:hours_without_officer"),
    }


def _tell(hours: OfficeHours, person: Person | None, kind: str, content: dict[str, Any]) -> None:
    if person is None:
        return
    queue_mail(
        partnership=hours.partnership,
        kind=kind,
        to_name=person.name,
        to_email=person.email,
        content={
            "day": long_date(hours.day),
            "when": long_period(hours.starts_at, hours.ends_at),
            "office": hours.office.name,
            "room": hours.room.name if hours.room else "",
            "address": hours.office.address,
            "hours_page": _page(hours, "appointments:hours_without_officer"),
            **content,
        },
        thing=hours,
    )


def _page(hours: OfficeHours, name: str) -> str:
    return absolute_url(hours.partnership, reverse(name, args=[hours.pk]))
