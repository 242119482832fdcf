"""Adding a row. Whoever adds to two organisations' logs takes them by key, lest two wait for each other."""

import datetime
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnership.chained_log import words
from partnership.chained_log.encoding import digest_of, first_head, hash_of
from partnership.models import ChainedEntry, LogSegment, Organisation, Person
from partnership.times import berlin_day

OWN_KEYS = {"act", "actor"}


def append(*, organisation: Organisation, actor: Person | None, act: str, payload: dict[str, Any]) -> int:
    """The row's number. Call it inside the act's transaction, as its last act: until the commit everybody
    else of the organisation waits.

    `payload` holds texts, whole numbers, yes and no, and lists of them. The auditor's page knows `thing`
    (what was opened, as a kind and a number), `purpose` and `reference` (Vorgangsnummer); other keys are
    named by `log_words.register_details`.
    """
    if not words.is_known(act):
        raise KeyError(f"{act} is not registered")
    if OWN_KEYS & payload.keys():
        raise KeyError("act and actor are not the caller's to write")
    segment, at = _lock_segment_of_now(organisation)
    whole = {**payload, "act": act, "actor": actor.pk if actor else None}
    salt = secrets.token_hex(16)
    digest = digest_of(salt=salt, payload=whole)
    seq = segment.count + 1
    ChainedEntry.objects.create(
        segment=segment,
        seq=seq,
        at=at,
        salt=salt,
        payload=whole,
        digest=digest,
        hash=hash_of(previous=segment.head, seq=seq, at=at, digest=digest),
    )
    return seq


@transaction.atomic(durable=True)
def note_opening(
    *, organisation: Organisation, actor: Person | None, act: str, payload: dict[str, Any]
) -> int:
    """As `append`, committed when it returns: only then may anything be shown.

    Inside somebody else's transaction it raises RuntimeError, since a rollback there would take away the row
    of what has been seen.
    """
    return append(organisation=organisation, actor=actor, act=act, payload=payload)


def _lock_segment_of_now(organisation: Organisation) -> tuple[LogSegment, datetime.datetime]:
    """With the row's moment, which is taken under the lock: rows are in the order of their moments.

    Whoever has waited past the turn of the year goes on in the new one.
    """
    while True:
        year = berlin_day(timezone.now()).year
        segment = _lock_segment(organisation, year)
        at = timezone.now()
        if berlin_day(at).year == year:
            return segment, at


def _lock_segment(organisation: Organisation, year: int) -> LogSegment:
    rows = LogSegment.objects.select_for_update(no_key=True).filter(organisation=organisation, year=year)
    segment = rows.first()
    if segment is None:
        new = LogSegment(
            organisation=organisation,
            year=year,
            head=first_head(organisation=organisation.pk, year=year),
            erase_after=LogSegment.kept_until(year),
        )
        LogSegment.objects.bulk_create([new], ignore_conflicts=True)
        segment = rows.get()
    return segment
