"""Material as rows of ready strings, for everybody, for participants and for those who publish it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from forums.materials.reading import PUBLIC, reads_as_participant, with_files
from forums.models import Event, Material, MaterialFile, Registration, Visibility
from partnership.times import berlin_day, numeric_date

MEGABYTE = 1024 * 1024
NOBODYS = ""
"""In place of the token of an own link: the address that asks for a right."""


@dataclass(frozen=True, slots=True)
class MaterialRow:
    """`words` says what it is: 'PDF, 2,4 MB'. `leads_out`: to a page that is not ours."""

    title: str
    words: str
    url: str
    leads_out: bool


@dataclass(frozen=True, slots=True)
class DeskRow:
    pk: int
    row: MaterialRow
    audience: str
    added: str
    hidden_because: str


def public_materials(event: Event) -> list[MaterialRow]:
    return public_materials_of([event]).get(event.pk, [])


def public_materials_of(events: Collection[Event]) -> dict[int, list[MaterialRow]]:
    """By the key of the event, in one statement; events without are not named."""
    found: dict[int, list[MaterialRow]] = defaultdict(list)
    for material in with_files(Material.objects.filter(PUBLIC, event__in=events)):
        if row := _row(material, NOBODYS):
            found[material.event_id].append(row)
    return dict(found)


def own_materials(registration: Registration, *, token: str = NOBODYS) -> list[MaterialRow]:
    """All of an event, for somebody who has a place; with the token where nobody is signed in."""
    if not reads_as_participant(registration):
        return []
    return _rows(with_files(registration.event.materials.all()), token)


def desk_materials(event: Event) -> list[DeskRow]:
    return [
        DeskRow(
            pk=material.pk,
            row=_row(material, NOBODYS) or MaterialRow(material.title, _("Broschüre"), "", leads_out=False),
            audience=_audience(material, event),
            added=_added(material),
            hidden_because=""
            if _row(material, NOBODYS)
            else _("Die Broschüre ist zur Zeit nicht veröffentlicht."),
        )
        for material in with_files(event.materials.select_related("added_by"))
    ]


def size_in_words(size: int) -> str:
    """'2,4 MB', below a tenth of one '80 KB'."""
    if size < MEGABYTE // 10:
        return f"{-(-size // 1024)} KB"
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths // 10},{tenths % 10} MB"


def _rows(materials: Iterable[Material], token: str) -> list[MaterialRow]:
    return [row for material in materials if (row := _row(material, token))]


def _row(material: Any, token: str) -> MaterialRow | None:
    """None while its brochure is not published."""
    if material.brochure_id:
        if not material.is_released:
            return None
        url = reverse("brochure", args=[material.brochure.slug])
        return MaterialRow(material.title, _("Broschüre"), url, leads_out=False)
    if material.url:
        host = urlsplit(material.url).hostname or ""
        return MaterialRow(
            material.title, _("Seite bei %(host)s") % {"host": host}, material.url, leads_out=True
        )
    file: MaterialFile = material.file
    if token:
        url = reverse("forums:own_material", args=[token, material.pk])
    else:
        url = reverse("forums:material", args=[material.pk])
    words = f"{file.get_content_type_display()}, {size_in_words(file.size)}"
    return MaterialRow(material.title, words, url, leads_out=False)


def _audience(material: Material, event: Event) -> str:
    if material.audience == Material.Audience.PARTICIPANTS:
        return _("für alle mit einem Platz")
    if event.visibility != Visibility.PUBLIC:
        return _("öffentlich, sobald die Veranstaltung öffentlich ist")
    return _("öffentlich")


def _added(material: Material) -> str:
    day = numeric_date(berlin_day(material.added_at))
    if material.added_by is None:
        return _("seit %(day)s") % {"day": day}
    return _("seit %(day)s, von %(name)s") % {"day": day, "name": material.added_by.name}
