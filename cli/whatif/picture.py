"""The picture of a run: what each year costs, and who gets more or less."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cli.whatif.run import DIMENSIONS, Group, WhatIf
from cli.whatif.tables import groups_over_years, label

_FONT_PACKAGE, _FONT = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"
_FIRST, _SECOND, _BUDGET, _MORE, _LESS = "#33658a", "#f26419", "#444444", "#2a9d8f", "#c1121f"
_WORDS = {"region": ("按地区", "by region"), "kind": ("按类别", "by kind"), "size": ("按基数", "by base")}
_MOST_GROUPS = 12


def chinese_font() -> FontProperties | None:
    """Noto Sans SC of its package; None without it, then the picture speaks English alone."""
    found = find_spec(_FONT_PACKAGE)
    places = found.submodule_search_locations if found is not None else None
    path = Path(places[0]) / _FONT if places else None
    return FontProperties(fname=str(path)) if path is not None and path.is_file() else None


def draw(found: WhatIf, path: Path) -> None:
    """Writes a PNG; raises OSError."""
    font = chinese_font()

    def words(zh: str, en: str) -> str:
        return f"{zh}  {en}" if font is not None else en

    figure = Figure(figsize=(14, 10), dpi=110, layout="constrained")
    canvas: Any = FigureCanvasAgg(figure)
    halves: Any = figure.subfigures(2, 1, height_ratios=(4, 5))
    top, bottom = halves
    _years(top.subplots(), found, words)
    for axes, dimension in zip(bottom.subplots(1, len(DIMENSIONS)), DIMENSIONS, strict=True):
        _groups(axes, found, dimension, words)
    names = " — ".join(label(found, number) for number in range(len(found.schemes)))
    figure.suptitle(f"{words('假设测算', 'What if')}: {names}", fontsize=15)
    if font is not None:
        for text in figure.findobj(match=_is_text):
            text.set_fontproperties(_sized(font, text))  # type: ignore[attr-defined]  # matplotlib does not type it
    canvas.print_png(path)


def _is_text(artist: Any) -> bool:
    return hasattr(artist, "set_fontproperties")


def _sized(font: FontProperties, text: Any) -> FontProperties:
    sized = font.copy()
    sized.set_size(text.get_fontsize())
    return sized


def _years(axes: Axes, found: WhatIf, words: Callable[[str, str], str]) -> None:
    count = len(found.schemes)
    years = [of_year[0].year for of_year in found.outcomes]
    for number in range(count):
        paid = [of_year[number].paid_total for of_year in found.outcomes]
        claimed = [of_year[number].claimed_total for of_year in found.outcomes]
        places = [place * (count + 1) + number for place in range(len(years))]
        colour = (_FIRST, _SECOND)[number]
        if claimed != paid:
            axes.bar(
                places,
                claimed,
                width=1,
                fill=False,
                edgecolor=colour,
                linestyle="--",
                label=f"{label(found, number)} {words('应补', 'claims')}",
            )
        axes.bar(places, paid, width=1, color=colour, label=f"{label(found, number)} {words('实付', 'paid')}")
    if found.budget is not None:
        axes.axhline(found.budget, color=_BUDGET, linestyle=":", label=words("预算", "budget"))
    middles = [(2 * place * (count + 1) + count - 1) / 2 for place in range(len(years))]
    axes.set_xticks(middles, [str(year) for year in years])
    axes.set_title(words("各年度金额（元）", "amount of each year (yuan)"), loc="left")
    axes.yaxis.set_major_formatter(FuncFormatter(_short_yuan))
    axes.set_xlim(-1 if len(years) > 1 else -2, (len(years) - 1) * (count + 1) + count + (0 if len(years) > 1 else 1))
    _clean(axes)
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))


def _groups(axes: Axes, found: WhatIf, dimension: str, words: Callable[[str, str], str]) -> None:
    """With two schemes the change of each group, else what each gets; the largest at the top, sizes in their order."""
    two = len(found.schemes) > 1
    rows = [one for one in groups_over_years(found) if one.dimension == dimension]
    if dimension != "size":
        rows.sort(key=lambda one: (-abs(_value(one, two)), one.name))
    rows = rows[:_MOST_GROUPS][::-1]
    values = [_value(one, two) for one in rows]
    colours = [(_LESS if value < 0 else _MORE) if two else _FIRST for value in values]
    axes.barh(range(len(rows)), values, color=colours)
    axes.set_yticks(range(len(rows)), [one.name for one in rows])
    if two:
        axes.axvline(0, color=_BUDGET, linewidth=1)
        for place, one in enumerate(rows):
            axes.annotate(
                f"+{one.winners:,} / −{one.losers:,}",
                (1, place),
                xycoords=("axes fraction", "data"),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=8,
                color=_BUDGET,
            )
    axes.set_title(words(*_WORDS[dimension]), loc="left", fontsize=11)
    axes.set_xlabel(
        words("变化（元）；右：增/减人次", "change (yuan); right: more / less")
        if two
        else words("实付（元）", "paid (yuan)")
    )
    axes.xaxis.set_major_formatter(FuncFormatter(_short_yuan))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    _clean(axes)


def _value(one: Group, two: bool) -> int:
    return one.paid_against - one.paid if two else one.paid


def _short_yuan(fen: Any, _: object) -> str:
    """The mark of an axis: 12.5M. Only for the eye; amounts stand in the tables."""
    yuan = int(fen) // 100
    for unit, size in (("bn", 10**9), ("M", 10**6), ("k", 10**3)):
        if abs(yuan) >= size:
            tenths = abs(yuan) * 10 // size
            digits = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
            return f"{'−' if yuan < 0 else ''}{digits}{unit}"
    return str(yuan)


def _clean(axes: Axes) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.set_axisbelow(True)
    axes.grid(color="#dddddd", linewidth=1, axis="both")
