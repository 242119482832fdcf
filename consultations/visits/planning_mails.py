"""Mails on the way to a visit: times for the firm to choose from, and what the officer should know."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from consultations.calendar import entry_for
from consultations.models import Appointment, VisitRequest
from partnership.current import absolute_url
from partnership.links import issue_link
from partnership.models import Person, SecretLink
from partnership.outbox import queue_mail
from partnership.times import long_moment, long_period

LINK_OUTLASTS = datetime.timedelta(days=60)
"""The page behind the link says what became of the times, and whether others are offered."""


class News(TextChoices):
    """What an officer reads of a visit; the label is the mail's subject."""

    CHOSEN = "chosen", _("Die Firma hat eine Zeit gewählt")
    DECLINED = "declined", _("Keine der Zeiten passt der Firma")
    LAPSED = "lapsed", _("Die Firma hat nicht auf die Zeiten geantwortet")
    FIXED = "fixed", _("Für Sie ist ein Besuch vereinbart")
    MOVED = "moved", _("Ein Besuch ist verschoben")
    CANCELLED = "cancelled", _("Ein Besuch ist abgesagt")
    WITHDRAWN = "withdrawn", _("Die Firma braucht keinen Besuch mehr")
    FREE_AGAIN = "free_again", _("Eine Zeit in Ihrem Tag ist wieder frei")
    HANDED_TO_YOU = "handed_to_you", _("Sie übernehmen einen Besuch")
    HANDED_ON = "handed_on", _("Ein Besuch ist an jemand anderen übergeben")


FOR_THE_CALENDAR = (News.CHOSEN, News.FIXED, News.MOVED, News.HANDED_TO_YOU)
FROM_THE_CALENDAR = (News.CANCELLED, News.WITHDRAWN, News.HANDED_ON)


def offer_times(
    request: VisitRequest, appointments: Collection[Appointment], *, until: datetime.datetime
) -> None:
    with translation.override(request.page_language):
        content = _facts(request, until) | {
            "times": [long_period(one.starts_at, one.ends_at) for one in appointments],
            "choose_url": _page(request, _token(request, until)),
        }
    _queue(request, "visit_times", content)


def offer_freed_time(request: VisitRequest, appointment: Appointment, *, until: datetime.datetime) -> None:
    """One that somebody else has given up; unsubscribing ends such mails and not the waiting."""
    with translation.override(request.page_language):
        token = _token(request, until)
        path = reverse("consultations:visit_no_short_notice", args=[token])
        content = _facts(request, until) | {
            "when": long_period(appointment.starts_at, appointment.ends_at),
            "choose_url": _page(request, token),
            "unsubscribe_url": absolute_url(request.partnership, path),
        }
    _queue(request, "visit_freed_time", content)


def tell_officer(
    appointment: Appointment,
    news: News,
    *,
    words: str = "",
    before: datetime.datetime | None = None,
    to: Person | None = None,
) -> None:
    """`words` are the firm's or a colleague's and leave the row with the mail, as does who is visited.
    German, whatever language the firm chose in.
    """
    request = appointment.visit.request
    officer = to or appointment.visit.officer
    with translation.override("de"):
        queue_mail(
            partnership=request.partnership,
            kind="visit_news",
            to_name=officer.name,
            to_email=officer.email,
            content={
                "news": news.value,
                "heading": str(news.label),
                "reference": request.reference,
                "firm_written": request.firm_name,
                "address_written": request.address,
                "when": long_period(appointment.starts_at, appointment.ends_at),
                "before": long_moment(before) if before else "",
                "words_written": words,
                "page": absolute_url(
                    request.partnership, reverse("appointments:visit_plan", args=[request.reference])
                ),
            },
            calendar=_entry(appointment, news),
            thing=appointment,
        )


def _entry(appointment: Appointment, news: News) -> dict[str, Any] | None:
    if news in FOR_THE_CALENDAR:
        return entry_for(appointment, method="REQUEST")
    return entry_for(appointment, method="CANCEL") if news in FROM_THE_CALENDAR else None


def _facts(request: VisitRequest, until: datetime.datetime) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "city": request.city,
        "until": long_moment(until),
        "phone": request.partnership.phone,
    }


def _token(request: VisitRequest, until: datetime.datetime) -> str:
    return issue_link(thing=request, purpose=SecretLink.Purpose.VISIT, expires_at=until + LINK_OUTLASTS)


def _page(request: VisitRequest, token: str) -> str:
    return absolute_url(request.partnership, reverse("consultations:visit_times", args=[token]))


def _queue(request: VisitRequest, kind: str, content: dict[str, Any]) -> None:
    queue_mail(
        partnership=request.partnership,
        kind=kind,
        to_name=request.contact_name,
        to_email=request.contact_email,
        language=request.page_language,
        content=content,
        thing=request,
    )
