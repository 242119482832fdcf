"""Certificates of an event, for those who run it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums.certificates import issuing
from forums.certificates.overview import SHOWN, lay_out_certificates, only_shown
from forums.certificates.pdf import render_certificates
from forums.certificates.printing import PRINTED_AT_ONCE, spans_to_print, to_print
from forums.certificates.queries import certificates_visible_to, valid_ones
from forums.event_tabs import frame_of
from forums.forms.certificates import ReasonForm
from forums.models import Certificate, Event
from forums.queries import events_visible_to
from forums.rules import may_edit_event
from forums.views.own_certificates import pdf_response
from partnership.journal import log_act
from partnership.paging import sheet_of
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.views.administration.pages import FormPage, acting, allow, posted, show_form


@login_required
@never_cache
@require_safe
def certificates(request: HttpRequest, reference: str) -> HttpResponse:
    """`?stand`: one of `SHOWN`."""
    event = _event(request, reference)
    overview = lay_out_certificates(event)
    state = request.GET.get("stand", "")
    context = frame_of(request, event) | {
        "overview": overview,
        "sheet": sheet_of(only_shown(overview, state), request.GET),
        "shown": [(key, label, key == state) for key, label in SHOWN.items()],
        "is_over": _is_over(event),
        "files": spans_to_print(event),
    }
    return render(request, "forums/certificates/certificates.html", context)


@login_required
@require_POST
def issue(request: HttpRequest, reference: str) -> HttpResponse:
    """For all who were there, or for the registration that `anmeldung` names."""
    event = _event(request, reference)
    named = request.POST.get("anmeldung")
    keys = None
    if named is not None:
        keys = list(event.registrations.filter(reference=named).values_list("pk", flat=True))
    try:
        made = issuing.issue_certificates(event_id=event.pk, registration_ids=keys, actor=acting(request))
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    else:
        done = ngettext(
            "%(count)d Bescheinigung ist ausgestellt. Wer eine E-Mail-Adresse hat, bekommt einen Link.",
            "%(count)d Bescheinigungen sind ausgestellt. Wer eine E-Mail-Adresse hat, bekommt einen Link.",
            len(made),
        )
        messages.success(request, done % {"count": len(made)})
    return redirect("events:certificates", reference)


@login_required
@never_cache
@require_safe
def certificates_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """All that are valid, to print; `?seite` of so many. Names leave the portal: that is logged."""
    event = _event(request, reference)
    sheet = sheet_of(to_print(event), request.GET, per_page=PRINTED_AT_ONCE)
    if not sheet.rows:
        raise Http404
    log_act(
        act="event.certificates_exported", thing=event, actor=acting(request), organisation=event.organiser
    )
    response = HttpResponse(render_certificates(sheet.rows), content_type="application/pdf")
    name = f"bescheinigungen-{event.reference.lower()}-{sheet.page.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@login_required
@never_cache
@require_safe
def certificate_pdf(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    return pdf_response(_valid(request, reference, number))


@login_required
@never_cache
@allow
def revoke(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    certificate = _valid(request, reference, number)
    page = _page(certificate, title=_("Bescheinigung widerrufen"), submit=_("Widerrufen"))
    page.notes.append(
        _("Sie gilt danach nicht mehr, und beim Prüfen der Nummer steht „widerrufen“. Das bleibt so.")
    )
    return _end(request, certificate, page, anew=False)


@login_required
@never_cache
@allow
def anew(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    certificate = _valid(request, reference, number)
    page = _page(certificate, title=_("Bescheinigung neu ausstellen"), submit=_("Neu ausstellen"))
    page.notes.append(
        _(
            "Es entsteht eine neue mit eigener Nummer, mit dem Namen und der Anwesenheit, wie sie jetzt "
            "eingetragen sind. Die alte ist dann widerrufen."
        )
    )
    return _end(request, certificate, page, anew=True)


def _end(request: HttpRequest, certificate: Certificate, page: FormPage, *, anew: bool) -> HttpResponse:
    form = ReasonForm(posted(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        end = issuing.issue_anew if anew else issuing.revoke_certificate
        try:
            end(certificate_id=certificate.pk, reason=form.cleaned_data["reason"], actor=acting(request))
        except Refusal as error:
            refusal = error
        else:
            done = (
                _("Die neue Bescheinigung ist ausgestellt.")
                if anew
                else _("Die Bescheinigung ist widerrufen.")
            )
            messages.success(request, done)
            return redirect("events:certificates", certificate.event.reference)
    return show_form(request, form, page, refusal=refusal)


def _event(request: HttpRequest, reference: str) -> Event:
    posts = posts_for(request)
    event = get_object_or_404(events_visible_to(posts), reference=reference)
    if not may_edit_event(posts, event):
        raise PermissionDenied
    return event


def _valid(request: HttpRequest, reference: str, number: str) -> Certificate:
    event = _event(request, reference)
    rows = valid_ones(certificates_visible_to(posts_for(request)))
    return get_object_or_404(rows, event=event, number=number)


def _is_over(event: Event) -> bool:
    try:
        issuing.refuse_unless_over(event, now=timezone.now())
    except Refusal:
        return False
    return True


def _page(certificate: Certificate, *, title: str, submit: str) -> FormPage:
    return FormPage(
        title=title,
        preline=f"{certificate.number}, {certificate.registration.name}",
        back_url=reverse("events:certificates", args=[certificate.event.reference]),
        back_words=_("Zu den Bescheinigungen"),
        submit=submit,
    )
