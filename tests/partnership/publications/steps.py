"""What coordinators and partners do with a brochure, in short."""

from typing import Any

from partnership.models import BrochureEdition, BrochurePartner, Organisation
from partnership.publications import editing, releasing
from tests.personas import World

CHAPTERS = [
    {"title": "Türen", "text": "Schließen Sie **ab**.", "picture": "door", "standards": "RC 2: hält stand"},
    {"title": "Fenster", "text": "Kippen ist offen.", "picture": "", "standards": ""},
]


def make_draft(world: World, *organisations: Organisation, **fields: Any) -> BrochureEdition:
    """Of two chapters, naming these organisations, else the IHK and the police."""
    values: dict[str, Any] = {
        "partnership": world.partnership,
        "title": "Sicher im Betrieb",
        "subtitle": "Einbruchschutz",
        "chapters": CHAPTERS,
        "contacts": [(o, f"Telefon von {o.short_name}") for o in organisations or (world.ihk, world.police)],
        "actor": world.karl,
    }
    return editing.add_brochure(**values | fields)


def make_waiting(world: World, *organisations: Organisation) -> BrochureEdition:
    return releasing.propose(edition_id=make_draft(world, *organisations).pk, actor=world.karl)


def partner_of(edition: BrochureEdition, organisation: Organisation) -> BrochurePartner:
    return edition.partners.get(organisation=organisation)


def release_for(edition: BrochureEdition, world: World, *organisations: Organisation) -> BrochureEdition:
    people = {world.ihk.pk: world.bert, world.hwk.pk: world.hanna, world.police.pk: world.lea}
    for organisation in organisations:
        partner = partner_of(edition, organisation)
        releasing.release(partner_id=partner.pk, actor=people[organisation.pk])
    edition.refresh_from_db()
    return edition


def make_released(world: World) -> BrochureEdition:
    return release_for(make_waiting(world), world, world.ihk, world.police)


def next_waiting(edition: BrochureEdition, world: World) -> BrochureEdition:
    """The edition after this one, with one chapter rewritten."""
    draft = editing.begin_edition(brochure_id=edition.brochure_id, actor=world.karl)
    chapter = draft.chapters.get(position=1)
    editing.change_chapter(
        chapter_id=chapter.pk, seen=chapter.version, values={"text": "Neu."}, actor=world.karl
    )
    return releasing.propose(edition_id=draft.pk, actor=world.karl)
