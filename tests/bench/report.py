"""What a bench found: printed as a table, written to var/bench.json."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """`ratio` is value to floor, both measured in this run; `target` is what performance.md asks at least."""

    name: str
    value: float
    unit: str
    floor: float | None
    ratio: float | None
    target: str = ""


def row(name: str, value: float, unit: str, *, floor: float | None = None, target: str = "") -> Row:
    ratio = round(value / floor, 2) if floor else None
    return Row(name, round(value, 2), unit, round(floor, 2) if floor else None, ratio, target)


def show(rows: list[Row]) -> None:
    print(f"\n{'':48}{'ours':>10}{'floor':>10}{'ratio':>8}  {'unit':14}target")
    for r in rows:
        floor = "" if r.floor is None else f"{r.floor:.2f}"
        ratio = "" if r.ratio is None else f"{r.ratio:.2f}"
        print(f"{r.name:48}{r.value:>10.2f}{floor:>10}{ratio:>8}  {r.unit:14}{r.target}")


def write(rows: list[Row], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    found = [{k: v for k, v in asdict(r).items() if k != "target"} for r in rows]
    file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
