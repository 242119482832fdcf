from collections.abc import Iterator

import pytest

from partnership.demo.processes import Family
from tests.smtp import postbox

__all__ = ["postbox"]


@pytest.fixture
def family() -> Iterator[Family]:
    """Processes that end with the test."""
    family = Family()
    yield family
    family.stop()
