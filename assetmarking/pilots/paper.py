"""The report of a feasibility study: PDF/UA, rendered while one waits, in German."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from assetmarking.models import Pilot
from assetmarking.pilots.chart import Bar
from assetmarking.pilots.page import lay_out_pilot
from assetmarking.pilots.words import RULES
from partnership.documents import render_pdf
from partnership.times import numeric_date, today

LEFT, STEP, WORDS = 570, 62, 200
"""In tenths of a millimetre: where bars begin, from one to the next, room for a number."""


@dataclass(frozen=True, slots=True)
class PrintedBar:
    """`x_target` is None where nothing was to be reached."""

    bar: Bar
    y: int
    x_maybe: int
    x_target: int | None
    x_count: int


def pdf_of_pilot(pilot: Pilot) -> bytes:
    with translation.override("de"):
        page = lay_out_pilot(pilot, today=today())
        context = {
            "pilot": pilot,
            "page": page,
            "bars": [_printed(bar, number) for number, bar in enumerate(page.bars)],
            "left": LEFT,
            "chart_height": STEP * len(page.bars),
            "rules": RULES,
            "printed": numeric_date(today()),
            "partnership": pilot.partnership,
            "demo": settings.DEMO,
        }
    return render_pdf("pdf/pilot.html", context)


def _printed(bar: Bar, number: int) -> PrintedBar:
    end = bar.sure + bar.maybe
    if bar.target is not None and end <= bar.target < end + WORDS:
        end = bar.target
    return PrintedBar(
        bar=bar,
        y=number * STEP,
        x_maybe=LEFT + bar.sure,
        x_target=None if bar.target is None else LEFT + bar.target,
        x_count=LEFT + end + 20,
    )
