"""The owner's code: forming one, and reading one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assetmarking.codes.ein import readings_of
from assetmarking.forms.ein import FormEinForm, ReadEinForm
from partnership.views.own_pages import own_page

READ = "lesen"


@own_page
def ein(request: HttpRequest) -> HttpResponse:
    is_read = READ in request.POST
    is_formed = request.method == "POST" and not is_read
    forming = FormEinForm(request.POST if is_formed else None)
    reading = ReadEinForm(request.POST if is_read else None)
    context = {
        "forming": forming,
        "reading": reading,
        "code": forming.code if is_formed and forming.is_valid() else "",
        "readings": readings_of(reading.cleaned_data["code"]) if is_read and reading.is_valid() else [],
    }
    return render(request, "assetmarking/codes/ein.html", context)
