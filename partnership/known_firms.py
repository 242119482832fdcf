"""Which firms a desk knows: those of its chamber, and whoever else has to do with it, as apps say."""

from collections.abc import Callable

from django.db.models import Exists, Q, QuerySet

from partnership.models import Firm
from partnership.rules import Posts

Acquaintance = Callable[[frozenset[int]], Exists]
"""Given the organisations of a desk: whether the firm of the outer query has had to do with them."""

_acquaintances: list[Acquaintance] = []


def register_acquaintance(acquaintance: Acquaintance) -> None:
    """Apps say in `ready()` by what a firm becomes known to an organisation's desk."""
    _acquaintances.append(acquaintance)


def firms_visible_to(posts: Posts) -> QuerySet[Firm]:
    """A desk's: the firms of its chamber, and whoever has had to do with it. Merged ones are among them, so
    that an old name still leads somewhere."""
    if not posts.desks:
        return Firm.objects.none()
    known = Q(chamber__in=posts.desks)
    for acquaintance in _acquaintances:
        known |= Q(acquaintance(posts.desks))
    return Firm.objects.filter(known)
