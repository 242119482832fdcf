"""An edition as it is read: chapters with parts, pictures and standards; partners with their contact."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from partnership.models import BrochureChapter, BrochureEdition, Photo
from partnership.publications.markup import Part, Standard, parts_of, standards_of
from partnership.publications.queries import partners_of, ready_photos_of
from partnership.times import berlin

ALTERNATIVES: dict[str, str] = {
    "plan": "Ein Grundriss mit Außenhaut und markierten Schwerpunkten, daneben ein Schild mit Haken",
    "yard": "Ein eingezäunter Hof mit geschlossenem Tor und einer Lampe, die den Weg beleuchtet",
    "walls": "Ein Werkstattgebäude mit Flachdach, Lichtkuppel und einer Leiter, die angeschlossen ist",
    "door": "Eine Tür mit Mehrfachverriegelung, Schutzbeschlag und gesicherter Bandseite",
    "window": "Ein Fenster mit abschließbarem Griff und rundum verteilten Verriegelungspunkten",
    "safe": "Ein Wertschutzschrank, der im Boden verankert ist, daneben eine offene, leere Kasse",
    "alarm": "Eine Alarmanlage mit Bewegungsmelder, Sirene und einer Leitung zu einer besetzten Stelle",
    "camera": "Eine Kamera über einer Tür, daneben ein Hinweisschild auf die Aufzeichnung",
    "access": "Ein Empfang mit Leser an der Tür und einem Buch für Besuche",
    "key": "Ein verschlossener Schlüsselkasten und ein Verzeichnis, das zeigt, wer welchen Schlüssel hat",
    "round": "Eine Liste mit Haken für die Schließrunde, daneben Mond und Uhr",
    "afterwards": "Ein Telefon mit der Nummer 110 neben einer aufgebrochenen Tür hinter Absperrband",
}
"""By a picture's key, what somebody is told who does not see it; German like the text around it."""


@dataclass(frozen=True, slots=True)
class Chapter:
    number: int
    anchor: str
    title: str
    picture: str
    alternative: str
    photo: Photo | None
    """An own picture, which stands in place of the drawn one."""
    parts: list[Part]
    standards: list[Standard]


@dataclass(frozen=True, slots=True)
class Reading:
    title: str
    subtitle: str
    issue: str
    chapters: list[Chapter]
    partners: list[tuple[str, list[str]]]
    """Name and the lines of the contact block."""


def lay_out_reading(edition: BrochureEdition) -> Reading:
    return Reading(
        title=edition.title,
        subtitle=edition.subtitle,
        issue=issue_words(edition),
        chapters=_lay_out_chapters(list(edition.chapters.all())),
        partners=[(p.organisation.name, p.contact.splitlines()) for p in partners_of(edition)],
    )


def _lay_out_chapters(chapters: list[BrochureChapter]) -> list[Chapter]:
    photos = ready_photos_of(chapters)
    return [
        lay_out_chapter(number, chapter, photo=photos.get(chapter.pk))
        for number, chapter in enumerate(chapters, 1)
    ]


def lay_out_chapter(number: int, chapter: BrochureChapter, *, photo: Photo | None = None) -> Chapter:
    """The caption of an own picture is what somebody is told who does not see it."""
    return Chapter(
        number=number,
        anchor=f"kapitel-{number}",
        title=chapter.title,
        picture=f"img/brochure/{chapter.picture}.svg" if chapter.picture else "",
        alternative=photo.caption if photo else ALTERNATIVES.get(chapter.picture, ""),
        photo=photo,
        parts=parts_of(chapter.text),
        standards=standards_of(chapter.standards),
    )


def issue_words(edition: BrochureEdition) -> str:
    """'Fassung 2, November 2026', in German as all of it; what is not released has no month yet."""
    with override("de"):
        if edition.released_at is None:
            state = edition.get_state_display()
            return _("Fassung %(number)s, %(state)s") % {"number": edition.number, "state": state}
        month = date_format(berlin(edition.released_at), "F Y")
        return _("Fassung %(number)s, %(month)s") % {"number": edition.number, "month": month}
