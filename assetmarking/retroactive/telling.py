"""Who is told of a hit that came later: whoever searched, while in post there; else those who lead."""

from django.urls import reverse
from django.utils.translation import gettext as _

from assetmarking.models import Search
from partnership.account_changes import partnership_of
from partnership.current import absolute_url
from partnership.models import Person, Post
from partnership.outbox import queue_mail
from partnership.queries import holders_of
from partnership.rules import posts_of
from partnership.times import berlin_day, long_date


def tell(search: Search, *, is_stolen: bool) -> None:
    """Without a number, a thing or a name: those stand behind the sign-in."""
    for person in _whom(search):
        partnership = partnership_of(person)
        if partnership is None:
            continue
        queue_mail(
            partnership=partnership,
            kind="asset_search_hit",
            to_name=person.name,
            to_email=person.email,
            content={
                "day": long_date(berlin_day(search.searched_at)),
                "case_number": search.case_number,
                "is_stolen": is_stolen,
                "is_own": person.pk == search.person_id,
                "page": absolute_url(partnership, reverse("search:hits")),
            },
            thing=search,
        )


def _whom(search: Search) -> list[Person]:
    if search.organisation_id in posts_of(search.person).police:
        return [search.person]
    return list(holders_of(Post.Role.LEAD, search.organisation_id))


def hit_words(*, was_stolen: bool) -> str:
    return _("als gestohlen gemeldet") if was_stolen else _("inzwischen erfasst")
