"""One row of the table, measured in this process: nation.py starts it for each.

    python -m bench.row NAME GROUND

GROUND is that of bench/ground.py as JSON; ANSINH_HOME says where the database is. Figures come out as JSON, on the
last line.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from bench.figure import Figure
from bench.ground import Ground
from bench.memory import peak_memory
from bench.rows import row_named


def main(words: list[str]) -> None:
    """Measure and print."""
    name, given = words
    from ansinh.ops.preparation import prepared_database

    prepared_database()
    told = json.loads(given)
    ground = Ground(**{**told, "folder": Path(told["folder"])})
    module, function = row_named(name).measured_by.split(":")
    began = time.perf_counter()
    with peak_memory() as peak:
        figures: list[Figure] = getattr(import_module(module), function)(ground)
    measured = [replace(one, peak_mb=peak.mb) if one.peak_mb is None else one for one in figures]
    print(
        json.dumps(
            {
                "figures": [one.as_json() for one in measured],
                "seconds": time.perf_counter() - began,
                "peak_mb": peak.mb,
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
