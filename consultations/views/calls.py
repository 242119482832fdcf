"""What needs a call: the list, one call, who is on it, how it ended."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations import phone_tasks, rules
from consultations.calls import compose_call, lay_out_calls
from consultations.forms.calls import CallAgainForm, next_attempt
from consultations.models import PhoneTask
from consultations.phone_tasks import too_late_at
from consultations.queries import calls_visible_to
from consultations.views.times import CONFLICT
from partnership.models import Person
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import short_moment

Result = PhoneTask.Result


@login_required
@never_cache
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_calls(posts):
        raise PermissionDenied
    calls = lay_out_calls(posts, person=_person(request), now=timezone.now())
    return render(request, "consultations/desk/calls.html", {"calls": calls})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """The post says how the call ended: `ergebnis` is a result's code."""
    task = _visible(request, pk)
    result = request.POST.get("ergebnis", "")
    now = timezone.now()
    form = CallAgainForm(
        request.POST if result == Result.NOT_REACHED else None,
        proposed=next_attempt(now=now, before=too_late_at(task)),
    )
    if request.method != "POST" or result not in Result or (form.is_bound and not form.is_valid()):
        return _show(request, task, form)
    try:
        words = _end(request, task, Result(result), form)
    except Refusal as refusal:
        return _show(request, _visible(request, pk), form, refusal=refusal)
    messages.success(request, words)
    return redirect("appointments:calls")


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    task = _visible(request, pk)
    try:
        phone_tasks.take_call(task_id=pk, actor=_person(request))
    except Refusal as refusal:
        return _show(request, _visible(request, pk), _fresh_form(task), refusal=refusal)
    return redirect("appointments:call", pk)


@login_required
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    task = _visible(request, pk)
    try:
        phone_tasks.leave_call(task_id=pk, actor=_person(request))
    except Refusal as refusal:
        return _show(request, _visible(request, pk), _fresh_form(task), refusal=refusal)
    messages.success(request, _("Der Anruf steht wieder für alle in der Liste."))
    return redirect("appointments:calls")


def _visible(request: HttpRequest, pk: int) -> PhoneTask:
    posts = posts_for(request)
    if not rules.may_open_calls(posts):
        raise PermissionDenied
    return get_object_or_404(calls_visible_to(posts), pk=pk)


def _end(request: HttpRequest, task: PhoneTask, result: Result, form: CallAgainForm) -> str:
    """What the message says."""
    seen, actor = request.POST.get("gesehen", ""), _person(request)
    firm = {"firm": task.appointment.firm_name}
    if result == Result.NOT_REACHED:
        again_at = form.cleaned_data["again"]
        phone_tasks.call_again(task_id=task.pk, again_at=again_at, seen=seen, actor=actor)
        return _("%(firm)s: wieder anrufen %(when)s.") % (firm | {"when": short_moment(again_at)})
    phone_tasks.finish_call(task_id=task.pk, result=result, seen=seen, actor=actor)
    if result == Result.REACHED:
        return _("%(firm)s weiß Bescheid. Der Anruf ist erledigt.") % firm
    return _("%(firm)s braucht keinen Anruf mehr.") % firm


def _show(
    request: HttpRequest, task: PhoneTask, form: CallAgainForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    call = compose_call(task, person=_person(request), posts=posts_for(request), now=timezone.now())
    context = {"task": task, "call": call, "form": form, "refusal": refusal}
    return render(request, "consultations/desk/call.html", context, status=CONFLICT if refusal else 200)


def _fresh_form(task: PhoneTask) -> CallAgainForm:
    return CallAgainForm(proposed=next_attempt(now=timezone.now(), before=too_late_at(task)))


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
