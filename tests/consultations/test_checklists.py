"""Versions of a checklist: what holds for drafts, sign-offs, and what is in force."""

import pytest

from consultations.checklists.changes import compare
from consultations.checklists.parts import add_part, change_part, move_part, remove_part
from consultations.checklists.versions import (
    adopt_first_contents,
    begin_draft,
    discard_draft,
    put_in_force,
    sign_off,
)
from consultations.models import Checklist, ChecklistItem, ProtectionClass, Wording
from partnership.administration.changes import ChangedMeanwhile
from partnership.models import LogEntry
from partnership.refusals import Refusal
from tests.consultations.checklist_steps import item, make_both, make_draft, make_in_force
from tests.personas import World

pytestmark = pytest.mark.django_db
State = Checklist.State


def sign(checklist: Checklist, world: World, *codes: str) -> int:
    read = {row.pk: row.version for row in checklist.items.filter(code__in=codes)}
    return sign_off(checklist_id=checklist.pk, items=read, classes={}, actor=world.lea)


def change(world: World, row: ChecklistItem, **values: object) -> list[str]:
    return change_part(part=row, seen=row.version, values=values, actor=world.lea)


def unchecked(checklist: Checklist) -> list[str]:
    return [row.code for row in checklist.items.order_by("code") if row.needs_check]


def test_the_first_contents_are_whole_and_keep_their_origin(world: World) -> None:
    draft = adopt_first_contents(police_id=world.police.pk, actor=world.lea)
    assert (draft.areas.count(), draft.items.count(), draft.classes.count()) == (12, 54, 22)
    assert not draft.items.filter(wordings__isnull=True).exists()
    assert not item(draft, "A1").needs_check
    assert all(item(draft, code).needs_check for code in ("A3", "A4", "T6"))


def test_the_first_contents_are_for_the_first_version_only(world: World) -> None:
    draft = adopt_first_contents(police_id=world.police.pk, actor=world.lea)
    with pytest.raises(Refusal, match="schon eine Checkliste"):
        adopt_first_contents(police_id=world.police.pk, actor=world.lea)
    discard_draft(checklist_id=draft.pk, seen=draft.version, actor=world.lea)
    assert adopt_first_contents(police_id=world.police.pk, actor=world.lea).number == 1


def test_a_draft_is_a_copy_of_what_is_in_force(world: World) -> None:
    in_force, draft = make_both(world)
    assert (draft.number, draft.state) == (2, State.DRAFT)
    assert not compare(in_force, draft)
    assert Wording.objects.filter(item__checklist=draft).count() == 1


def test_one_draft_at_a_time_and_none_of_nothing(world: World) -> None:
    with pytest.raises(Refusal, match="gilt noch keine"):
        begin_draft(police_id=world.police.pk, actor=world.lea)
    make_both(world)
    with pytest.raises(Refusal, match="schon einen Entwurf"):
        begin_draft(police_id=world.police.pk, actor=world.lea)


def test_in_force_it_replaces_the_one_before(world: World) -> None:
    first, draft = make_both(world)
    put_in_force(checklist_id=draft.pk, seen=draft.version, actor=world.lea)
    first.refresh_from_db()
    draft.refresh_from_db()
    assert (first.state, draft.state, draft.put_in_force_by) == (State.REPLACED, State.IN_FORCE, world.lea)
    assert LogEntry.objects.filter(act="checklist.put_in_force", organisation=world.police).count() == 2


def test_nobody_puts_in_force_what_has_changed_since_they_read_it(world: World) -> None:
    draft = make_draft(world)
    change(world, item(draft, "T1"), reason="Neu")
    with pytest.raises(Refusal, match="noch einmal"):
        put_in_force(checklist_id=draft.pk, seen=draft.version, actor=world.lea)


def test_a_checklist_without_items_is_none(world: World) -> None:
    empty = Checklist.objects.create(police=world.police, number=1)
    with pytest.raises(Refusal, match="ohne Prüfpunkte"):
        put_in_force(checklist_id=empty.pk, seen=1, actor=world.lea)


def test_what_is_in_force_stays_as_it_is(world: World) -> None:
    in_force = make_in_force(world)
    row = item(in_force, "T1")
    for act in (
        lambda: change(world, row, reason="Neu"),
        lambda: remove_part(part=row, seen=row.version, actor=world.lea),
        lambda: move_part(part=row, up=False, actor=world.lea),
        lambda: add_part(part=Wording(item=row, text="Neu"), actor=world.lea),
        lambda: discard_draft(checklist_id=in_force.pk, seen=in_force.version, actor=world.lea),
    ):
        with pytest.raises(Refusal, match="bleibt, wie sie ist"):
            act()


def test_signed_off_an_item_is_marked_no_more(world: World) -> None:
    draft = make_draft(world)
    assert unchecked(draft) == ["T2", "W1"]
    assert sign(draft, world, "T1", "T2") == 1
    assert unchecked(draft) == ["W1"]
    assert (item(draft, "T2").signed_off_by, item(draft, "T1").signed_off_by) == (world.lea, None)


def test_sign_offs_carry_over_until_the_words_change(world: World) -> None:
    in_force = make_in_force(world)
    sign(in_force, world, "T2", "W1")
    draft = begin_draft(police_id=world.police.pk, actor=world.lea)
    change(world, item(draft, "T2"), reason="Andere Worte")
    assert unchecked(draft) == ["T2"]
    assert unchecked(in_force) == []


def test_what_was_seen_in_a_source_wants_a_look_once_its_words_are_ours(world: World) -> None:
    draft = make_draft(world)
    change(world, item(draft, "T1"), look_at="Andere Worte")
    assert "T1" in unchecked(draft)


