"""Who asks for a visit in the directorate of Leipzig, and how far each request has got."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from consultations.demo.cast import Cast
from consultations.demo.singles import Supply
from consultations.models import VisitMatter, VisitRequest
from consultations.visits import taking
from consultations.visits.asking import Confided, Entry, Wishes, write_request
from partnership.demo import leipzig
from partnership.journal import log_act
from partnership.models import Area
from partnership.times import at_wall_time, today
from partnership.working_days import working_days_before

Premises = VisitRequest.Premises
Reason = VisitMatter.Reason
NINE = datetime.time(9, 20)


@dataclass(frozen=True, kw_only=True)
class Story:
    """Asked in `town` (its official key) so many working days ago; `has` is who took it, '' for nobody."""

    town: str
    days: int
    reason: str = Reason.GENERAL
    premises: str = Premises.WORKSHOP
    note: str = ""
    has: str = ""
    put_back: str = ""
    weekdays: tuple[int, ...] = ()
    short_notice: bool = False


STORIES = [
    Story(
        town="14729160",
        days=1,
        reason=Reason.BURGLARY,
        note="In der Nacht zum Dienstag war jemand in der Werkstatt. Werkzeug und die Kasse fehlen.",
        short_notice=True,
    ),
    Story(
        town="14713000",
        days=2,
        reason=Reason.BURGLARY,
        premises=Premises.SHOP,
        note="Das Schaufenster wurde eingeschlagen, zum zweiten Mal in diesem Jahr.",
    ),
    Story(
        town="14713000",
        days=3,
        reason=Reason.BURGLARY,
        premises=Premises.OFFICE,
        note="Die Tür zum Hof wurde aufgehebelt, zwei Rechner sind weg.",
        has=leipzig.OFFICER,
    ),
    Story(town="14713000", days=8, premises=Premises.RESTAURANT, note="Wir schließen erst nach Mitternacht."),
    Story(
        town="14713000",
        days=4,
        reason=Reason.BUILDING,
        premises=Premises.SHOP,
        note="Wir bauen den Laden um und möchten die neue Tür gleich richtig wählen.",
        weekdays=(0, 1),
    ),
    Story(
        town="14730070",
        days=7,
        premises=Premises.WAREHOUSE,
        weekdays=(2, 3),
        put_back="Ich bin zwei Wochen fort.",
    ),
    Story(town="14730310", days=6, premises=Premises.YARD, note="Auf dem Bauhof stehen Maschinen im Freien."),
    Story(town="14729050", days=5, reason=Reason.BUILDING, has=leipzig.SECOND_OFFICER),
    Story(town="14729410", days=4, premises=Premises.WAREHOUSE, has=leipzig.OFFICER, short_notice=True),
    Story(town="14730230", days=3, premises=Premises.OFFICE),
    Story(town="14729160", days=2, premises=Premises.SHOP, has=leipzig.THIRD_OFFICER),
    Story(town="14730110", days=1, reason=Reason.BUILDING),
    Story(town="14713000", days=0, premises=Premises.OFFICE, short_notice=True),
]


def add_visit_requests(cast: Cast) -> None:
    supply, police = Supply(cast, "visits"), cast.organisations.get(leipzig.POLICE)
    areas = {area.ags: area for area in Area.objects.filter(ags__in=[story.town for story in STORIES])}
    lead = cast.people.get(leipzig.LEAD)
    for story in STORIES:
        area, officer = areas.get(story.town), cast.people.get(story.has)
        if area is None or police is None or (story.has and officer is None):
            continue
        asked = working_days_before(today(), story.days)
        firm = supply.firm()
        request = write_request(
            Entry(
                partnership=cast.partnership,
                firm_name=firm.name,
                contact_name=firm.contact,
                contact_email=firm.email,
                contact_phone=firm.phone,
                street=f"Demoweg {len(firm.name)}",
                postcode=area.postcodes[0],
                city=area.name,
                premises=story.premises,
                wishes=Wishes(weekdays=list(story.weekdays), takes_freed_times=story.short_notice),
                confided=Confided(
                    reason=story.reason,
                    happened_on=asked if story.reason == Reason.BURGLARY else None,
                    note=story.note,
                ),
            ),
            police=police,
            state=VisitRequest.State.OPEN,
            asked_since=min(at_wall_time(asked, NINE), timezone.now()),
        )
        log_act(act="visit_request.confirmed", thing=request, organisation=police)
        if officer:
            taking.take_request(request_id=request.pk, actor=officer)
        if story.put_back and lead:
            taking.take_request(request_id=request.pk, actor=lead)
            taking.put_back(request_id=request.pk, reason=story.put_back, seen=lead.pk, actor=lead)
