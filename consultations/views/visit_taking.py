"""Who has a request for a visit: take it, hand it over, put it back, end it, give it away."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.forms.visit_requests import DirectorateForm, HandOverForm, ReasonForm
from consultations.models import VisitRequest
from consultations.views.visit_requests import show_request, visible_request
from consultations.visits import rules, taking
from consultations.visits.overview import away_badge
from consultations.visits.queries import away_until, officers_for, other_directorates
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.views.administration.pages import acting, allow, posted


@login_required
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    found = visible_request(request, reference)
    try:
        taking.take_request(request_id=found.pk, actor=acting(request))
    except Refusal as refusal:
        return show_request(request, visible_request(request, reference), refusal=refusal)
    messages.success(request, _("Sie haben die Anfrage übernommen."))
    return redirect("appointments:visit_request", reference)


@login_required
@never_cache
@allow
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    found = _handled(request, reference)
    colleagues = list(officers_for(found.police).exclude(pk=found.officer_id or 0))
    away = away_until({person.pk for person in colleagues})
    notes = {key: away_badge(absence).word for key, absence in away.items()}
    form = HandOverForm(posted(request), colleagues=colleagues, notes=notes)

    def act(seen: int | None) -> str:
        given = {"to": form.chosen, "reason": form.cleaned_data["reason"]}
        taking.hand_over(request_id=found.pk, seen=seen, actor=acting(request), **given)
        words = _("%(who)s hat jetzt die Anfrage.") % {"who": form.chosen}
        note = notes.get(form.chosen.pk)
        return f"{words} {_('Bitte beachten: %(note)s.') % {'note': note}}" if note else words

    title = _("Anfrage übergeben") if found.officer_id else _("Anfrage zuteilen")
    return _carry_out(request, found, form, act, title=title, submit=title)


@login_required
@never_cache
@allow
def put_back(request: HttpRequest, reference: str) -> HttpResponse:
    found = _handled(request, reference)
    form = ReasonForm(posted(request), hint=_("Das liest nur die Polizei."))

    def act(seen: int | None) -> str:
        reason = form.cleaned_data["reason"]
        taking.put_back(request_id=found.pk, reason=reason, seen=seen, actor=acting(request))
        return _("Die Anfrage liegt wieder in der Liste.")

    return _carry_out(request, found, form, act, title=_("Anfrage zurücklegen"), submit=_("Zurücklegen"))


@login_required
@never_cache
@allow
def end(request: HttpRequest, reference: str) -> HttpResponse:
    found = _handled(request, reference)
    hint = (
        _("Die Firma liest ihn in einer E-Mail.")
        if found.contact_email
        else _("Die Firma hat keine E-Mail-Adresse: Bitte rufen Sie sie an.")
    )
    form = ReasonForm(posted(request), hint=hint)

    def act(seen: int | None) -> str:
        reason = form.cleaned_data["reason"]
        taking.end_without_visit(request_id=found.pk, reason=reason, seen=seen, actor=acting(request))
        if found.contact_email:
            return _("Die Anfrage ist beendet. Die Firma bekommt eine E-Mail.")
        whom = found.contact_phone or found.firm_name
        return _("Die Anfrage ist beendet. Bitte rufen Sie die Firma an: %(whom)s.") % {"whom": whom}

    title = _("Ohne Besuch beenden")
    return _carry_out(request, found, form, act, title=title, submit=title)


@login_required
@never_cache
@allow
def give_away(request: HttpRequest, reference: str) -> HttpResponse:
    found = visible_request(request, reference)
    if not rules.may_give_away(posts_for(request), found):
        raise PermissionDenied
    form = DirectorateForm(posted(request), directorates=list(other_directorates(found)))

    def act(seen: int | None) -> str:
        given = {"police": form.chosen, "reason": form.cleaned_data["reason"]}
        taking.give_to_directorate(request_id=found.pk, seen=seen, actor=acting(request), **given)
        return _("Die Anfrage liegt jetzt bei: %(police)s.") % {"police": form.chosen}

    title = _("An eine andere Dienststelle geben")
    return _carry_out(request, found, form, act, title=title, submit=_("Abgeben"))


def _handled(request: HttpRequest, reference: str) -> VisitRequest:
    """Whoever acts on a page that showed the own request may try: the act says whose it is by now."""
    found, person = visible_request(request, reference), acting(request)
    was_own = request.method == "POST" and _seen(request) == person.pk
    if not was_own and not rules.may_handle(posts_for(request), found, person):
        raise PermissionDenied
    return found


def _seen(request: HttpRequest) -> int | None:
    """Whose the request was on the page; None for nobody's."""
    value = request.POST.get("gesehen", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None


def _carry_out(
    request: HttpRequest,
    found: VisitRequest,
    form: Form,
    act: Callable[[int | None], str],
    *,
    title: str,
    submit: str,
) -> HttpResponse:
    """The form's page, or the act; `act` gets whose the request was on the page and returns what it did."""
    reference = found.reference
    if request.method == "POST" and form.is_valid():
        try:
            done = act(_seen(request))
        except Refusal as refusal:
            return show_request(request, visible_request(request, reference), refusal=refusal)
        messages.success(request, done)
        return redirect("appointments:visit_requests")
    seen = _seen(request) if request.method == "POST" else found.officer_id
    context = {"visit_request": found, "form": form, "title": title, "submit": submit, "seen": seen or ""}
    return render(request, "consultations/police/visit_request_act.html", context)
