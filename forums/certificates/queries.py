"""Reading: whose certificates somebody sees."""

from django.db.models import QuerySet

from forums.models import Certificate
from forums.queries import registrations_visible_to
from partnership.models import Person
from partnership.rules import Posts


def certificates_visible_to(posts: Posts) -> QuerySet[Certificate]:
    """Of events whose participants one may read."""
    rows = Certificate.objects.filter(registration__in=registrations_visible_to(posts).values("pk"))
    return rows.select_related("event__organiser", "event__partnership", "registration")


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """The own ones, valid and not erased; for the account."""
    rows = Certificate.objects.filter(registration__person=person)
    return valid_ones(rows).select_related("event__partnership", "registration")


def valid_ones(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    return rows.filter(revoked_at__isnull=True, erased_at__isnull=True)
