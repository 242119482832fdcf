"""What a search for a firm shows: hits as ready rows, where each leads, and the way on with a new firm."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.firm_search import MOST_HITS, Hit, find_firms
from partnership.known_firms import firms_visible_to
from partnership.models import Firm
from partnership.rules import Posts

NEW = "neu"


@dataclass(frozen=True, slots=True)
class HitRow:
    url: str
    name: str
    facts: str
    formerly: str


@dataclass(frozen=True, slots=True)
class Hits:
    """`words` is the count as a sentence; `new_url` goes on with a firm that is not there yet."""

    text: str
    words: str
    rows: list[HitRow]
    new_url: str = ""


def lay_out_hits(posts: Posts, text: str, *, url_of: Callable[[Firm], str], new_url: str = "") -> Hits:
    text = " ".join(text.split())
    found = find_firms(firms_visible_to(posts), text) if text else []
    return Hits(
        text=text,
        words=_words(text, len(found)),
        rows=[_row(hit, url_of(hit.firm)) for hit in found],
        new_url=new_url,
    )


def _row(hit: Hit, url: str) -> HitRow:
    firm = hit.firm
    sites = sorted(firm.sites.all(), key=lambda site: site.pk)
    places = {site.city: site for site in sites}
    facts = [
        ", ".join(places),
        firm.membership_number,
        firm.phone,
        firm.chamber.short_name if firm.chamber else "",
    ]
    return HitRow(url=url, name=firm.name, facts=" · ".join(f for f in facts if f), formerly=hit.formerly)


def _words(text: str, count: int) -> str:
    if not text:
        return ""
    if count == 0:
        return _("Keine Firma gefunden. Prüfen Sie die Schreibweise, oder tragen Sie die Firma neu ein.")
    if count >= MOST_HITS:
        return _("Die ersten %(count)d Firmen. Tippen Sie weiter, um die Auswahl zu verkleinern.") % {
            "count": count
        }
    return ngettext("%(count)d Firma gefunden", "%(count)d Firmen gefunden", count) % {"count": count}
