"""As many requests as the portal's booking: times, hold, details, check, book."""

import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tests.bench.bare.models import Booking


class Details(forms.Form):
    firm_name = forms.CharField(max_length=160)
    contact_name = forms.CharField(max_length=120)
    contact_email = forms.EmailField()
    note = forms.CharField(required=False)


def times(request: HttpRequest) -> HttpResponse:
    """Rows of ready strings, as many as the portal's page has times; one query."""
    count = int(request.GET.get("zeilen", 20))
    taken = set(Booking.objects.values_list("starts_at", flat=True)[:200])
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    moments = [start + datetime.timedelta(minutes=30 * number) for number in range(count)]
    rows = [(m.isoformat(), f"{m:%H:%M} Uhr", f"{m:%d.%m.%Y}") for m in moments if m not in taken]
    return render(request, "times.html", {"rows": rows})


def hold(request: HttpRequest) -> HttpResponse:
    booking = Booking.objects.create(starts_at=datetime.datetime.fromisoformat(request.POST["zeit"]))
    request.session["booking"] = {"id": booking.pk}
    return redirect("/angaben/")


def details(request: HttpRequest) -> HttpResponse:
    form = Details(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session["booking"] |= form.cleaned_data
        request.session.modified = True
        return redirect("/pruefen/")
    return render(request, "form.html", {"form": form})


def check(request: HttpRequest) -> HttpResponse:
    draft = request.session["booking"]
    if request.method == "POST":
        Booking.objects.filter(pk=draft["id"]).update(
            firm_name=draft["firm_name"], contact_email=draft["contact_email"], state="unconfirmed"
        )
        del request.session["booking"]
        return redirect("/gesendet/")
    return render(request, "check.html", {"draft": draft})


def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "sent.html")


def one_row(request: HttpRequest) -> HttpResponse:
    """A form's POST that writes one row: session, CSRF, nothing else."""
    form = Details(request.POST or None)
    if request.method == "POST" and form.is_valid():
        Booking.objects.create(state="unconfirmed", **form.cleaned_data)
        return redirect("/gesendet/")
    request.session.setdefault("seen", 1)
    return render(request, "form.html", {"form": form})
