"""What speakers left of the forum that was held, and what is said of it and of the one before."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from forums.demo.rows import a_workday, write_event, write_part, write_registrations
from forums.feedback.questions import write_down
from forums.materials.publishing import add_brochure, add_file, add_page
from forums.models import Event, Feedback, FeedbackText, Kind, Material, Registration, Subject
from partnership.demo import leipzig
from partnership.documents import pdf_of
from partnership.models import Office, Partnership, Person
from partnership.publications.queries import released_editions
from partnership.times import at_wall_time, berlin_day

Audience = Material.Audience
NAMES = "Stefan Tanne,Thea Ulme,Udo Veilchen,Vera Weide,Willi Zeder,Xenia Aster"
BEFORE = (
    (2, 2, 3, True),
    (3, 2, 3, True),
    (2, 3, 4, False),
    (2, 2, 2, True),
    (1, 2, 4, True),
    (3, 3, 3, False),
)
NOW = (
    *((1, 1, 2, True), (1, 2, 2, True), (2, 1, 3, True), (1, 1, 1, True)),
    *((2, 2, 4, False), (1, 1, 2, True), (3, 2, 4, True)),
)
"""Marks for the whole, the contents, place and organisation; then whether anything will be carried out."""
WORDS = ("Mehr Zeit für Fragen.", "Der Notfallplan war das Beste. Bitte als Vorlage zum Ausfüllen.")
HANDOUT = """<html lang="de"><head><title>Die erste Stunde nach einem Angriff</title></head><body>
<h1>Die erste Stunde nach einem Angriff</h1>
<ol><li>Netzwerkkabel ziehen, Geräte eingeschaltet lassen.</li>
<li>Wer entscheidet? Namen und Telefonnummern auf Papier bereithalten.</li>
<li>Anzeige erstatten: Die Polizei hilft auch bei der Sicherung von Spuren.</li>
<li>Nicht zahlen, bevor Sie mit der Polizei gesprochen haben.</li></ol></body></html>"""


def add_afterwards(partnership: Partnership) -> None:
    held = Event.objects.filter(partnership=partnership, state=Event.State.HELD, series__isnull=False).last()
    desk = Person.objects.filter(email=leipzig.IHK_DESK).first()
    if held is None or desk is None:
        return
    _leave_material(held, desk)
    before = _add_forum_before(held)
    _answer(before, BEFORE)
    _answer(held, NOW, words=WORDS)


def _leave_material(event: Event, desk: Person) -> None:
    add_file(
        event_id=event.pk,
        title="Handzettel: Die erste Stunde",
        audience=Audience.PUBLIC,
        upload=SimpleUploadedFile("handzettel.pdf", pdf_of(HANDOUT)),
        rights_are_clear=True,
        actor=desk,
    )
    add_page(
        event_id=event.pk,
        title="Vorlage für einen Notfallplan",
        audience=Audience.PARTICIPANTS,
        url="https://notfallplan.example/",
        actor=desk,
    )
    if edition := released_editions(event.partnership).first():
        add_brochure(
            event_id=event.pk,
            title=edition.title,
            audience=Audience.PUBLIC,
            brochure=edition.brochure,
            actor=desk,
        )


def _add_forum_before(held: Event) -> Event:
    """Half a year earlier, in the same series."""
    day = a_workday(-29, 3)
    ended = at_wall_time(day, datetime.time(18))
    event = write_event(
        held.partnership,
        leipzig.IHK,
        day=day,
        hours=(9, 12),
        kind=Kind.FORUM,
        state=Event.State.CLOSED,
        held_at=ended,
        closed_at=ended,
        series=held.series,
        title="Sicherheitsforum: Betrug am Telefon",
        subjects=[Subject.FRAUD],
        office=Office.objects.get(name=leipzig.GRIMMA),
    )
    talk = write_part(event, "Vortrag und Gespräch", (9, 12), site=30, is_for_all=True)
    write_registrations(event, [talk], NAMES.split(","))
    return event


def _answer(
    event: Event, answers: tuple[tuple[int, int, int, bool], ...], *, words: tuple[str, ...] = ()
) -> None:
    """By those who were asked the day after."""
    asked_at = at_wall_time(berlin_day(event.ends_at) + datetime.timedelta(days=1), datetime.time(9, 35))
    Registration.objects.filter(event=event).update(feedback_asked_at=asked_at)
    keys = [question.key for question in write_down(event)]
    Feedback.objects.bulk_create(
        Feedback(event=event, answers={str(key): value for key, value in zip(keys, given, strict=False)})
        for given in answers
    )
    FeedbackText.objects.bulk_create(
        FeedbackText(event=event, question=keys[-1], text=text) for text in words
    )
