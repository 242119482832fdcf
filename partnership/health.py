"""`/healthz`: the process is alive. `/readyz`: it can serve; database and migrations decide."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

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
    """The broker is reported and does not decide: bookings work without it."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (DatabaseError, InterfaceError):
        return JsonResponse({"database": "away", "broker": _broker()}, status=503)
    finally:
        connection.close()
    state = {"database": "ok", "migrations": "pending" if pending else "ok", "broker": _broker()}
    return JsonResponse(state, status=503 if pending else 200)


def _broker() -> str:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
    try:
        client.ping()
    except redis.RedisError:
        return "away"
    finally:
        client.close()
    return "ok"
