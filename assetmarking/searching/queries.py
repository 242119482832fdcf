"""Which searches somebody may see again."""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from assetmarking.models import Search
from partnership.models import Person
from partnership.rules import Posts

OPEN_FOR = datetime.timedelta(hours=24)


def searches_of(person: Person, posts: Posts) -> QuerySet[Search]:
    """The own ones of the last day and those that are kept, while one is in post where they were made."""
    now = timezone.now()
    rows = Search.objects.filter(Q(searched_at__gt=now - OPEN_FOR) | Q(kept_until__gt=now))
    return rows.filter(person=person, organisation__in=posts.police).select_related("organisation")
