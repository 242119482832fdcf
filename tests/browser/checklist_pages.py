"""Checklists: the one in force, and a draft of the next."""

from django.urls import reverse

from consultations.checklists.parts import add_part, change_part, remove_part
from consultations.models import ChecklistArea
from tests.browser.addresses import Paths, under
from tests.consultations.checklist_steps import make_both
from tests.personas import World

PARTS = ("area", "item", "wording", "class")

PAGES = {
    "paula": ["appointments:checklists", "appointments:checklist"],
    "lea": [
        *("appointments:checklists", "appointments:checklist", "appointments:checklist_sign_off"),
        *("appointments:checklist_put_in_force", "appointments:checklist_discard"),
        *(f"appointments:checklist_{part}{end}" for part in PARTS for end in ("", "_new")),
    ],
}
NO_PAGES = {
    *("appointments:checklist_adopt", "appointments:checklist_begin", "appointments:checklist_pdf"),
    *(f"appointments:checklist_{part}_move" for part in ("area", "item", "class")),
    *(f"appointments:checklist_{part}_remove" for part in PARTS),
}


def paths(world: World) -> Paths:
    """In force, and a draft with something new, changed and gone."""
    in_force, draft = make_both(world)
    changed, gone = (draft.items.get(code=code) for code in ("T2", "W1"))
    change_part(part=changed, seen=changed.version, values={"reason": "Neu"}, actor=world.lea)
    remove_part(part=gone, seen=gone.version, actor=world.lea)
    add_part(part=ChecklistArea(checklist=draft, title="Alarm"), actor=world.lea)
    of_draft = ("", "_sign_off", "_put_in_force", "_discard", "_area_new", "_class_new")
    start = "appointments:checklist"
    return {
        "appointments:checklist@paula": reverse("appointments:checklist", args=[in_force.pk]),
        **under(start, of_draft, draft.pk),
        **under(start, ("_item", "_wording_new"), changed.pk),
        **under(start, ("_area", "_item_new"), changed.area_id),
        **under(start, ("_wording",), changed.wordings.get().pk),
        **under(start, ("_class",), draft.classes.get().pk),
    }
