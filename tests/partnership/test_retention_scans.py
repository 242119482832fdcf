"""What the night looks through: not whole tables that grow for years, and never all pairs of two of them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from consultations.models import Appointment
from consultations.retention import appointments_due
from partnership.models import FirmContact, Person
from partnership.retention.kinds import RetentionKind, all_kinds

pytestmark = pytest.mark.django_db

LARGE = {
    "appointments": "appointment_full",
    "borrowers": "asset_with_borrower",
    "certificates": "certificate_full",
    "concerns": "concern_full",
    "erasures": "erased_thing_by_rule",
    "gone_things": "asset_gone",
    "links": "secret_link_end",
    "log": "log_entry_at",
    "lookups": "chained_entry_full",
    "mails": "outgoing_mail_full",
    "needs": "concern_with_need",
    "registrations": "registration_full",
    "registrations_unconfirmed": "registration_lapsed",
    "unconfirmed": "appointment_lapsed",
    "visit_needs": "visit_matter_with_need",
    "visit_requests": "visit_request_full",
    "visits_unconfirmed": "visit_request_full",
}
"""Rows stay, emptied, or are many at any time: by which index the night finds those that are due."""
SMALL = {
    *("absences", "blocked", "feedback_texts", "holds", "log_checks", "merges", "reports", "requests"),
    *("resets", "report_drafts", "runs", "technical_log", "theft_reports", "transfers"),
}
"""Thousands after ten years."""
SHORT_LIVED = {
    *("addresses", "event_invitations", "finds", "invited", "joining", "notices", "photos", "read_lists"),
    *("received", "registration_needs", "searches", "waiting"),
}
"""Rows go as a whole, days or months after they came."""
BY_WHAT_IS_LEFT = {"contacts", "firms", "people"}
"""No moment decides, but that nothing refers to them: each is compared with several tables."""


def plan_of(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """All nodes of the plan."""
    sql, params = rows.values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        found = cursor.fetchone()[0]
    plans = json.loads(found) if isinstance(found, str) else found
    return list(_nodes(plans[0]["Plan"]))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from _nodes(part)


def without_other_indexes(table: str, name: str) -> None:
    """Only this one is left: an empty table would not tell which is good, nor what is counted of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('p', 'u', 'x')",
            [table],
        )
        for (constraint,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}" CASCADE')
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass", [table]
        )
        for (other,) in cursor.fetchall():
            if other != name:
                cursor.execute(f"DROP INDEX {other}")
        cursor.execute("SET LOCAL enable_seqscan = off")


def uses(rows: QuerySet[Any], name: str) -> bool:
    """Whether the database can answer by this index instead of reading the table."""
    without_other_indexes(rows.model._meta.db_table, name)
    return name in {node.get("Index Name") for node in plan_of(rows)}


def test_of_every_kind_it_is_known_how_its_rows_are_found() -> None:
    groups = [LARGE.keys(), SMALL, SHORT_LIVED, BY_WHAT_IS_LEFT]
    assert sorted(key for group in groups for key in group) == sorted(kind.key for kind in all_kinds())


@pytest.mark.parametrize("key", sorted(LARGE))
def test_what_is_due_in_a_large_table_is_found_by_its_index(key: str) -> None:
    kind = next(kind for kind in all_kinds() if kind.key == key)
    assert uses(kind.due_rows(timezone.now()), LARGE[key])


def test_control_what_the_index_leaves_out_is_not_found_by_it() -> None:
    """Among those that are emptied, too, the index could not tell."""
    before = timezone.now()
    assert uses(appointments_due(before), "appointment_full")
    assert not uses(Appointment.objects.filter(period__endswith__lt=before), "appointment_full")


def goes_through_pairs(rows: QuerySet[Any]) -> bool:
    """Whether the database has no way to join but to hold each row against each."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
    return any(node["Node Type"] == "Nested Loop" and "Join Filter" in node for node in plan_of(rows))


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.key)
def test_no_kind_holds_each_row_against_each(kind: RetentionKind) -> None:
    assert not goes_through_pairs(kind.due_rows(timezone.now()))


def test_control_an_or_between_two_tables_holds_each_row_against_each() -> None:
    same = FirmContact.objects.filter(Q(person=OuterRef("pk")) | Q(email__iexact=OuterRef("email")))
    assert goes_through_pairs(Person.objects.exclude(Exists(same)))
