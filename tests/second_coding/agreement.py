"""Agreement between two codings before adjudication: `python -m tests.second_coding.agreement round-2`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).parent
ROUNDS = tuple(sorted(folder.name for folder in HERE.glob("round-*")))
Row = Mapping[str, str]
WINDOW = ("shape", "date_earliest", "date_latest", "certain_from", "certain_to")
CLAIM_FIELDS = ("claimant", "attribution", "stance", "value")
PERSONS = ("killed", "injured", "casualties", "captured", "displaced")


def rows(part: str, name: str) -> list[Row]:
    """The rows of one file of a round."""
    with (HERE / part / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs(part: str) -> list[tuple[Row, Row]]:
    """The events that both coders found."""
    first, second = ({row["id"]: row for row in rows(part, f"{coder}-events")} for coder in ("first", "second"))
    return [(first[m["first"]], second[m["second"]]) for m in rows(part, "matches") if m["first"] and m["second"]]


def claim_pairs(part: str) -> list[tuple[Row, Row]]:
    """Claims of both coders on one property in one paragraph, those most alike first, each used once."""
    first, second = rows(part, "first-claims"), rows(part, "second-claims")
    near = [(a, b) for a in range(len(first)) for b in range(len(second)) if same_matter(first[a], second[b])]
    near.sort(key=lambda pair: (-likeness(first[pair[0]], second[pair[1]]), pair))
    taken: dict[int, int] = {}
    for a, b in near:
        if a not in taken and b not in taken.values():
            taken[a] = b
    return [(first[a], second[b]) for a, b in sorted(taken.items())]


def same_matter(a: Row, b: Row) -> bool:
    """Whether two claims are on one property and share a paragraph."""
    return a["property"] == b["property"] and bool(set(a["paragraphs"].split()) & set(b["paragraphs"].split()))


def likeness(a: Row, b: Row) -> int:
    """In how many of their fields two claims agree."""
    return sum(a[field] == b[field] for field in (*CLAIM_FIELDS, "population") if field in a)


def agreement(part: str) -> Iterator[tuple[str, int, int]]:
    """Each measure: what is compared, in how many of how many cases the codings agree."""
    matched = pairs(part)
    yield "event found by both, of all found", len(matched), len(rows(part, "matches"))
    for field in ("kind", "type", "place", "precision"):
        yield f"event {field}", sum(a[field] == b[field] for a, b in matched), len(matched)
    yield "event window, to the day", sum(same_days(a, b) for a, b in matched), len(matched)
    yield "event window, overlapping", sum(overlap(a, b) for a, b in matched), len(matched)
    claims = claim_pairs(part)
    total = len(rows(part, "first-claims")) + len(rows(part, "second-claims")) - len(claims)
    yield "claim found by both, of all found", len(claims), total
    for field in CLAIM_FIELDS:
        yield f"claim {field}", sum(a[field] == b[field] for a, b in claims), len(claims)
    numbers = [(a, b) for a, b in claims if ".." in a["value"]]
    yield "claim number (low, high and bound)", sum(a["value"] == b["value"] for a, b in numbers), len(numbers)
    persons = [(a, b) for a, b in numbers if a["property"] in PERSONS and "population" in a]
    if persons:
        yield "claim population", sum(a["population"] == b["population"] for a, b in persons), len(persons)


def same_days(a: Row, b: Row) -> bool:
    """Whether two windows are the same, by all that both coders wrote down of them."""
    return all(a[field] == b[field] for field in WINDOW if field in a and field in b)


def overlap(a: Row, b: Row) -> bool:
    """Whether two windows share a day; an absent end is open."""
    return not any(x["date_latest"] and y["date_earliest"] > x["date_latest"] for x, y in ((a, b), (b, a)))


def table(part: str) -> str:
    """The measures as a Markdown table."""
    lines = ["| compared | agree | of | share |", "|---|---|---|---|"]
    lines += [f"| {name} | {hits} | {of} | {hits / of:.0%} |" for name, hits, of in agreement(part)]
    return "\n".join(lines)


if __name__ == "__main__":
    for part in sys.argv[1:] or ROUNDS:
        print(f"{part}\n\n{table(part)}\n")  # noqa: T201
