"""The rows that the rota's names stand for."""

import datetime
from dataclasses import dataclass

from consultations.demo.rota import Turn
from consultations.office_hours import Plan
from partnership.demo import leipzig
from partnership.models import Office, OfficeClosure, Organisation, Partnership, Person
from partnership.times import at_wall_time

OPENS_BEFORE = datetime.timedelta(weeks=12)
OPENS, CLOSES = datetime.time(8), datetime.time(18)
A_DAY = datetime.timedelta(days=1)
DESKS = {leipzig.IHK: leipzig.IHK_DESK, leipzig.HWK: leipzig.HWK_DESK}


@dataclass(frozen=True)
class Cast:
    """By name; people by e-mail address. What somebody has renamed is missing here."""

    partnership: Partnership
    organisations: dict[str, Organisation]
    offices: dict[str, Office]
    people: dict[str, Person]
    closures: list[OfficeClosure]

    def plan(self, turn: Turn, day: datetime.date) -> Plan | None:
        """None where an office or officer of the turn is no longer known. Booking closes the day before."""
        office = self.offices.get(turn.office)
        police = self.organisations.get(leipzig.POLICE)
        officers = [self.people[email] for email in turn.officers if email in self.people]
        if office is None or police is None or len(officers) < len(turn.officers):
            return None
        return Plan(
            partnership=self.partnership,
            office=office,
            room=office.rooms.filter(name=turn.room).first(),
            police=police,
            officers=officers,
            day=day,
            starts=turn.hours[0],
            ends=turn.hours[1],
            slot_minutes=turn.minutes,
            gap_minutes=turn.gap,
            pause_starts=turn.pause[0] if turn.pause else None,
            pause_ends=turn.pause[1] if turn.pause else None,
            booking_opens_at=at_wall_time(day - OPENS_BEFORE, OPENS),
            booking_closes_at=at_wall_time(day - A_DAY, CLOSES),
            topics=list(turn.topics),
            languages=list(turn.languages),
        )

    def is_closed(self, office: Office, day: datetime.date) -> bool:
        return any(
            closure.office_id == office.pk and closure.starts <= day <= closure.ends
            for closure in self.closures
        )

    def desk_of(self, office: Office) -> Person:
        return self.people[DESKS[office.organisation.name]]


def find_cast() -> Cast | None:
    """None where the Leipzig partnership or one of its desks is gone."""
    partnership = Partnership.objects.filter(slug=leipzig.SLUG).first()
    people = {person.email: person for person in Person.objects.filter(email__endswith="@demo.example")}
    if partnership is None or not {*DESKS.values(), leipzig.OFFICER} <= people.keys():
        return None
    offices = Office.objects.filter(organisation__name__in=DESKS).select_related("organisation")
    return Cast(
        partnership=partnership,
        organisations={o.name: o for o in partnership.members.all()},
        offices={office.name: office for office in offices},
        people=people,
        closures=list(OfficeClosure.objects.all()),
    )
