"""Reading without an account: by a mail's link and a code to the same mailbox (docs/decisions/0029)."""

import datetime
import time

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Finding, ReportReader
from consultations.visit_reports.queries import all_versions_of, readers_in_force, report_for
from partnership.account_mails import send_code_to
from partnership.confirmation_code import check_code, is_waiting, new_code
from partnership.links import find_link
from partnership.models import Person, SecretLink
from partnership.refusals import Refusal

UNLOCKED = "report_readers"
UNLOCKED_FOR = datetime.timedelta(hours=1)
BETWEEN_CODES = datetime.timedelta(seconds=60)


def reader_behind(token: str) -> ReportReader | None:
    """None for a token that is unknown or past its end, and for a right that is withdrawn or over. The link
    of a question what became of the advice opens the report as well; the firm's own is for its sign-in."""
    link = find_link(token, purpose=SecretLink.Purpose.REPORT, model=ReportReader)
    reader = _reader_of(link) if link else asked_behind(token)
    return None if reader and reader.kind == ReportReader.Kind.FIRM else reader


def asked_behind(token: str) -> ReportReader | None:
    """Whom a mail has asked what became of the advice."""
    link = find_link(token, purpose=SecretLink.Purpose.UPTAKE, model=ReportReader)
    return _reader_of(link) if link else None


def send_reading_code(*, session: SessionBase, reader: ReportReader) -> None:
    """To the reader's own address, whoever has the link; once a minute at most."""
    with transaction.atomic():
        row = ReportReader.objects.select_for_update(no_key=True).get(pk=reader.pk)
        if row.code_sent_at and timezone.now() - row.code_sent_at < BETWEEN_CODES:
            raise Refusal(
                _("Der Code ist gerade erst gesendet. Warten Sie eine Minute, und sehen Sie im Spam nach.")
            )
        row.code_sent_at = timezone.now()
        row.save(update_fields=["code_sent_at"])
        send_code_to(
            partnership=reader.visit.request.partnership,
            name=reader.name,
            email=reader.email,
            code=new_code(session, key=_key(reader)),
        )


def is_code_waiting(session: SessionBase, reader: ReportReader) -> bool:
    return is_waiting(session, key=_key(reader))


def unlock(*, session: SessionBase, reader: ReportReader, code: str) -> None:
    """For an hour, in this browser. Raises Refusal."""
    check_code(session=session, code=code, key=_key(reader))
    until = time.time() + UNLOCKED_FOR.total_seconds()
    session[UNLOCKED] = session.get(UNLOCKED, {}) | {str(reader.pk): until}


def is_unlocked(session: SessionBase, reader: ReportReader) -> bool:
    return bool(session.get(UNLOCKED, {}).get(str(reader.pk), 0) > time.time())


def readers_unlocked(session: SessionBase) -> QuerySet[ReportReader]:
    """Whose code was typed in this browser within the hour."""
    keys = [int(key) for key, until in session.get(UNLOCKED, {}).items() if until > time.time()]
    return readers_in_force().filter(pk__in=keys)


def may_read_photos(request: HttpRequest, finding: Finding) -> bool:
    """The firm those of every released version, whoever has typed the code those of the newest."""
    person = request.user
    if isinstance(person, Person) and all_versions_of(person).filter(pk=finding.report_id).exists():
        return True
    readers = readers_unlocked(request.session).filter(visit__reports=finding.report_id)
    return any(
        (report := report_for(reader)) is not None and report.pk == finding.report_id for reader in readers
    )


def _reader_of(link: SecretLink) -> ReportReader | None:
    return readers_in_force().filter(pk=link.object_id).first()


def _key(reader: ReportReader) -> str:
    return f"report_code_{reader.pk}"
