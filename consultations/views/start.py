from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.start import compose_start
from partnership.current import current_partnership


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    partnership = current_partnership(request)
    if partnership is None:
        return render(request, "consultations/public/not_open.html")
    return render(request, "consultations/start/start.html", {"page": compose_start(partnership)})