def test_another_place_or_code_is_no_other_fact(world: World) -> None:
    draft = make_draft(world)
    sign(draft, world, "T2")
    change(world, item(draft, "T2"), area=draft.areas.get(title="Werte"), code="W9")
    moved = item(draft, "W9")
    assert moved.signed_off_by == world.lea
    assert [row.code for row in moved.siblings()] == ["W1", "W9"]


@pytest.mark.parametrize("act", ["add", "change", "remove"])
def test_a_recommendation_belongs_to_what_was_signed_off(world: World, act: str) -> None:
    draft = make_draft(world)
    sign(draft, world, "T2")
    row = item(draft, "T2")
    wording = row.wordings.get()
    if act == "add":
        add_part(part=Wording(item=row, text="Noch etwas"), actor=world.lea)
    elif act == "change":
        change_part(part=wording, seen=1, values={"text": "Anders"}, actor=world.lea)
    else:
        remove_part(part=wording, seen=1, actor=world.lea)
    assert "T2" in unchecked(draft)


def test_signed_off_in_force_holds_in_the_draft_where_the_words_are_the_same(world: World) -> None:
    in_force, draft = make_both(world)
    change(world, item(draft, "W1"), reason="Andere Worte")
    sign(in_force, world, "T2", "W1")
    assert (unchecked(in_force), unchecked(draft)) == ([], ["W1"])


def test_nobody_signs_off_what_they_have_not_read(world: World) -> None:
    draft = make_draft(world)
    row = item(draft, "T2")
    change(world, row, reason="Andere Worte")
    with pytest.raises(Refusal, match="Lesen Sie neu"):
        sign_off(checklist_id=draft.pk, items={row.pk: row.version}, classes={}, actor=world.lea)
    assert item(draft, "T2").needs_check


def test_a_replaced_version_is_signed_off_no_more(world: World) -> None:
    first, draft = make_both(world)
    put_in_force(checklist_id=draft.pk, seen=draft.version, actor=world.lea)
    with pytest.raises(Refusal, match="abgelöst"):
        sign(first, world, "T2")


def test_two_leads_at_once_notice_each_other(world: World) -> None:
    draft = make_draft(world)
    mine, theirs = item(draft, "T1"), item(draft, "T1")
    change(world, theirs, reason="Ihre Worte")
    with pytest.raises(ChangedMeanwhile):
        change(world, mine, reason="Meine Worte")
    with pytest.raises(ChangedMeanwhile):
        remove_part(part=mine, seen=mine.version, actor=world.lea)


def test_what_somebody_else_removed_is_said_to_be_gone(world: World) -> None:
    draft = make_draft(world)
    mine = item(draft, "T1")
    remove_part(part=mine, seen=mine.version, actor=world.lea)
    mine = ChecklistItem(pk=0, checklist=draft)
    with pytest.raises(Refusal, match="entfernt"):
        change(world, mine, reason="Meine Worte")


def test_parts_move_one_place_and_stop_at_the_end(world: World) -> None:
    draft = make_draft(world)
    values = draft.areas.get(title="Werte")
    for _time in range(2):
        move_part(part=values, up=True, actor=world.lea)
    assert [area.title for area in draft.areas.all()] == ["Werte", "Türen"]
    assert LogEntry.objects.filter(act="checklist.part_moved").count() == 1


def test_a_class_moves_among_those_of_its_standard(world: World) -> None:
    draft = make_draft(world)
    for standard, name in (("EN 14450", "S1"), ("EN 356", "P5A")):
        row = ProtectionClass(checklist=draft, standard=standard, name=name, words="Hält aus.")
        add_part(part=row, actor=world.lea)
    move_part(part=draft.classes.get(name="P5A"), up=True, actor=world.lea)
    assert [row.name for row in draft.classes.filter(standard="EN 356")] == ["P5A", "P4A"]


def test_an_area_with_items_stays(world: World) -> None:
    draft = make_draft(world)
    doors = draft.areas.get(title="Türen")
    with pytest.raises(Refusal, match="noch Prüfpunkte"):
        remove_part(part=doors, seen=doors.version, actor=world.lea)


def test_a_code_is_given_once(world: World) -> None:
    draft = make_draft(world)
    with pytest.raises(Refusal, match="Kennung"):
        change(world, item(draft, "T1"), code="T2")


def test_a_draft_shows_what_it_says_otherwise(world: World) -> None:
    in_force, draft = make_both(world)
    old = item(in_force, "T1")
    change(world, item(draft, "T1"), standard="EN 2")
    gone = item(draft, "W1")
    remove_part(part=gone, seen=gone.version, actor=world.lea)
    new = ProtectionClass(checklist=draft, standard="EN 356", name="P5A", words="Hält mehr aus.")
    add_part(part=new, actor=world.lea)
    changes = compare(in_force, draft)
    assert changes.before == {old.key: [("Norm oder Regel", "EN 1")]}
    assert changes.new == {new.key}
    assert [label[:2] for label in changes.gone] == ["W1"]
    assert not changes.is_reordered


def test_another_order_is_a_change(world: World) -> None:
    in_force, draft = make_both(world)
    move_part(part=item(draft, "T1"), up=False, actor=world.lea)
    assert compare(in_force, draft).is_reordered


def test_the_log_names_what_was_done_to_what(world: World) -> None:
    draft = make_draft(world)
    change(world, item(draft, "T1"), standard="EN 2")
    entry = LogEntry.objects.get(act="checklist.part_changed")
    assert (entry.actor, entry.organisation) == (world.lea, world.police)
    assert entry.detail == {"edition": 1, "part": "Prüfpunkt T1", "fields": "Norm oder Regel"}
