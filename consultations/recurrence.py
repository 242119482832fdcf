"""The rule of a series: which days it names, and how it is said. Days are days on the wall's calendar."""

import datetime
from dataclasses import dataclass, replace

from dateutil import rrule
from django.utils.translation import gettext as _

from consultations.models import OfficeHoursSeries
from partnership.times import WEEKDAYS, long_day
from partnership.working_days import holiday_name

MOST_DAYS_AHEAD = 548
"""18 months."""
A_DAY = datetime.timedelta(days=1)
Rhythm, Nth = OfficeHoursSeries.Rhythm, OfficeHoursSeries.Nth


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`weekdays`: 0 is Monday. `nth` belongs to monthly rules, `every_weeks` to weekly ones."""

    rhythm: str
    weekdays: list[int]
    first_day: datetime.date
    last_day: datetime.date
    every_weeks: int = 1
    nth: int | None = None

    def days(self) -> list[datetime.date]:
        start = datetime.datetime.combine(self.first_day, datetime.time())
        end = datetime.datetime.combine(self.last_day, datetime.time())
        if self.rhythm == Rhythm.MONTHLY:
            days = [rrule.weekday(day, self.nth) for day in self.weekdays]
            found = rrule.rrule(rrule.MONTHLY, dtstart=start, until=end, byweekday=days)
        else:
            found = rrule.rrule(
                rrule.WEEKLY,
                dtstart=start,
                until=end,
                interval=self.every_weeks,
                byweekday=self.weekdays,
                wkst=rrule.MO,
            )
        return [moment.date() for moment in found]

    def in_words(self) -> str:
        """'jeden zweiten Dienstag'; without from and until."""
        days = [WEEKDAYS["de"][day] for day in sorted(self.weekdays)]
        if self.rhythm == Rhythm.MONTHLY:
            words = {"nth": Nth(self.nth or Nth.LAST).label, "days": _(" und ").join(days)}
            return _("jeden %(nth)s %(days)s im Monat") % words
        words = {"days": _(" und ").join(days), "weeks": self.every_weeks}
        if self.every_weeks == 1:
            return _("jeden %(days)s") % words
        if self.every_weeks == 2:
            return _("jeden zweiten %(days)s") % words
        return _("alle %(weeks)d Wochen am %(days)s") % words


def rule_of(series: OfficeHoursSeries) -> Rule:
    return Rule(
        rhythm=series.rhythm,
        weekdays=series.weekdays,
        first_day=series.first_day,
        last_day=series.last_day,
        every_weeks=series.every_weeks,
        nth=series.nth,
    )


def series_in_words(series: OfficeHoursSeries) -> str:
    """'jeden zweiten Dienstag, 9:00 bis 12:00 Uhr, bis 30. Juni 2027'."""
    words = {
        "rule": rule_of(series).in_words(),
        "from": f"{series.starts:%-H:%M}",
        "to": f"{series.ends:%-H:%M}",
        "until": long_day(series.last_day),
    }
    if series.cancelled_from:
        words["cancelled"] = long_day(series.cancelled_from)
        return _("%(rule)s, %(from)s bis %(to)s Uhr, abgesagt ab %(cancelled)s") % words
    return _("%(rule)s, %(from)s bis %(to)s Uhr, bis %(until)s") % words


def last_of(rule: Rule, count: int) -> datetime.date | None:
    """The `count`-th day of the rule, whatever its last day; None where 18 months do not hold so many."""
    end = rule.first_day + datetime.timedelta(days=MOST_DAYS_AHEAD)
    days = replace(rule, last_day=end).days()
    return days[count - 1] if len(days) >= count else None


def bridge_of(day: datetime.date) -> str:
    """The holiday that leaves only this working day between itself and the weekend, or an empty string."""
    if day.weekday() == 4:
        return holiday_name(day - A_DAY)
    return holiday_name(day + A_DAY) if day.weekday() == 0 else ""
