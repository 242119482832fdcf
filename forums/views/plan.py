"""The education plan and who was there, for a year: as pages and as files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums import rules
from forums.forms.plan import GoalForm, NewGoalForm
from forums.models import TrainingGoal
from forums.planning import goals as acts
from forums.planning import numbers as figures
from forums.planning.plan import Plan, make_plan, plan_sheet
from forums.queries import events_visible_to, goals_visible_to, organisers_for, registrations_visible_to
from partnership.refusals import Refusal
from partnership.rules import Posts, posts_for
from partnership.spreadsheets import CSV, XLSX, csv_of, workbook_of
from partnership.times import today
from partnership.views.administration.pages import (
    FormPage,
    acting,
    allow,
    posted,
    seen_version,
    show_form,
)


@login_required
@never_cache
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """`?jahr`; this year, unless another is named."""
    posts = _posts_in_partnership(request)
    found = _plan(request, posts)
    planned = set(goals_visible_to(posts).values_list("year", flat=True).distinct())
    years = sorted(planned | {today().year, today().year + 1, found.year}, reverse=True)
    own = organisers_for(posts)
    before = goals_visible_to(posts).filter(year=found.year - 1)
    context = {
        "plan": found,
        "years": [(year, year == found.year) for year in years],
        "may_add": rules.may_edit_events(posts),
        "to_take_over": [
            (f"{where.pk}-{who.pk}", who)
            for where, who in own
            if before.filter(partnership=where, organisation=who).exists()
            and not any(line.goal.organisation_id == who.pk for line in found.lines)
        ],
    }
    return render(request, "forums/planning/plan.html", context)


@login_required
@never_cache
@require_safe
def plan_file(request: HttpRequest, suffix: str) -> HttpResponse:
    found = _plan(request, _posts_in_partnership(request))
    sheet = plan_sheet(found)
    return _file(
        f"bildungsplan-{found.year}", suffix, csv_of(sheet) if suffix == "csv" else workbook_of(sheet)
    )


@login_required
@never_cache
@allow
def goal_new(request: HttpRequest) -> HttpResponse:
    posts = _posts_of_desk(request)
    initial = {"year": _year(request)}
    form = NewGoalForm(posted(request), organisations=organisers_for(posts), initial=initial)
    refusal = None
    if request.method == "POST" and form.is_valid():
        where, who = form.organisation_chosen
        try:
            made = acts.add_goal(
                partnership=where, organisation=who, values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Das Vorhaben steht im Plan."))
            return redirect(_url_of(made.year))
    page = _page(_("Vorhaben aufnehmen"), _("Aufnehmen"), _year(request))
    return show_form(request, form, page, refusal=refusal)


@login_required
@never_cache
@allow
def goal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    goal = _editable(request, pk)
    form = GoalForm(posted(request), instance=_editable(request, pk))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            fields = acts.change_goal(
                goal_id=pk, seen=seen_version(request), values=form.values, actor=acting(request)
            )
        except Refusal as error:
            refusal = error
            goal = _editable(request, pk)
        else:
            messages.success(request, _("Gespeichert.") if fields else _("Es war nichts zu ändern."))
            return redirect(_url_of(form.values["year"]))
    page = _page(_("Vorhaben ändern"), _("Speichern"), goal.year, preline=goal.organisation.name)
    return show_form(request, form, page, refusal=refusal, thing=goal)


@login_required
@require_POST
def goal_remove(request: HttpRequest, pk: int) -> HttpResponse:
    goal = _editable(request, pk)
    try:
        acts.remove_goal(goal_id=pk, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("„%(title)s“ ist aus dem Plan gestrichen.") % {"title": goal.title})
    return redirect(_url_of(goal.year))


@login_required
@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """The lines of the year before, of the organisation that `organisation` names."""
    known = {f"{where.pk}-{who.pk}": (where, who) for where, who in organisers_for(_posts_of_desk(request))}
    chosen = known.get(request.POST.get("organisation", ""))
    if chosen is None:
        raise PermissionDenied
    where, who = chosen
    year = _year(request)
    try:
        acts.take_over(partnership=where, organisation=who, year=year, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("Übernommen. Passen Sie die Zahlen an."))
    return redirect(_url_of(year))


@login_required
@never_cache
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Attendance by role; `?jahr` as above."""
    registrations = registrations_visible_to(_posts_of_desk(request))
    table = figures.make_role_table(registrations, year=_year(request))
    years = figures.years_of(registrations, today=today())
    context = {
        "table": table,
        "years": [(year, year == table.year) for year in years],
        "roles": figures.SHORT.values(),
        "rules": figures.RULES,
    }
    return render(request, "forums/planning/numbers.html", context)


@login_required
@never_cache
@require_safe
def numbers_file(request: HttpRequest, suffix: str) -> HttpResponse:
    registrations = registrations_visible_to(_posts_of_desk(request))
    table = figures.make_role_table(registrations, year=_year(request))
    made = (
        csv_of(figures.role_sheet(table))
        if suffix == "csv"
        else figures.role_workbook(table, made_on=today())
    )
    return _file(f"teilnahmen-{table.year}", suffix, made)


def _plan(request: HttpRequest, posts: Posts) -> Plan:
    return make_plan(
        goals_visible_to(posts), year=_year(request), posts=posts, visible=events_visible_to(posts)
    )


def _year(request: HttpRequest) -> int:
    given = request.GET.get("jahr", "")
    is_year = given.isascii() and given.isdecimal() and 2000 <= int(given[:5]) <= 2100
    return int(given) if is_year else today().year


def _file(name: str, suffix: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=CSV if suffix == "csv" else XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


def _posts_in_partnership(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not rules.may_open_events(posts):
        raise PermissionDenied
    return posts


def _posts_of_desk(request: HttpRequest) -> Posts:
    posts = posts_for(request)
    if not rules.may_edit_events(posts):
        raise PermissionDenied
    return posts


def _editable(request: HttpRequest, pk: int) -> TrainingGoal:
    posts = _posts_in_partnership(request)
    goal = get_object_or_404(goals_visible_to(posts), pk=pk)
    if not rules.may_edit_goal(posts, goal):
        raise PermissionDenied
    return goal


def _url_of(year: int) -> str:
    return f"{reverse('events:plan')}?jahr={year}"


def _page(title: str, submit: str, year: int, *, preline: str = "") -> FormPage:
    return FormPage(
        title=title,
        preline=preline,
        back_url=_url_of(year),
        back_words=_("Zum Bildungsplan"),
        submit=submit,
    )
