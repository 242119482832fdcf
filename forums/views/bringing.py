"""Registering colleagues along later, from the own registration's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from forums.forms.registering import BringingForm, NewColleagueRows, colleagues_in
from forums.registering.access import RegistrationAccess
from forums.registering.bookings import standing_bookings
from forums.registering.bringing import bring_along, why_not_bring
from forums.seats import NoPlaceLeft
from forums.views.own_registration import CONFLICT, about, allow, by_link, by_person
from partnership.forms.rows import with_another_row
from partnership.limits import check_limit
from partnership.refusals import Refusal


@allow
def bring(request: HttpRequest, access: RegistrationAccess, reference: str = "") -> HttpResponse:
    registration = access.registration
    refusal: Refusal | None = None
    if reference not in ("", registration.reference):
        raise Http404
    if why_not_bring(registration, now=timezone.now()):
        return redirect(access.page_url)
    data = request.POST if request.method == "POST" else None
    event, own = registration.event, list(standing_bookings(registration))
    form, rows = BringingForm(data, event=event, own=own), NewColleagueRows(data, prefix="mit")
    rows.helper.form_show_errors = False  # the page has one summary for the form and the rows
    if rows.wants_another_row:
        with_another_row(rows)
        form.errors.clear()
    elif data is not None and form.is_valid() & rows.is_valid():
        check_limit(request, "register_event")
        try:
            bring_along(
                registration_id=registration.pk,
                parts=form.wanted,
                colleagues=colleagues_in(rows),
                may_wait_for=form.may_wait_for,
                actor=access.person,
            )
        except NoPlaceLeft as full:
            refusal, form = full, BringingForm(event=event, own=own)
        except Refusal as no:
            refusal = no
        else:
            return redirect(access.page_url)
    context = about(access) | {"form": form, "rows": rows, "refusal": refusal}
    status = CONFLICT if refusal else 200
    return render(request, "forums/registering/bring.html", context, status=status)


link_bring, own_bring = by_link(bring), by_person(bring)
