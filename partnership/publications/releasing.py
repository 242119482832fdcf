"""From draft to public: every partner that is named has to say yes to what it has read."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import tasks
from partnership.administration.changes import log_in_members
from partnership.journal import log_act
from partnership.models import BrochureChapter, BrochureEdition, BrochureFile, BrochurePartner, Person
from partnership.photos.queries import photos_of_many
from partnership.publications.editing import lock_draft, lock_edition
from partnership.publications.mails import ask_for_release, tell_sent_back, tell_withdrawn
from partnership.publications.queries import partners_of, speakers_of
from partnership.queueing import tell_worker
from partnership.refusals import Refusal

State = BrochureEdition.State


class NotWaiting(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("Diese Fassung wartet nicht mehr auf Freigaben. Sehen Sie nach, wie sie jetzt steht.")
        )


@transaction.atomic
def propose(*, edition_id: int, actor: Person) -> BrochureEdition:
    """From now on the content stays; each partner's people are asked once."""
    edition = lock_draft(edition_id)
    partners = partners_of(edition)
    if not edition.chapters.exists() or not partners:
        raise Refusal(_("Es fehlen noch Kapitel oder Partner. Ergänzen Sie, und legen Sie dann vor."))
    _refuse_unready_pictures(edition)
    edition.state, edition.sent_back_because = State.WAITING, ""
    edition.save(update_fields=["state", "sent_back_because"])
    _log("brochure.proposed", edition, actor)
    for partner in partners:
        for person in speakers_of(partner.organisation):
            ask_for_release(partner, person, edition=edition)
    return edition


@transaction.atomic
def release(*, partner_id: int, actor: Person | None, note: str = "") -> BrochurePartner:
    """One partner's yes; the last one makes the edition public.

    With a note it is the coordination's word for an organisation that has nobody here who could say so.
    """
    edition = lock_edition(BrochurePartner.objects.values_list("edition", flat=True).get(pk=partner_id))
    partner = BrochurePartner.objects.select_related("organisation").get(pk=partner_id)
    if edition.state != State.WAITING:
        raise NotWaiting
    if partner.released_at is not None:
        return partner
    if note and speakers_of(partner.organisation):
        raise Refusal(
            _("Für %(organisation)s kann jemand selbst freigeben. Warten Sie darauf.")
            % {"organisation": partner.organisation}
        )
    partner.released_at, partner.released_by, partner.release_note = timezone.now(), actor, note
    partner.save(update_fields=["released_at", "released_by", "release_note"])
    log_act(
        act="brochure.partner_released",
        thing=edition.brochure,
        actor=actor,
        organisation=partner.organisation,
        detail={"edition": edition.number},
    )
    if not edition.partners.filter(released_at__isnull=True).exists():
        _publish(edition, actor)
    return partner


@transaction.atomic
def send_back(*, edition_id: int, reason: str, actor: Person) -> BrochureEdition:
    """To the draft; what partners have released so far is void, as the content will be another one."""
    edition = lock_edition(edition_id)
    if edition.state != State.WAITING:
        raise NotWaiting
    edition.state, edition.sent_back_because = State.DRAFT, reason
    edition.save(update_fields=["state", "sent_back_because"])
    edition.partners.update(released_at=None, released_by=None, release_note="")
    _log("brochure.sent_back", edition, actor)
    tell_sent_back(edition, actor=actor)
    return edition


@transaction.atomic
def withdraw(*, edition_id: int, reason: str, actor: Person) -> BrochureEdition:
    """What was public is gone at once, with its PDF; everybody may read the reason."""
    edition = lock_edition(edition_id)
    if edition.state != State.RELEASED:
        raise Refusal(_("Diese Fassung ist nicht mehr öffentlich. Sehen Sie nach, wie sie jetzt steht."))
    edition.state, edition.withdrawn_at, edition.withdrawn_because = State.WITHDRAWN, timezone.now(), reason
    edition.save(update_fields=["state", "withdrawn_at", "withdrawn_because"])
    BrochureFile.objects.filter(edition=edition).delete()
    _log("brochure.withdrawn", edition, actor)
    tell_withdrawn(edition, actor=actor)
    return edition


def sweep_brochures() -> int:
    """Tell workers of released editions that have no PDF yet; returns how many."""
    keys = list(
        BrochureEdition.objects.filter(state=State.RELEASED, file__isnull=True).values_list("pk", flat=True)
    )
    for key in keys:
        tell_worker(tasks.print_brochure, key)
    return len(keys)


def _refuse_unready_pictures(edition: BrochureEdition) -> None:
    """Partners release what they see."""
    titles = dict(edition.chapters.values_list("pk", "title"))
    for key, photos in photos_of_many(BrochureChapter, titles).items():
        for photo in photos:
            if photo.state != photo.State.READY:
                raise Refusal(
                    _("Das Bild im Kapitel „%(title)s“ ist noch nicht zu sehen. Sehen Sie dort nach.")
                    % {"title": titles[key]}
                )


def _publish(edition: BrochureEdition, actor: Person | None) -> None:
    edition.brochure.editions.filter(state=State.RELEASED).update(state=State.REPLACED)
    edition.state, edition.released_at = State.RELEASED, timezone.now()
    edition.save(update_fields=["state", "released_at"])
    _log("brochure.released", edition, actor)
    tell_worker(tasks.print_brochure, edition.pk)


def _log(act: str, edition: BrochureEdition, actor: Person | None) -> None:
    detail: dict[str, Any] = {"edition": edition.number}
    partnership = edition.brochure.partnership
    log_in_members(act=act, thing=edition.brochure, partnership=partnership, actor=actor, detail=detail)
