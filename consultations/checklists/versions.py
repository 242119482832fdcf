"""Versions of a directorate's checklist: begun as a draft, signed off item by item, put in force."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.checklists.changes import areas_of, words_of_class, words_of_item
from consultations.models import Checklist, ChecklistArea, ChecklistItem, ProtectionClass, Wording
from partnership.journal import log_act
from partnership.models import Organisation, Person
from partnership.refusals import Refusal

FIRST_CONTENTS = Path(__file__).with_name("first.json")
State = Checklist.State


@transaction.atomic
def adopt_first_contents(*, police_id: int, actor: Person) -> Checklist:
    """A draft of what the portal brings along, for a directorate that has no version yet."""
    police = _lock_police(police_id)
    if Checklist.objects.filter(police=police).exists():
        raise Refusal(_("Es gibt schon eine Checkliste. Legen Sie einen Entwurf davon an."))
    draft = _new_draft(police)
    contents = json.loads(FIRST_CONTENTS.read_text(encoding="utf-8"))
    for place, row in enumerate(contents["areas"]):
        area = ChecklistArea.objects.create(
            checklist=draft, order=place, title=row["title"], sentence=row["sentence"]
        )
        for order, item in enumerate(row["items"]):
            _add_first_item(area, order, item)
    ProtectionClass.objects.bulk_create(
        ProtectionClass(checklist=draft, order=order, **row) for order, row in enumerate(contents["classes"])
    )
    _log("checklist.adopted", draft, actor)
    return draft


@transaction.atomic
def begin_draft(*, police_id: int, actor: Person) -> Checklist:
    """A copy of the version in force, its sign-offs included."""
    police = _lock_police(police_id)
    if Checklist.objects.filter(police=police, state=State.DRAFT).exists():
        raise Refusal(_("Es gibt schon einen Entwurf. Arbeiten Sie an ihm weiter, oder verwerfen Sie ihn."))
    in_force = Checklist.objects.filter(police=police, state=State.IN_FORCE).first()
    if in_force is None:
        raise Refusal(_("Es gilt noch keine Checkliste, von der ein Entwurf ausgehen könnte."))
    draft = _new_draft(police)
    _copy_parts(in_force, draft)
    _log("checklist.begun", draft, actor)
    return draft


@transaction.atomic
def discard_draft(*, checklist_id: int, seen: int, actor: Person) -> None:
    draft = lock_draft(checklist_id)
    _refuse_unseen(draft, seen)
    _log("checklist.discarded", draft, actor)
    draft.delete()


@transaction.atomic
def put_in_force(*, checklist_id: int, seen: int, actor: Person) -> Checklist:
    """What is not signed off stays marked. `seen` is the version of the draft that was read."""
    _lock_police(Checklist.objects.values_list("police", flat=True).get(pk=checklist_id))
    draft = lock_draft(checklist_id)
    _refuse_unseen(draft, seen)
    if not draft.items.exists():
        raise Refusal(_("Eine Checkliste ohne Prüfpunkte kann nicht gelten. Tragen Sie Prüfpunkte ein."))
    Checklist.objects.filter(police=draft.police, state=State.IN_FORCE).update(state=State.REPLACED)
    draft.state, draft.in_force_since, draft.put_in_force_by = State.IN_FORCE, timezone.now(), actor
    draft.save(update_fields=["state", "in_force_since", "put_in_force_by"])
    _log("checklist.put_in_force", draft, actor)
    return draft


@transaction.atomic
def sign_off(
    *, checklist_id: int, items: Mapping[int, int], classes: Mapping[int, int], actor: Person
) -> int:
    """Items and classes, key to the version that was read; gives how many it were.

    In the version in force, too, as its words stay; what the draft has left as it is gets it there as well.
    """
    checklist = _lock(checklist_id)
    if checklist.state == State.REPLACED:
        raise Refusal(_("Diese Fassung ist abgelöst. Zeichnen Sie in der Fassung ab, die gilt."))
    signed: list[ChecklistItem | ProtectionClass] = [
        *_as_seen(checklist.items.prefetch_related("wordings"), items),
        *_as_seen(checklist.classes, classes),
    ]
    signed = [thing for thing in signed if thing.needs_check]
    now = timezone.now()
    for thing in signed + _same_in_draft(checklist, signed):
        thing.signed_off_at, thing.signed_off_by = now, actor
        thing.save(update_fields=["signed_off_at", "signed_off_by"])
    if signed:
        _log("checklist.signed_off", checklist, actor, part=", ".join(str(thing) for thing in signed))
    return len(signed)


def lock_draft(checklist_id: int) -> Checklist:
    """Raises Refusal for a version that is in force or was: it stays as it is."""
    checklist = _lock(checklist_id)
    if not checklist.is_draft:
        raise Refusal(_("Diese Fassung bleibt, wie sie ist. Legen Sie einen Entwurf an und ändern Sie ihn."))
    return checklist


def _lock(checklist_id: int) -> Checklist:
    rows = Checklist.objects.select_for_update(no_key=True, of=("self",)).select_related("police")
    checklist = rows.filter(pk=checklist_id).first()
    if checklist is None:
        raise Refusal(_("Dieser Entwurf ist inzwischen verworfen."))
    return checklist


def _lock_police(police_id: int) -> Organisation:
    """Locked before its checklists, so that two drafts are not begun at once."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=police_id)


