"""The desk's list of firms, and whatever it enters for one of them."""

import datetime

from django.urls import reverse
from django.utils import timezone

from consultations.models import Appointment
from consultations.offers import choice_value
from consultations.queries import free_times
from consultations.retention import HELD_FIRM
from partnership.firm_merging import Values, merge_firms
from partnership.models import FirmContact
from partnership.retention.holds import place_hold
from partnership.retention.running import run_when_due
from tests import factories
from tests.browser.addresses import Paths, under
from tests.personas import World

A_DAY = datetime.timedelta(days=1)

PAGES = {
    "bert": [
        *("appointments:firms", "appointments:firm", "appointments:firm_edit", "appointments:duplicates"),
        *("appointments:pair", "appointments:merge_undo", "workplace:hold"),
        *("appointments:visit_enter", "appointments:visits_entered"),
    ],
}
QUERIES = {"appointments:firms": ["", "?suche=hofladn"]}
NO_PAGES = {"appointments:no_duplicate", "appointments:firm_hits", "workplace:hold_end"}


def paths(world: World) -> Paths:
    """A firm with a contact, an appointment, what was merged into it, and one that looks like it."""
    firm, twin, merged = (
        factories.make_listed_firm(world.ihk, name=name, phone=phone)
        for name, phone in (("Hofladen Süß", "0341 000-7"), ("Hofladen Suess", "0341 000-7"), ("Altes", ""))
    )
    FirmContact.objects.create(firm=firm, name="Ömer Süß", email="oemer@hofladen.example")
    Appointment.objects.filter(lane__hours=world.hours, person=world.alice).update(firm=firm)
    values = Values(name=firm.name, chamber=world.ihk, phone=firm.phone)
    merge = merge_firms(heir_id=firm.pk, merged_id=merged.pk, values=values, actor=world.bert)
    place_hold(
        holdable=HELD_FIRM,
        key=firm.pk,
        organisation=world.ihk,
        reason="Widerspruch",
        until=timezone.localdate() + A_DAY,
        actor=world.bert,
    )
    run_when_due()
    return {
        **under("appointments:firm", ("", "_edit"), firm.pk),
        **under("appointments:", ("pair",), firm.pk, twin.pk),
        **under("appointments:", ("merge_undo",), merge.pk),
        **under("workplace:", ("hold",), "firma", firm.pk),
        **_entered_for(world, f"firma={firm.pk}"),
    }


def _entered_for(world: World, firm: str) -> Paths:
    """With and without a time, with the firm, with a search for it."""
    time = f"zeit={choice_value(free_times(partnership=world.partnership)[0])}"
    walk_in, book, visit = (
        reverse(f"appointments:{name}") for name in ("walk_in", "book_for_caller", "visit_enter")
    )
    with_time = ["", f"?{time}", f"?{time}&{firm}", f"?{time}&suche=hofladen"]
    return {
        "appointments:walk_in": [walk_in + query for query in with_time],
        "appointments:book_for_caller": [book + query for query in [*with_time, f"?{firm}"]],
        "appointments:visit_enter": [visit, f"{visit}?{firm}", f"{visit}?firma=neu&suche=Hofladen"],
    }
