"""`/healthz`: the process is alive. `/readyz`: it can serve; database and migrations decide.

What else is wrong is named and does not decide. Beat cannot tell that it is late: whoever asks here makes
it known.
"""

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from partnership.models import Alarm
from partnership.watch.alarms import raise_alarms
from partnership.watch.findings import look

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """First of all, so that a probe needs neither host name nor https."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            response = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
        elif request.path == "/readyz":
            response = readiness()
        else:
            return self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response


def readiness() -> JsonResponse:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return JsonResponse({"database": "ok", "migrations": "pending"}, status=503)
        return JsonResponse({"database": "ok", "migrations": "ok", **_watch()})
    except (DatabaseError, InterfaceError):
        return JsonResponse({"database": "away"}, status=503)
    finally:
        connection.close()


def _watch() -> dict[str, str]:
    """'ok' or what is wrong with broker, outbox, beat, tasks and queue."""
    findings = look()
    state = {str(finding.kind): finding.status for finding in findings}
    if state[Alarm.Kind.BEAT] == "late":
        raise_alarms(findings, now=timezone.now())
    return state
