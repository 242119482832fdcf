"""A firm reads a list of tools in: uploaded, columns named, checked, taken over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assetmarking.forms.importing import ColumnsForm, DuplicatesForm, ListForm
from assetmarking.importing import running
from assetmarking.importing.faulty_rows import faulty_file
from assetmarking.importing.headings import told_by
from assetmarking.importing.judging import MOST_MEGABYTES
from assetmarking.importing.run_page import duplicate_choices, lay_out_run, outcome_words, recent_runs
from assetmarking.importing.sheets import mapping_of
from assetmarking.models import ImportRow, ImportRun
from partnership.limits import check_limit
from partnership.middleware import takes_files
from partnership.queries import firms_of
from partnership.refusals import Refusal
from partnership.spreadsheets import XLSX
from partnership.views.own_pages import CONFLICT, own_act, own_firm, own_page, person_of

State = ImportRun.State


@takes_files(most_megabytes=MOST_MEGABYTES + 1)
@own_page
def start(request: HttpRequest, firm_pk: int) -> HttpResponse:
    firm = own_firm(request, firm_pk)
    is_sent = request.method == "POST"
    form = ListForm(request.POST, request.FILES) if is_sent else ListForm()
    if is_sent:
        check_limit(request, "import")
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = running.upload_list(
                firm=firm,
                person=person_of(request),
                file_name=file.name,
                content=file.read(),
                campaign=form.cleaned_data["campaign"],
            )
            return redirect("assetmarking:import_run", run.pk)
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
    context = {"form": form, "firm": firm, "runs": recent_runs(firm)}
    return render(request, "assetmarking/importing/start.html", context)


@own_page
def run(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_run(request, pk)
    if found.state == State.ASKING:
        return redirect("assetmarking:import_columns", pk)
    return _run_page(request, found)


@own_page
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_run(request, pk)
    if found.state not in (State.ASKING, State.CHECKED):
        return redirect("assetmarking:import_run", pk)
    wanted = request.GET.get("blatt", "")
    numbers = {str(sheet["number"]): sheet for sheet in found.sheets}
    sheet = numbers.get(wanted) or numbers[str(found.sheet or found.sheets[0]["number"])]
    told = told_by(found.firm)
    mapping = found.mapping if sheet["number"] == found.sheet else mapping_of(sheet["headings"], told)[0]
    form = ColumnsForm(request.POST if request.method == "POST" else None, sheet=sheet, mapping=mapping)
    if request.method == "POST" and form.is_valid():
        try:
            running.map_columns(
                run_id=pk, sheet=sheet["number"], mapping=form.mapping, actor=person_of(request)
            )
            return redirect("assetmarking:import_run", pk)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    sheets = found.sheets if len(found.sheets) > 1 else []
    context = {"form": form, "run": found, "firm": found.firm, "sheet": sheet, "sheets": sheets}
    return render(request, "assetmarking/importing/columns.html", context)


@own_act
def duplicates(request: HttpRequest, pk: int) -> HttpResponse:
    _own_run(request, pk)
    person = person_of(request)
    act = request.POST.get("vorgang", "")
    try:
        if act in ("alle", "keine"):
            running.choose_all_duplicates(run_id=pk, are_taken=act == "alle", actor=person)
        else:
            running.choose_duplicates(
                run_id=pk,
                shown=_keys(request, "gezeigt"),
                taken=_keys(request, "taken"),
                actor=person,
            )
        messages.success(request, _("Ihre Auswahl ist gemerkt."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    target = redirect("assetmarking:import_run", pk)
    target["Location"] += "?art=duplicate"
    return target


@own_act
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, running.confirm_import)


@own_act
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, running.drop_import)


@own_page
def faulty(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own_run(request, pk)
    if found.state == State.CHECKED and found.rows.filter(outcome=ImportRow.Outcome.FAULTY).exists():
        content = faulty_file(found)
    elif found.faulty:
        content = bytes(found.faulty)
    else:
        raise Http404
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="fehlerhafte-zeilen.xlsx"'
    return response


def _own_run(request: HttpRequest, pk: int) -> ImportRun:
    """Of a firm for which this person speaks; the file itself stays where it is."""
    runs = ImportRun.objects.filter(firm__in=firms_of(person_of(request)).values("pk"))
    return get_object_or_404(runs.select_related("firm").defer("content"), pk=pk)


def _keys(request: HttpRequest, name: str) -> list[int]:
    return [int(key) for key in request.POST.getlist(name) if key.isdecimal() and len(key) < 19]


def _act(request: HttpRequest, pk: int, act: Any) -> HttpResponse:
    found = _own_run(request, pk)
    try:
        act(run_id=pk, actor=person_of(request))
    except Refusal as refusal:
        return _run_page(request, found, refusal=refusal)
    return redirect("assetmarking:import_run", pk)


def _run_page(request: HttpRequest, found: ImportRun, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {"run": found, "firm": found.firm, "refusal": refusal}
    context["is_at_work"] = found.state in ImportRun.AT_WORK
    if found.state == State.CHECKED:
        page = lay_out_run(found, request.GET)
        context["page"] = page
        if page.outcome == ImportRow.Outcome.DUPLICATE and page.lines:
            context["form"] = DuplicatesForm(
                choices=duplicate_choices(page), initial={"taken": [str(key) for key in page.taken]}
            )
    if found.state == State.DONE:
        context["words"] = outcome_words(found)
    return render(request, "assetmarking/importing/run.html", context, status=CONFLICT if refusal else 200)
