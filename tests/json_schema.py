"""A validator of JSON Schema draft 4, as far as the kept schema of SARIF goes; a word it does not know fails.

broken(value, schema)      every place where a value is not as the schema says
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

Schema = dict[str, Any]

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
FORMATS: dict[str, Callable[[str], object]] = {
    "uri": lambda text: urlsplit(text).scheme and re.fullmatch(r"[!-~]+", text),
    "uri-reference": lambda text: re.fullmatch(r"[!-~]*", text) and not re.search(r'[<>"{}|\\^`]', text),
    "date-time": datetime.fromisoformat,
}
SAYS_NOTHING = {"$schema", "id", "title", "description", "default", "definitions"}


def broken(value: Any, schema: Schema, root: Schema | None = None, path: str = "$") -> Iterator[str]:
    """Every place where `value` is not as `schema` says; what `$ref` names is looked up in `root`."""
    root = schema if root is None else root
    if "$ref" in schema:
        yield from broken(
            value, root["definitions"][schema["$ref"].removeprefix("#/definitions/")], root, path
        )
        return
    wanted = TYPES.get(schema.get("type", ""))
    if wanted is not None and type(value) not in wanted:
        yield f"{path}: no {schema['type']}"
        return
    for word, said in schema.items():
        if word not in SAYS_NOTHING:
            yield from WORDS[word](value, said, schema, root, path)


def _any_of(value: Any, said: list[Schema], _schema: Schema, root: Schema, path: str) -> Iterator[str]:
    if not any(not list(broken(value, one, root, path)) for one in said):
        yield f"{path}: fits none of {said}"


def _one_of(value: Any, said: list[Schema], _schema: Schema, root: Schema, path: str) -> Iterator[str]:
    if sum(not list(broken(value, one, root, path)) for one in said) != 1:
        yield f"{path}: does not fit just one of {said}"


def _items(value: Any, said: Schema, _schema: Schema, root: Schema, path: str) -> Iterator[str]:
    for number, one in enumerate(value if isinstance(value, list) else ()):
        yield from broken(one, said, root, f"{path}[{number}]")


def _properties(value: Any, said: Schema, _schema: Schema, root: Schema, path: str) -> Iterator[str]:
    for name, one in said.items():
        if isinstance(value, dict) and name in value:
            yield from broken(value[name], one, root, f"{path}.{name}")


def _others(value: Any, said: Any, schema: Schema, root: Schema, path: str) -> Iterator[str]:
    for name in value.keys() - schema.get("properties", {}).keys() if isinstance(value, dict) else ():
        if said is False:
            yield f"{path}: {name} is unknown"
        elif said is not True:
            yield from broken(value[name], said, root, f"{path}.{name}")


def _required(value: Any, said: list[str], _schema: Schema, _root: Schema, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{path}: lacks {name}" for name in said if name not in value)


def _if(holds: Callable[[Any, Any], object]) -> Callable[..., Iterator[str]]:
    """A word that says one thing of a value."""

    def check(value: Any, said: Any, _schema: Schema, _root: Schema, path: str) -> Iterator[str]:
        try:
            good = bool(holds(value, said))
        except ValueError:
            good = False
        if not good:
            yield f"{path}: {value!r} is not {said!r}"

    return check


def _unique(value: Any, said: Any) -> bool:
    return not said or len({json.dumps(one, sort_keys=True) for one in value}) == len(value)


WORDS: dict[str, Callable[..., Iterator[str]]] = {
    "type": _if(lambda _value, _said: True),
    "enum": _if(lambda value, said: value in said),
    "pattern": _if(lambda value, said: re.search(said, value)),
    "format": _if(lambda value, said: FORMATS[said](value)),
    "minimum": _if(lambda value, said: value >= said),
    "maximum": _if(lambda value, said: value <= said),
    "minItems": _if(lambda value, said: len(value) >= said),
    "uniqueItems": _if(_unique),
    "required": _required,
    "properties": _properties,
    "additionalProperties": _others,
    "items": _items,
    "anyOf": _any_of,
    "oneOf": _one_of,
}
