"""Brochures and editions as rows of ready strings, for those who edit and release them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partnership.models import BrochureChapter, BrochureEdition, BrochureFile, BrochurePartner, Photo
from partnership.photos.queries import photos_of_many
from partnership.publications import rules
from partnership.publications.comparing import changes_since_release
from partnership.publications.queries import (
    brochures_visible_to,
    editions_visible_to,
    file_of,
    partners_of,
    speakers_of,
)
from partnership.rules import Posts
from partnership.times import berlin_day, long_moment, numeric_date

State = BrochureEdition.State


@dataclass(frozen=True, slots=True)
class EditionRow:
    pk: int
    words: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class BrochureRow:
    """`can_begin`: there is a released edition and no open one."""

    pk: int
    title: str
    partnership: str
    editions: list[EditionRow]
    can_begin: bool


@dataclass(frozen=True, slots=True)
class PartnerRow:
    pk: int
    name: str
    contact: list[str]
    words: str
    is_released: bool
    can_release: bool
    can_note: bool


@dataclass(frozen=True, slots=True)
class EditionPage:
    can_edit: bool
    can_propose: bool
    can_send_back: bool
    state: str
    can_withdraw: bool
    withdrawn_because: str
    chapters: list[tuple[int, str, str]]
    """Key, title, and what it has besides text."""
    partners: list[PartnerRow]
    changes: list[str]
    sent_back_because: str
    is_public: bool
    is_being_printed: bool


def lay_out_brochures(posts: Posts) -> list[BrochureRow]:
    editions: dict[int, list[BrochureEdition]] = {}
    for edition in editions_visible_to(posts):
        editions.setdefault(edition.brochure_id, []).append(edition)
    return [
        BrochureRow(
            pk=brochure.pk,
            title=editions[brochure.pk][0].title,
            partnership=brochure.partnership.name,
            editions=[
                EditionRow(edition.pk, _edition_words(edition), edition.state in BrochureEdition.OPEN)
                for edition in editions[brochure.pk]
            ],
            can_begin=brochure.partnership_id in posts.coordinates
            and editions[brochure.pk][0].state in (State.RELEASED, State.WITHDRAWN),
        )
        for brochure in brochures_visible_to(posts)
    ]


def lay_out_edition(edition: BrochureEdition, posts: Posts) -> EditionPage:
    partners = partners_of(edition)
    can_edit = rules.may_edit(posts, edition) and edition.state == State.DRAFT
    return EditionPage(
        can_edit=can_edit,
        can_propose=can_edit and bool(partners) and edition.chapters.exists(),
        can_send_back=rules.may_send_back(posts, edition, partners),
        state=_edition_words(edition),
        can_withdraw=rules.may_withdraw(posts, edition),
        withdrawn_because=edition.withdrawn_because,
        chapters=_chapter_rows(edition),
        partners=[_partner_row(partner, edition, posts) for partner in partners],
        changes=changes_since_release(edition),
        sent_back_because=edition.sent_back_because,
        is_public=edition.state == State.RELEASED,
        is_being_printed=edition.state == State.RELEASED and file_of(edition) is None,
    )


def _chapter_rows(edition: BrochureEdition) -> list[tuple[int, str, str]]:
    chapters = list(edition.chapters.all())
    own = photos_of_many(BrochureChapter, [chapter.pk for chapter in chapters])
    return [(chapter.pk, chapter.title, _picture_words(chapter, own.get(chapter.pk))) for chapter in chapters]


def _picture_words(chapter: BrochureChapter, own: list[Photo] | None) -> str:
    if not own:
        return chapter.get_picture_display() if chapter.picture else ""
    if own[0].state == Photo.State.READY:
        return own[0].caption
    return own[0].refused_because or own[0].get_state_display()


def _edition_words(edition: BrochureEdition) -> str:
    words = _("Fassung %(number)s: %(state)s") % {
        "number": edition.number,
        "state": edition.get_state_display(),
    }
    if edition.released_at is None:
        return words
    return _("%(words)s, freigegeben am %(day)s") % {
        "words": words,
        "day": numeric_date(berlin_day(edition.released_at)),
    }


def _partner_row(partner: BrochurePartner, edition: BrochureEdition, posts: Posts) -> PartnerRow:
    is_due = edition.state == State.WAITING and partner.released_at is None
    can_release = is_due and rules.may_speak_for(posts, partner)
    is_silent = is_due and rules.may_edit(posts, edition) and not speakers_of(partner.organisation)
    return PartnerRow(
        pk=partner.pk,
        name=partner.organisation.name,
        contact=partner.contact.splitlines(),
        words=_release_words(partner, edition),
        is_released=partner.released_at is not None,
        can_release=can_release,
        can_note=is_silent,
    )


def _release_words(partner: BrochurePartner, edition: BrochureEdition) -> str:
    if partner.released_at is None:
        return _("Freigabe steht aus") if edition.state == State.WAITING else ""
    moment = long_moment(partner.released_at)
    if partner.release_note:
        return _("freigegeben: %(note)s (eingetragen %(moment)s)") % {
            "note": partner.release_note,
            "moment": moment,
        }
    return _("freigegeben %(moment)s von %(who)s") % {
        "moment": moment,
        "who": partner.released_by or _("jemandem, der nicht mehr im Portal ist"),
    }


def size_words(file: BrochureFile) -> str:
    """In whole kilobytes, as a reader on the road wants it."""
    return f"{-(-file.size // 1024)} KB"
