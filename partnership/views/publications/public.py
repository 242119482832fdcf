"""Brochures for everybody: a list, a page that reads well on a phone, a file to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import condition, require_safe

from partnership.current import current_partnership
from partnership.models import BrochureEdition, BrochureFile
from partnership.publications.overview import size_words
from partnership.publications.page import issue_words, lay_out_reading
from partnership.publications.queries import file_of, released_editions, withdrawn_editions
from partnership.times import berlin_day, long_date

KEPT_SECONDS = 300


@require_safe
def brochures(request: HttpRequest) -> HttpResponse:
    partnership = current_partnership(request)
    editions = released_editions(partnership) if partnership else []
    context = {"rows": [(edition, issue_words(edition)) for edition in editions]}
    return render(request, "partnership/public/brochures.html", context)


@require_safe
def brochure(request: HttpRequest, slug: str) -> HttpResponse:
    gone = _withdrawn(request, slug)
    if gone and gone.withdrawn_at:
        context = {"edition": gone, "day": long_date(berlin_day(gone.withdrawn_at))}
        return render(request, "partnership/public/brochure_withdrawn.html", context, status=410)
    edition = _released(request, slug)
    file = file_of(edition)
    context = {
        "reading": lay_out_reading(edition),
        "slug": slug,
        "has_file": file is not None,
        "size": size_words(file) if file else "",
    }
    return render(request, "partnership/public/brochure.html", context)


def _digest(request: HttpRequest, slug: str) -> str | None:
    file = file_of(_released(request, slug))
    return f'"{file.digest}"' if file else None


@require_safe
@condition(etag_func=_digest)
def brochure_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """404 until a worker has made it: the page says so and links here only afterwards."""
    file = BrochureFile.objects.filter(edition=_released(request, slug)).first()
    if file is None:
        raise Http404
    response = HttpResponse(bytes(file.pdf), content_type="application/pdf")
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def _withdrawn(request: HttpRequest, slug: str) -> BrochureEdition | None:
    partnership = current_partnership(request)
    return withdrawn_editions(partnership).filter(brochure__slug=slug).first() if partnership else None


def _released(request: HttpRequest, slug: str) -> BrochureEdition:
    partnership = current_partnership(request)
    if partnership is None:
        raise Http404
    return get_object_or_404(released_editions(partnership), brochure__slug=slug)
