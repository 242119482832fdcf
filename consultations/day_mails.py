"""Mails about a day to those who hold it: police the evening before, desks in the morning, and what of it has
no outcome yet. In German; nothing of what was confided."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import Appointment, Lane, OfficeHours, PhoneTask
from consultations.whereabouts import place_words
from partnership.current import absolute_url
from partnership.models import Office, Partnership, Person
from partnership.outbox import queue_mail
from partnership.times import clock_span, long_date, long_moment, long_period

State = Appointment.State


@dataclass(frozen=True)
class HouseDay:
    """What a house's desk has before it: today's hours with who comes, and places to fill until the next
    working day."""

    office: Office
    hours: list[OfficeHours] = field(default_factory=list)
    booked: dict[int, list[Appointment]] = field(default_factory=dict)
    """Key of the hours -> its bookings in their order."""
    vacant: list[Lane] = field(default_factory=list)


def tell_officer_of_tomorrow(
    partnership: Partnership,
    *,
    officer: Person,
    day: datetime.date,
    sittings: Sequence[tuple[Lane, list[Appointment]]],
    visits: Sequence[Appointment] = (),
) -> None:
    """Also about a day that nobody has booked. Stations in the order of the day."""
    tag = urlencode({"tag": day.isoformat()})
    count = sum(len(talks) for _lane, talks in sittings) + len(visits)
    stations = [(lane.hours.starts_at, _sitting(lane.hours, talks)) for lane, talks in sittings]
    stations += [(visit.starts_at, _visit(visit)) for visit in visits]
    stations.sort(key=lambda station: station[0])
    content = {
        "about_day": day.isoformat(),
        "day": long_date(day),
        "count": _count_words(count),
        "sittings": [words for _moment, words in stations],
        "page": f"{absolute_url(partnership, reverse('appointments:today'))}?{tag}",
    }
    queue_mail(
        partnership=partnership,
        kind="officer_tomorrow",
        to_name=officer.name,
        to_email=officer.email,
        content=content,
    )


def tell_desk_of_today(
    partnership: Partnership, *, houses: Sequence[HouseDay], day: datetime.date, person: Person | None
) -> None:
    """To one of the desk, or without `person` to the house's own address."""
    organisations = {house.office.organisation_id for house in houses}
    calls = PhoneTask.objects.filter(appointment__host__in=organisations, done_at=None).count()
    content = {
        "about_day": day.isoformat(),
        "day": long_date(day),
        "houses": [_house(house, day=day) for house in houses],
        "calls": ngettext("%(count)d offener Anruf", "%(count)d offene Anrufe", calls) % {"count": calls}
        if calls
        else "",
        "calls_page": absolute_url(partnership, reverse("appointments:calls")),
    }
    queue_mail(
        partnership=partnership,
        kind="desk_today",
        to_name=person.name if person else houses[0].office.name,
        to_email=person.email if person else houses[0].office.email,
        content=content,
    )


def tell_outcome_missing(
    partnership: Partnership, *, officer: Person, appointments: Iterable[Appointment]
) -> None:
    content = {
        "rows": [
            {
                "reference": appointment.reference,
                "when": long_moment(appointment.starts_at),
                "office": place_words(appointment),
                "firm": appointment.firm_name,
                "page": absolute_url(
                    partnership, reverse("appointments:outcome", args=[appointment.reference])
                ),
            }
            for appointment in appointments
        ],
        "page": absolute_url(partnership, reverse("appointments:today")),
    }
    queue_mail(
        partnership=partnership,
        kind="outcome_missing",
        to_name=officer.name,
        to_email=officer.email,
        content=content,
    )


def _house(house: HouseDay, *, day: datetime.date) -> dict[str, Any]:
    return {
        "office": house.office.name,
        "sittings": [
            _sitting(hours, house.booked[hours.pk]) | {"officers": _officers(hours)} for hours in house.hours
        ],
        "sheet": _sheet(house.office, house.hours[0].partnership, day) if house.hours else "",
        "vacant": [
            {
                "when": long_period(lane.hours.starts_at, lane.hours.ends_at),
                "page": absolute_url(
                    lane.hours.partnership,
                    reverse("appointments:hours_without_officer", args=[lane.hours_id]),
                ),
            }
            for lane in house.vacant
        ],
    }


def _sitting(hours: OfficeHours, talks: list[Appointment]) -> dict[str, Any]:
    return {
        "span": clock_span(hours.starts_at, hours.ends_at),
        "office": hours.office.name,
        "address": hours.office.address,
        "room": hours.room.name if hours.room else "",
        "talks": [
            {
                "clock": clock_span(talk.starts_at, talk.ends_at),
                "firm": talk.firm_name,
                "state": _("noch nicht bestätigt") if talk.state == State.UNCONFIRMED else "",
            }
            for talk in talks
        ],
    }


def _visit(appointment: Appointment) -> dict[str, Any]:
    """Where to and whom to call; why is read at the workplace."""
    request = appointment.visit.request
    return {
        "is_visit": True,
        "span": clock_span(appointment.starts_at, appointment.ends_at),
        "office": appointment.firm_name,
        "address": request.address,
        "access_note": request.access_note,
        "contact": ", ".join(
            part
            for part in (
                request.on_site_name or request.contact_name,
                request.on_site_phone or request.contact_phone,
            )
            if part
        ),
        "talks": [],
    }


def _officers(hours: OfficeHours) -> str:
    return ", ".join(str(lane.officer or _("noch niemand")) for lane in hours.lanes.all())


def _sheet(office: Office, partnership: Partnership, day: datetime.date) -> str:
    query = urlencode({"haus": str(office.pk), "tag": day.isoformat()})
    return f"{absolute_url(partnership, reverse('appointments:day_sheet'))}?{query}"


def _count_words(count: int) -> str:
    if not count:
        return _("keine Termine gebucht")
    return ngettext("%(count)d Termin", "%(count)d Termine", count) % {"count": count}
