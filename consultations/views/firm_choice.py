"""Who is on the telephone or at the counter: the firm that an address or a form names."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from consultations import rules
from consultations.firm_appointments import Caller, callers_of
from consultations.firm_hits import find_hits
from consultations.forms.firms import FirmSearch
from partnership.firm_hits import NEW, Hits
from partnership.known_firms import firms_visible_to
from partnership.models import Firm
from partnership.phone_numbers import searched_digits
from partnership.rules import posts_for

NOBODY = "andere"


@dataclass(frozen=True, slots=True)
class FirmChoice:
    """`firm` is None for a new one. `text` is what was searched, `caller` whose data to fill in."""

    firm: Firm | None = None
    text: str = ""
    callers: list[Caller] = field(default_factory=list)
    person: str = ""

    @property
    def key(self) -> str:
        return str(self.firm.pk) if self.firm else NEW

    @property
    def caller(self) -> Caller | None:
        if self.person == NOBODY or not self.callers:
            return None
        number = int(self.person) if self.person.isdecimal() and len(self.person) < 3 else 0
        return self.callers[min(number, len(self.callers) - 1)]

    @property
    def initial(self) -> dict[str, str]:
        """What the form begins with."""
        if self.firm is None:
            name = "contact_phone" if searched_digits(self.text) else "firm_name"
            return {name: self.text}
        given = {
            "firm_name": self.firm.name,
            "chamber": str(self.firm.chamber_id or ""),
            "membership_number": self.firm.membership_number,
        }
        if caller := self.caller:
            given |= {
                "contact_name": caller.name,
                "contact_phone": caller.phone or self.firm.phone,
                "contact_email": caller.email,
            }
        return given | ({} if given.get("contact_phone") else {"contact_phone": self.firm.phone})

    def links(self, query: QueryDict) -> list[dict[str, Any]]:
        """The firm's people to choose from, and somebody else."""
        if not self.callers:
            return []
        chosen = NOBODY if self.caller is None else str(self.callers.index(self.caller))
        rows = [(str(number), caller.name, caller.reach) for number, caller in enumerate(self.callers)]
        rows.append((NOBODY, _("jemand anderes"), ""))
        found = []
        for key, name, reach in rows:
            changed = query.copy()
            changed["person"] = key
            found.append(
                {"url": f"?{changed.urlencode()}", "name": name, "reach": reach, "is_here": key == chosen}
            )
        return found


def read_firm_choice(request: HttpRequest) -> FirmChoice | None:
    """None while nobody is named; a posted form without a firm is about a new one."""
    given = request.POST if request.method == "POST" else request.GET
    key = given.get("firma", NEW if request.method == "POST" else "")
    if not key:
        return None
    text = " ".join(request.GET.get("suche", "").split())[:100]
    if key == NEW:
        return FirmChoice(text=text)
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    firm = visible_firm(request, int(key))
    callers = callers_of(
        firm, posts_for(request), may_see_contacts=rules.may_edit_firm(posts_for(request), firm)
    )
    return FirmChoice(firm=firm, text=text, callers=callers, person=request.GET.get("person", ""))


def visible_firm(request: HttpRequest, pk: int) -> Firm:
    """What was merged leads to its heir. Raises Http404."""
    rows = firms_visible_to(posts_for(request)).select_related("chamber", "merged_into__chamber")
    firm = rows.filter(pk=pk).first()
    if firm is None:
        raise Http404
    return firm.merged_into or firm


def who_calls(request: HttpRequest, *, purpose: str, label: Any) -> dict[str, Any]:
    """Search field and hits, for the page that asks who it is."""
    text = request.GET.get("suche", "")[:100]
    time = request.GET.get("zeit", "")[:60]
    hits: Hits = find_hits(posts_for(request), text, purpose=purpose, time=time)
    return {
        "firm_search": FirmSearch(text, label=label, autofocus=True),
        "hits": hits,
        "purpose": purpose,
        "zeit": time,
    }
