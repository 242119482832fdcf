"""What a browser session holds of a request that is being written. It is written on POST only."""

from dataclasses import asdict, dataclass

from django.http import HttpRequest

from consultations.wizard import read_kept

DRAFT_KEY = "visit"
SENT_KEY = "visit_asked"


@dataclass
class Draft:
    """What was typed so far, right or wrong: each step as a query string."""

    place: str = ""
    details: str = ""


@dataclass(frozen=True)
class Sent:
    """The request that waits for its confirmation, as the page after it tells."""

    request_id: int
    email: str
    confirm_by: str
    city: str
    phone: str


def read_draft(request: HttpRequest) -> Draft:
    return read_kept(request, DRAFT_KEY, Draft) or Draft()


def keep_draft(request: HttpRequest, draft: Draft) -> None:
    request.session[DRAFT_KEY] = asdict(draft)
    request.session.pop(SENT_KEY, None)


def forget_draft(request: HttpRequest) -> None:
    """With all that was typed."""
    request.session.pop(DRAFT_KEY, None)


def read_sent(request: HttpRequest) -> Sent | None:
    return read_kept(request, SENT_KEY, Sent)


def keep_sent(request: HttpRequest, sent: Sent) -> None:
    forget_draft(request)
    request.session[SENT_KEY] = asdict(sent)
