"""One question, one answer: whether police have confirmed that a thing with this number is stolen.

Who asked is written nowhere. Unknown, registered and reported without a confirmation are the same answer.
"""

from django.db.models import Exists, OuterRef, Q, Value

from assetmarking.codes.own_code import read_own_code
from assetmarking.matching.judging import EQUAL, judge
from assetmarking.matching.readings import keys_of_query, readings_of
from assetmarking.models import Label, Mark, StolenThing, TheftReport
from partnership.models.folding import folded_name


def is_reported_stolen(*, number: str, make: str = "") -> bool:
    """By manufacturers' numbers alone, alike but for what is easily confused. Where a make is given, it tells
    things apart whose make is known."""
    stolen = StolenThing.objects.filter(
        asset=OuterRef("asset"), ended_at__isnull=True, report__state=TheftReport.State.CONFIRMED
    )
    keys = keys_of_query(number)
    marks = Mark.objects.filter(Exists(stolen), key__in=keys, kind__in=Mark.MANUFACTURERS)
    if make:
        marks = marks.filter(Q(asset__make_key=folded_name(Value(make))) | Q(asset__make_key=""))
    readings = readings_of(number)
    verdicts = (judge(reading.text, mark.text) for mark in marks for reading in readings)
    return any(verdict is not None and verdict.match in EQUAL for verdict in verdicts)


def is_label(number: str) -> bool:
    """A code of ours, which everybody reads on the thing and a thief can leave off."""
    return Label.objects.filter(code=read_own_code(number) or "").exists()
