"""Opening what a search has found: the owner, or the photos. Written before it is shown."""

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from assetmarking.models import Asset, Search, SearchOpening
from assetmarking.searching.counting import count
from assetmarking.searching.making import reason_of
from assetmarking.searching.queries import searches_of
from partnership.chained_log.writing import append
from partnership.models import Person
from partnership.rules import posts_for

Kind = SearchOpening.Kind
ACTS = {Kind.OWNER: "search.opened", Kind.PHOTOS: "search.photos_opened"}


@transaction.atomic(durable=True)
def open_thing(*, search: Search, asset: Asset, kind: SearchOpening.Kind) -> None:
    """Who opens twice is written down twice, and counted once."""
    _opening, is_first = SearchOpening.objects.get_or_create(search=search, asset=asset, kind=kind)
    if is_first and kind == Kind.OWNER:
        count(search.organisation, openings=1)
    append(
        organisation=search.organisation,
        actor=search.person,
        act=ACTS[kind],
        payload=reason_of(search) | {"thing": _("Gerät %(number)s") % {"number": asset.reference}},
    )


def is_opened(search: Search, asset: Asset, *kinds: SearchOpening.Kind) -> bool:
    return SearchOpening.objects.filter(search=search, asset=asset, kind__in=kinds).exists()


def may_see_opened(request: HttpRequest, asset: Asset) -> bool:
    """Photos of a thing: whoever has opened it in a search that is still there."""
    posts = posts_for(request)
    if not posts.police or not isinstance(request.user, Person):
        return False
    own = searches_of(request.user, posts)
    return SearchOpening.objects.filter(asset=asset, search__in=own.values("pk")).exists()
