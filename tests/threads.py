"""Several people at once, each with a database connection of their own."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connection

Job = Callable[[], object]


def at_once(*jobs: Job) -> list[object]:
    """What each job answers, in order; an exception stands for itself. For tests with real transactions."""
    barrier = threading.Barrier(len(jobs))

    def run(job: Job) -> object:
        barrier.wait(timeout=60)
        return answer_of(job)

    connection.close()
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(timeout=180) for future in [pool.submit(run, job) for job in jobs]]


def in_background(job: Job) -> "Future[object]":
    """Started at once; ask it for its result later."""
    connection.close()
    pool = ThreadPoolExecutor(1)
    future = pool.submit(answer_of, job)
    pool.shutdown(wait=False)
    return future


def answer_of(job: Job) -> object:
    try:
        return job()
    except Exception as error:
        return error
    finally:
        connection.close()
