"""How many trees do ties allow, and in what share of them is each group?

Every path from the first state to the last is a tree, and no two paths are the same tree (in weighted linkage see `merged`). So trees are
counted, and the shares of their groups, without a list of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from . import shapes, tied
from .states import Arc, Groups, TieStates
from .tied import TooManyError, places

MOST_ARCS = 20_000  # whose chances are worked out in a few seconds

Ball = tuple[int, int]  # a group and the height at which it is complete
Shares = dict[int, Fraction]
Weight = Callable[[Arc], int]


def merged(ties: TieStates) -> tuple[list[list[Arc]], list[int]]:
    """Arcs and order of states in which every path is another tree.

    They are so from the beginning, except in weighted linkage: there one partition may stand for several states, as distances depend on the
    order of joins, and two paths may come through the same groups at the same heights. States that cannot be told apart by groups and heights
    so far are taken together (as when an automaton is made deterministic).
    """
    if ties.linkage != "weighted":
        return ties.arcs, ties.order
    sets, arcs = [frozenset([0])], []
    known: dict[frozenset[int], int] = {sets[0]: 0}
    for together in sets:  # grows while it is gone through
        leads: dict[tuple[int, Groups], tuple[set[int], Arc]] = {}
        for arc in (arc for state in sorted(together) for arc in ties.arcs[state]):
            leads.setdefault((arc.height, ties.states[arc.to][0]), (set(), arc))[0].add(arc.to)
        arcs.append([])
        for targets, arc in ((frozenset(targets), arc) for targets, arc in leads.values()):
            if targets not in known:
                known[targets] = len(sets)
                sets.append(targets)
            arcs[-1].append(Arc(arc.height, arc.blocks, 1, known[targets]))
    return arcs, sorted(range(len(sets)), key=lambda number: (-len(ties.states[min(sets[number])][0]), number))


def n_trees(ties: TieStates) -> int:
    """The number of trees: distinct sets of cophenetic distances."""
    return _ahead(*merged(ties), _once)[0]


def n_topologies(ties: TieStates) -> int | None:
    """The number of topologies: distinct sets of groups of a rooted binary tree. A topology decides all heights, so it belongs to one tree.

    None for a single linkage whose topologies cannot be counted.
    """
    return None if any(not arc.topologies for at in ties.arcs for arc in at) else _ahead(ties.arcs, ties.order, _topologies)[0]


def by_tree(ties: TieStates) -> Shares:
    """For each group that some tree shows, the share of trees that show it."""
    return _shares(*merged(ties), _once)


def by_topology(ties: TieStates) -> Shares:
    """For each of these groups, the share of topologies that hold it, also where the tree joins it further at the same height."""
    if ties.linkage == "single":  # one tree, and each of its groups is in all of its topologies
        return by_tree(ties)
    held = _shares(ties.arcs, ties.order, _topologies)
    flow, total = _flow(ties.arcs, ties.order, _topologies), n_topologies(ties)
    for state, at in enumerate(ties.arcs):
        for arc, through in zip(at, flow[state], strict=True):
            for block in (block for block in arc.blocks if len(block.parts) > 2):
                for group in held:
                    if group & block.whole == group != block.whole:
                        held[group] += Fraction(through * block.topologies_with(group), total * block.topologies())
    return held


def by_random_ties(ties: TieStates) -> dict[int, float]:
    """For each of these groups, how likely it is if each tie is broken by lot, all open joins with the same chance.

    Raises
    ------
    TooManyError
        If there are too many ways to go through.
    """
    reached = [0.0] * len(ties.states)
    reached[0] = 1.0
    held: dict[int, float] = {}
    if sum(map(len, ties.arcs)) > MOST_ARCS:
        raise TooManyError
    for state in ties.order:
        for arc in ties.arcs[state]:
            through = reached[state] * float(_chance(ties, state, arc))
            reached[arc.to] += through
            for block in arc.blocks:
                held[block.whole] = held.get(block.whole, 0.0) + through
    return {group: round(share, 12) for group, share in held.items()}


def heights(ties: TieStates) -> dict[int, tuple[Fraction, Fraction]]:
    """The lowest and the highest height of each group that some tree shows."""
    found: dict[int, tuple[int, int]] = {}
    for arc in (arc for at in ties.arcs for arc in at):
        for block in arc.blocks:
            low, high = found.get(block.whole, (arc.height, arc.height))
            found[block.whole] = min(low, arc.height), max(high, arc.height)
    return {group: (low * ties.unit, high * ties.unit) for group, (low, high) in found.items()}


def trees(ties: TieStates) -> Iterator[tuple[Ball, ...]]:
    """Every tree, as its groups with their heights in units of `ties.unit`, lowest first."""
    arcs, _ = merged(ties)

    def onwards(state: int) -> Iterator[tuple[Ball, ...]]:
        if not arcs[state]:
            yield ()
        for arc in arcs[state]:
            for rest in onwards(arc.to):
                yield (*((block.whole, arc.height) for block in arc.blocks), *rest)

    return onwards(0)


def _once(arc: Arc) -> int:
    return 1


def _topologies(arc: Arc) -> int:
    return arc.topologies


def _ahead(arcs: list[list[Arc]], order: list[int], weight: Weight) -> list[int]:
    """The weight of all paths from each state to the end; a path weighs the product of its arcs' weights."""
    ahead = [1] * len(arcs)
    for state in reversed(order):
        if arcs[state]:
            ahead[state] = sum(weight(arc) * ahead[arc.to] for arc in arcs[state])
    return ahead


