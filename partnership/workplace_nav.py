"""The workplace's menu: apps register their pages, each person sees those of their posts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from partnership.models import Person
from partnership.rules import Posts, posts_for


@dataclass(frozen=True, kw_only=True)
class WorkplacePage:
    """`url_name` is the page's own address; `order` sorts the menu, and the first page is a person's home.

    `count` is how much waits there, `own_count` how much of it for this person: it stands behind the label,
    and nothing to do is no entry unless the page `stays`.
    """

    label: str | Promise
    url_name: str
    order: int
    is_for: Callable[[Posts], bool]
    count: Callable[[Posts], int] | None = None
    own_count: Callable[[Person, Posts], int] | None = None
    stays: bool = False


_pages: list[WorkplacePage] = []


def register_pages(*pages: WorkplacePage) -> None:
    """Apps name their pages in `ready()`."""
    _pages.extend(pages)
    _pages.sort(key=lambda page: page.order)


def pages_for(posts: Posts) -> list[WorkplacePage]:
    return [page for page in _pages if page.is_for(posts)]


def menu_for(request: HttpRequest) -> list[dict[str, object]]:
    """Label, address and whether it is the page shown or one below it."""
    posts = posts_for(request)
    rows = [(page, reverse(page.url_name)) for page in pages_for(posts)]
    below = [url for _page, url in rows if request.path.startswith(url)]
    here = max(below, key=len, default="")
    shown = [(page, url, _count(page, request, posts)) for page, url in rows]
    return [
        {"label": page.label, "url": url, "is_here": url == here, "count": count}
        for page, url, count in shown
        if count != 0 or page.stays or url == here
    ]


def _count(page: WorkplacePage, request: HttpRequest, posts: Posts) -> int | None:
    if page.own_count and isinstance(request.user, Person):
        return page.own_count(request.user, posts)
    return page.count(posts) if page.count else None
