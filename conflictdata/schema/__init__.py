"""From an object to findings: the only package that uses jsonschema, referencing and jsonschema-rs."""

from __future__ import annotations

from conflictdata.schema.documents import KINDS, VERSION, bundle, schema_names, schema_text, urn
from conflictdata.schema.validate import kind_of, unknown_schema

__all__ = ["KINDS", "VERSION", "bundle", "kind_of", "schema_names", "schema_text", "unknown_schema", "urn"]
