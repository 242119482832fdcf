"""Public pages that stand beside every offer: who is behind it, and what is done with data."""

import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.current import absolute_url, current_partnership
from partnership.models import Office
from partnership.plain_text import blocks_of
from partnership.queries import members_of
from partnership.retention.periods import days_in_words, period_of, years_in_words
from partnership.times import long_date

ACCESSIBILITY_ASSESSED = datetime.date(2026, 11, 24)
SECURITY_TXT_DAYS = 182


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    partnership = current_partnership(request)
    blocks = blocks_of(partnership.imprint) if partnership else []
    return render(request, "partnership/imprint.html", {"blocks": blocks})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    partnership = current_partnership(request)
    blocks = blocks_of(partnership.privacy_notice) if partnership else []
    context = {
        "blocks": blocks,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "form_cookie": settings.CSRF_COOKIE_NAME,
        "kept": {
            "unconfirmed": days_in_words(period_of("unconfirmed")),
            "mails": days_in_words(period_of("mails")),
            "contacts": days_in_words(period_of("contacts")),
            "log": years_in_words(period_of("log")),
        },
    }
    return render(request, "partnership/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"assessed_on": long_date(ACCESSIBILITY_ASSESSED)}
    return render(request, "partnership/accessibility.html", context)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    partnership = current_partnership(request)
    houses = Prefetch("offices", Office.objects.filter(is_active=True), to_attr="houses")
    members = members_of(partnership).prefetch_related(houses) if partnership else []
    return render(request, "partnership/contact.html", {"members": members})


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. `Expires` moves once a day, so that caches see the same file all day."""
    partnership = current_partnership(request)
    if partnership is None:
        lines = ["# Dieses Portal ist noch nicht eingerichtet."]
    else:
        last_day = timezone.now().astimezone(datetime.UTC).date() + datetime.timedelta(SECURITY_TXT_DAYS)
        lines = [
            f"Contact: mailto:{partnership.email}",
            f"Expires: {last_day.isoformat()}T00:00:00Z",
            "Preferred-Languages: de, en",
            f"Canonical: {absolute_url(partnership, reverse('security_txt'))}",
        ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
