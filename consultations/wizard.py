"""What a browser session holds of a booking or a request in progress. It is written on POST only."""

import datetime
import time
from dataclasses import asdict, dataclass, field
from typing import TypeVar

from django.http import HttpRequest
from django.utils import timezone

from consultations.models import Appointment

Kept = TypeVar("Kept")
DRAFT_KEY = "booking"
SENT_KEY = "booked"
VISIT_DRAFT_KEY, VISIT_SENT_KEY = "visit", "visit_asked"
QUICK_SECONDS = 4
"""Nobody fills the form in faster; whoever does sees one page more."""


@dataclass
class Draft:
    """A time that is held and what was typed so far; moments are ISO strings, as the session keeps them."""

    held_id: int = 0
    hours_id: int = 0
    starts_at: str = ""
    held_until: str = ""
    began_at: float = 0.0
    typed: dict[str, str] = field(default_factory=dict)
    is_complete: bool = False
    asks_back: bool = False
    wanted: str = ""

    @property
    def has_time(self) -> bool:
        return bool(self.held_id)

    @property
    def starts(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.starts_at)

    @property
    def held_until_moment(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.held_until)

    @property
    def has_run_out(self) -> bool:
        return self.held_until_moment <= timezone.now()

    @property
    def was_quick(self) -> bool:
        return time.time() - self.began_at < QUICK_SECONDS

    def take_time(self, appointment: Appointment, *, hours_id: int) -> None:
        assert appointment.held_until is not None
        self.held_id = appointment.pk
        self.hours_id = hours_id
        self.starts_at = appointment.starts_at.isoformat()
        self.held_until = appointment.held_until.isoformat()
        self.began_at = self.began_at or time.time()


@dataclass(frozen=True)
class Sent:
    """The booking that waits for its confirmation, as the page after it tells."""

    email: str
    confirm_by: str
    when: str
    office: str
    phone: str


def read_draft(request: HttpRequest) -> Draft:
    return _read(request, DRAFT_KEY, Draft) or Draft()


def keep_draft(request: HttpRequest, draft: Draft) -> None:
    request.session[DRAFT_KEY] = asdict(draft)
    request.session.pop(SENT_KEY, None)


def read_sent(request: HttpRequest) -> Sent | None:
    return _read(request, SENT_KEY, Sent)


def finish(request: HttpRequest, sent: Sent) -> None:
    """The draft, with all that was typed, leaves the session."""
    request.session.pop(DRAFT_KEY, None)
    request.session[SENT_KEY] = asdict(sent)


@dataclass
class VisitDraft:
    """What was typed so far to ask for a visit, right or wrong: each step as a query string."""

    place: str = ""
    details: str = ""


@dataclass(frozen=True)
class VisitSent:
    """The request that waits for its confirmation, as the page after it tells."""

    request_id: int
    email: str
    confirm_by: str
    phone: str


def read_visit_draft(request: HttpRequest) -> VisitDraft:
    return _read(request, VISIT_DRAFT_KEY, VisitDraft) or VisitDraft()


def keep_visit_draft(request: HttpRequest, draft: VisitDraft) -> None:
    request.session[VISIT_DRAFT_KEY] = asdict(draft)
    request.session.pop(VISIT_SENT_KEY, None)


def read_visit_sent(request: HttpRequest) -> VisitSent | None:
    return _read(request, VISIT_SENT_KEY, VisitSent)


def finish_visit(request: HttpRequest, sent: VisitSent | None) -> None:
    """The draft, with all that was typed, leaves the session."""
    request.session.pop(VISIT_DRAFT_KEY, None)
    if sent:
        request.session[VISIT_SENT_KEY] = asdict(sent)


def _read(request: HttpRequest, key: str, kind: type[Kept]) -> Kept | None:
    """None for what an earlier release has left in a session."""
    try:
        return kind(**request.session[key])
    except (KeyError, TypeError):
        return None
