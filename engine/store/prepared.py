"""A Core statement, compiled once for each kind of database and then given straight to its driver.

An append says three of these while everybody else waits, and `log` and `runs` must start quickly.
Through `Connection.execute` the saying took longer than what was said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.sql.elements import ClauseElement


class Prepared:
    """A statement that is said many times, made when it is said first.

    `columns` are the columns that an INSERT gives values for.
    """

    def __init__(self, made: Callable[[], Executable], columns: Sequence[str] | None = None) -> None:
        self._made = made
        self._columns = columns
        self._by_dialect: dict[str, tuple[str, dict[str, Any], list[str] | None]] = {}

    def on(self, connection: Connection, said: dict[str, Any] | None = None) -> Any:
        """Execute it with the values of its named parameters; gives back the driver's cursor."""
        dialect = connection.dialect
        sql, fixed, order = self._by_dialect.get(dialect.name) or self._compile(dialect)
        values = fixed | said if said else fixed
        # Named where the driver wants names, in order where it wants an order.
        return driver(connection).execute(sql, values if order is None else [values[name] for name in order])

    def _compile(self, dialect: Dialect) -> tuple[str, dict[str, Any], list[str] | None]:
        statement = self._made()
        assert isinstance(statement, ClauseElement)
        compiled: Any = statement.compile(dialect=dialect, column_keys=self._columns)
        made = (compiled.string, dict(compiled.params), compiled.positiontup)
        self._by_dialect[dialect.name] = made
        return made


def driver(connection: Connection) -> Any:
    """The connection of the driver itself; sqlite3 and psycopg both have `execute`."""
    return connection.connection.driver_connection
