"""Content of the mails about thefts. To police none says whose it is or what; to firms none names an officer.

Each to a firm goes to who has reported, as long as that person speaks for it, else to all who do.
"""

import datetime
from collections.abc import Sequence
from enum import Enum
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from assetmarking.models import StolenThing, TheftReport
from assetmarking.thefts.words import days_of, describe
from partnership.current import absolute_url
from partnership.links import issue_links
from partnership.models import FirmContact, Office, Organisation, Post, SecretLink
from partnership.outbox import Draft, queue_mails
from partnership.queries import holders_of
from partnership.times import long_day

LINK_LASTS = datetime.timedelta(days=180)
ONLINE_STATION = "https://www.polizei.sachsen.de/onlinewache/onlinewache.aspx"
"""Where a charge is brought without going to a station."""


class News(Enum):
    """Why police are written to."""

    REPORTED = "reported"
    EXTENDED = "extended"
    NUMBER = "number"
    WITHDRAWN = "withdrawn"


def tell_reported(report: TheftReport, *, things: int) -> None:
    content = {"things": things, "number": report.case_number, "charge_page": ONLINE_STATION}
    _tell_firm(report, "asset_theft_reported", lambda: content)


def tell_confirmed(report: TheftReport, *, is_corrected: bool) -> None:
    content = {"number": report.case_number, "reason": report.police_note if is_corrected else ""}
    _tell_firm(report, "asset_theft_confirmed", lambda: content)


def tell_declined(report: TheftReport) -> None:
    content = {"number": report.case_number, "reason": report.police_note}
    _tell_firm(report, "asset_theft_declined", lambda: content)


def tell_secured(thing: StolenThing) -> None:
    """Whom to call, and the Vorgangsnummer to name: where it lies is said on the telephone."""
    report = thing.report
    _tell_firm(
        report,
        "asset_theft_secured",
        lambda: {
            "thing": describe(thing.asset),
            "found_on": long_day(thing.found_on) if thing.found_on else "",
            "number": report.case_number,
            "call": phone_of(report),
        },
    )


def ask_whether_back(report: TheftReport, things: Sequence[StolenThing]) -> None:
    tokens = issue_links(
        things=things, purpose=SecretLink.Purpose.THEFT, expires_at=timezone.now() + LINK_LASTS
    )

    def content() -> dict[str, Any]:
        rows = [
            {"thing": describe(thing.asset), "back_url": _url(report, "theft_back", tokens[thing.pk])}
            for thing in things
        ]
        return {"rows_url": rows, "is_last": all(thing.asked_times >= 4 for thing in things)}

    _tell_firm(report, "asset_theft_asked", content)


def tell_police(report: TheftReport, news: News) -> None:
    """Officers and leads of the directorate, each once."""
    if report.police is None:
        return
    roles = (Post.Role.OFFICER, Post.Role.LEAD)
    people = {person.pk: person for role in roles for person in holders_of(role, report.police.pk)}
    path = reverse("thefts:theft", args=[report.reference])
    content = {
        "reference": report.reference,
        "news": news.value,
        "page": absolute_url(report.partnership, path),
    }
    queue_mails(
        Draft(
            partnership=report.partnership,
            kind="asset_theft_news",
            to_name=person.name,
            to_email=person.email,
            content=content,
            thing=report,
        )
        for person in people.values()
    )


def phone_of(report: TheftReport) -> str:
    """Of the directorate's first house that has one, else the partnership's."""
    police: Organisation | None = report.police
    houses = Office.objects.filter(organisation=police, is_active=True).exclude(phone="")
    house = houses.order_by("pk").first() if police else None
    return house.phone if house else report.partnership.phone


def _tell_firm(report: TheftReport, kind: str, content: Any) -> None:
    """`content` is made in the language in which the theft was reported."""
    with translation.override(report.page_language):
        facts = {
            "reference": report.reference,
            "when": days_of(report),
            "city": report.city,
            "police": report.police.name if report.police else "",
            "page": _url(report, "theft", report.reference),
        } | content()
    queue_mails(
        Draft(
            partnership=report.partnership,
            kind=kind,
            to_name=contact.name,
            to_email=contact.email,
            language=report.page_language,
            content=facts,
            thing=report,
        )
        for contact in _whom(report)
    )


def _whom(report: TheftReport) -> list[FirmContact]:
    speaking = FirmContact.objects.filter(Q(firm=report.firm_id, email_confirmed_at__isnull=False))
    contacts = list(speaking.order_by("pk"))
    return [contact for contact in contacts if contact.person_id == report.reported_by_id] or contacts


def _url(report: TheftReport, name: str, *args: str) -> str:
    return absolute_url(report.partnership, reverse(f"assetmarking:{name}", args=args))
