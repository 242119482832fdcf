"""Material comes, is changed and goes, by those who run the event; participants are told of it once."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.events.locking import lock_event
from forums.materials.judging import judge_file
from forums.materials.mails import tell_of_materials
from forums.materials.reading import registrations_with_place
from forums.models import Event, Material, MaterialFile
from partnership.administration.changes import write_changes
from partnership.journal import log_act
from partnership.models import Brochure, Person
from partnership.photos.judging import PhotoRefused
from partnership.photos.reencoding import Unfinished, reencode_safely
from partnership.publications.editing import slug_of
from partnership.refusals import Refusal

Audience = Material.Audience
Kind = MaterialFile.Kind
MOST_OF_AN_EVENT = 40
SUFFIXES = {
    Kind.PDF: "pdf",
    Kind.JPEG: "jpg",
    Kind.ODP: "odp",
    Kind.PPTX: "pptx",
    Kind.DOCX: "docx",
    Kind.XLSX: "xlsx",
}


def add_file(
    *,
    event_id: int,
    title: str,
    audience: str,
    upload: "UploadedFile[Any]",
    rights_are_clear: bool,
    actor: Person,
) -> Material:
    """Raises FileRefused. A picture is made anew, without what the camera noted; that takes about a second,
    and no row is locked for it."""
    kind = judge_file(upload)
    upload.seek(0)
    content = upload.read()
    if kind == Kind.JPEG:
        content = _bare_picture(content)
    with transaction.atomic():
        material = _add(
            event_id=event_id,
            title=title,
            audience=audience,
            actor=actor,
            **_rights(audience=audience, are_clear=rights_are_clear, actor=actor),
        )
        MaterialFile.objects.create(
            material=material,
            name=f"{slug_of(title) or 'unterlage'}.{SUFFIXES[kind]}",
            content_type=kind,
            size=len(content),
            content=content,
        )
    return material


@transaction.atomic
def add_brochure(*, event_id: int, title: str, audience: str, brochure: Brochure, actor: Person) -> Material:
    return _add(event_id=event_id, title=title, audience=audience, actor=actor, brochure=brochure)


@transaction.atomic
def add_page(*, event_id: int, title: str, audience: str, url: str, actor: Person) -> Material:
    return _add(event_id=event_id, title=title, audience=audience, actor=actor, url=url)


@transaction.atomic
def change_material(
    *,
    material_id: int,
    seen: int,
    title: str,
    audience: str,
    rights_are_clear: bool,
    actor: Person,
) -> list[str]:
    """Title, and for whom it is. Raises ChangedMeanwhile."""
    material = _lock_material(material_id)
    values: dict[str, Any] = {"title": title, "audience": audience}
    if MaterialFile.objects.filter(material=material).exists():
        if material.rights_clear_at is None:
            values |= _rights(audience=audience, are_clear=rights_are_clear, actor=actor)
        elif audience != Audience.PUBLIC:
            values |= {"rights_clear_at": None, "rights_clear_by": None}
    fields = write_changes(material, seen=seen, values=values)
    if fields:
        words = {"title": title, "audience": Audience(audience).label}
        _log("material.changed", material.event, actor, words)
    return fields


@transaction.atomic
def remove_material(*, material_id: int, actor: Person) -> None:
    material = _lock_material(material_id)
    material.delete()
    _log("material.removed", material.event, actor, {"title": material.title})


@transaction.atomic
def tell_participants(*, event_id: int, actor: Person) -> int:
    """Once: a mail with a link of their own to those who have a place; returns how many."""
    event = lock_event(event_id)
    if event.materials_told_at is not None:
        raise Refusal(_("Auf die Unterlagen ist schon hingewiesen. Eine zweite E-Mail gibt es nicht."))
    if not event.materials.exists():
        raise Refusal(_("Noch gibt es keine Unterlagen. Fügen Sie zuerst eine hinzu."))
    told = tell_of_materials(registrations_with_place(event))
    if not told:
        raise Refusal(_("Niemand mit einem Platz hat eine E-Mail-Adresse angegeben."))
    event.materials_told_at = timezone.now()
    event.save(update_fields=["materials_told_at"])
    _log("material.told", event, actor, {"mails": told})
    return told


def _bare_picture(content: bytes) -> bytes:
    try:
        return reencode_safely(content).large
    except (PhotoRefused, Unfinished):
        raise Refusal(
            _("Dieses Bild ließ sich nicht verarbeiten. Speichern Sie es als JPEG oder PNG noch einmal.")
        ) from None


def _add(*, event_id: int, title: str, audience: str, actor: Person, **fields: Any) -> Material:
    event = lock_event(event_id)
    if event.materials.count() >= MOST_OF_AN_EVENT:
        raise Refusal(
            _("Mehr als %(most)s Unterlagen gehen nicht. Entfernen Sie zuerst eine.")
            % {"most": MOST_OF_AN_EVENT}
        )
    material = Material.objects.create(event=event, title=title, audience=audience, added_by=actor, **fields)
    _log("material.added", event, actor, {"title": title, "audience": Audience(audience).label})
    return material


def _rights(*, audience: str, are_clear: bool, actor: Person) -> dict[str, Any]:
    if audience != Audience.PUBLIC:
        return {}
    if not are_clear:
        raise Refusal(_("Öffentlich wird eine Datei erst, wenn die Rechte geklärt sind. Bestätigen Sie das."))
    return {"rights_clear_at": timezone.now(), "rights_clear_by": actor}


def _lock_material(material_id: int) -> Material:
    """Raises Refusal for one that somebody has removed in the meantime."""
    rows = Material.objects.select_for_update(of=("self",)).select_related("event__organiser")
    material = rows.filter(pk=material_id).first()
    if material is None:
        raise Refusal(_("Diese Unterlage ist inzwischen entfernt."))
    return material


def _log(act: str, event: Event, actor: Person, detail: Mapping[str, Any]) -> None:
    words = {name: str(value) if name == "audience" else value for name, value in detail.items()}
    log_act(act=act, thing=event, actor=actor, organisation=event.organiser, detail=words)
