"""`conflictdata schema`: the published JSON Schemas."""

from __future__ import annotations

import json

import click

from conflictdata.cli.lazy_group import Command
from conflictdata.cli.output import write
from conflictdata.cli.param_types import named
from conflictdata.cli.table_output import print_table


def _names() -> tuple[str, ...]:
    from conflictdata.schema.documents import schema_names

    return schema_names()


@click.command(cls=Command)
@click.argument("name", required=False, type=named("schema", lambda: (*_names(), "codebook")))
def command(name: str | None) -> None:
    """Print a JSON Schema of this project.

    NAME is a schema; without it the schemas are listed. `bundle` is the schema of the whole dataset in one document
    for any validator of draft 2020-12. `codebook` is the codebook in Markdown: every member, code and column.

    \b
    Example:
      conflictdata schema event
      conflictdata schema bundle > bundle.schema.json
    """
    from conflictdata.schema.documents import schema_text

    if name == "codebook":
        from conflictdata.publishing.codebook import codebook

        write([codebook().encode()])
        return
    if name is not None:
        write([schema_text(name)])
        return
    each = [(known, json.loads(schema_text(known))) for known in _names()]
    print_table(("name", "id", "title"), [(known, schema["$id"], schema["title"]) for known, schema in each])