def _new_draft(police: Organisation) -> Checklist:
    last = Checklist.objects.filter(police=police).aggregate(last=Max("number"))["last"] or 0
    return Checklist.objects.create(police=police, number=last + 1)


def _add_first_item(area: ChecklistArea, order: int, row: Mapping[str, Any]) -> None:
    """A recommendation goes by the standard of its item."""
    facts = {name: value for name, value in row.items() if name != "wordings"}
    item = ChecklistItem.objects.create(checklist=area.checklist, area=area, order=order, **facts)
    Wording.objects.bulk_create(
        Wording(item=item, standard=item.standard, **wording) for wording in row["wordings"]
    )


def _copy_parts(source: Checklist, draft: Checklist) -> None:
    for area in areas_of(source):
        items = list(area.items.all())
        new_area = _copy(area, checklist=draft)
        for item in items:
            wordings = list(item.wordings.all())
            new_item = _copy(item, checklist=draft, area=new_area)
            for wording in wordings:
                _copy(wording, item=new_item)
    for row in source.classes.all():
        _copy(row, checklist=draft)


def _copy(part: Any, **parents: Any) -> Any:
    values = {f.attname: getattr(part, f.attname) for f in part._meta.concrete_fields if not f.primary_key}
    copied = type(part)(**{name: v for name, v in values.items() if name.removesuffix("_id") not in parents})
    for name, parent in parents.items():
        setattr(copied, name, parent)
    copied.version = 1
    copied.save()
    return copied


def _refuse_unseen(draft: Checklist, seen: int) -> None:
    if draft.version != seen:
        raise Refusal(_("Inzwischen hat jemand den Entwurf geändert. Lesen Sie ihn noch einmal durch."))


def _as_seen(rows: Any, seen: Mapping[int, int]) -> list[Any]:
    found = list(rows.filter(pk__in=seen))
    if len(found) < len(seen) or any(thing.version != seen[thing.pk] for thing in found):
        raise Refusal(
            _("Inzwischen hat jemand etwas davon geändert. Lesen Sie neu, und zeichnen Sie dann ab.")
        )
    return found


def _same_in_draft(
    checklist: Checklist, signed: list[ChecklistItem | ProtectionClass]
) -> list[ChecklistItem | ProtectionClass]:
    draft = Checklist.objects.filter(police=checklist.police, state=State.DRAFT).first()
    if draft is None or checklist.is_draft:
        return []
    said = {thing.key: _said(thing) for thing in signed}
    there: list[ChecklistItem | ProtectionClass] = [
        *draft.items.filter(key__in=said).prefetch_related("wordings"),
        *draft.classes.filter(key__in=said),
    ]
    return [thing for thing in there if _said(thing) == said[thing.key]]


def _said(thing: ChecklistItem | ProtectionClass) -> dict[str, str]:
    return words_of_item(thing) if isinstance(thing, ChecklistItem) else words_of_class(thing)


def _log(act: str, checklist: Checklist, actor: Person, **detail: Any) -> None:
    log_act(
        act=act,
        thing=checklist,
        actor=actor,
        organisation=checklist.police,
        detail={"edition": checklist.number, **detail},
    )
