"""Calendar addresses: what calendar programs fetch, and the pages on which people make and end them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations import rules
from consultations.feeds import lay_out_feed
from consultations.forms.feeds import AddressForm
from partnership.current import absolute_url, current_partnership
from partnership.feeds import (
    end_feed,
    feeds_for_work,
    feeds_of,
    make_feed,
    note_fetched,
    open_feed,
    renew_feed,
)
from partnership.limits import check_limit
from partnership.models import CalendarFeed, Partnership, Person
from partnership.refusals import Refusal
from partnership.rules import posts_for
from partnership.times import berlin_day, current_language, long_day
from partnership.views.calendar_feeds import answer_with_feed
from partnership.views.own_pages import CONFLICT, own_page, person_of

Made = tuple[CalendarFeed, str]


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Fetched by programs, several times a day, for years. What opens nothing counts as a try."""
    partnership, opened = current_partnership(request), open_feed(token)
    if opened is None or partnership is None:
        check_limit(request, "link")
        raise Http404
    found, posts = opened
    now = timezone.now()
    content = lay_out_feed(found, posts, partnership=partnership, now=now)
    changed_at = note_fetched(found, fingerprint=content.fingerprint, now=now)
    response = answer_with_feed(request, content, changed_at=changed_at)
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@own_page
def own_feeds(request: HttpRequest) -> HttpResponse:
    """A firm's: its own appointments."""
    things = [CalendarFeed(kind=CalendarFeed.Kind.OWN)]
    return _page(request, things, "consultations/public/feeds.html", language=current_language())


@own_page
def work_feeds(request: HttpRequest) -> HttpResponse:
    posts = posts_for(request)
    if not rules.may_have_work_feeds(posts):
        raise PermissionDenied
    return _page(request, feeds_for_work(posts), "consultations/desk/feeds.html", language="de")


def _page(request: HttpRequest, things: list[CalendarFeed], template: str, *, language: str) -> HttpResponse:
    """The list. A new address stands above it in the answer to the post that made it, and nowhere again."""
    person, partnership = person_of(request), current_partnership(request)
    if partnership is None:
        raise Http404
    made, refusal = None, None
    if request.method == "POST":
        try:
            made = _act(request, person, things, language)
        except Refusal as error:
            refusal = error
        else:
            if made is None:
                messages.success(request, _("Die Adresse gilt nicht mehr."))
                return redirect(request.path)
    existing = feeds_of(person)
    context = {
        "rows": [_row(thing, existing.get(thing.key)) for thing in things],
        "made": _shown_once(made, partnership) if made else None,
        "refusal": refusal,
    }
    return render(request, template, context, status=CONFLICT if refusal else 200)


def _act(request: HttpRequest, person: Person, things: list[CalendarFeed], language: str) -> Made | None:
    """By the button: make, renew or end the address for one of the things this person may have."""
    wanted = next((thing for thing in things if thing.key == request.POST.get("kalender")), None)
    if wanted is None:
        raise Http404
    act, existing = request.POST.get("vorgang"), feeds_of(person).get(wanted.key)
    if act == "erzeugen":
        return make_feed(person=person, wanted=wanted, language=language)
    if existing is None:
        raise Refusal(_("Diese Kalenderadresse gibt es nicht mehr. Erzeugen Sie eine."))
    if act == "erneuern":
        return renew_feed(feed_id=existing.pk, language=language)
    end_feed(feed_id=existing.pk, actor=person)
    return None


def _row(thing: CalendarFeed, existing: CalendarFeed | None) -> dict[str, object]:
    row: dict[str, object] = {"key": thing.key, "title": thing.title, "exists": existing is not None}
    if existing:
        fetched = existing.fetched_on
        row |= {
            "made": long_day(berlin_day(existing.made_at)),
            "fetched": long_day(fetched) if fetched else "",
        }
    return row


def _shown_once(made: Made, partnership: Partnership) -> dict[str, object]:
    feed, token = made
    address = absolute_url(partnership, reverse("calendar_feed", args=[token]))
    return {"title": feed.title, "form": AddressForm(address)}
