"""How a firm reaches its request: by the secret link of a mail, or signed in by its number."""

from dataclasses import dataclass

from django.urls import reverse

from consultations.models import VisitRequest
from partnership.links import find_link
from partnership.models import Person, SecretLink


@dataclass(frozen=True)
class RequestAccess:
    """`key` is a link's token or the request's number; `person` is who is signed in."""

    request: VisitRequest
    key: str
    person: Person | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.person is not None

    def url(self, page: str) -> str:
        namespace = "own_visits" if self.person else "consultations"
        return reverse(f"{namespace}:{page}", args=[self.key])

    @property
    def page_url(self) -> str:
        return self.url("visit_request")

    @property
    def wishes_url(self) -> str:
        return self.url("visit_wishes")

    @property
    def no_short_notice_url(self) -> str:
        return self.url("visit_no_short_notice")

    @property
    def photos_url(self) -> str:
        return self.url("visit_photos")

    @property
    def withdraw_url(self) -> str:
        return self.url("visit_withdraw")


def request_behind(token: str, *, purpose: SecretLink.Purpose) -> VisitRequest | None:
    """None for a token that is unknown, for something else, or past its end."""
    link = find_link(token, purpose=purpose, model=VisitRequest)
    rows = VisitRequest.objects.select_related("partnership", "police", "matter")
    return rows.filter(pk=link.object_id, emptied_at__isnull=True).first() if link else None
