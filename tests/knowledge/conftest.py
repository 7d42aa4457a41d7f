import pytest

from knowledge.embedder import Embedder


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """One model for all tests of a session; it holds no state that a test could change."""
    return Embedder()
