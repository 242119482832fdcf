"""Who may do what with requests for visits. Pure functions of a person's posts and a request."""

from consultations.models import Appointment, VisitRequest
from partnership.models import Person
from partnership.rules import Posts

State = VisitRequest.State


PLANNED = (State.TAKEN, State.PLANNED)
"""Somebody has the request and can give it a time, or another one."""


def may_open_requests(posts: Posts) -> bool:
    """Police: who asks for a visit, and why, is not the chambers'."""
    return bool(posts.police)


def may_take(posts: Posts, request: VisitRequest) -> bool:
    return request.police_id in posts.police and request.state == State.OPEN


def may_handle(posts: Posts, request: VisitRequest, person: Person) -> bool:
    """Plan; hand over, put back, end while it waits: whoever has it, and the lead for all."""
    is_own = request.police_id in posts.police and request.officer_id == person.pk
    return is_own or request.police_id in posts.lead_of


def may_give_away(posts: Posts, request: VisitRequest) -> bool:
    """To another directorate, while it waits: the lead."""
    return request.police_id in posts.lead_of


def may_ask_after_talk(posts: Posts, appointment: Appointment) -> bool:
    """Make a request of an office talk that took place: the directorate that held it."""
    return (
        appointment.police_id in posts.police
        and appointment.mode == Appointment.Mode.OFFICE
        and appointment.state == Appointment.State.ATTENDED
        and appointment.emptied_at is None
    )
