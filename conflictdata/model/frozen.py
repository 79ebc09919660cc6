"""What every model shares: frozen, closed, strict, and silent about what was never set."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A typed view of data that has already passed the schema; it states types, never limits."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, validate_by_name=True, validate_by_alias=True, protected_namespaces=()
    )

    def to_object(self) -> dict[str, Any]:
        """The JSON object this was read from: no member that was absent, none null."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)
