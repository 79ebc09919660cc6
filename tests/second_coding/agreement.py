"""Agreement between the two codings before adjudication: `python -m tests.second_coding.agreement`."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROUND = Path(__file__).parent / "round-1"
Row = Mapping[str, str]
WINDOW = ("shape", "date_earliest", "date_latest", "certain_from", "certain_to")
CLAIM_FIELDS = ("claimant", "attribution", "stance", "value")


def rows(name: str) -> list[Row]:
    """The rows of one file of the round."""
    with (ROUND / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs() -> list[tuple[Row, Row]]:
    """The events that both coders found."""
    first, second = ({row["id"]: row for row in rows(f"{coder}-events")} for coder in ("first", "second"))
    return [(first[m["first"]], second[m["second"]]) for m in rows("matches") if m["first"] and m["second"]]


def claim_pairs() -> Iterator[tuple[Row, Row]]:
    """Claims of both coders on one property in one paragraph, those by one claimant first, each used once."""
    pool: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows("second-claims"):
        pool[row["paragraphs"], row["property"]].append(row)
    for row in rows("first-claims"):
        near = [other for place in row["paragraphs"].split() for other in pool[place, row["property"]]]
        if near:
            best = max(near, key=lambda other: sum(other[field] == row[field] for field in CLAIM_FIELDS))
            pool[best["paragraphs"], best["property"]].remove(best)
            yield row, best


def agreement() -> Iterator[tuple[str, int, int]]:
    """Each measure: what is compared, in how many of how many cases the codings agree."""
    matched = pairs()
    yield "event found by both, of all found", len(matched), len(rows("matches"))
    for field in ("kind", "type", "place", "precision"):
        yield f"event {field}", sum(a[field] == b[field] for a, b in matched), len(matched)
    yield "event window, to the day", sum(all(a[f] == b[f] for f in WINDOW) for a, b in matched), len(matched)
    yield "event window, overlapping", sum(overlap(a, b) for a, b in matched), len(matched)
    claims = list(claim_pairs())
    total = len(rows("first-claims")) + len(rows("second-claims")) - len(claims)
    yield "claim found by both, of all found", len(claims), total
    for field in CLAIM_FIELDS:
        yield f"claim {field}", sum(a[field] == b[field] for a, b in claims), len(claims)
    numbers = [(a, b) for a, b in claims if ".." in a["value"]]
    yield "claim number (low, high and bound)", sum(a["value"] == b["value"] for a, b in numbers), len(numbers)


def overlap(a: Row, b: Row) -> bool:
    """Whether two windows share a day; an absent end is open."""
    return not any(x["date_latest"] and y["date_earliest"] > x["date_latest"] for x, y in ((a, b), (b, a)))


def table() -> str:
    """The measures as a Markdown table."""
    lines = ["| compared | agree | of | share |", "|---|---|---|---|"]
    lines += [f"| {name} | {hits} | {of} | {hits / of:.0%} |" for name, hits, of in agreement()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201
