"""What an edition says differently from the one released before, in sentences."""

from django.utils.translation import gettext as _

from partnership.models import BrochureChapter, BrochureEdition, Photo
from partnership.publications.queries import partners_of, ready_photos_of, released_before


def changes_since_release(edition: BrochureEdition) -> list[str]:
    """None for a first edition, and for one in which nothing is different yet."""
    before = released_before(edition)
    if before is None:
        return []
    found = []
    if (edition.title, edition.subtitle) != (before.title, before.subtitle):
        found.append(_("Titel oder Untertitel ist neu."))
    return found + _changed_chapters(before, edition) + _changed_partners(before, edition)


def _changed_chapters(before: BrochureEdition, after: BrochureEdition) -> list[str]:
    old = {chapter.title: chapter for chapter in before.chapters.all()}
    new = {chapter.title: chapter for chapter in after.chapters.all()}
    photos = ready_photos_of([*old.values(), *new.values()])
    found = [_("Kapitel „%(title)s“ ist neu.") % {"title": title} for title in new if title not in old]
    for title in (title for title in new if title in old):
        one, other = old[title], new[title]
        parts = [
            (_("Text"), one.text != other.text),
            (_("Bild"), _picture_of(one, photos) != _picture_of(other, photos)),
            (_("Normen"), one.standards != other.standards),
        ]
        words = ", ".join(name for name, differs in parts if differs)
        if words:
            found.append(_("Kapitel „%(title)s“: %(parts)s geändert.") % {"title": title, "parts": words})
    found += [_("Kapitel „%(title)s“ entfällt.") % {"title": title} for title in old if title not in new]
    if not found and list(old) != list(new):
        found.append(_("Die Kapitel stehen in anderer Reihenfolge."))
    return found


def _picture_of(chapter: BrochureChapter, photos: dict[int, Photo]) -> tuple[str, ...]:
    photo = photos.get(chapter.pk)
    return (photo.digest, photo.caption) if photo else (chapter.picture,)


def _changed_partners(before: BrochureEdition, after: BrochureEdition) -> list[str]:
    old = {partner.organisation.name: partner.contact for partner in partners_of(before)}
    new = {partner.organisation.name: partner.contact for partner in partners_of(after)}
    found = [_("%(name)s ist als Partner dazugekommen.") % {"name": name} for name in new if name not in old]
    found += [_("%(name)s ist nicht mehr genannt.") % {"name": name} for name in old if name not in new]
    changed = [name for name in new if name in old and new[name] != old[name]]
    return found + [_("Der Kontakt von %(name)s ist geändert.") % {"name": name} for name in changed]
