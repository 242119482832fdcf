"""Office hours for the benches: full days of half hours, each office with an officer of its own."""

import datetime

from consultations.models import OfficeHours
from consultations.offers import choice_value
from consultations.queries import FreeTime, free_times
from partnership.models import Office, Partnership, Person
from tests import factories


class Calendar:
    """Hands out times that nobody has used yet."""

    def __init__(self) -> None:
        self.partnership: Partnership = factories.make_partnership()
        self.chamber = factories.make_chamber(self.partnership)
        self.police = factories.make_police(self.partnership)
        self.pairs: list[tuple[Office, Person]] = []
        for number in range(6):
            office = factories.make_office(self.chamber)
            officer = factories.make_person(email=f"officer{number}@bench.example", name=f"O {number}")
            factories.make_post(officer, "officer", organisation=self.police)
            self.pairs.append((office, officer))
        self.day = datetime.date.today() + datetime.timedelta(days=3)
        self.used: set[str] = set()

    def add_days(self, count: int, *, until: int = 18) -> None:
        for _number in range(count):
            for office, officer in self.pairs:
                self._add(office, officer, until)
            self.day += datetime.timedelta(days=1)

    def _add(self, office: Office, officer: Person, until: int) -> OfficeHours:
        hours: OfficeHours = factories.make_hours(
            office=office,
            police=self.police,
            officers=[officer],
            day=self.day,
            starts=datetime.time(8),
            ends=datetime.time(until),
            slot_minutes=30,
            partnership=self.partnership,
        )
        return hours

    def take(self, count: int) -> list[str]:
        """Values of time buttons, none twice in a run."""
        free: list[FreeTime] = free_times(partnership=self.partnership)
        fresh = [v for v in map(choice_value, free) if v not in self.used][:count]
        while len(fresh) < count:
            self.add_days(1)
            fresh = [
                v for v in map(choice_value, free_times(partnership=self.partnership)) if v not in self.used
            ][:count]
        self.used.update(fresh)
        return fresh
