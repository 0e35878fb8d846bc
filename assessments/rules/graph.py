"""A branching story as a drawing: rows by distance from the start, lines with arrowheads that cross no scene.

All lengths are whole pixels. A line to the next row is a curve; every other line goes through the gaps between rows
and a lane beside them. Lines to one scene share their lane, so forty scenes stay readable.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.rules.walking import OPEN, SAFE, UNSAFE, Scene

MOST_IN_A_ROW = 4
WIDTH, HEIGHT = 168, 60
BESIDE = 16
BETWEEN = 46
LANE, TRACK = 7, 6
MARGIN = 12
HEAD = 7
LONGEST_CODE, LONGEST_TEXT = 19, 22


@dataclass(frozen=True, slots=True)
class Node:
    """A scene on the drawing; `x`, `y` are its upper left corner. `is_missing`: only a choice names it."""

    code: str
    ending: str
    x: int
    y: int
    is_start: bool
    is_reached: bool
    is_missing: bool

    @property
    def title(self) -> str:
        return cut(self.code, LONGEST_CODE)

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def outline(self) -> str:
        """The shape as an SVG path: an ending is a pill (safe), a hexagon (open) or a stop sign (not safe)."""
        return _outline(self.ending, self.x, self.y)


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from scene to scene. `is_back`: from an ending that is not safe she tries again."""

    source: str
    target: str
    is_back: bool
    path: str
    head: str


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    source: str
    target: str
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """What stands in which row, and which lines take a lane on which side ("" for a curve)."""

    rows: tuple[tuple[str, ...], ...]
    row_of: Mapping[str, int]
    left_of: Mapping[str, int]
    side_of: Mapping[_Line, str]

    def gap_after(self, line: _Line) -> int:
        return self.row_of[line.source] + 1

    def gap_before(self, line: _Line) -> int:
        return self.row_of[line.target]