def _flow(arcs: list[list[Arc]], order: list[int], weight: Weight) -> list[list[int]]:
    """The weight of all paths through each arc."""
    ahead, behind = _ahead(arcs, order, weight), [0] * len(arcs)
    behind[0] = 1
    flow: list[list[int]] = [[] for _ in arcs]
    for state in order:
        for arc in arcs[state]:
            through = behind[state] * weight(arc)
            behind[arc.to] += through
            flow[state].append(through * ahead[arc.to])
    return flow


def _shares(arcs: list[list[Arc]], order: list[int], weight: Weight) -> Shares:
    held: dict[int, int] = {}
    flow = _flow(arcs, order, weight)
    for state in order:
        for arc, through in zip(arcs[state], flow[state], strict=True):
            for block in arc.blocks:
                held[block.whole] = held.get(block.whole, 0) + through
    total = max(sum(flow[0]), 1)
    return {group: Fraction(count, total) for group, count in held.items()}


def _chance(ties: TieStates, state: int, arc: Arc) -> Fraction:
    """How likely the arc is among those that leave its state: what hangs together by ties goes its own way, whatever the rest does."""
    if len(ties.arcs[state]) == 1:
        return Fraction(1)
    place = {group: number for number, group in enumerate(ties.states[state][0])}
    near, chance = ties.near(state), Fraction(1)
    for part in tied.components(near):
        here = {point: number for number, point in enumerate(places(part))}
        sets = {sum(1 << here[place[p]] for p in block.parts): block.shape for block in arc.blocks if part >> place[block.parts[0]] & 1}
        alone = (1 << len(here)) - 1 & ~sum(sets)
        chance *= _outcome_chance(tied.within(near, part), sets | {1 << point: None for point in places(alone)})
    return chance


def _outcome_chance(near: tied.Near, sets: dict[int, shapes.Shape | None]) -> Fraction:
    if all(shape is None for shape in sets.values()):
        return tied.chances(near)[tuple(sorted(sets))]
    ended = shapes.shaped_chances(near)[tuple(sorted(sets))]
    fits = (chance for blocks, chance in ended if all(sets[points] in (None, shape) for points, shape in blocks))
    return sum(fits, Fraction(0))
