"""Of the requests that somebody has taken: one visit stands, one firm may choose, one visit is called off."""

from django.utils import timezone

from consultations.demo.cast import Cast
from consultations.models import Appointment, VisitRequest
from consultations.visits.changing import cancel_visit
from consultations.visits.offering import fix_by_phone, offer_times
from consultations.visits.officer_days import Fit
from consultations.visits.proposals import propose
from partnership.demo import leipzig
from partnership.models import Person
from partnership.times import berlin_day

TIMES_OFFERED = 2


def add_planned_visits(cast: Cast) -> None:
    """What became free is offered to the next who takes freed times."""
    officer, colleague = cast.people[leipzig.OFFICER], cast.people[leipzig.SECOND_OFFICER]
    stands, chooses, *_others = _taken_by(officer)
    day = berlin_day(_fix(stands, officer).starts_at)
    starts = [fit.period.lower for fit in _fits(chooses, officer) if berlin_day(fit.period.lower) != day]
    offer_times(request_id=chooses.pk, starts=starts[-TIMES_OFFERED:], actor=officer)
    called_off = _fix(_taken_by(colleague)[0], colleague)
    police = Appointment.CancelledBy.POLICE
    cancel_visit(appointment_id=called_off.pk, by=police, actor=colleague, reason="Ein dringender Einsatz")


def _taken_by(officer: Person) -> list[VisitRequest]:
    """Longest waiting first."""
    return list(officer.taken_visit_requests.filter(state=VisitRequest.State.TAKEN).order_by("asked_since"))


def _fix(request: VisitRequest, officer: Person) -> Appointment:
    """Next week rather than tomorrow."""
    last = _fits(request, officer)[-1]
    return fix_by_phone(request_id=request.pk, starts_at=last.period.lower, actor=officer)


def _fits(request: VisitRequest, officer: Person) -> list[Fit]:
    """One a day of the next seven working days on which there is one."""
    days = propose(request=request, officer=officer, now=timezone.now(), days_ahead=7)
    return sorted((day.fits[0] for day in days), key=lambda fit: fit.period.lower)
