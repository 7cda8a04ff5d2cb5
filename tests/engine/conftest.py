"""The example of the language, read once for each file of tests."""

from __future__ import annotations

import pytest

from engine.book import load_book
from engine.plan import Book
from tests.engine.written_book import EXAMPLE


@pytest.fixture(scope="module")
def example() -> Book:
    return load_book(EXAMPLE)
