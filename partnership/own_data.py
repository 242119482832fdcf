"""What somebody is told about themselves (Art. 15, 20 DSGVO). Every app registers what it knows.

A section's keys are part of the file's format and stay; labels are for reading.
"""

import datetime
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.blocked_addresses import block_of
from partnership.documents import pdf_of
from partnership.journal import act_label, log_act
from partnership.models import (
    CalendarFeed,
    ErasureRequest,
    FirmContact,
    LogEntry,
    OutgoingMail,
    Person,
    Post,
    Site,
)
from partnership.outbox import mail_label
from partnership.queries import firms_of, has_confirmed_address
from partnership.sessions import device_of
from partnership.times import BERLIN, current_language, long_date, long_moment

FORMAT = 1
TEMPLATE = "pdf/own_data.html"
Words = str | Promise
Value = str | datetime.date
"""Moments are aware; the file has them as ISO 8601, the pages in words."""
Row = dict[str, Value]


@dataclass(frozen=True, kw_only=True)
class Section:
    """`labels`: key of the file -> what it is called, in the order of reading; `order`: of the sections."""

    key: str
    order: int = 50
    title: Words
    labels: Mapping[str, Words]
    rows: list[Row] = field(default_factory=list)

    @property
    def read(self) -> list[list[tuple[str, str]]]:
        """Rows as (label, value), without what is empty."""
        return [
            [(str(label), in_words(row[key])) for key, label in self.labels.items() if row.get(key)]
            for row in self.rows
        ]


def in_words(value: Value) -> str:
    if isinstance(value, datetime.datetime):
        return long_moment(value)
    return long_date(value) if isinstance(value, datetime.date) else value


Source = Callable[[Person], Section]
_sources: list[Source] = []


def register_sources(*sources: Source) -> None:
    """Apps name in `ready()` what they know of a person."""
    _sources.extend(sources)


def sections_about(person: Person) -> list[Section]:
    return sorted((source(person) for source in _sources), key=lambda section: section.order)


@transaction.atomic
def pack_own_data(*, person: Person) -> bytes:
    """A ZIP with a JSON file for machines and a PDF to read; the download is logged."""
    log_act(act="person.data_downloaded", thing=person, actor=person)
    sections = sections_about(person)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_("daten.json"), _as_json(sections))
        archive.writestr(_("daten.pdf"), _as_pdf(sections))
    return packed.getvalue()


def _as_json(sections: list[Section]) -> str:
    content: dict[str, Any] = {
        "format": FORMAT,
        "language": current_language(),
        "created_at": timezone.now().isoformat(timespec="seconds"),
        "keys": {s.key: {key: str(label) for key, label in s.labels.items()} for s in sections},
    }
    content |= {section.key: section.rows for section in sections}
    return json.dumps(content, ensure_ascii=False, indent=2, default=_iso)


def _iso(value: datetime.date) -> str:
    if isinstance(value, datetime.datetime):
        return value.astimezone(BERLIN).isoformat(timespec="seconds")
    return value.isoformat()


def _as_pdf(sections: list[Section]) -> bytes:
    context = {"sections": sections, "as_of": long_moment(timezone.now()), "language": current_language()}
    return pdf_of(render_to_string(TEMPLATE, context))


def about_person(person: Person) -> Section:
    row: Row = {"name": person.name, "email": person.email, "joined": person.joined_at}
    if person.last_login:
        row["last_sign_in"] = person.last_login
    if block := block_of(person.email):
        row["blocked_since"] = block.since
    labels = {
        "name": gettext_lazy("Vor- und Nachname"),
        "email": gettext_lazy("E-Mail-Adresse"),
        "joined": gettext_lazy("Konto seit"),
        "last_sign_in": gettext_lazy("Zuletzt angemeldet"),
        "blocked_since": gettext_lazy("E-Mails kommen nicht an seit"),
    }
    return Section(key="person", order=0, title=gettext_lazy("Ihr Konto"), labels=labels, rows=[row])


def about_posts(person: Person) -> Section:
    posts = Post.objects.filter(person=person).select_related("organisation", "partnership")
    labels = {
        "role": gettext_lazy("Funktion"),
        "where": gettext_lazy("Stelle"),
        "starts": gettext_lazy("von"),
        "ends": gettext_lazy("bis"),
    }
    rows: list[Row] = [
        {
            "role": post.get_role_display(),
            "where": str(post.organisation or post.partnership),
            "starts": post.starts,
            "ends": post.ends or "",
        }
        for post in posts
    ]
    return Section(key="posts", order=30, title=gettext_lazy("Ihre Funktionen"), labels=labels, rows=rows)


