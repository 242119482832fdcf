"""Houses as rows and facts of ready strings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.administration.dates import days_words
from partnership.models import Office, OfficeClosure
from partnership.times import today


@dataclass(frozen=True, slots=True)
class ClosureRow:
    pk: int
    days: str
    reason: str


@dataclass(frozen=True, slots=True)
class HouseRow:
    pk: int
    name: str
    address: str
    kind: str
    rooms: str
    closures: list[str]
    is_active: bool


@dataclass(frozen=True, slots=True)
class HousesOfOne:
    anchor: str
    organisation: str
    houses: list[HouseRow]


def with_rows(offices: QuerySet[Office]) -> QuerySet[Office]:
    return offices.annotate(room_count=Count("rooms", distinct=True)).prefetch_related(
        Prefetch("closures", coming_closures(), to_attr="coming")
    )


def coming_closures() -> QuerySet[OfficeClosure]:
    return OfficeClosure.objects.filter(ends__gte=today()).order_by("starts", "pk")


def lay_out_houses(offices: Iterable[Office]) -> list[HousesOfOne]:
    groups: dict[int, HousesOfOne] = {}
    for office in offices:
        organisation = office.organisation
        group = groups.setdefault(
            organisation.pk, HousesOfOne(f"organisation-{organisation.pk}", organisation.name, [])
        )
        group.houses.append(
            HouseRow(
                pk=office.pk,
                name=office.name,
                address=f"{office.street}, {office.postcode} {office.city}",
                kind=office.get_kind_display(),
                rooms=_room_words(office.room_count),  # type: ignore[attr-defined]
                closures=[days_words(c.starts, c.ends) for c in office.coming],  # type: ignore[attr-defined]
                is_active=office.is_active,
            )
        )
    return list(groups.values())


def closure_rows(office: Office) -> list[ClosureRow]:
    rows = coming_closures().filter(office=office)
    return [ClosureRow(c.pk, days_words(c.starts, c.ends), c.reason) for c in rows]


def facts_of(office: Office) -> list[tuple[str, str]]:
    """What is missing says so: firms read all of it."""
    place = f"{office.latitude:.4f} / {office.longitude:.4f}".replace(".", ",")
    access = _("stufenlos erreichbar") if office.step_free else _("nicht stufenlos erreichbar")
    return [
        (_("Art"), office.get_kind_display()),
        (_("Anschrift"), office.address),
        (_("Gemeinde"), office.area.name if office.area else _("zur Postleitzahl nicht bekannt")),
        (_("Lage (Breite, Länge)"), place),
        (_("Telefon"), office.phone or _("fehlt")),
        (_("E-Mail"), office.email or _("keine")),
        (_("Zugang"), f"{access}. {office.access_note}" if office.access_note else access),
        (_("mit Bahn und Bus"), office.by_train or _("keine Angabe")),
        (_("mit dem Auto"), office.by_car or _("keine Angabe")),
    ]


def _room_words(count: int) -> str:
    return (
        ngettext("%(number)d Raum", "%(number)d Räume", count) % {"number": count}
        if count
        else _("ohne Raum")
    )
