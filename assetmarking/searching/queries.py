"""Which searches somebody may see again."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assetmarking.models import RetroactiveHit, Search
from partnership.models import Person
from partnership.rules import Posts

OPEN_FOR = datetime.timedelta(hours=24)
WAITS_FOR = datetime.timedelta(days=90)
"""How long a hit that came later keeps its search, unless it is dealt with before."""


def with_open_hit(*, now: datetime.datetime) -> Exists:
    """A search with a hit that somebody still has to deal with."""
    waits = RetroactiveHit.objects.filter(done_at__isnull=True, found_at__gt=now - WAITS_FOR)
    return Exists(waits.filter(search=OuterRef("pk")))


def searches_of(person: Person, posts: Posts) -> QuerySet[Search]:
    """The own ones of the last day, those that are kept and those with an open hit, while one is in post
    where they were made."""
    now = timezone.now()
    rows = Search.objects.filter(
        Q(searched_at__gt=now - OPEN_FOR) | Q(kept_until__gt=now) | with_open_hit(now=now)
    )
    return rows.filter(person=person, organisation__in=posts.police).select_related("organisation")
