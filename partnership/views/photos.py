"""A photo, for those whom the rule of its thing admits; for everybody else there is none."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnership.models import Person, Photo, PhotoFile
from partnership.photos.owners import may_remove, may_see
from partnership.photos.queries import content_of, ready_photo
from partnership.photos.receiving import remove_photo

HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def photo(request: HttpRequest, pk: UUID, size: str) -> HttpResponse:
    found = ready_photo(pk)
    if found is None or size not in PhotoFile.Size.values or not may_see(request, found):
        raise Http404
    content = content_of(found, PhotoFile.Size(size))
    return HttpResponse(content, content_type="image/jpeg", headers=HEADERS)


@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Back to the page whose form said so in `zurueck`."""
    found = get_object_or_404(Photo, pk=pk)
    if not may_see(request, found):
        raise Http404
    if not may_remove(request, found):
        raise PermissionDenied
    remove_photo(photo=found, by=request.user if isinstance(request.user, Person) else None)
    messages.success(request, _("Das Foto ist entfernt."))
    back = request.POST.get("zurueck", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else "start")
