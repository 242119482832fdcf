"""Content of the mails about consultations; one function per mail, called inside the act's transaction."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import translation

from consultations.calendar import entry_for
from consultations.deadlines import change_deadline, may_still_change
from consultations.models import Appointment, Lane, OfficeHours, OfficeHoursSeries, VisitRequest
from consultations.offers import choice_value
from consultations.queries import FreeTime
from consultations.recurrence import series_in_words
from consultations.whereabouts import lane_of, visit_of, whereabouts_of
from partnership.current import absolute_url
from partnership.models import OfficeClosure, OutgoingMail
from partnership.outbox import queue_mail
from partnership.publications.queries import released_editions
from partnership.times import berlin_day, date_span, long_date, long_day, long_moment, long_period


def ask_for_confirmation(
    appointment: Appointment, *, token: str, before: datetime.datetime | None = None, reason: str = ""
) -> OutgoingMail | None:
    """`before`: the time it was booked for, when the house has moved it."""
    with translation.override(appointment.page_language):
        assert appointment.confirm_by is not None
        content = _facts(appointment) | {
            "confirm_by": long_moment(appointment.confirm_by),
            "confirm_url": _url(appointment, "consultations:confirm", token),
            "before": long_moment(before) if before else "",
            "reason": reason,
        }
    return _queue(appointment, "booking_confirm", content)


def tell_confirmed(appointment: Appointment, *, token: str) -> OutgoingMail | None:
    with translation.override(appointment.page_language):
        content = _facts(appointment) | _way(appointment) | _manage(appointment, token)
        content["brochure_page"] = _brochure_page(appointment)
        calendar = entry_for(appointment, method="REQUEST")
    return _queue(appointment, _kind(appointment, "confirmed"), content, calendar)


def tell_moved(
    appointment: Appointment, *, before: datetime.datetime, token: str, reason: str = ""
) -> OutgoingMail | None:
    """The reason is the house's, when it moves a booking that loses its time."""
    with translation.override(appointment.page_language):
        content = _facts(appointment) | _way(appointment) | _manage(appointment, token)
        content |= {"before": long_moment(before), "reason": reason}
        calendar = entry_for(appointment, method="REQUEST")
    return _queue(appointment, _kind(appointment, "moved"), content, calendar)


def tell_cancelled(
    appointment: Appointment, *, with_calendar: bool, other_times: Iterable[FreeTime] = ()
) -> OutgoingMail | None:
    """Reason and other times are named when the house cancels; nobody explains a firm's own act to it."""
    with translation.override(appointment.page_language):
        content = _facts(appointment) | {
            "by_firm": appointment.cancelled_by == Appointment.CancelledBy.FIRM,
            "reason": appointment.cancel_reason,
            "book_url": _url(appointment, "consultations:times"),
            "other_times": [_other_time(appointment, time) for time in other_times],
        }
        if visit := visit_of(appointment):
            content["ask_url"] = _url(appointment, "consultations:visit_ask")
            content["stays_open"] = visit.request.state in VisitRequest.WAITING
        calendar = entry_for(appointment, method="CANCEL") if with_calendar else None
    return _queue(appointment, _kind(appointment, "cancelled"), content, calendar)


def say_how_to_cancel(appointment: Appointment, *, token: str) -> OutgoingMail | None:
    """To whoever has declined in the calendar. Without a token it is too late to cancel by oneself."""
    with translation.override(appointment.page_language):
        content = _facts(appointment) | {"sequence": appointment.calendar_sequence}
        if token:
            content |= _manage(appointment, token)
    return _queue(appointment, _kind(appointment, "declined"), content)


def ask_how_it_was(appointment: Appointment, *, token: str, until: datetime.date) -> OutgoingMail | None:
    with translation.override(appointment.page_language):
        content = _facts(appointment) | {
            "until": long_day(until),
            "feedback_url": _url(appointment, "consultations:satisfaction", token),
        }
    return _queue(appointment, "satisfaction_asked", content)


def remind_to_confirm(appointment: Appointment, *, token: str, text: str = "") -> OutgoingMail | None:
    with translation.override(appointment.page_language):
        content = unconfirmed_content(appointment, token=token, text=text)
    return _queue(appointment, "booking_unconfirmed", content)