def about_contacts(person: Person) -> Section:
    whose = Q(person=person)
    if has_confirmed_address(person):
        whose |= Q(email__iexact=person.email)
    contacts = FirmContact.objects.filter(whose)
    labels = {
        "firm": gettext_lazy("Firma"),
        "name": gettext_lazy("Vor- und Nachname"),
        "email": gettext_lazy("E-Mail-Adresse"),
        "phone": gettext_lazy("Telefon"),
        "confirmed": gettext_lazy("bestätigt"),
        "invited": gettext_lazy("eingeladen"),
    }
    rows: list[Row] = [
        {
            "firm": contact.firm.name,
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
            "confirmed": contact.email_confirmed_at or "",
            "invited": contact.invited_at or "",
        }
        for contact in contacts.select_related("firm").order_by("pk")
    ]
    return Section(
        key="contacts", order=20, title=gettext_lazy("Firmen, für die Sie sprechen"), labels=labels, rows=rows
    )


def about_firms(person: Person) -> Section:
    """With their sites: only firms for which this person speaks."""
    labels = {
        "name": gettext_lazy("Firma"),
        "chamber": gettext_lazy("Kammer"),
        "membership_number": gettext_lazy("Mitgliedsnummer"),
        "sites": gettext_lazy("Standorte"),
    }
    sites: dict[int, list[Site]] = {}
    firms = list(firms_of(person).select_related("chamber"))
    for site in Site.objects.filter(firm__in=firms).order_by("pk"):
        sites.setdefault(site.firm_id, []).append(site)
    rows: list[Row] = [
        {
            "name": firm.name,
            "chamber": firm.chamber.name if firm.chamber else "",
            "membership_number": firm.membership_number,
            "sites": "; ".join(
                ", ".join(part for part in (site.name, str(site)) if part) for site in sites.get(firm.pk, [])
            ),
        }
        for firm in firms
    ]
    return Section(
        key="firms", order=21, title=gettext_lazy("Angaben zu diesen Firmen"), labels=labels, rows=rows
    )


def about_mails(person: Person) -> Section:
    """Kind and time: what stood in them lies in the mailbox."""
    mails = OutgoingMail.objects.filter(to_email__iexact=person.email).defer("content", "calendar")
    labels = {"kind": gettext_lazy("Art"), "at": gettext_lazy("Zeitpunkt"), "state": gettext_lazy("Stand")}
    rows: list[Row] = [
        {
            "kind": mail_label(mail.kind),
            "at": mail.sent_at or mail.queued_at,
            "state": mail.get_state_display(),
        }
        for mail in mails.order_by("queued_at", "pk")
    ]
    return Section(key="mails", order=60, title=gettext_lazy("E-Mails an Sie"), labels=labels, rows=rows)


def about_acts(person: Person) -> Section:
    """What this person did, and what was done to the account."""
    about = Q(content_type=ContentType.objects.get_for_model(Person), object_id=person.pk)
    entries = LogEntry.objects.filter(Q(actor=person) | about).order_by("at", "pk")
    labels = {"act": gettext_lazy("Vorgang"), "at": gettext_lazy("Zeitpunkt")}
    rows: list[Row] = [{"act": act_label(entry.act), "at": entry.at} for entry in entries]
    return Section(
        key="log", order=61, title=gettext_lazy("Was im Protokoll über Sie steht"), labels=labels, rows=rows
    )


def about_erasures(person: Person) -> Section:
    labels = {
        "asked": gettext_lazy("gestellt"),
        "reason": gettext_lazy("Grund"),
        "state": gettext_lazy("Stand"),
    }
    rows: list[Row] = [
        {
            "asked": request.asked_at,
            "reason": request.reason,
            "state": request.get_state_display(),
        }
        for request in ErasureRequest.objects.filter(person=person)
    ]
    return Section(
        key="erasures", order=40, title=gettext_lazy("Ihre Löschbegehren"), labels=labels, rows=rows
    )


def about_feeds(person: Person) -> Section:
    labels = {
        "calendar": gettext_lazy("Kalender"),
        "made": gettext_lazy("erzeugt"),
        "fetched": gettext_lazy("zuletzt abgerufen"),
    }
    feeds = CalendarFeed.objects.filter(person=person).select_related("office", "organisation")
    rows: list[Row] = [
        {"calendar": feed.title, "made": feed.made_at, "fetched": feed.fetched_on or ""}
        for feed in feeds.order_by("made_at", "pk")
    ]
    return Section(
        key="feeds", order=50, title=gettext_lazy("Ihre Kalenderadressen"), labels=labels, rows=rows
    )


def about_sessions(person: Person) -> Section:
    labels = {
        "device": gettext_lazy("Browser und Gerät"),
        "address": gettext_lazy("Netzadresse"),
        "since": gettext_lazy("angemeldet"),
        "seen": gettext_lazy("zuletzt benutzt"),
    }
    rows: list[Row] = [
        {
            "device": device_of(row.user_agent),
            "address": row.ip,
            "since": row.created_at,
            "seen": row.last_seen_at,
        }
        for row in UserSession.objects.filter(user=person).order_by("created_at", "pk")
    ]
    return Section(
        key="sessions", order=70, title=gettext_lazy("Wo Sie angemeldet sind"), labels=labels, rows=rows
    )


OWN_SOURCES = (
    about_person,
    about_posts,
    about_contacts,
    about_firms,
    about_mails,
    about_acts,
    about_erasures,
    about_feeds,
    about_sessions,
)
