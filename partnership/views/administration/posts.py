"""Posts: given and ended. What stays open is shown before anything is saved."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from partnership.administration import posts as domain
from partnership.administration import rules
from partnership.administration.deputies import end_deputy, name_deputy, who_may_stand_in
from partnership.administration.people_page import body_of, task_rows
from partnership.administration.queries import (
    deputies_administered_by,
    organisations_to_staff,
    partnership_for,
    partnership_of_post,
    posts_administered_by,
)
from partnership.forms.administration.people import DeputyForm, EndPostForm, PostForm
from partnership.models import Deputy, Partnership, Post
from partnership.open_tasks import open_tasks_of
from partnership.queries import partnerships_visible_to
from partnership.refusals import Refusal
from partnership.rules import Posts, posts_for
from partnership.times import numeric_date, today
from partnership.views.administration.pages import FormPage, acting, allow, posted, show_form
from partnership.views.administration.people import show_person, visible_person


def meeting_places(posts: Posts) -> dict[int, Partnership]:
    """Organisation key -> the partnership in which the coordinator meets it."""
    found = {o.pk: partnership_for(posts, o) for o in organisations_to_staff(posts)}
    return {key: partnership for key, partnership in found.items() if partnership}


@login_required
@never_cache
@allow
def add(request: HttpRequest, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    posts = posts_for(request)
    if not rules.may_coordinate(posts):
        raise PermissionDenied
    form = PostForm(
        posted(request),
        organisations=organisations_to_staff(posts),
        partnerships=list(partnerships_visible_to(posts)),
        initial={"starts": today()},
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            domain.add_post(
                person_id=pk,
                partnership=form.partnership_of_post(meeting_places(posts)),
                actor=acting(request),
                **form.post,
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Funktion ist eingetragen."))
            return redirect("administration:person", pk)
    page = _page(person.pk, str(person), _("Funktion hinzufügen"), _("Funktion hinzufügen"))
    return show_form(request, form, page, refusal=refusal)


@login_required
@never_cache
@allow
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """First shows what is still open until the chosen day, then ends the post."""
    post = _changeable(request, pk)
    form = EndPostForm(posted(request), initial={"last_day": post.ends or today()})
    refusal = None
    is_valid = request.method == "POST" and form.is_valid()
    last_day = form.cleaned_data["last_day"] if is_valid else post.ends or today()
    before, post.ends = post.ends, last_day
    tasks = task_rows(open_tasks_of([post]).get(pk, []), post, posts_for(request))
    is_read = not tasks or request.POST.get("gelesen") == f"{last_day}/{len(tasks)}"
    if is_valid and is_read:
        try:
            domain.end_post(
                post_id=pk,
                seen_end=before,
                partnership=partnership_of_post(posts_for(request), post),
                actor=acting(request),
                **form.cleaned_data,
            )
        except Refusal as error:
            refusal = error
        else:
            words = _("Die Funktion endet am %(day)s.") % {"day": numeric_date(last_day)}
            messages.success(request, words)
            return redirect("administration:person", post.person_id)
    page = FormPage(
        title=_("Funktion beenden"),
        preline=f"{post.person}, {post.get_role_display()}, {body_of(post)}",
        back_url=reverse("administration:person", args=[post.person_id]),
        back_words=_("Zur Person"),
        submit=_("Funktion beenden"),
        template="partnership/administration/post_end.html",
    )
    extra = {
        "tasks": tasks,
        "day": numeric_date(last_day),
        "read": f"{last_day}/{len(tasks)}" if is_valid else "",
        "not_done": is_valid and not is_read,
        "is_coordinators": post.role == Post.Role.COORDINATOR,
    }
    return show_form(request, form, page, refusal=refusal, extra=extra)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    post = _changeable(request, pk)
    person = visible_person(request, post.person_id)
    try:
        domain.withdraw_post(post_id=pk, actor=acting(request))
    except Refusal as refusal:
        return show_person(request, person, refusal=refusal)
    messages.success(request, _("Die Funktion ist zurückgenommen."))
    return _to_person_or_list(request, person.pk)


@login_required
@never_cache
@allow
def deputy(request: HttpRequest, pk: int) -> HttpResponse:
    post = _visible(request, pk)
    posts = posts_for(request)
    if not rules.may_name_deputy(posts, post):
        raise PermissionDenied
    people = who_may_stand_in(post)
    form = DeputyForm(posted(request), people=people, initial={"starts": today()})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            name_deputy(
                post_id=pk,
                person=form.person_chosen,
                starts=form.cleaned_data["starts"],
                ends=form.cleaned_data["ends"],
                partnership=partnership_of_post(posts, post),
                actor=acting(request),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Die Vertretung ist benannt."))
            return redirect("administration:person", post.person_id)
    page = _page(post.person_id, f"{post.person}, {post.get_role_display()}", _("Vertretung benennen"), "")
    return show_form(request, form, _with_deputy_notes(page, has_people=bool(people)), refusal=refusal)


@login_required
@require_POST
def deputy_end(request: HttpRequest, pk: int) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_open_people(posts):
        raise PermissionDenied
    found: Deputy = get_object_or_404(deputies_administered_by(posts), pk=pk)
    if not rules.may_name_deputy(posts, found.post):
        raise PermissionDenied
    person = visible_person(request, found.post.person_id)
    try:
        end_deputy(deputy_id=pk, actor=acting(request))
    except Refusal as refusal:
        return show_person(request, person, refusal=refusal)
    messages.success(request, _("Die Vertretung ist beendet."))
    return redirect("administration:person", person.pk)


def _with_deputy_notes(page: FormPage, *, has_people: bool) -> FormPage:
    notes = [
        _(
            "Wer vertritt, hat für diese Zeit alle Rechte der Funktion, neben den eigenen. "
            "Die Person erfährt es per E-Mail."
        )
    ]
    if not has_people:
        notes = [
            _(
                "In dieser Organisation kann heute niemand vertreten: Es braucht jemanden in einer "
                "Funktion, die dazu passt. Laden Sie zuerst jemanden ein."
            )
        ]
    return FormPage(
        title=page.title,
        preline=page.preline,
        back_url=page.back_url,
        back_words=page.back_words,
        submit=_("Vertretung benennen"),
        notes=notes,
    )


def _visible(request: HttpRequest, pk: int) -> Post:
    posts = posts_for(request)
    if not rules.may_open_people(posts):
        raise PermissionDenied
    return get_object_or_404(posts_administered_by(posts), pk=pk)


def _changeable(request: HttpRequest, pk: int) -> Post:
    post = _visible(request, pk)
    if not rules.may_change_post(posts_for(request), post):
        raise PermissionDenied
    return post


def _to_person_or_list(request: HttpRequest, person_pk: int) -> HttpResponse:
    """Without any post left, the person is not among the coordinator's any more."""
    if posts_administered_by(posts_for(request)).filter(person=person_pk).exists():
        return redirect("administration:person", person_pk)
    return redirect("administration:people")


def _page(person_pk: int, preline: str, title: str, submit: str) -> FormPage:
    return FormPage(
        title=title,
        preline=preline,
        back_url=reverse("administration:person", args=[person_pk]),
        back_words=_("Zur Person"),
        submit=submit,
    )
