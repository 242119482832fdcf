"""What the mails of certificates and series say, as text and as HTML."""

import datetime

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from forums.certificates.issuing import issue_anew, revoke_certificate
from forums.door.attendance import undo_attendance
from forums.door.half_days import half_days_of
from forums.planning.overdue import tell_of_overdue
from partnership.mail_content import build_message
from partnership.models import OutgoingMail
from partnership.times import at_wall_time
from tests.event_factories import make_event
from tests.forums.certificate_steps import certify
from tests.forums.test_series import make_series
from tests.personas import World


def mail_of(kind: str) -> EmailMultiAlternatives:
    return build_message(OutgoingMail.objects.filter(kind=kind).latest("pk"))


def both(message: EmailMultiAlternatives) -> list[str]:
    (html, _kind) = message.alternatives[0]
    return [str(message.body), str(html)]


def test_the_link_and_where_it_is_verified(world: World) -> None:
    certificate = certify(world)
    for text in both(mail_of("certificate_issued")):
        assert "/nachweis/meine/" in text
        assert f"/nachweis/{certificate.number}/" in text
        assert "liegt bereit" in text


def test_a_new_one_names_the_old_one(world: World) -> None:
    old = certify(world)
    issue_anew(certificate_id=old.pk, reason="Name", actor=world.bert)
    for text in both(mail_of("certificate_issued")):
        assert f"Die alte mit der Nummer {old.number} gilt nicht mehr" in text


def test_a_revoked_one_says_why_and_whom_to_ask(world: World) -> None:
    certificate = certify(world)
    revoke_certificate(certificate_id=certificate.pk, reason="Verwechslung", actor=world.bert)
    for text in both(mail_of("certificate_revoked")):
        assert "Grund: Verwechslung" in text
        assert world.partnership.phone in text


def test_the_desk_reads_the_number_and_not_the_name(world: World) -> None:
    certificate = certify(world)
    half_day = half_days_of(certificate.event.parts.get())[0]
    undo_attendance(registration_id=certificate.registration_id, half_day=half_day, actor=world.paula)
    for text in both(mail_of("certificate_in_doubt")):
        assert certificate.number in text
        assert "Quendel" not in text
        assert "?stand=pruefen" in text


def test_overdue_series_are_named_with_their_day(world: World) -> None:
    series = make_series(world)
    make_event(organiser=world.ihk, series=series, day=datetime.date(2025, 3, 4), state="held")
    tell_of_overdue(now=at_wall_time(timezone.localdate(), datetime.time(9)))
    message = mail_of("event_series_overdue")
    assert message.subject == "Reihe überfällig: Sicherheitsforum Grimma"
    for text in both(message):
        assert "halbjährlich" in text
        assert "fällig war sie bis 4. September 2025" in text
        assert "/arbeitsplatz/foren/reihen/" in text
