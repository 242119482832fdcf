"""What became of the advice: a card for each recommendation with a form, signed in or by a mail's code."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultations.forms.visit_uptake import UptakeForm, told_before
from consultations.models import ReportOpening, ReportReader, VisitReport
from consultations.views.own_reports import note_opening_by_firm, own_report
from consultations.views.report_links import ask_for_code, link_ended
from consultations.visit_reports import reading
from consultations.visit_reports.opening import note_report_opening
from consultations.visit_reports.queries import report_for
from consultations.visit_reports.uptake import MOST_PHOTOS, ask_no_more, tell_uptake
from consultations.visit_reports.uptake_page import AdviceCard, UptakePage, lay_out_uptake
from partnership.limits import check_limit
from partnership.middleware import takes_photos
from partnership.models import Person
from partnership.photos.receiving import receive_photo
from partnership.refusals import Refusal
from partnership.times import berlin_day, long_date
from partnership.views.own_pages import own_page, person_of
from partnership.views.secret_links import secret_page

Medium = ReportOpening.Medium
Kind = ReportReader.Kind


@dataclass(frozen=True, slots=True)
class FormCard:
    """`is_open`: what was typed into it is not taken yet."""

    advice: AdviceCard
    form: UptakeForm
    is_open: bool


@takes_photos(most=MOST_PHOTOS)
@own_page
def own_uptake(request: HttpRequest, reference: str) -> HttpResponse:
    found, person = own_report(request, reference), person_of(request)
    page = lay_out_uptake(found)
    cards, refusal = _cards(request, page, found, by=person)
    if cards is None:
        return redirect(f"{request.path}#empfehlung-{_number(request, page)}")
    note_opening_by_firm(request, found, Medium.UPTAKE)
    context = _about(found, page, cards, refusal) | {
        "reference": reference,
        "is_asked": found.visit.uptake_quiet_since is None,
    }
    return render(request, "consultations/visits/own_uptake.html", context)


@own_page
def own_quiet(request: HttpRequest, reference: str) -> HttpResponse:
    found = own_report(request, reference)
    if request.method == "POST":
        ask_no_more(visit_id=found.visit_id, actor=person_of(request))
        messages.success(request, _("Zu diesem Bericht fragen wir nicht mehr."))
    return redirect("own_reports:uptake", reference)


@takes_photos(most=MOST_PHOTOS)
@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
def uptake(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of the question or of the report, and the code; the firm itself signs in."""
    asked = reading.asked_behind(token)
    if asked and asked.kind == Kind.FIRM:
        return redirect("own_reports:uptake", asked.visit.appointment.reference)
    reader = reading.reader_behind(token)
    found = report_for(reader) if reader else None
    if reader is None or found is None or reader.kind == Kind.THIRD:
        return link_ended(request)
    if not reading.is_unlocked(request.session, reader):
        return ask_for_code(request, reader, found)
    page = lay_out_uptake(found)
    cards, refusal = _cards(request, page, found, by=None)
    if cards is None:
        return redirect(f"{request.path}#empfehlung-{_number(request, page)}")
    note_report_opening(report=found, medium=Medium.UPTAKE, reader=reader)
    context = _about(found, page, cards, refusal) | {
        "partnership": reader.visit.request.partnership,
        "report_url": reverse("consultations:report", args=[token]),
    }
    return render(request, "consultations/visits/uptake_by_code.html", context)


@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs post here by themselves when somebody unsubscribes (RFC 8058)."""
    asked = reading.asked_behind(token)
    if asked is None:
        return link_ended(request)
    if request.method == "POST":
        ask_no_more(visit_id=asked.visit_id)
        asked.visit.refresh_from_db(fields=["uptake_quiet_since"])
    context = {
        "is_asked": asked.visit.uptake_quiet_since is None,
        "partnership": asked.visit.request.partnership,
    }
    return render(request, "consultations/visits/uptake_quiet.html", context)


def _cards(
    request: HttpRequest, page: UptakePage, found: VisitReport, *, by: Person | None
) -> tuple[list[FormCard] | None, Refusal | None]:
    """None once something is told. What is posted names its recommendation by `empfehlung`."""
    meant = request.POST.get("empfehlung", "") if request.method == "POST" else ""
    refusal, cards = None, []
    for card in page.cards:
        is_meant = card.key == meant
        data, files = (request.POST, request.FILES) if is_meant else (None, None)
        form = UptakeForm(data, files, prefix=f"e{card.number}", initial=told_before(card.uptake))
        if is_meant and form.is_valid():
            try:
                _tell(request, found, card, form, by=by)
            except Refusal as error:
                refusal = error
            else:
                return None, None
        cards.append(FormCard(card, form, is_meant))
    return cards, refusal


def _tell(
    request: HttpRequest, found: VisitReport, card: AdviceCard, form: UptakeForm, *, by: Person | None
) -> None:
    """The word first: a photo that cannot be taken costs none."""
    uploads = form.cleaned_data["photos"]
    if uploads:
        check_limit(request, "photos")
    uptake = tell_uptake(report_id=found.pk, key=UUID(card.key), told=form.told, person=by)
    messages.success(request, _("Empfehlung %(number)s: gespeichert.") % {"number": card.number})
    try:
        for upload in uploads:
            receive_photo(thing=uptake, upload=upload, by=by)
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)


def _number(request: HttpRequest, page: UptakePage) -> int:
    return next(card.number for card in page.cards if card.key == request.POST["empfehlung"])


def _about(
    found: VisitReport, page: UptakePage, cards: list[FormCard], refusal: Refusal | None
) -> dict[str, object]:
    return {
        "found": found,
        "visited": long_date(berlin_day(found.visit.appointment.starts_at)),
        "page": page,
        "cards": cards,
        "refusal": refusal,
        "has_errors": any(card.form.errors for card in cards),
    }
