"""The curve of growth: what each job takes at ten thousand, a hundred thousand, a million, five million people."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

    measured = [(people, figure) for people in results.sizes for figure in results.figures(people) if figure.seconds]
    counts: dict[str, set[int]] = {}
    for _, figure in measured:
        counts.setdefault(figure.name, set()).add(figure.count)
    # What is measured on as many of something at every size does not grow.
    shown = [
        {"name": figure.name, "job": figure.told, "people": people, "seconds": figure.middle}
        for people, figure in measured
        if len(counts[figure.name]) > 1
    ]
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
