from collections.abc import Iterator

import pytest

from tests.pipeline.fetch.outlet import Outlet, opened


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    """A web server on this machine that stands for the public internet."""
    with opened() as server:
        yield server
