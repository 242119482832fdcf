"""Drafts: begun, written and put in order by the coordination. What waits or is public is never changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partnership.administration.changes import check, log_in_members, write_changes
from partnership.models import (
    Brochure,
    BrochureChapter,
    BrochureEdition,
    BrochurePartner,
    Organisation,
    Partnership,
    Person,
)
from partnership.photos.queries import photos_about
from partnership.photos.receiving import copy_photos, receive_photo, remove_photos_of
from partnership.publications.queries import released_before
from partnership.refusals import Refusal

State = BrochureEdition.State
MOST_CHAPTERS = 40
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


class NoDraft(Refusal):
    """The edition waits for its partners or is public: what they have read must stay."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Diese Fassung ist kein Entwurf mehr und bleibt, wie sie ist. "
                "Geben Sie sie zur Bearbeitung zurück, oder beginnen Sie eine neue Fassung."
            )
        )


@transaction.atomic
def add_brochure(
    *,
    partnership: Partnership,
    title: str,
    subtitle: str,
    actor: Person | None,
    chapters: Iterable[Mapping[str, str]] = (),
    contacts: Iterable[tuple[Organisation, str]] = (),
) -> BrochureEdition:
    """A brochure with its first draft, empty or from a template. Its address follows from the title."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    slug = slug_of(title)
    if not slug:
        raise Refusal(_("Aus diesem Titel entsteht keine Adresse. Nehmen Sie Buchstaben hinein."))
    if Brochure.objects.filter(partnership=partnership, slug=slug).exists():
        raise Refusal(_("Eine Broschüre mit diesem Titel gibt es schon. Wählen Sie einen anderen."))
    brochure = Brochure.objects.create(partnership=partnership, slug=slug)
    edition = BrochureEdition.objects.create(brochure=brochure, number=1, title=title, subtitle=subtitle)
    BrochureChapter.objects.bulk_create(
        BrochureChapter(edition=edition, position=position, **fields)
        for position, fields in enumerate(chapters, start=1)
    )
    BrochurePartner.objects.bulk_create(
        BrochurePartner(edition=edition, organisation=organisation, contact=contact)
        for organisation, contact in contacts
    )
    _log("brochure.added", edition, actor)
    return edition


def slug_of(title: str) -> str:
    return slugify(title.translate(UMLAUTS))[:80].strip("-")


@transaction.atomic
def begin_edition(*, brochure_id: int, actor: Person) -> BrochureEdition:
    """The next draft, with the content of the released edition."""
    brochure = Brochure.objects.select_for_update(no_key=True).get(pk=brochure_id)
    if brochure.editions.filter(state__in=BrochureEdition.OPEN).exists():
        raise Refusal(_("Eine neue Fassung ist schon in Arbeit. Bearbeiten Sie diese."))
    number = (brochure.editions.aggregate(latest=Max("number"))["latest"] or 0) + 1
    edition = BrochureEdition(brochure=brochure, number=number)
    before = released_before(edition)
    assert before is not None
    edition.title, edition.subtitle = before.title, before.subtitle
    edition.save()
    for chapter in before.chapters.all():
        fields = {name: getattr(chapter, name) for name in CHAPTER_FIELDS}
        copy_photos(source=chapter, target=BrochureChapter.objects.create(edition=edition, **fields))
    BrochurePartner.objects.bulk_create(
        BrochurePartner(edition=edition, organisation=partner.organisation, contact=partner.contact)
        for partner in before.partners.select_related("organisation")
    )
    _log("brochure.edition_added", edition, actor)
    return edition


CHAPTER_FIELDS = ("position", "title", "text", "picture", "standards")


@transaction.atomic
def change_edition(*, edition_id: int, seen: int, values: Mapping[str, Any], actor: Person) -> list[str]:
    """Title and subtitle. Raises ChangedMeanwhile and NoDraft."""
    edition = lock_draft(edition_id)
    fields = write_changes(edition, seen=seen, values=values)
    if fields:
        _log("brochure.changed", edition, actor, {"fields": ", ".join(fields)})
    return fields


@transaction.atomic
def add_chapter(*, edition_id: int, values: Mapping[str, Any], actor: Person) -> BrochureChapter:
    """As the last one."""
    edition = lock_draft(edition_id)
    if edition.chapters.count() >= MOST_CHAPTERS:
        raise Refusal(
            _("Mehr als %(most)s Kapitel liest niemand. Fassen Sie zusammen.") % {"most": MOST_CHAPTERS}
        )
    last = edition.chapters.aggregate(last=Max("position"))["last"] or 0
    chapter = BrochureChapter(edition=edition, position=last + 1, **values)
    check(chapter)
    chapter.save()
    _log("brochure.changed", edition, actor, {"chapter": chapter.title})
    return chapter


@transaction.atomic
def change_chapter(*, chapter_id: int, seen: int, values: Mapping[str, Any], actor: Person) -> list[str]:
    """Raises ChangedMeanwhile and NoDraft. Whoever chooses a drawn picture gives the own one up."""
    chapter, edition = _lock_with_draft(BrochureChapter, chapter_id)
    drawn_before = chapter.picture
    fields = write_changes(chapter, seen=seen, values=values)
    if chapter.picture and chapter.picture != drawn_before:
        remove_photos_of(BrochureChapter, [chapter_id])
    if fields:
        _log("brochure.changed", edition, actor, {"chapter": chapter.title, "fields": ", ".join(fields)})
    return fields


@transaction.atomic
def put_own_picture(
    *, chapter_id: int, upload: "UploadedFile[Any] | None", alternative: str, actor: Person
) -> None:
    """In place of the picture so far; without an upload only its words are changed. Raises Refusal."""
    chapter, edition = _lock_with_draft(BrochureChapter, chapter_id)
    if upload:
        remove_photos_of(BrochureChapter, [chapter_id])
        receive_photo(thing=chapter, upload=upload, by=actor, caption=alternative)
    elif not photos_about(BrochureChapter, [chapter_id]).update(caption=alternative):
        raise Refusal(_("Das Bild ist inzwischen entfernt. Wählen Sie es noch einmal aus."))
    chapter.picture, chapter.version = "", chapter.version + 1
    chapter.save(update_fields=["picture", "version"])
    _log("brochure.changed", edition, actor, {"chapter": chapter.title, "fields": _("Bild")})


@transaction.atomic
def remove_own_picture(*, chapter_id: int, actor: Person) -> None:
    chapter, edition = _lock_with_draft(BrochureChapter, chapter_id)
    remove_photos_of(BrochureChapter, [chapter_id])
    _log("brochure.changed", edition, actor, {"chapter": chapter.title, "fields": _("Bild")})


@transaction.atomic
def remove_chapter(*, chapter_id: int, actor: Person) -> None:
    chapter, edition = _lock_with_draft(BrochureChapter, chapter_id)
    remove_photos_of(BrochureChapter, [chapter_id])
    chapter.delete()
    _log("brochure.changed", edition, actor, {"chapter": chapter.title})


@transaction.atomic
def move_chapter_up(*, chapter_id: int, actor: Person) -> None:
    """It changes places with the one before; the first stays where it is."""
    chapter, edition = _lock_with_draft(BrochureChapter, chapter_id)
    before = edition.chapters.filter(position__lt=chapter.position).last()
    if before is None:
        return
    before.position, chapter.position = chapter.position, before.position
    BrochureChapter.objects.bulk_update([before, chapter], ["position"])
    _log("brochure.changed", edition, actor, {"chapter": chapter.title})


@transaction.atomic
def add_partner(
    *, edition_id: int, organisation: Organisation, contact: str, actor: Person
) -> BrochurePartner:
    edition = lock_draft(edition_id)
    partner = BrochurePartner(edition=edition, organisation=organisation, contact=contact)
    check(partner)
    partner.save()
    _log("brochure.changed", edition, actor, {"partner": organisation.short_name})
    return partner


@transaction.atomic
def change_partner(*, partner_id: int, seen: int, values: Mapping[str, Any], actor: Person) -> list[str]:
    """Raises ChangedMeanwhile and NoDraft."""
    partner, edition = _lock_with_draft(BrochurePartner, partner_id)
    fields = write_changes(partner, seen=seen, values=values)
    if fields:
        _log("brochure.changed", edition, actor, {"partner": partner.organisation.short_name})
    return fields


@transaction.atomic
def remove_partner(*, partner_id: int, actor: Person) -> None:
    partner, edition = _lock_with_draft(BrochurePartner, partner_id)
    partner.delete()
    _log("brochure.changed", edition, actor, {"partner": partner.organisation.short_name})


def lock_draft(edition_id: int) -> BrochureEdition:
    """Everything that changes an edition holds its row. Raises NoDraft."""
    edition = lock_edition(edition_id)
    if edition.state != State.DRAFT:
        raise NoDraft
    return edition


def lock_edition(edition_id: int) -> BrochureEdition:
    return (
        BrochureEdition.objects.select_for_update(no_key=True, of=("self",))
        .select_related("brochure__partnership")
        .get(pk=edition_id)
    )


def _lock_with_draft(model: Any, key: int) -> tuple[Any, BrochureEdition]:
    edition = lock_draft(model.objects.values_list("edition", flat=True).get(pk=key))
    return model.objects.get(pk=key), edition


def _log(
    act: str, edition: BrochureEdition, actor: Person | None, detail: dict[str, Any] | None = None
) -> None:
    log_in_members(
        act=act,
        thing=edition.brochure,
        partnership=edition.brochure.partnership,
        actor=actor,
        detail={"edition": edition.number, **(detail or {})},
    )
