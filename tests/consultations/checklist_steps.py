"""A checklist of the world's directorate, as its lead makes it."""

from consultations.checklists.parts import add_part
from consultations.checklists.versions import begin_draft, put_in_force
from consultations.models import Checklist, ChecklistArea, ChecklistItem, ProtectionClass, Wording
from tests.personas import World

Origin = ChecklistItem.Origin
MARKER = "Hintertür ohne Schloss"


def make_draft(world: World) -> Checklist:
    """Two areas; T1 was seen in a source, T2 and W1 were not. One recommendation, one class."""
    draft = Checklist.objects.create(police=world.police, number=1)
    doors, values = (ChecklistArea(checklist=draft, title=title) for title in ("Türen", "Werte"))
    for area in (doors, values):
        add_part(part=area, actor=world.lea)
    for area, code, origin in (
        (doors, "T1", Origin.SOURCE),
        (doors, "T2", Origin.CHAPTER),
        (values, "W1", "E"),
    ):
        item = ChecklistItem(
            checklist=draft, area=area, code=code, origin=origin, look_at=f"{MARKER} {code}", standard="EN 1"
        )
        add_part(part=item, actor=world.lea)
    Wording.objects.create(item=draft.items.get(code="T2"), text="Bauen Sie ein Schloss ein.", priority=1)
    row = ProtectionClass(checklist=draft, standard="EN 356", name="P4A", words="Hält aus.", origin="S")
    add_part(part=row, actor=world.lea)
    draft.refresh_from_db()
    return draft


def make_in_force(world: World) -> Checklist:
    draft = make_draft(world)
    return put_in_force(checklist_id=draft.pk, seen=draft.version, actor=world.lea)


def make_both(world: World) -> tuple[Checklist, Checklist]:
    """The version in force and a draft of the next."""
    in_force = make_in_force(world)
    return in_force, begin_draft(police_id=world.police.pk, actor=world.lea)


def item(checklist: Checklist, code: str) -> ChecklistItem:
    return checklist.items.get(code=code)
