"""Where the hits of a search for a firm lead."""

from urllib.parse import urlencode

from django.urls import reverse

from partnership.firm_hits import NEW, Hits, lay_out_hits
from partnership.rules import Posts

PURPOSES = {
    "buchen": "appointments:book_for_caller",
    "ohne-anmeldung": "appointments:walk_in",
    "besuch": "appointments:visit_enter",
    "ansehen": "",
}
"""What the search is for: the key in the address, and the page that goes on with the firm."""


def find_hits(posts: Posts, text: str, *, purpose: str = "ansehen", time: str = "") -> Hits:
    """`time` is the value of a free time that has been chosen already."""
    page = PURPOSES.get(purpose, "")
    return lay_out_hits(
        posts,
        text,
        url_of=lambda firm: _url(page, time, str(firm.pk)),
        new_url=_url(page, time, NEW, " ".join(text.split())) if page else "",
    )


def _url(page: str, time: str, firm: str, text: str = "") -> str:
    if not page:
        return reverse("appointments:firm", args=[firm])
    given = {"zeit": time, "firma": firm, "suche": text}
    return f"{reverse(page)}?{urlencode({name: value for name, value in given.items() if value})}"