def remind(appointment: Appointment, *, kind: str, token: str, text: str = "") -> OutgoingMail | None:
    with translation.override(appointment.page_language):
        content = reminder_content(appointment, kind=kind, token=token, text=text)
    return _queue(appointment, _kind(appointment, "reminder"), content)


def unconfirmed_content(appointment: Appointment, *, token: str, text: str) -> dict[str, Any]:
    assert appointment.confirm_by is not None
    return _facts(appointment) | {
        "confirm_by": long_moment(appointment.confirm_by),
        "confirm_url": _url(appointment, "consultations:confirm", token),
        "added": text.splitlines(),
    }


def reminder_content(appointment: Appointment, *, kind: str, token: str, text: str) -> dict[str, Any]:
    """`sequence` and `kind` are for the last look before it leaves (`still_true`)."""
    about = {"kind": kind, "sequence": appointment.calendar_sequence, "added": text.splitlines()}
    return _facts(appointment) | _way(appointment) | _manage(appointment, token) | about


def _brochure_page(appointment: Appointment) -> str:
    """Of the partnership's first brochure, empty while none is released."""
    edition = released_editions(appointment.partnership).first()
    return _url(appointment, "brochure", edition.brochure.slug) if edition else ""


def _other_time(appointment: Appointment, time: FreeTime) -> dict[str, str]:
    """The page is public, not a secret link: the time may be somebody else's by the time it is opened."""
    return {
        "when": f"{long_moment(time.starts_at)}, {time.hours.office.name}",
        "page": f"{_url(appointment, 'consultations:times')}?zeit={choice_value(time)}",
    }


def ask_officers_to_agree(hours: OfficeHours, *, lanes: Iterable[Lane]) -> None:
    for lane in lanes:
        _tell_officer(hours, lane, "hours_to_agree", {})


def tell_officers_cancelled(hours: OfficeHours, *, lanes: Iterable[Lane]) -> None:
    for lane in lanes:
        _tell_officer(hours, lane, "hours_cancelled", {"reason": hours.cancel_reason})


def ask_officers_to_agree_to_series(series: OfficeHoursSeries, *, lanes: Iterable[Lane]) -> None:
    """One mail for each officer, however many days there are."""
    for own in _by_officer(lanes):
        url = absolute_url(series.partnership, reverse("appointments:series", args=[series.pk]))
        content = {"rule": series_in_words(series), "days": _days(own), "page": url}
        _tell(own[0], "series_to_agree", content, thing=series)


def tell_officers_days_cancelled(hours: Iterable[OfficeHours], *, lanes: Iterable[Lane], reason: str) -> None:
    """One mail for each officer about all the days."""
    for own in _by_officer(lanes):
        _tell(
            own[0],
            "series_cancelled",
            {"days": _days(own), "reason": reason, "page": _page_of(own)},
            thing=own[0].hours,
        )


def tell_officers_closed(closure: OfficeClosure, *, lanes: Iterable[Lane]) -> None:
    """One mail for each officer about all the days that are lost."""
    for own in _by_officer(lanes):
        content = {
            "closed": date_span(closure.starts, closure.ends),
            "reason": closure.reason,
            "lost": _days(own),
            "today_page": absolute_url(own[0].hours.partnership, reverse("appointments:today")),
        }
        _tell(own[0], "office_closed", content, thing=own[0].hours)


def tell_officers_changed(lanes: Iterable[Lane], *, before: dict[int, OfficeHours]) -> None:
    """`before`: key -> the hours as they were. Who is new, or whose time grew, is asked in the same mail."""
    for own in _by_officer(lanes):
        days = [_changed_day(lane.hours, before[lane.hours_id]) for lane in own]
        asked = any(lane.is_waiting_in(lane.hours) for lane in own)
        content = {"changed": days, "asked": asked, "page": _page_of(own)}
        _tell(own[0], "hours_changed", content, thing=own[0].hours)


def tell_officers_released(lanes: Iterable[Lane]) -> None:
    """Lanes as they were: these officers are not in the hours any more."""
    for own in _by_officer(lanes):
        _tell(own[0], "hours_released", {"days": _days(own), "page": _page_of(own)}, thing=own[0].hours)


