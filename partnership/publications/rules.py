"""Who edits and who releases a brochure. Pure functions of a person's posts and a thing."""

from partnership.models import BrochureEdition, BrochurePartner
from partnership.rules import Posts

State = BrochureEdition.State


def may_open_brochures(posts: Posts) -> bool:
    return bool(posts.coordinates or posts.desks or posts.lead_of)


def may_edit(posts: Posts, edition: BrochureEdition) -> bool:
    """The partnership's coordination, whatever the edition's state."""
    return edition.brochure.partnership_id in posts.coordinates


def may_withdraw(posts: Posts, edition: BrochureEdition) -> bool:
    return may_edit(posts, edition) and edition.state == State.RELEASED


def may_speak_for(posts: Posts, partner: BrochurePartner) -> bool:
    """A chamber's desk and the lead of a directorate's prevention speak for their organisation."""
    return partner.organisation_id in posts.desks | posts.lead_of


def may_send_back(posts: Posts, edition: BrochureEdition, partners: list[BrochurePartner]) -> bool:
    """While it waits: whoever is to release it, and the coordination, which has seen a mistake."""
    concerned = may_edit(posts, edition) or any(may_speak_for(posts, partner) for partner in partners)
    return edition.state == State.WAITING and concerned
