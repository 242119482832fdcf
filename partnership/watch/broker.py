import redis
from django.conf import settings

QUEUE = "celery"


def waiting_tasks() -> int | None:
    """How many tasks no worker has taken yet; None when the broker is away."""
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
    try:
        return int(client.llen(QUEUE))
    except redis.RedisError:
        return None
    finally:
        client.close()