def _by_officer(lanes: Iterable[Lane]) -> list[list[Lane]]:
    """The lanes of each officer in the order of their days."""
    found: dict[int, list[Lane]] = {}
    for lane in sorted(lanes, key=lambda lane: (lane.hours.day, lane.hours.starts)):
        if lane.officer_id is not None:
            found.setdefault(lane.officer_id, []).append(lane)
    return list(found.values())


def _days(lanes: list[Lane]) -> list[str]:
    return [long_period(lane.hours.starts_at, lane.hours.ends_at) for lane in lanes]


def _changed_day(after: OfficeHours, before: OfficeHours) -> dict[str, str]:
    is_same = (after.day, after.starts, after.ends, after.room_id) == (
        *(before.day, before.starts, before.ends),
        before.room_id,
    )
    return {
        "when": long_period(after.starts_at, after.ends_at),
        "room": after.room.name if after.room else "",
        "before": "" if is_same else long_period(before.starts_at, before.ends_at),
    }


def _page_of(lanes: list[Lane]) -> str:
    """The day's page, or that of the series where there are several."""
    hours = lanes[0].hours
    if len(lanes) > 1 and hours.series_id:
        return absolute_url(hours.partnership, reverse("appointments:series", args=[hours.series_id]))
    return absolute_url(hours.partnership, reverse("appointments:hours_detail", args=[hours.pk]))


def _tell_officer(hours: OfficeHours, lane: Lane, kind: str, content: dict[str, Any]) -> None:
    lane.hours = hours
    url = absolute_url(hours.partnership, reverse("appointments:hours_detail", args=[hours.pk]))
    facts = {
        "day": long_date(hours.day),
        "when": long_period(hours.starts_at, hours.ends_at),
        "hours_page": url,
    }
    _tell(lane, kind, facts | content, thing=hours)


def _tell(lane: Lane, kind: str, content: dict[str, Any], *, thing: OfficeHours | OfficeHoursSeries) -> None:
    if lane.officer is None:
        return
    queue_mail(
        partnership=lane.hours.partnership,
        kind=kind,
        to_name=lane.officer.name,
        to_email=lane.officer.email,
        content={"office": lane.hours.office.name, "address": lane.hours.office.address, **content},
        thing=thing,
    )


def _kind(appointment: Appointment, what: str) -> str:
    """A visit has words of its own: the firm goes nowhere."""
    return f"visit_{what}" if visit_of(appointment) else f"booking_{what}"


def _facts(appointment: Appointment) -> dict[str, Any]:
    place = whereabouts_of(appointment)
    return {
        "reference": appointment.reference,
        "when": long_period(appointment.starts_at, appointment.ends_at),
        "day": long_date(berlin_day(appointment.starts_at)),
        "office": place.name,
        "room": place.room,
        "address": place.address,
        "phone": place.phone,
    }


def _way(appointment: Appointment) -> dict[str, Any]:
    if visit := visit_of(appointment):
        return {"access_note": visit.request.access_note, "on_site": _who_is_there(visit.request)}
    office = lane_of(appointment).hours.office
    return {
        "by_train": office.by_train,
        "by_car": office.by_car,
        "access_note": office.access_note,
        "step_free": office.step_free,
    }


def _who_is_there(request: VisitRequest) -> str:
    return ", ".join(part for part in (request.on_site_name, request.on_site_phone) if part)


def _manage(appointment: Appointment, token: str) -> dict[str, Any]:
    """Without `change_until` only a call helps."""
    return {
        "change_until": long_moment(change_deadline(appointment)) if may_still_change(appointment) else "",
        "manage_url": _url(appointment, "consultations:appointment", token),
    }


def _url(appointment: Appointment, name: str, *args: str) -> str:
    return absolute_url(appointment.partnership, reverse(name, args=args))


def _queue(
    appointment: Appointment, kind: str, content: dict[str, Any], calendar: dict[str, Any] | None = None
) -> OutgoingMail | None:
    """Nothing for whoever booked by telephone without an address: the desk's pages say that a call is due."""
    if not appointment.contact_email:
        return None
    return queue_mail(
        partnership=appointment.partnership,
        kind=kind,
        to_name=appointment.contact_name,
        to_email=appointment.contact_email,
        language=appointment.page_language,
        content=content,
        calendar=calendar,
        thing=appointment,
    )
