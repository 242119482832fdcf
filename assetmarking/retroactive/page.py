"""Hits that came later, for whoever has to do something about them."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from assetmarking.models import RetroactiveHit
from assetmarking.retroactive.telling import hit_words
from partnership.models import Person, Post
from partnership.rules import Posts
from partnership.times import berlin_day, long_date, long_moment

POLICE = (Post.Role.OFFICER, Post.Role.LEAD)


@dataclass(frozen=True, slots=True)
class LaterRow:
    key: int
    text: str
    thing: str
    state: str
    is_stolen: bool
    searched: str
    found: str
    case_number: str
    search: int
    is_own: bool
    who: str
    is_done: bool


def hits_for(person: Person, posts: Posts) -> QuerySet[RetroactiveHit]:
    """The own ones; a lead's also those of who is no longer in post there."""
    in_post = Post.objects.in_force().filter(
        person=OuterRef("search__person"), organisation=OuterRef("search__organisation"), role__in=POLICE
    )
    own = Q(search__person=person, search__organisation__in=posts.police)
    left = Q(search__organisation__in=posts.lead_of) & ~Exists(in_post)
    rows = RetroactiveHit.objects.filter(own | left)
    return rows.select_related("search__person", "mark__asset").order_by("-found_at", "-pk")


def count_waiting(person: Person, posts: Posts) -> int:
    return hits_for(person, posts).filter(done_at__isnull=True).count()


def lay_out_hits(rows: QuerySet[RetroactiveHit], person: Person) -> list[LaterRow]:
    """What is still to be done comes first."""
    rows = rows.order_by(F("done_at").desc(nulls_first=True), "-found_at", "-pk")
    return [
        LaterRow(
            key=hit.pk,
            text=", ".join(hit.texts),
            thing=str(hit.mark.asset),
            state=hit_words(was_stolen=hit.was_stolen),
            is_stolen=hit.was_stolen,
            searched=long_date(berlin_day(hit.search.searched_at)),
            found=long_moment(hit.found_at),
            case_number=hit.search.case_number,
            search=hit.search_id,
            is_own=hit.search.person_id == person.pk,
            who=hit.search.person.name,
            is_done=hit.done_at is not None,
        )
        for hit in rows[:200]
    ]


def finish_hit(*, hit_id: int) -> None:
    """Twice changes nothing."""
    RetroactiveHit.objects.filter(pk=hit_id, done_at__isnull=True).update(done_at=timezone.now())
