"""Contact blocks to begin with, from what the portal knows of a partnership's members."""

from partnership.models import Office, Organisation, Partnership
from partnership.queries import members_of


def contacts_to_begin_with(partnership: Partnership) -> list[tuple[Organisation, str]]:
    """The first house in use of each member of today, else the partnership's own telephone."""
    return [(member, _contact(member, partnership)) for member in members_of(partnership)]


def _contact(member: Organisation, partnership: Partnership) -> str:
    house = Office.objects.filter(organisation=member, is_active=True).order_by("kind", "pk").first()
    phone = house.phone if house and house.phone else partnership.phone
    lines = [member.services_line, house.address if house else "", f"Telefon {phone}" if phone else ""]
    return "\n".join(line for line in lines if line) or member.name
