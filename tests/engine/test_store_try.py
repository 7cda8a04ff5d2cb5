from __future__ import annotations
from collections.abc import Iterator
from pathlib import Path
import pytest
from engine.store import Store, memory_store
from tests.engine.records import Wall, entropy, open_file
from tests.engine.store_contract import StoreContract

class TestSqliteFile(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with open_file(tmp_path) as store:
            yield store

class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Iterator[Store]:
        with memory_store(wall=Wall(), entropy=entropy(1)) as store:
            yield store
