from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

RIGHTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE UPDATE, DELETE ON partnership_chainedentry, partnership_logsegment FROM {role}",
    "GRANT UPDATE (salt, payload) ON partnership_chainedentry TO {role}",
    "GRANT UPDATE (count, head) ON partnership_logsegment TO {role}",
)
"""Rows everywhere and no table: the chained log's guards are out of reach, of its rows only contents go."""


class Command(BaseCommand):
    help = (
        "After migrate, as the owner of the tables: what the role of web, worker and beat may. "
        "With --dry-run the statements are only shown."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="made before with CREATE ROLE … LOGIN PASSWORD …")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        role = options["role"]
        statements = [right.format(role=connection.ops.quote_name(role)) for right in RIGHTS]
        if options["dry_run"]:
            self.stdout.write("".join(f"{statement};\n" for statement in statements), ending="")
            return
        _refuse_owner(role)
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _refuse_owner(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolname = current_user FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
    if found is None:
        raise CommandError(f"Die Rolle {role} gibt es nicht. Legen Sie sie zuerst an.")
    if any(found):
        raise CommandError(f"{role} darf weder Superuser noch Eigentümer der Tabellen sein.")
