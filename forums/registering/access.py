"""How somebody reaches a registration: by the secret link of a mail, or signed in by its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from forums.models import Registration
from forums.registering.window import link_end
from partnership.links import find_link, issue_link, issue_links
from partnership.models import Person, SecretLink

WITH_EVENT = ("event__partnership", "event__organiser", "event__office", "registered_by")


@dataclass(frozen=True)
class RegistrationAccess:
    """`key` is a link's token or the registration's number; `person` is who is signed in. Behind the link of
    who has registered colleagues along, their registrations are reached, too.
    """

    registration: Registration
    key: str
    person: Person | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.person is not None

    @property
    def page_url(self) -> str:
        return self._page("registration")

    @property
    def ticket_url(self) -> str:
        return self._page("ticket")

    @property
    def ticket_pdf_url(self) -> str:
        return self._page("ticket_pdf")

    def _page(self, page: str) -> str:
        namespace = "own_registrations" if self.person else "forums"
        return reverse(f"{namespace}:{page}", args=[self.key])

    def url(self, page: str, registration: Registration) -> str:
        """A page about the own registration, or about a colleague's."""
        if self.person:
            return reverse(f"own_registrations:{page}", args=[registration.reference])
        return reverse(f"forums:{page}", args=[self.key, registration.reference])

    def registrations(self) -> list[Registration]:
        """The own one first, then the colleagues'."""
        return [self.registration, *with_event().filter(registered_by=self.registration).order_by("pk")]


def registration_behind(token: str, *, purpose: SecretLink.Purpose) -> Registration | None:
    """None for a token that is unknown, for something else, or past its end."""
    link = find_link(token, purpose=purpose, model=Registration)
    rows = with_event().filter(emptied_at__isnull=True)
    return rows.filter(pk=link.object_id).first() if link else None


def issue_own_link(registration: Registration) -> str:
    """A token to the own page; those of earlier mails hold as well."""
    return issue_link(
        thing=registration, purpose=SecretLink.Purpose.EVENT, expires_at=link_end(registration.event)
    )


def issue_own_links(registrations: Sequence[Registration]) -> dict[int, str]:
    """Of one event: key -> token."""
    return issue_links(
        things=registrations,
        purpose=SecretLink.Purpose.EVENT,
        expires_at=link_end(registrations[0].event),
    )


def with_event() -> QuerySet[Registration]:
    return Registration.objects.select_related(*WITH_EVENT)
