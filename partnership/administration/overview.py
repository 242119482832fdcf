"""The first page: what wants attention, and how much there is of everything."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.administration import rules
from partnership.administration.people_page import SOON, body_of
from partnership.administration.queries import (
    invitations_administered_by,
    offices_administered_by,
    organisations_administered_by,
    people_administered_by,
    posts_administered_by,
)
from partnership.administration.tasks_page import LeftOpen
from partnership.blocked_addresses import blocks_visible_to
from partnership.models import Organisation
from partnership.publications.queries import brochures_visible_to, releases_due_from
from partnership.rules import Posts
from partnership.times import berlin_day, numeric_date

PATIENCE = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Attention:
    """`why` is the short word of its badge."""

    why: str
    title: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    words: str
    url: str
    count: int | None = None


def what_wants_attention(posts: Posts, left: dict[str, list[LeftOpen]]) -> list[Attention]:
    """The most pressing kind first. `left` is what ended posts have left open."""
    today = timezone.localdate()
    found = _to_release(posts) + _left_open(left)
    if posts.coordinates:
        found += _unaccepted(posts) + _ending(posts, today) + _unreachable_houses(posts)
    return found


def sections_for(posts: Posts, left: dict[str, list[LeftOpen]]) -> list[Section]:
    sections = []
    if rules.may_coordinate(posts):
        sections.append(
            Section(
                _("Organisationen"),
                _("Mitglieder mit Art, Kurzname und Zeiten der Mitgliedschaft"),
                reverse("administration:organisations"),
                organisations_administered_by(posts).count(),
            )
        )
    if rules.may_open_houses(posts):
        sections.append(
            Section(
                _("Häuser"),
                _("Anschrift, Weg, Räume und Schließzeiten"),
                reverse("administration:offices"),
                offices_administered_by(posts).count(),
            )
        )
    if rules.may_open_people(posts):
        sections.append(
            Section(
                _("Personen"),
                _("Einladungen, Funktionen und Vertretungen"),
                reverse("administration:people"),
                people_administered_by(posts).count(),
            )
        )
    if rules.may_coordinate(posts):
        sections.append(
            Section(
                _("Gesperrte Adressen"),
                _("Wohin nichts mehr gesendet wird, weil E-Mails zurückkamen"),
                reverse("administration:blocked_addresses"),
                blocks_visible_to(posts).count(),
            )
        )
    sections.append(
        Section(
            _("Broschüren"),
            _("Texte zum Einbruchschutz, ihre Fassungen und Freigaben"),
            reverse("administration:brochures"),
            brochures_visible_to(posts).count(),
        )
    )
    sections.append(
        Section(
            _("Offene Aufgaben"),
            _("Was nach dem Ende einer Funktion zu tun blieb"),
            reverse("administration:tasks"),
            sum(len(row.tasks) for rows in left.values() for row in rows),
        )
    )
    return sections


def _to_release(posts: Posts) -> list[Attention]:
    return [
        Attention(
            _("Freigabe fehlt"),
            partner.edition.title,
            _("Fassung %(number)s wartet auf %(name)s")
            % {"number": partner.edition.number, "name": partner.organisation},
            reverse("administration:brochure_edition", args=[partner.edition_id]),
        )
        for partner in releases_due_from(posts)
    ]


def _left_open(left: dict[str, list[LeftOpen]]) -> list[Attention]:
    return [
        Attention(
            _("offene Aufgaben"),
            row.person,
            _("%(count)s, %(role)s bis %(day)s") % {"count": row.count, "role": row.role, "day": row.ended},
            reverse("administration:tasks"),
        )
        for rows in left.values()
        for row in rows
    ]


def _unaccepted(posts: Posts) -> list[Attention]:
    rows = (
        invitations_administered_by(posts)
        .waiting()
        .filter(sent_at__lt=timezone.now() - PATIENCE)
        .order_by("sent_at", "pk")
    )
    return [
        Attention(
            _("Einladung offen"),
            str(invitation.post.person),
            _("%(body)s, eingeladen am %(day)s. Der Link gilt nicht mehr.")
            % {"body": body_of(invitation.post), "day": numeric_date(berlin_day(invitation.sent_at))},
            reverse("administration:person", args=[invitation.post.person_id]),
        )
        for invitation in rows
    ]


def _ending(posts: Posts, today: datetime.date) -> list[Attention]:
    rows = posts_administered_by(posts).filter(starts__lte=today, ends__gte=today, ends__lte=today + SOON)
    return [
        Attention(
            _("Funktion endet"),
            str(post.person),
            _("%(role)s, %(body)s, bis %(day)s")
            % {"role": post.get_role_display(), "body": body_of(post), "day": numeric_date(post.ends)},
            reverse("administration:person", args=[post.person_id]),
        )
        for post in rows.order_by("ends", "person__name", "pk")
        if post.ends
    ]


def _unreachable_houses(posts: Posts) -> list[Attention]:
    rows = offices_administered_by(posts).filter(
        Q(phone="") | Q(area__isnull=True), is_active=True, organisation__kind=Organisation.Kind.CHAMBER
    )
    found = []
    for office in rows:
        lacks = [_("Telefon")] if not office.phone else []
        lacks += [_("Gemeinde zur Postleitzahl")] if office.area_id is None else []
        words = _("Es fehlt: %(lacks)s") % {"lacks": ", ".join(lacks)}
        url = reverse("administration:office", args=[office.pk])
        found.append(Attention(_("Angaben fehlen"), office.name, words, url))
    return found
