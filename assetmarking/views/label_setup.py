"""A firm's own formats and printers, and the sheet with which an offset is measured."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assetmarking.forms.labels import FormatForm, PrinterForm
from assetmarking.labels import setup
from assetmarking.labels.drawing import draw_sheet, render_test_sheet
from assetmarking.labels.formats import MEASURES, NAMED, format_of, formats_of
from assetmarking.models import OwnLabelFormat, PrinterOffset
from partnership.queries import firms_of
from partnership.refusals import Refusal
from partnership.views.own_pages import (
    CONFLICT,
    form_page,
    own_firm,
    own_page,
    person_of,
    question_page,
    typed,
)


@own_page
def new_format(request: HttpRequest, firm_pk: int) -> HttpResponse:
    """An A4 sheet to begin with."""
    begin = NAMED[2]
    row = OwnLabelFormat(firm=own_firm(request, firm_pk), **dict(zip(MEASURES, begin.measures, strict=True)))
    return _format_page(request, row)


@own_page
def change_format(request: HttpRequest, pk: int) -> HttpResponse:
    return _format_page(request, _own_format(request, pk))


@own_page
def remove_format(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own_format(request, pk)
    if request.method == "POST":
        setup.remove_format(format=row, actor=person_of(request))
        return redirect("assetmarking:labels", row.firm_id)
    return question_page(
        request,
        title=_("Format „%(name)s“ entfernen?") % {"name": row.name},
        button=_("Format entfernen"),
        sentences=[_("Bögen, die Sie damit bestellt haben, können Sie weiter drucken.")],
        **_back_to(row.firm_id),
    )


@own_page
def new_printer(request: HttpRequest, firm_pk: int) -> HttpResponse:
    firm = own_firm(request, firm_pk)
    form, refusal = PrinterForm(typed(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            setup.save_printer(firm_id=firm.pk, actor=person_of(request), **form.cleaned_data)
            return redirect("assetmarking:labels", firm.pk)
        except Refusal as error:
            refusal = error
    return form_page(
        request,
        form,
        title=_("Drucker ausgleichen"),
        button=_("Versatz speichern"),
        intro=_(
            "Drucken Sie den Testbogen, halten Sie ihn mit einem Etikettenbogen gegen das Licht, "
            "und lesen Sie an den Linealen ab, wie weit die Rahmen verschoben werden müssen."
        ),
        refusal=refusal,
        refused=_("Noch nicht gespeichert"),
        **_back_to(firm.pk),
    )


@own_page
def remove_printer(request: HttpRequest, pk: int) -> HttpResponse:
    printers = PrinterOffset.objects.filter(firm__in=firms_of(person_of(request)).values("pk"))
    printer = get_object_or_404(printers, pk=pk)
    if request.method == "POST":
        setup.remove_printer(printer=printer, actor=person_of(request))
        return redirect("assetmarking:labels", printer.firm_id)
    return question_page(
        request,
        title=_("Drucker „%(name)s“ entfernen?") % {"name": printer.name},
        button=_("Drucker entfernen"),
        **_back_to(printer.firm_id),
    )


@own_page
def test_sheet(request: HttpRequest, firm_pk: int) -> HttpResponse:
    format = formats_of(own_firm(request, firm_pk)).get(request.GET.get("format", NAMED[0].key))
    if format is None:
        raise Http404
    response = HttpResponse(render_test_sheet(format), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="testbogen.pdf"'
    return response


def _format_page(request: HttpRequest, row: OwnLabelFormat) -> HttpResponse:
    """What is typed is drawn before it is saved: the button „Zeichnen“ saves nothing."""
    form, refusal = FormatForm(typed(request), instance=row), None
    drawing = draw_sheet(format_of(row)) if request.method != "POST" else None
    if request.method == "POST" and form.is_valid():
        try:
            setup.refuse_unreadable(form.instance)
            drawing = draw_sheet(format_of(form.instance))
            if "zeichnen" not in request.POST:
                setup.save_format(format=form.instance, actor=person_of(request))
                return redirect("assetmarking:labels", row.firm_id)
        except Refusal as error:
            refusal = error
    context = {"form": form, "firm": row.firm, "row": row, "drawing": drawing, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "assetmarking/labels/format.html", context, status=status)


def _own_format(request: HttpRequest, pk: int) -> OwnLabelFormat:
    rows = OwnLabelFormat.objects.filter(firm__in=firms_of(person_of(request)).values("pk"))
    return get_object_or_404(rows.select_related("firm"), pk=pk)


def _back_to(firm_pk: int) -> dict[str, Any]:
    return {
        "above": _("Etiketten"),
        "back_url": reverse("assetmarking:labels", args=[firm_pk]),
        "back_words": _("Zurück"),
    }
