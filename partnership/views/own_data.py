"""What the portal keeps about whoever is signed in: to read, and to take away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from partnership.limits import check_limit
from partnership.own_data import pack_own_data, sections_about
from partnership.views.own_pages import own_page, person_of


@own_page
def own_data(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        sections = sections_about(person_of(request))
        return render(request, "partnership/own/data.html", {"sections": sections})
    check_limit(request, "own_data")
    response = HttpResponse(pack_own_data(person=person_of(request)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{_("meine-daten")}.zip"'
    return response
