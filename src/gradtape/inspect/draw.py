"""Pictures of a tape: SVG, a page that can be searched and folded, Graphviz."""

from __future__ import annotations

import html
import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from ..autodiff.sources import checked
from ..autodiff.tape import GradientTape
from ..core.context import under
from ..core.indexed_slices import IndexedSlices
from ..core.structures import leaves
from ..ops.basic import seed_of
from .explain import Explanation
from .layout import Place, labels, placed
from .outline import Box, Operation, Outline, shortened
from .trail import shown

PAGE = Path(__file__).with_name("page.html")
SMALL = ' class="small"'
STYLE = """
text{font:11px ui-monospace,Menlo,Consolas,monospace;fill:#1c2430}.title{font-weight:600;fill:#48566a}
.box{fill:#f4f6f9;stroke:#b9c3d0}.box.deep{fill:#fff}.op{fill:#fff;stroke:#6b7c93}.source{fill:#e3f1e4;stroke:#5c9462}
.edge{fill:none;stroke:#94a2b5}.path{stroke:#d02626;stroke-width:2}.cut{fill:#fde3e3;stroke:#d02626;stroke-width:2;stroke-dasharray:5 3}
.norm{fill:#7a5a00;font-size:10px}.small{fill:#5a6778}
"""


def draw(self: GradientTape, file: str | os.PathLike, target: Any = None, cut: Explanation | None = None) -> Path:
    """Draw the tape into `file`, as its ending says: .html (fold, search, zoom), .svg or .dot."""
    path = Path(file)
    writers = {".svg": svg_text, ".html": html_text, ".dot": dot_text}
    if path.suffix not in writers:
        raise ValueError(f"GradientTape.draw: the file must end in .html, .svg or .dot, got {str(file)!r}")
    path.write_text(writers[path.suffix](prepared(self, target, cut)), encoding="utf-8")
    return path


def repr_html(self: GradientTape) -> str:
    """In a notebook: the page, in a frame."""
    page = html.escape(html_text(prepared(self, None, None)), quote=True)
    return f'<iframe srcdoc="{page}" style="width:100%;height:520px;border:1px solid #ccc;border-radius:6px"></iframe>'


def prepared(tape: GradientTape, target: Any, cut: Explanation | None) -> Outline:
    outline = Outline(tape)
    if target is not None:
        add_norms(tape, outline, target)
    if cut is not None:
        add_cut(outline, cut)
    return outline


def add_norms(tape: GradientTape, outline: Outline, target: Any) -> None:
    if not tape.persistent:
        raise ValueError("GradientTape.draw: gradients can be shown of a persistent tape only: tf.GradientTape(persistent=True)")
    targets = [checked(t, "target", "GradientTape.draw") for t in leaves(target)]
    wanted = {i for o in outline.all for i in o.output}
    norms = under((), None, norms_of, tape, targets, wanted)
    for o in outline.all:
        found = [norms[i] for i in o.output if i in norms]
        o.norm = float(np.sqrt(sum(n * n for n in found))) if found else None


def norms_of(tape: GradientTape, targets: list[Any], wanted: set[int]) -> dict[int, float]:
    """The norm of the gradient of every value."""
    stripped = [tape.stripped(t)[0] for t in targets]
    starts = {t.id: seed_of(t) for t in stripped if t is not None}
    return {i: norm(g) for i, g in tape.sweep(starts, wanted).items()}


def norm(g: Any) -> float:
    value = (g.dense() if isinstance(g, IndexedSlices) else g).value
    return float(np.sqrt(np.sum(np.abs(value.astype(np.complex128 if value.dtype.kind == "c" else np.float64)) ** 2)))


def add_cut(outline: Outline, cut: Explanation) -> None:
    """Mark the path of an explanation; the cut itself is no record, and becomes an operation of its own."""
    makers = {i: o for o in outline.all for i in o.output}
    for step in cut.path:
        for i in step.output if type(step.output) is tuple else (step.output,):
            if i in makers:
                makers[i].mark = "path"
    for i in cut.origins:
        if i in makers:
            makers[i].mark = "path"
    if cut.cut is None:
        return
    extra = Operation(len(outline.all), f"✂ {shown(cut.cut.primitive)}", None, (), None)
    extra.inputs = [(makers[i].number, i) for i in cut.cut.inputs if i in makers]
    extra.mark = "cut"
    extra.note = f"{cut.file.rpartition('/')[2]}:{cut.line}  {cut.text}"
    outline.operations.append(extra)
    put_behind(outline.root, extra, {number for number, _ in extra.inputs})


def put_behind(box: Box, extra: Operation, makers: set[int]) -> None:
    """Into the innermost box, other than a line's, that makes what the operation takes."""
    for k, child in reversed(list(enumerate(box.children))):
        inside = {o.number for o in child.operations()} if isinstance(child, Box) else {child.number}
        if inside & makers:
            if isinstance(child, Box) and child.kind != "line":
                put_behind(child, extra, makers)
            else:
                box.children.insert(k + 1, extra)
            return
    box.children.append(extra)


# -- SVG ------------------------------------------------------------------------------------------------------------
def svg_text(outline: Outline) -> str:
    places = placed(outline.root)
    where = {p.item.number: p for p in places if isinstance(p.item, Operation)}
    width = max((p.x + p.width for p in places), default=100) + 20
    height = max((p.y + p.height for p in places), default=40) + 20
    boxes = [box_svg(p) for p in places if isinstance(p.item, Box)]
    edges = [edge_svg(where, o, number, outline.all[number]) for o in outline.all for number, _ in o.inputs if o.number in where]
    operations = [operation_svg(p, p.item) for p in places if isinstance(p.item, Operation)]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">'
    back = f'<style>{STYLE}</style><rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>'
    return "\n".join([head, back, *boxes, *edges, *operations, "</svg>"]) + "\n"


