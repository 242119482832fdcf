"""Reading: whose certificates somebody sees."""

from django.db.models import QuerySet

from forums.models import Certificate
from forums.queries import registrations_of, registrations_visible_to
from partnership.models import Person
from partnership.rules import Posts


def certificates_visible_to(posts: Posts) -> QuerySet[Certificate]:
    """Of events whose participants one may read."""
    rows = Certificate.objects.filter(registration__in=registrations_visible_to(posts).values("pk"))
    return rows.select_related("event__organiser", "event__partnership", "registration")


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """For the account, of whom it shows registrations; valid and not erased."""
    rows = Certificate.objects.filter(registration__in=registrations_of(person).order_by().values("pk"))
    return valid_ones(rows).select_related("event__partnership", "registration")


def valid_ones(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    return rows.filter(revoked_at__isnull=True, erased_at__isnull=True)
