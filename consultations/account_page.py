"""The account's overview as ready strings: what comes, what waits to be taken over, the firms, what was."""

import datetime
from dataclasses import dataclass

from consultations.deadlines import change_deadline, may_still_change
from consultations.models import Appointment, Concern
from consultations.queries import appointments_of, claimable_by
from consultations.whereabouts import whereabouts_of
from partnership.models import ErasureRequest, ErasureState, Firm, Person
from partnership.queries import firms_of
from partnership.times import long_moment, long_period


@dataclass(frozen=True, slots=True)
class Row:
    reference: str
    when: str
    office: str
    address: str
    room: str
    firm: str
    state: str
    state_word: str
    next_step: str
    can_change: bool
    change_until: str
    is_confirmed: bool
    is_coming: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`next_up` is not among `coming`."""

    next_up: Row | None
    coming: list[Row]
    past: list[Row]
    claimable: list[Row]
    firms: list[Firm]
    has_open_erasure: bool


def lay_out_account(person: Person, *, now: datetime.datetime) -> AccountPage:
    own = [_row(appointment, now=now) for appointment in appointments_of(person).select_related("concern")]
    coming = [row for row in own if row.is_coming]
    return AccountPage(
        next_up=coming[0] if coming else None,
        coming=coming[1:],
        past=[row for row in reversed(own) if not row.is_coming],
        claimable=[_row(appointment, now=now) for appointment in claimable_by(person)],
        firms=list(firms_of(person).select_related("chamber")),
        has_open_erasure=ErasureRequest.objects.filter(person=person, state=ErasureState.OPEN).exists(),
    )


def _row(appointment: Appointment, *, now: datetime.datetime) -> Row:
    place = whereabouts_of(appointment)
    is_coming = appointment.state in Appointment.UPCOMING and appointment.ends_at > now
    return Row(
        reference=appointment.reference,
        when=long_period(appointment.starts_at, appointment.ends_at),
        office=place.name,
        address=place.address,
        room=place.room,
        firm=appointment.firm_name,
        state=appointment.state,
        state_word=str(appointment.get_state_display()),
        next_step=_next_step(appointment),
        can_change=is_coming and may_still_change(appointment, now=now),
        change_until=long_moment(change_deadline(appointment)),
        is_confirmed=appointment.state == Appointment.State.CONFIRMED,
        is_coming=is_coming,
    )


def _next_step(appointment: Appointment) -> str:
    if appointment.state != Appointment.State.ATTENDED:
        return ""
    concern: Concern | None = getattr(appointment, "concern", None)
    return str(concern.get_next_step_display()) if concern and concern.next_step else ""
