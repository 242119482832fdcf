"""How long: whole days of the calendar in Berlin, in settings, and in words."""

import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.times import at_wall_time, berlin_day

MIDNIGHT = datetime.time()
A_YEAR = datetime.timedelta(days=365)


def period_of(name: str) -> datetime.timedelta:
    period: datetime.timedelta = settings.RETENTION[name]
    return period


def days_before(now: datetime.datetime, period: datetime.timedelta) -> datetime.datetime:
    """What lies before it is due: it was kept so many whole days after its own."""
    return at_wall_time(berlin_day(now) - period, MIDNIGHT)


def years_before(now: datetime.datetime, period: datetime.timedelta) -> datetime.datetime:
    """As `days_before`, counted from the end of a thing's year."""
    year = (berlin_day(now) - period).year
    return at_wall_time(datetime.date(year, 1, 1), MIDNIGHT)


def days_in_words(period: datetime.timedelta) -> str:
    """'7 Tage', '12 Monate', '3 Jahre'."""
    if not period:
        return _("bis zum nächsten Tag")
    if period % A_YEAR:
        return ngettext("%(count)d Tag", "%(count)d Tage", period.days) % {"count": period.days}
    years = period // A_YEAR
    if years < 3:
        return _("%(count)d Monate") % {"count": years * 12}
    return _("%(count)d Jahre") % {"count": years}


def years_in_words(period: datetime.timedelta) -> str:
    """Also says from when on: the end of the year."""
    if period.days in (365, 366):
        return _("bis zum Ende des folgenden Jahres")
    return _("%(days)s nach dem Ende des Jahres") % {"days": days_in_words(period)}
