"""What firms answered about their talks, of whole chambers, in quarters that are over; few are hidden.

A quarter that is over gets no more answers, and nothing is added up over quarters or chambers: no two views
can be put together to tell one answer.
"""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count as Number
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import Ease, Helped, SatisfactionAnswer
from consultations.numbers.counting import Scope, finished_quarters
from consultations.numbers.words import quarter_name
from partnership.models import Organisation
from partnership.small_numbers import LEAST, Count, shown
from partnership.spreadsheets import Cell, Sheet

Unit = tuple[int, int, int]
"""Partnership, chamber, directorate."""
RULE = gettext_lazy(
    "Rückmeldungen zählen wir für ganze Kammern in dem Quartal, in dem sie kamen, und nur in Quartalen, die "
    "vorbei sind. Anteile stehen erst ab fünf Rückmeldungen da. Wer geantwortet hat, ist nicht gespeichert."
)


@dataclass(frozen=True, slots=True)
class Line:
    """Shares in percent, in the order of the marks; empty where there are too few answers."""

    quarter: str
    unit: str
    answers: Count
    shares: list[int]

    @property
    def cells(self) -> list[str]:
        return [f"{share} %" for share in self.shares]


@dataclass(frozen=True, slots=True)
class Question:
    words: str
    marks: list[str]
    lines: list[Line]


def satisfaction_of(scope: Scope, hosts: set[int], *, today: datetime.date) -> list[Question]:
    """One statement. Houses do not narrow it: whose chambers are in `hosts` is counted as a whole."""
    quarters = finished_quarters(scope, today=today)
    seen = (
        Q(host__in=scope.posts.desks)
        | Q(police__in=scope.posts.lead_of)
        | Q(partnership__in=scope.posts.coordinates)
    )
    rows = SatisfactionAnswer.objects.filter(seen, host__in=hosts, quarter__in=quarters)
    counted = rows.values_list("quarter", "partnership", "host", "police", "helped", "ease")
    helped: dict[tuple[datetime.date, Unit], Counter[int]] = defaultdict(Counter)
    ease: dict[tuple[datetime.date, Unit], Counter[int]] = defaultdict(Counter)
    for quarter, partnership, host, police, did_help, was_easy, number in counted.annotate(Number("pk")):
        helped[quarter, (partnership, host, police)][did_help] += number
        ease[quarter, (partnership, host, police)][was_easy] += number
    if not helped:
        return []
    return [
        _question(_("Hat das Gespräch geholfen?"), Helped, helped),
        _question(_("War es einfach, den Termin zu bekommen?"), Ease, ease),
    ]


def satisfaction_sheet(questions: list[Question]) -> Sheet:
    header = [
        _("Frage"),
        _("Quartal"),
        _("Kammer und Polizei"),
        _("Rückmeldungen"),
        _("Antwort"),
        _("Prozent"),
    ]
    rows: list[list[Cell]] = []
    for question in questions:
        for line in question.lines:
            start: list[Cell] = [question.words, line.quarter, line.unit, _cell(line.answers)]
            pairs = zip(question.marks, line.shares, strict=True) if line.shares else [("", None)]
            rows += [[*start, mark, share] for mark, share in pairs]
    return Sheet(_("Rückmeldungen"), header, rows)


def _question(
    words: str,
    marks: type[Helped] | type[Ease],
    counted: dict[tuple[datetime.date, Unit], Counter[int]],
) -> Question:
    keys = {key for _quarter, (_partnership, *organisations) in counted for key in organisations}
    names = dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "short_name"))
    lines = []
    for (quarter, (_partnership, host, police)), numbers in sorted(counted.items()):
        total = numbers.total()
        shares = [round(100 * numbers[mark] / total) for mark in marks] if total >= LEAST else []
        unit = f"{names[host]}, {names[police]}"
        lines.append(Line(quarter_name(quarter), unit, shown(total), shares))
    return Question(words, [str(mark.label) for mark in marks], lines)


def _cell(number: Count) -> Cell:
    return number.low if number.is_exact else str(number)
