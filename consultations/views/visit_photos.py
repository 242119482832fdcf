"""The page on which a firm adds photos to its request, whichever way it has come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from consultations.forms.visit_photos import VisitPhotosForm
from consultations.models import VisitRequest
from consultations.visits.page import photos_in_words
from consultations.visits.photos import add_photos, takes_photos_still
from partnership.limits import check_limit
from partnership.models import Person


def add_photos_page(
    request: HttpRequest, asked: VisitRequest, *, back: str, by: Person | None
) -> HttpResponse:
    """Good ones are kept although others are refused."""
    if not takes_photos_still(asked):
        return redirect(back)
    form, refused = VisitPhotosForm(), []
    if request.method == "POST":
        check_limit(request, "photos")
        uploads = request.FILES.getlist("photos")
        if uploads:
            refused = add_photos(request_id=asked.pk, uploads=uploads, by=by)
            if not refused:
                return redirect(back)
        else:
            form = VisitPhotosForm(request.POST, request.FILES)
    context = {
        "form": form,
        "refused": refused,
        "back": back,
        "city": asked.city,
        "reference": asked.reference,
        "photos_words": photos_in_words(asked),
    }
    return render(request, "consultations/visits/photos.html", context)
