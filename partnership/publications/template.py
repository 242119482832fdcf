"""What a partnership may begin with: burglary protection for business premises, in our own words.

The text lies in `template.txt`: "# " begins a chapter, "Bild: " names its picture, "Normen:" its standards.
Which of its sentences want an expert's eye before a partnership releases them: docs/decisions/0021-….
"""

from pathlib import Path

from partnership.models import Office, Organisation, Partnership
from partnership.queries import members_of

TITLE = "Sicher im Betrieb"
SUBTITLE = "Einbruchschutz für Werkstatt, Laden, Büro und Lager"
TEXT = Path(__file__).with_name("template.txt")
PICTURE, STANDARDS = "Bild: ", "\nNormen:\n"


def chapters_to_begin_with() -> list[dict[str, str]]:
    chapters = ("\n" + TEXT.read_text()).split("\n# ")[1:]
    return [_read(chapter) for chapter in chapters]


def _read(chapter: str) -> dict[str, str]:
    title, _newline, rest = chapter.partition("\n")
    text, _mark, standards = rest.partition(STANDARDS)
    picture = ""
    if text.startswith(PICTURE):
        first, _newline, text = text.partition("\n")
        picture = first.removeprefix(PICTURE)
    return {"title": title, "picture": picture, "text": text.strip(), "standards": standards.strip()}


def contacts_to_begin_with(partnership: Partnership) -> list[tuple[Organisation, str]]:
    """Each member of today with its first house in use, else with the partnership's own telephone."""
    return [(member, _contact(member, partnership)) for member in members_of(partnership)]


def _contact(member: Organisation, partnership: Partnership) -> str:
    house = Office.objects.filter(organisation=member, is_active=True).order_by("kind", "pk").first()
    phone = house.phone if house and house.phone else partnership.phone
    lines = [member.services_line, house.address if house else "", f"Telefon {phone}" if phone else ""]
    return "\n".join(line for line in lines if line) or member.name
