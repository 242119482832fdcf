"""Reading: whose certificates somebody sees."""

from django.db.models import QuerySet

from forums.models import Certificate, Registration
from forums.queries import registrations_visible_to
from partnership.rules import Posts


def certificates_visible_to(posts: Posts) -> QuerySet[Certificate]:
    """Of events whose participants one may read."""
    rows = Certificate.objects.filter(registration__in=registrations_visible_to(posts).values("pk"))
    return rows.select_related("event__organiser", "event__partnership", "registration")


def certificate_of(registration: Registration) -> Certificate | None:
    """The one that is valid and not erased."""
    rows = valid_ones(Certificate.objects.filter(registration=registration))
    return rows.select_related("event__partnership").first()


def valid_ones(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    return rows.filter(revoked_at__isnull=True, erased_at__isnull=True)
