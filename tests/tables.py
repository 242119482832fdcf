"""The tests' database between tests with real transactions: emptied, or filled with what was kept of it.

Both work with triggers and foreign keys off, as a copy of a database does: `session_replication_role`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

OF_THE_CODE = ("django_migrations", "django_content_type", "auth_permission")
"""What `migrate` writes is the same for every test."""
COLUMNS = """
SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
FROM information_schema.columns
WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name
"""


@contextmanager
def _as_a_copy() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor


def empty_tables() -> None:
    """Hundreds of files would be made anew by TRUNCATE; most tests write to few tables, and few rows."""
    with _as_a_copy() as cursor:
        tables = _tables()
        # waits for whoever still writes, such as the browser tests' server
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        for table in _tables_with_rows(cursor, tables):
            cursor.execute(f"DELETE FROM {table}")


class Kept:
    """What all tables hold now, to be put back as often as it is wanted."""

    def __init__(self, schema: str) -> None:
        self.schema = schema
        with _as_a_copy() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
            cursor.execute(f"CREATE SCHEMA {schema}")
            cursor.execute(COLUMNS)
            columns = dict(cursor.fetchall())
            self.columns = {table: columns[table] for table in _tables_with_rows(cursor, _tables())}
            for table, names in self.columns.items():
                cursor.execute(f"CREATE TABLE {schema}.{table} AS SELECT {names} FROM {table}")

    def put_back(self) -> None:
        """Into empty tables."""
        with _as_a_copy() as cursor:
            for table, names in self.columns.items():
                cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {self.schema}.{table}")


def _tables() -> list[str]:
    return sorted({*connection.introspection.django_table_names(include_views=False)} - {*OF_THE_CODE})


def _tables_with_rows(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    one = "SELECT '{0}' WHERE EXISTS (SELECT FROM {0})"
    cursor.execute(" UNION ALL ".join(one.format(table) for table in tables))
    return [table for (table,) in cursor.fetchall()]
