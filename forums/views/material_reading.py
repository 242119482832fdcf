"""Material, for those who may read it: by right or by the own link. No browser shows a file, it saves it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from forums.event_words import when_of
from forums.materials.overview import own_materials
from forums.materials.reading import materials_readable_by, pieces_of, reads_as_participant
from forums.models import Material, MaterialFile, Registration
from forums.registering.access import registration_behind
from partnership.limits import check_limit
from partnership.models import Person, SecretLink
from partnership.rules import posts_for
from partnership.views.secret_links import secret_page

HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = request.user if isinstance(request.user, Person) else None
    found = get_object_or_404(materials_readable_by(person, posts_for(request)), pk=pk)
    return _as_file(found)


@secret_page
@require_safe
def own_list(request: HttpRequest, token: str) -> HttpResponse:
    registration = _participant(request, token)
    if registration is None:
        return render(request, "forums/materials/link_ended.html", status=404)
    context = {
        "event": registration.event,
        "when": when_of(registration.event),
        "materials": own_materials(registration, token=token),
    }
    return render(request, "forums/materials/own.html", context)


@secret_page
@require_safe
def own_material(request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    registration = _participant(request, token)
    if registration is None:
        raise Http404
    return _as_file(get_object_or_404(registration.event.materials, pk=pk))


def _participant(request: HttpRequest, token: str) -> Registration | None:
    """Behind an own link, if there is a place."""
    found = registration_behind(token, purpose=SecretLink.Purpose.EVENT)
    if found is None or not reads_as_participant(found):
        check_limit(request, "link")
        return None
    return found


def _as_file(found: Material) -> HttpResponseBase:
    """404 for what is no file."""
    file = get_object_or_404(MaterialFile.objects.defer("content"), material=found)
    disposition = content_disposition_header(True, file.name)
    assert disposition is not None
    return StreamingHttpResponse(
        pieces_of(file),
        content_type=file.content_type,
        headers=HEADERS | {"Content-Disposition": disposition, "Content-Length": str(file.size)},
    )
