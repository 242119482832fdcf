"""The sessions in which somebody is signed in."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from partnership.models import Person


def sessions_of(person: Person) -> list[Session]:
    """A session says whose it is only inside, so all that have not ended are read."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).order_by("expire_date")
    return [s for s in live.iterator() if s.get_decoded().get(SESSION_KEY) == str(person.pk)]


def end_sessions_of(person: Person) -> None:
    keys = [session.pk for session in sessions_of(person)]
    Session.objects.filter(pk__in=keys).delete()
