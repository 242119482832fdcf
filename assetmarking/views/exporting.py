"""A firm takes its things along."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from assetmarking.exporting.files import CONTENT_TYPES, write_file
from assetmarking.queries import assets_of_firm
from partnership.views.own_pages import own_firm, own_page


@own_page
def choice(request: HttpRequest, firm_pk: int) -> HttpResponse:
    firm = own_firm(request, firm_pk)
    context = {"firm": firm, "number": assets_of_firm(firm).count()}
    return render(request, "assetmarking/exporting/choice.html", context)


@own_page
def download(request: HttpRequest, firm_pk: int, suffix: str) -> FileResponse:
    firm = own_firm(request, firm_pk)
    if suffix not in CONTENT_TYPES:
        raise Http404
    return FileResponse(
        write_file(firm, suffix),
        as_attachment=True,
        filename=f"geraete.{suffix}",
        content_type=CONTENT_TYPES[suffix],
    )
