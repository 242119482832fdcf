"""A signed-in business: its own appointments, and those booked for its address."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from consultations.access import Access
from consultations.account_page import lay_out_account
from consultations.claiming import claim_booking
from consultations.forms.claims import ClaimForm
from consultations.queries import appointments_of, claimable_by
from consultations.views import own_appointment
from consultations.views.times import CONFLICT
from consultations.visits.own import requests_of
from consultations.visits.page import own_row
from partnership.models import Person
from partnership.queries import firms_of
from partnership.refusals import Refusal
from partnership.rules import posts_for

ALL = "alle"


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _page(request)


@login_required
@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """One booking by its button, or all that are shown."""
    assert isinstance(request.user, Person)
    person, wanted = request.user, request.POST.get("termin", "")
    form = ClaimForm(request.POST, firms=list(firms_of(person)))
    waiting = claimable_by(person)
    chosen = list(waiting if wanted == ALL else waiting.filter(reference=wanted))
    if not form.is_valid():
        return _page(request, form=form)
    if not chosen:
        return _page(
            request, form=form, refusal=Refusal(_("Dieser Termin ist schon übernommen oder nicht mehr da."))
        )
    try:
        with transaction.atomic():
            for appointment in sorted(chosen, key=lambda a: (a.lane.hours_id if a.lane else 0, a.pk)):
                claim_booking(appointment_id=appointment.pk, person=person, firm=form.chosen)
    except Refusal as refusal:
        return _page(request, form=form, refusal=refusal)
    done = ngettext("%(count)d Termin ist jetzt Ihrer.", "%(count)d Termine sind jetzt Ihre.", len(chosen))
    messages.success(request, done % {"count": len(chosen)})
    return redirect("account_home")


def by_person(view: own_appointment.View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Turn a view of an appointment into one of a number, for the person whose it is."""

    @never_cache
    @login_required
    @wraps(view)
    def open_own(request: HttpRequest, reference: str) -> HttpResponse:
        assert isinstance(request.user, Person)
        own = appointments_of(request.user).select_related("lane__hours__office__organisation")
        appointment = get_object_or_404(own, reference=reference)
        return view(request, Access(appointment, reference, is_signed_in=True))

    return open_own


appointment = by_person(own_appointment.show)
calendar = by_person(own_appointment.calendar)
move = by_person(own_appointment.move)
cancel = by_person(own_appointment.cancel)


def _page(
    request: HttpRequest, *, form: ClaimForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    """Ihr Konto: the next appointment first, then what waits, then what was, latest first."""
    assert isinstance(request.user, Person)
    page = lay_out_account(request.user, now=timezone.now())
    context = {
        "page": page,
        "form": form or ClaimForm(firms=page.firms),
        "visit_requests": [own_row(asked, person_id=request.user.pk) for asked in requests_of(request.user)],
        "refusal": refusal,
        "has_posts": bool(posts_for(request)),
    }
    status = CONFLICT if refusal else 200
    return render(request, "consultations/public/account.html", context, status=status)
