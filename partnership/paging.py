"""A long list in pages; the search stays in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

PER_PAGE = 50


@dataclass(frozen=True)
class Sheet:
    """One page. `before` and `after` are query strings, empty where there is none."""

    page: Page[Any]
    words: str
    before: str
    after: str

    @property
    def rows(self) -> list[Any]:
        return list(self.page.object_list)

    @property
    def count(self) -> int:
        return self.page.paginator.count


def sheet_of(rows: QuerySet[Any] | Sequence[Any], query: QueryDict, *, per_page: int = PER_PAGE) -> Sheet:
    """The page that `seite` names; the first or the last for anything else."""
    page = Paginator(rows, per_page).get_page(query.get("seite"))

    def address(number: int) -> str:
        changed = query.copy()
        changed["seite"] = str(number)
        return changed.urlencode()

    return Sheet(
        page=page,
        words=_("Seite %(number)d von %(all)d") % {"number": page.number, "all": page.paginator.num_pages},
        before=address(page.previous_page_number()) if page.has_previous() else "",
        after=address(page.next_page_number()) if page.has_next() else "",
    )
