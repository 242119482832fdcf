"""What was offered, booked and attended: a page, and the same as files."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations import rules
from consultations.forms.numbers import NumbersFilter
from consultations.numbers.chart import draw_months, finding_of
from consultations.numbers.counting import Scope, days_counted_for, houses_counted_for
from consultations.numbers.files import file_name, numbers_sheet, topics_sheet, workbook
from consultations.numbers.report import Report, make_report
from consultations.numbers.satisfaction import RULE as SATISFACTION_RULE
from consultations.numbers.satisfaction import Question, satisfaction_of
from consultations.numbers.topics import add_up, topic_names
from consultations.numbers.visits import RULE as VISITS_RULE
from consultations.numbers.visits import VisitTable, visits_made
from consultations.numbers.words import COLUMNS, RULES
from partnership.rules import Posts, posts_for
from partnership.spreadsheets import CSV, XLSX, csv_of
from partnership.times import today

CONTENT_TYPES = {"xlsx": XLSX, "csv": CSV}
Writer = Callable[[Report, list[Question], VisitTable | None], bytes]


@login_required
@never_cache
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    posts = _reader(request)
    search = _asked(request, posts)
    if search is None:
        return render(request, "consultations/desk/numbers.html")
    report = _report(posts, search) if search.is_valid() else None
    visits = visits_made(_scope(posts, search)) if report else None
    context = {
        "search": search,
        "report": report,
        "chart": draw_months(report) if report else None,
        "finding": finding_of(report) if report else "",
        "topics": add_up(report.topics) if report and report.topics else None,
        "topic_names": topic_names(),
        "columns": COLUMNS,
        "satisfaction": _satisfaction(posts, search) if report else [],
        "visits": visits,
        "rules": [*RULES, *([VISITS_RULE] if visits else []), SATISFACTION_RULE],
    }
    return render(request, "consultations/desk/numbers.html", context)


@login_required
@never_cache
@require_safe
def numbers_xlsx(request: HttpRequest) -> HttpResponse:
    return _as_file(request, "zahlen", "xlsx", _workbook)


@login_required
@never_cache
@require_safe
def numbers_csv(request: HttpRequest) -> HttpResponse:
    return _as_file(request, "zahlen", "csv", lambda report, _marks, _visits: csv_of(numbers_sheet(report)))


@login_required
@never_cache
@require_safe
def topics_csv(request: HttpRequest) -> HttpResponse:
    return _as_file(request, "themen", "csv", lambda report, _marks, _visits: csv_of(topics_sheet(report)))


def _workbook(report: Report, marks: list[Question], visits: VisitTable | None) -> bytes:
    return workbook(report, made_on=today(), satisfaction=marks, visits=visits)


def _as_file(request: HttpRequest, name: str, suffix: str, write: Writer) -> HttpResponse:
    """What cannot be answered is explained by the page."""
    posts = _reader(request)
    search = _asked(request, posts)
    if search is None or not search.is_valid():
        return redirect(f"{reverse('appointments:numbers')}?{request.GET.urlencode()}")
    report = _report(posts, search)
    content = write(report, _satisfaction(posts, search), visits_made(_scope(posts, search)))
    response = HttpResponse(content, content_type=CONTENT_TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{file_name(report, name, suffix)}"'
    return response


def _reader(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not rules.may_read_numbers(posts):
        raise PermissionDenied
    return posts


def _asked(request: HttpRequest, posts: Posts) -> NumbersFilter | None:
    """None where there are no office hours yet."""
    days = days_counted_for(posts)
    if days is None:
        return None
    return NumbersFilter(request.GET, days=days, houses=houses_counted_for(posts), today=today())


def _scope(posts: Posts, search: NumbersFilter) -> Scope:
    return Scope(posts, frozenset(house.pk for house in search.chosen), search.first, search.last)


def _report(posts: Posts, search: NumbersFilter) -> Report:
    return make_report(_scope(posts, search), search.chosen, today=today())


def _satisfaction(posts: Posts, search: NumbersFilter) -> list[Question]:
    hosts = {house.organisation_id for house in search.chosen}
    return satisfaction_of(_scope(posts, search), hosts, today=today())