def cut(text: str, most: int) -> str:
    """At most `most` characters, with a sign where something was left out."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def distances(scenes: Mapping[str, Scene], start: str) -> dict[str, int]:
    """How many decisions it takes at least to come to a scene; what is not reached is not in it."""
    found = {start: 0} if start in scenes else {}
    waiting = deque(found)
    while waiting:
        code = waiting.popleft()
        for target in scenes[code].ways:
            if target not in found and target in scenes:
                found[target] = found[code] + 1
                waiting.append(target)
    return found


def draw(scenes: Sequence[Scene], start: str) -> Drawing:
    """The drawing of a story, finished or not. Of scenes with the same code the first is drawn."""
    told: dict[str, Scene] = {}
    for scene in scenes:
        told.setdefault(scene.code, scene)
    lines = _lines(told.values())
    known = told | {line.target: Scene(line.target) for line in lines if line.target not in told}
    reached = distances(known, start)
    plan = _plan(list(known), reached, lines)
    lanes, tracks, used = _lanes(plan, lines)
    tops, height = _tops(plan, used)
    left = MARGIN + LANE * (1 + max((lane for (_target, side), lane in lanes.items() if side == "left"), default=-1))
    right = left + _inner_width(plan)
    width = (
        right + MARGIN + LANE * (1 + max((n for (_target, side), n in lanes.items() if side == "right"), default=-1))
    )
    nodes = {
        code: Node(
            code=code,
            ending=scene.ending,
            x=left + plan.left_of[code],
            y=tops[plan.row_of[code]],
            is_start=code == start,
            is_reached=code in reached,
            is_missing=code not in told,
        )
        for code, scene in known.items()
    }
    leaving, arriving = _ports(plan, lines, nodes)
    edges = []
    for line in lines:
        source, target, side = nodes[line.source], nodes[line.target], plan.side_of[line]
        here, there = (leaving[line], source.y + HEIGHT), (arriving[line], target.y)
        if not side:
            path = _curve(here, there)
        else:
            lane = lanes[line.target, side]
            beside = left - LANE * (lane + 1) if side == "left" else right + LANE * (lane + 1)
            above = there[1] - BETWEEN // 2 - TRACK * tracks[line.target, side]
            below = here[1] + BETWEEN // 4 + TRACK * tracks[line]
            path = f"M{here[0]} {here[1]}V{below}H{beside}V{above}H{there[0]}V{there[1] - HEAD}"
        edges.append(Edge(line.source, line.target, line.is_back, path, _head(there)))
    return Drawing(width, height, tuple(nodes.values()), tuple(edges))


def _lines(scenes: Iterable[Scene]) -> list[_Line]:
    """Two choices that lead to the same scene are one line; a way that names nothing is none."""
    found: dict[_Line, None] = {}
    for scene in scenes:
        found |= {_Line(scene.code, target): None for target in scene.ways if target}
        if scene.ending == UNSAFE and scene.back:
            found[_Line(scene.code, scene.back, True)] = None
    return list(found)


def _plan(codes: Sequence[str], reached: Mapping[str, int], lines: Sequence[_Line]) -> _Plan:
    rows: list[tuple[str, ...]] = []
    row_of: dict[str, int] = {}
    left_of: dict[str, int] = {}
    widest = MOST_IN_A_ROW * (WIDTH + BESIDE) - BESIDE
    before: dict[str, list[str]] = {}
    for line in lines:
        before.setdefault(line.target, []).append(line.source)
    for level in range(max(reached.values(), default=-1) + 2):
        # The last turn is for what nobody reaches.
        here = [code for code in codes if reached.get(code, max(reached.values(), default=-1) + 1) == level]
        placed = {
            code: [left_of[one] for one in before.get(code, ()) if reached.get(one) == level - 1] for code in here
        }
        here.sort(key=lambda code: sum(placed[code]) / len(placed[code]) if placed[code] else widest)
        for row in _wrapped(here):
            used = len(row) * (WIDTH + BESIDE) - BESIDE
            for place, code in enumerate(row):
                row_of[code] = len(rows)
                left_of[code] = (widest - used) // 2 + place * (WIDTH + BESIDE)
            rows.append(row)
    outermost = min(left_of.values(), default=0)
    left_of = {code: x - outermost for code, x in left_of.items()}
    middle = max(left_of.values(), default=0)
    side_of = {}
    for line in lines:
        is_next = row_of[line.target] == row_of[line.source] + 1
        is_left = left_of[line.source] + left_of[line.target] < middle
        side_of[line] = "" if is_next else "left" if is_left else "right"
    return _Plan(tuple(rows), row_of, left_of, side_of)


def _wrapped(codes: Sequence[str]) -> list[tuple[str, ...]]:
    """Rows of about the same length, none longer than MOST_IN_A_ROW."""
    count = -(-len(codes) // MOST_IN_A_ROW)
    sizes = [len(codes) // count + (number < len(codes) % count) for number in range(count)]
    starts = [sum(sizes[:number]) for number in range(count)]
    return [tuple(codes[begin : begin + size]) for begin, size in zip(starts, sizes, strict=True)]


def _inner_width(plan: _Plan) -> int:
    return max(plan.left_of.values(), default=0) + WIDTH


Bundle = tuple[str, str]


def _lanes(
    plan: _Plan, lines: Sequence[_Line]
) -> tuple[dict[Bundle, int], dict[Bundle | _Line, int], dict[int, tuple[int, int]]]:
    """The lane of each bundle (target, side), counted outwards; the track of each line and bundle inside its gap;
    and by gap how many tracks (leaving, arriving) it needs."""
    spans: dict[Bundle, tuple[int, int]] = {}
    tracks: dict[Bundle | _Line, int] = {}
    leaving: Counter[int] = Counter()
    arriving: Counter[int] = Counter()
    for line in lines:
        side = plan.side_of[line]
        if not side:
            continue
        bundle, after, gap = (line.target, side), plan.gap_after(line), plan.gap_before(line)
        low, high = spans.get(bundle, (gap, gap))
        if bundle not in spans:
            tracks[bundle] = arriving[gap]
            arriving[gap] += 1
        spans[bundle] = min(low, after), max(high, after)
        tracks[line] = leaving[after]
        leaving[after] += 1
    lanes: dict[Bundle, int] = {}
    for bundle in sorted(spans, key=lambda one: (spans[one][1] - spans[one][0], one)):
        low, high = spans[bundle]
        taken = {
            lane
            for other, lane in lanes.items()
            if other[1] == bundle[1] and spans[other][0] <= high and low <= spans[other][1]
        }
        lanes[bundle] = next(number for number in range(len(taken) + 1) if number not in taken)
    used = {gap: (leaving[gap], arriving[gap]) for gap in range(len(plan.rows) + 1)}
    return lanes, tracks, used


def _tops(plan: _Plan, used: Mapping[int, tuple[int, int]]) -> tuple[list[int], int]:
    """The upper edge of each row, and how high the whole is."""
    tops: list[int] = []
    y = MARGIN
    for gap in range(len(plan.rows)):
        leaving, arriving = used[gap]
        y += TRACK * (leaving + arriving) + (BETWEEN if tops or arriving else 0)
        tops.append(y)
        y += HEIGHT
    leaving, _arriving = used[len(plan.rows)]
    return tops, y + MARGIN + (BETWEEN // 4 + TRACK * leaving if leaving else 0)


def _ports(plan: _Plan, lines: Sequence[_Line], nodes: Mapping[str, Node]) -> tuple[dict[_Line, int], dict[_Line, int]]:
    """Where on its scene each line leaves and arrives. Lines of one bundle arrive together."""

    def outward(side: str, other: Node) -> int:
        return {"left": -1, "right": 10**6}.get(side, other.middle)

    leaving: dict[_Line, int] = {}
    arriving: dict[_Line, int] = {}
    for code, node in nodes.items():
        out = sorted(
            (line for line in lines if line.source == code),
            key=lambda line: outward(plan.side_of[line], nodes[line.target]),
        )
        for number, line in enumerate(out, 1):
            leaving[line] = node.x + WIDTH * number // (len(out) + 1)
        into = [line for line in lines if line.target == code]
        places = {line: outward(plan.side_of[line], nodes[line.source]) for line in into}
        order = sorted({(place, "" if plan.side_of[one] else one.source) for one, place in places.items()})
        for line in into:
            number = order.index((places[line], "" if plan.side_of[line] else line.source)) + 1
            arriving[line] = node.x + WIDTH * number // (len(order) + 1)
    return leaving, arriving


Point = tuple[int, int]


def _curve(here: Point, there: Point) -> str:
    bend = (there[1] - here[1]) // 2
    return f"M{here[0]} {here[1]}C{here[0]} {here[1] + bend} {there[0]} {there[1] - bend} {there[0]} {there[1] - HEAD}"


def _head(there: Point) -> str:
    return f"M{there[0]} {there[1]}l-4 -{HEAD + 1}h8z"


def _outline(ending: str, x: int, y: int) -> str:
    half = HEIGHT // 2
    if ending == SAFE:
        long = WIDTH - HEIGHT
        return f"M{x + half} {y}h{long}a{half} {half} 0 0 1 0 {HEIGHT}h-{long}a{half} {half} 0 0 1 0 -{HEIGHT}z"
    if ending == OPEN:
        corner, long = 14, WIDTH - 28
        return f"M{x + corner} {y}h{long}l{corner} {half}l-{corner} {half}h-{long}l-{corner} -{half}z"
    if ending == UNSAFE:
        corner = 16
        long, high = WIDTH - 2 * corner, HEIGHT - 2 * corner
        return (
            f"M{x + corner} {y}h{long}l{corner} {corner}v{high}l-{corner} {corner}h-{long}l-{corner} -{corner}v-{high}z"
        )
    return f"M{x} {y}h{WIDTH}v{HEIGHT}h-{WIDTH}z"
