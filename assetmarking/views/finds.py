"""What finders wrote about a firm's labels, for those who speak for the firm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assetmarking.finding import writing
from assetmarking.finding.page import lay_out_messages
from assetmarking.finding.queries import open_theft_of, threads_about, threads_of
from assetmarking.forms.finding import MessageForm
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.times import long_moment
from partnership.views.own_pages import CONFLICT, own_act, own_firm, own_page, person_of, typed


@own_page
def finds(request: HttpRequest, firm_pk: int) -> HttpResponse:
    firm = own_firm(request, firm_pk)
    sheet = sheet_of(threads_about(firm), request.GET)
    rows = [(thread, long_moment(thread.written_at)) for thread in sheet.rows]
    context = {"firm": firm, "sheet": sheet, "rows": rows}
    return render(request, "assetmarking/finding/finds.html", context)


@own_page
def find(request: HttpRequest, pk: int) -> HttpResponse:
    thread = get_object_or_404(threads_of(person_of(request)), pk=pk)
    form, refusal = MessageForm(typed(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            writing.answer_finder(thread_id=pk, text=form.cleaned_data["text"], actor=person_of(request))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Ihre Antwort ist unterwegs."))
            return redirect("assetmarking:find", pk)
    context = {
        "thread": thread,
        "form": form,
        "refusal": refusal,
        "refused": _("Nicht gesendet"),
        "messages_shown": lay_out_messages(thread, for_owner=True),
        "theft": open_theft_of(thread),
    }
    return render(request, "assetmarking/finding/find.html", context, status=CONFLICT if refusal else 200)


@own_act
def end(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(threads_of(person_of(request)), pk=pk)
    try:
        writing.end_by_owner(thread_id=pk, actor=person_of(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("Der Austausch ist beendet."))
    return redirect("assetmarking:find", pk)
