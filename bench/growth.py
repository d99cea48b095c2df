"""The curve of growth: what each job takes at ten thousand, a hundred thousand, a million, five million people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.figure import Figure

if TYPE_CHECKING:
    from bench.results import Results


def draw_growth(results: Results) -> None:
    """growth.svg beside the results: seconds by people, both scales logarithmic; nothing where there is one size.

    Raises ModuleNotFoundError where the dependency group `bench` is not installed.
    """
    if len(results.sizes) < 2:
        return
    import altair
    import vl_convert

    seen: dict[str, int] = {}
    points = []
    for people in results.sizes:
        for figure in results.figures(people):
            if _grows(figure):
                seen[figure.name] = seen.get(figure.name, 0) + 1
                points.append({"name": figure.name, "job": figure.told, "people": people, "seconds": figure.middle})
    shown = [point for point in points if seen[str(point["name"])] > 1]
    if not shown:
        return
    axes = {
        "x": altair.X("people:Q", scale=altair.Scale(type="log"), axis=altair.Axis(title="people", format="~s")),
        "y": altair.Y("seconds:Q", scale=altair.Scale(type="log"), axis=altair.Axis(title="seconds", format="~g")),
        "color": altair.Color("job:N", legend=altair.Legend(title=None, labelLimit=0, symbolType="stroke")),
        "shape": altair.Shape("job:N", legend=None),
    }
    chart = altair.Chart(altair.InlineData(values=shown), width=560, height=400).mark_line(point=True).encode(**axes)
    svg = vl_convert.vegalite_to_svg(chart.to_json(validate=False))
    (results.folder / "growth.svg").write_text(svg + "\n", encoding="utf-8")


def _grows(figure: Figure) -> bool:
    """Whether its seconds follow the number of people."""
    return bool(figure.seconds) and not figure.beside.get("fixed")
