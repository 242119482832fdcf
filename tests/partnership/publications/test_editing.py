"""Drafts, the few marks of their text, and the text that a partnership may begin with."""

import pytest

from partnership.administration.changes import ChangedMeanwhile
from partnership.models import BrochureChapter, LogEntry
from partnership.publications import editing, template
from partnership.publications.markup import Kind, parts_of, standards_of
from partnership.publications.page import ALTERNATIVES
from partnership.refusals import Refusal
from tests.partnership.publications.steps import make_draft
from tests.personas import World


@pytest.mark.django_db
def test_two_editors_notice_each_other(world: World) -> None:
    chapter = make_draft(world).chapters.get(position=1)
    for text in ("Erste.", "Zweite."):
        values, seen = {"text": text}, chapter.version
        if text == "Zweite.":
            with pytest.raises(ChangedMeanwhile):
                editing.change_chapter(chapter_id=chapter.pk, seen=seen, values=values, actor=world.karl)
        else:
            editing.change_chapter(chapter_id=chapter.pk, seen=seen, values=values, actor=world.karl)
    chapter.refresh_from_db()
    assert chapter.text == "Erste."


@pytest.mark.django_db
def test_chapters_are_put_in_order(world: World) -> None:
    edition = make_draft(world)
    added = editing.add_chapter(
        edition_id=edition.pk, values={"title": "Schlüssel", "text": "Zählen."}, actor=world.karl
    )
    editing.move_chapter_up(chapter_id=added.pk, actor=world.karl)
    editing.move_chapter_up(chapter_id=edition.chapters.get(position=1).pk, actor=world.karl)
    editing.remove_chapter(chapter_id=edition.chapters.get(title="Fenster").pk, actor=world.karl)
    assert [chapter.title for chapter in edition.chapters.all()] == ["Türen", "Schlüssel"]
    assert LogEntry.objects.filter(act="brochure.changed").count() == 9


@pytest.mark.django_db
def test_an_organisation_is_named_once(world: World) -> None:
    edition = make_draft(world)
    with pytest.raises(Refusal, match="schon genannt"):
        editing.add_partner(edition_id=edition.pk, organisation=world.ihk, contact="x", actor=world.karl)


@pytest.mark.django_db
def test_a_title_is_used_once(world: World) -> None:
    assert make_draft(world, title="Größer & sicherer").brochure.slug == "groesser-sicherer"
    with pytest.raises(Refusal, match="gibt es schon"):
        make_draft(world, title="Größer und & sicherer".replace("und ", ""))


def test_the_marks_of_a_text() -> None:
    parts = parts_of("Eins\nzwei **fett**.\n\n## Kopf\n- a\n- **b**\n\n- c\n\n<b>Text</b>")
    assert [part.kind for part in parts] == [Kind.PARAGRAPH, Kind.HEADING, Kind.LIST, Kind.PARAGRAPH]
    assert [(run.text, run.is_bold) for run in parts[0].lines[0]] == [
        ("Eins zwei ", False),
        ("fett", True),
        (".", False),
    ]
    assert len(parts[2].lines) == 3
    assert parts[3].lines[0][0].text == "<b>Text</b>"


def test_a_standard_and_its_words() -> None:
    found = standards_of("DIN EN 1627, RC 2: hält: drei Minuten\n\nVdS 2333")
    assert [(s.name, s.words) for s in found] == [
        ("DIN EN 1627, RC 2", "hält: drei Minuten"),
        ("VdS 2333", ""),
    ]


def test_every_picture_has_an_alternative() -> None:
    assert set(ALTERNATIVES) == set(BrochureChapter.Picture.values)


@pytest.mark.django_db
def test_the_text_to_begin_with_is_whole(world: World) -> None:
    chapters = template.chapters_to_begin_with()
    assert len(chapters) == 13
    edition = make_draft(
        world, chapters=chapters, contacts=template.contacts_to_begin_with(world.partnership)
    )
    for chapter in edition.chapters.all():
        chapter.full_clean()
        assert parts_of(chapter.text)
        assert all(standard.words for standard in standards_of(chapter.standards))
    assert [p.organisation for p in edition.partners.all()] == [world.hwk, world.ihk, world.police]
