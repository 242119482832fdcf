from collections.abc import Iterator

import pytest

from tests.broker import forget_tasks
from tests.smtp import postbox

__all__ = ["postbox"]


@pytest.fixture
def empty_queue() -> Iterator[None]:
    """The broker without the tasks of other tests."""
    forget_tasks()
    yield
    forget_tasks()
