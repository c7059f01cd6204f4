"""Places for the boxes of an outline: rows by the longest path, rows folded into columns, boxes inside boxes."""

from __future__ import annotations

from typing import Any, NamedTuple

from .outline import Box, Operation, shortened

CHARACTER, LINE, PAD, HEAD, GAP_X, GAP_Y = 6.6, 14, 12, 20, 18, 26
COLUMN = 2400  # a column of rows that is higher than this goes on beside it


class Place(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    item: Box | Operation
    depth: int


def labels(o: Operation) -> list[str]:
    if o.mark == "cut":
        return [o.name, shortened(o.note)]
    place = f"{o.file.rpartition('/')[2]}:{o.line}" if o.node else ""
    return [text for text in (o.name, o.shape_text, place) if text]


def placed(root: Box) -> list[Place]:
    """Every box and operation, outer ones first."""
    _, _, found = laid_out(root, 0)
    return found


def laid_out(box: Box, depth: int) -> tuple[float, float, list[Place]]:
    """Width, height and content of a box, the content relative to the box."""
    parts = [part_of(child, depth + 1) for child in box.children]
    columns = folded(rows_of(box.children), parts)
    found: list[Place] = []
    x, bottom = float(PAD), 0.0
    for rows in columns:
        width = max(sum(parts[k][0] for k in row) + GAP_X * (len(row) - 1) for row in rows)
        y = float(HEAD + PAD if depth else PAD)
        for row in rows:
            left = x + (width - sum(parts[k][0] for k in row) - GAP_X * (len(row) - 1)) / 2
            for k in row:
                w, h, inner = parts[k]
                found.append(Place(left, y, w, h, box.children[k], depth + 1))
                found += [Place(p.x + left, p.y + y, *p[2:]) for p in inner]
                left += w + GAP_X
            y += max(parts[k][1] for k in row) + GAP_Y
        bottom = max(bottom, y - GAP_Y)
        x += width + 3 * GAP_X
    title = len(shortened(box.label)) * CHARACTER + 2 * PAD if depth else 0.0
    return max(x - 3 * GAP_X + PAD, title), bottom + PAD, found


def part_of(child: Any, depth: int) -> tuple[float, float, list[Place]]:
    if isinstance(child, Box):
        return laid_out(child, depth)
    texts = labels(child)
    return max(len(t) for t in texts) * CHARACTER + 2 * PAD, len(texts) * LINE + PAD, []


def rows_of(children: list[Any]) -> list[list[int]]:
    """The children by rows: each stands below all that it takes values from."""
    owner = {o.number: k for k, child in enumerate(children) for o in (child.operations() if isinstance(child, Box) else [child])}
    rank = [0] * len(children)
    for k, child in enumerate(children):
        for o in child.operations() if isinstance(child, Box) else [child]:
            above = [owner[n] for n, _ in o.inputs if n in owner and owner[n] < k]
            rank[k] = max([rank[k], *(rank[a] + 1 for a in above)])
    for k, child in enumerate(children):  # a source stands right above its first user
        if isinstance(child, Operation) and child.node is None:
            users = [rank[j] for j, other in enumerate(children) if j != k and takes(other, child.number)]
            rank[k] = max(0, min(users, default=1) - 1)
    rows: dict[int, list[int]] = {}
    for k, r in enumerate(rank):
        rows.setdefault(r, []).append(k)
    return [rows[r] for r in sorted(rows)]


def takes(child: Any, number: int) -> bool:
    return any(n == number for o in (child.operations() if isinstance(child, Box) else [child]) for n, _ in o.inputs)


def folded(rows: list[list[int]], parts: list[Any]) -> list[list[list[int]]]:
    """The rows in columns of about the same height."""
    columns: list[list[list[int]]] = [[]]
    height = 0.0
    for row in rows:
        tall = max(parts[k][1] for k in row) + GAP_Y
        if columns[-1] and height + tall > COLUMN:
            columns.append([])
            height = 0.0
        columns[-1].append(row)
        height += tall
    return columns if rows else []
