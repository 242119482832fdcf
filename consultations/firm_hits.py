"""What a search for a firm shows: hits as ready rows, where each leads, and the way on with a new firm."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.queries import firms_visible_to
from partnership.firm_search import MOST_HITS, Hit, find_firms
from partnership.rules import Posts

NEW = "neu"
PURPOSES = {
    "buchen": "appointments:book_for_caller",
    "ohne-anmeldung": "appointments:walk_in",
    "besuch": "appointments:visit_enter",
    "ansehen": "",
}
"""What the search is for: the key in the address, and the page that goes on with the firm."""


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


def find_hits(posts: Posts, text: str, *, purpose: str = "ansehen", time: str = "") -> Hits:
    """`time` is the value of a free time that has been chosen already."""
    text = " ".join(text.split())
    page = PURPOSES.get(purpose, "")
    found = find_firms(firms_visible_to(posts), text) if text else []
    return Hits(
        text=text,
        words=_words(text, len(found)),
        rows=[_row(hit, _url(page, time, str(hit.firm.pk))) for hit in found],
        new_url=_url(page, time, NEW, text) if page else "",
    )


def _url(page: str, time: str, firm: str, text: str = "") -> str:
    if not page:
        return reverse("appointments:firm", args=[firm])
    given = {"zeit": time, "firma": firm, "suche": text}
    return f"{reverse(page)}?{urlencode({name: value for name, value in given.items() if value})}"


def _row(hit: Hit, url: str) -> HitRow:
    firm = hit.firm
    sites = list(firm.sites.all())
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
