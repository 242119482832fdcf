"""From when to when, in words."""

import datetime

from django.utils.translation import gettext as _

from partnership.times import numeric_date


def span_words(starts: datetime.date, ends: datetime.date | None, *, today: datetime.date) -> str:
    """'seit 1.3.2026', 'ab 1.3.2027', 'seit 1.3.2026, endet am 31.3.2027', 'vom 1.3. bis 31.3.2026'."""
    words = {"first": numeric_date(starts), "last": numeric_date(ends) if ends else ""}
    if ends is None:
        return (_("ab %(first)s") if starts > today else _("seit %(first)s")) % words
    if ends < today or starts > today:
        return _("vom %(first)s bis %(last)s") % words
    return _("seit %(first)s, endet am %(last)s") % words


def days_words(starts: datetime.date, ends: datetime.date) -> str:
    """'24.12.2026' or '24.12.2026 bis 31.12.2026'."""
    first, last = numeric_date(starts), numeric_date(ends)
    return first if first == last else _("%(first)s bis %(last)s") % {"first": first, "last": last}
