"""What stands in the broker's queue."""

import base64
import json

import redis
from django.conf import settings

from partnership.watch.broker import QUEUE


def waiting_tasks() -> list[tuple[str, int]]:
    """Name and primary key of every task that no worker has taken yet, oldest first."""
    found = []
    for raw in reversed(_broker().lrange(QUEUE, 0, -1)):
        message = json.loads(raw)
        arguments, _keywords, _options = json.loads(base64.b64decode(message["body"]))
        found.append((message["headers"]["task"], arguments[0]))
    return found


def fill_queue(number: int) -> None:
    """With what no worker will ever read."""
    _broker().rpush(QUEUE, *[b"{}"] * number)


def forget_tasks() -> None:
    _broker().delete(QUEUE)


def _broker() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL)
