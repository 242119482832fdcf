"""A checklist in force, partly signed off, and a draft that the lead has begun."""

from consultations.checklists.parts import add_part, change_part, move_part
from consultations.checklists.versions import adopt_first_contents, begin_draft, put_in_force, sign_off
from consultations.demo.cast import Cast
from consultations.models import Checklist, ChecklistItem, Wording
from partnership.demo import leipzig
from partnership.models import Person

SIGNED_OFF = ("Allgemein", "Türen", "Fenster")


def add_checklists(cast: Cast) -> None:
    lead, police = cast.people.get(leipzig.LEAD), cast.organisations.get(leipzig.POLICE)
    if lead is None or police is None:
        return
    first = adopt_first_contents(police_id=police.pk, actor=lead)
    read = first.items.filter(area__title__in=SIGNED_OFF).values_list("pk", "version")
    sign_off(checklist_id=first.pk, items=dict(read), classes={}, actor=lead)
    put_in_force(checklist_id=first.pk, seen=first.version, actor=lead)
    _work_on(begin_draft(police_id=police.pk, actor=lead), lead)


def _work_on(draft: Checklist, lead: Person) -> None:
    light = draft.items.get(code="P4")
    reason = "Licht, das auf Bewegung angeht, macht aufmerksam. Schalter und Sicherung liegen innen."
    change_part(part=light, seen=light.version, values={"reason": reason}, actor=lead)
    area = draft.areas.get(title="Zutritt")
    look_at = "Lieferungen werden angenommen, ohne dass Fremde ins Lager kommen."
    item = ChecklistItem(checklist=draft, area=area, code="Z2", look_at=look_at)
    add_part(part=item, actor=lead)
    text = "Richten Sie eine Übergabe vor dem Lager ein, und lassen Sie Lieferanten nicht allein."
    add_part(part=Wording(item=item, text=text), actor=lead)
    move_part(part=area, up=True, actor=lead)
