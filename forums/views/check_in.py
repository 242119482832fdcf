"""The page that a ticket's QR code opens in a telephone's browser."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from forums.door.admission import Admission, Verdict, judge_ticket
from forums.door.attendance import note_attendance, noted_just_now, undo_attendance
from forums.door.door_list import half_day_of_door
from forums.door.half_days import HalfDay, read_half_day
from forums.door.without_place import let_in as let_in_without_place
from forums.forms.door import LetInForm
from forums.models import Attendance, Registration
from forums.queries import registrations_at_door
from forums.rules import may_open_events
from forums.views.door_pages import other_door
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.rules import posts_for

CONFLICT = 409


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, ticket: str) -> HttpResponse:
    """The holder who opens the address is told nothing, whether there is such a ticket or not."""
    if not may_open_events(posts_for(request)):
        return render(request, "forums/door/own_ticket.html")
    found = _find(request, ticket)
    if found is None:
        return render(request, "forums/door/unknown_ticket.html", status=404)
    if request.method != "POST":
        return _page(request, found)
    assert isinstance(request.user, Person)
    half_day = _half_day(request)
    try:
        note_attendance(
            registration_id=found.pk, half_day=half_day, way=Attendance.Way.QR, actor=request.user
        )
    except Refusal as refusal:
        return _page(request, found, refusal=refusal)
    is_new = noted_just_now(registration=found, half_day=half_day, actor=request.user)
    return redirect(_url(found) + ("?eben" if is_new else ""))


@login_required
@require_POST
def undo(request: HttpRequest, ticket: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    found = _found_or_404(request, ticket)
    try:
        undo_attendance(registration_id=found.pk, half_day=_half_day(request), actor=request.user)
    except Refusal as refusal:
        return _page(request, found, refusal=refusal)
    return redirect(_url(found))


@login_required
@require_POST
def let_in(request: HttpRequest, ticket: str) -> HttpResponse:
    """Somebody registered, without a place in the part that `teil` names."""
    assert isinstance(request.user, Person)
    found = _found_or_404(request, ticket)
    admission = judge_ticket(found, now=timezone.now())
    part = next((p for p in admission.open_parts if str(p.pk) == request.POST.get("teil")), None)
    if part is None:
        return redirect(_url(found))
    form = LetInForm(request.POST)
    if not part.is_free and not form.is_valid():
        return _page(request, found, form=form)
    try:
        let_in_without_place(
            registration_id=found.pk,
            part_id=part.pk,
            half_day=half_day_of_door(found.event, now=timezone.now()),
            beyond_reason="" if part.is_free else form.cleaned_data["reason"],
            way=Attendance.Way.QR,
            actor=request.user,
        )
    except Refusal as refusal:
        return _page(request, found, refusal=refusal)
    return redirect(_url(found) + "?eben")


def _page(
    request: HttpRequest,
    found: Registration,
    *,
    refusal: Refusal | None = None,
    form: LetInForm | None = None,
) -> HttpResponse:
    admission = judge_ticket(found, now=timezone.now(), door=other_door(request, found.event))
    context = {
        "registration": found,
        "event": found.event,
        "admission": admission,
        "is_new": admission.verdict == Verdict.THERE and "eben" in request.GET,
        "refusal": refusal,
        "form": form or (LetInForm() if _needs_reason(admission) else None),
    }
    status = CONFLICT if refusal else 200
    return render(request, "forums/door/check_in.html", context, status=status)


def _needs_reason(admission: Admission) -> bool:
    return any(not part.is_free for part in admission.open_parts)


def _find(request: HttpRequest, ticket: str) -> Registration | None:
    return registrations_at_door(posts_for(request)).filter(ticket=ticket.upper()).first()


def _found_or_404(request: HttpRequest, ticket: str) -> Registration:
    found = _find(request, ticket)
    if found is None:
        raise Http404
    return found


def _half_day(request: HttpRequest) -> HalfDay:
    half_day = read_half_day(request.POST.get("halbtag", ""))
    if half_day is None:
        raise Http404
    return half_day


def _url(found: Registration) -> str:
    return reverse("events:check_in", args=[found.ticket])