def box_svg(p: Place) -> str:
    deep = " deep" if p.depth % 2 == 0 else ""
    label = html.escape(shortened(p.item.label))  # type: ignore[union-attr]
    return (f'<g><title>{html.escape(p.item.place)}</title>'  # type: ignore[union-attr]
            f'<rect class="box{deep}" x="{p.x:.1f}" y="{p.y:.1f}" width="{p.width:.1f}" height="{p.height:.1f}" rx="6"/>'
            f'<text class="title" x="{p.x + 10:.1f}" y="{p.y + 15:.1f}">{label}</text></g>')  # fmt: skip


def operation_svg(p: Place, o: Operation) -> str:
    kind = "cut" if o.mark == "cut" else "source" if o.node is None else "op"
    rows = [f'<text x="{p.x + p.width / 2:.1f}" y="{p.y + 16 + 14 * k:.1f}" text-anchor="middle"{SMALL if k else ""}>'
            f"{html.escape(text)}</text>" for k, text in enumerate(labels(o))]  # fmt: skip
    marked = " path" if o.mark == "path" else ""
    return (f'<g><title>{html.escape(o.note or o.text)}</title><rect class="{kind}{marked}" x="{p.x:.1f}" y="{p.y:.1f}" '
            f'width="{p.width:.1f}" height="{p.height:.1f}" rx="{4 if o.node else 12}"/>{"".join(rows)}</g>')  # fmt: skip


def edge_svg(where: dict[int, Place], o: Operation, number: int, source: Operation) -> str:
    a, b = where[number], where[o.number]
    x1, y1, x2, y2 = a.x + a.width / 2, a.y + a.height, b.x + b.width / 2, b.y
    bend = max(20.0, abs(y2 - y1) / 2)
    red = " path" if o.mark and source.mark else ""
    text = (
        ""
        if source.norm is None
        else f'<text class="norm" x="{(x1 + x2) / 2 + 3:.1f}" y="{(y1 + y2) / 2:.1f}">{source.norm:.3g}</text>'
    )
    return f'<path class="edge{red}" d="M{x1:.1f} {y1:.1f}C{x1:.1f} {y1 + bend:.1f} {x2:.1f} {y2 - bend:.1f} {x2:.1f} {y2:.1f}"/>{text}'


# -- Graphviz --------------------------------------------------------------------------------------------------------
def dot_text(outline: Outline) -> str:
    lines = [
        "digraph tape {",
        '  node [shape=box, fontname="monospace", fontsize=10];',
        '  graph [fontname="monospace", fontsize=10];',
    ]
    counter = iter(range(10**9))
    lines += dot_children(outline.root, 1, counter)
    for o in outline.all:
        for number, _ in o.inputs:
            source = outline.all[number]
            facts = ([f'label="{source.norm:.3g}"'] if source.norm is not None else []) + (
                ["color=red"] if o.mark and source.mark else []
            )
            lines.append(f"  n{number} -> n{o.number}" + (f" [{', '.join(facts)}]" if facts else "") + ";")
    return "\n".join([*lines, "}"]) + "\n"


def dot_children(box: Box, depth: int, counter: Any) -> list[str]:
    pad, lines = "  " * depth, []
    for child in box.children:
        if isinstance(child, Box):
            lines += [f"{pad}subgraph cluster_{next(counter)} {{", f"{pad}  label={quoted(shortened(child.label))};"]
            lines += [*dot_children(child, depth + 1, counter), f"{pad}}}"]
        else:
            label = "\\n".join(text.replace("\\", "\\\\").replace('"', '\\"') for text in labels(child))
            look = ", color=red, style=dashed" if child.mark == "cut" else ", color=red" if child.mark else ""
            round_ = ", style=rounded" if child.node is None and child.mark != "cut" else ""
            lines.append(f'{pad}n{child.number} [label="{label}"{look}{round_}];')
    return lines


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# -- the page -----------------------------------------------------------------------------------------------------------
def html_text(outline: Outline) -> str:
    files = sorted({o.file for o in outline.operations if o.node})
    data = {
        "files": files,
        "operations": [operation_data(o, files) for o in outline.all],
        "tree": [tree_data(child) for child in outline.root.children],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return PAGE.read_text(encoding="utf-8").replace("/*DATA*/null", text)


def operation_data(o: Operation, files: list[str]) -> dict[Any, Any]:
    facts = {"name": o.name, "shape": o.shape_text, "in": [n for n, _ in o.inputs], "source": o.node is None and o.mark != "cut"}
    if o.node:
        facts |= {"file": files.index(o.file), "line": o.line, "text": o.text, "held": o.held}
    if o.norm is not None:
        facts["norm"] = float(f"{o.norm:.4g}") if np.isfinite(o.norm) else str(o.norm)
    return facts | ({"mark": o.mark} if o.mark else {}) | ({"text": o.note} if o.note else {})


def tree_data(child: Any) -> Any:
    if isinstance(child, Operation):
        return child.number
    return {"label": child.label, "kind": child.kind, "place": child.place, "children": [tree_data(c) for c in child.children]}
