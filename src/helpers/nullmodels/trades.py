"""How are random tables with given row and column totals made when they are too many to count?

A trade takes two rows, puts the columns that only one of them has into one pile, and deals the pile anew: each row gets as many as it had, every
deal as likely as the other, also the one that changes nothing. In the long run every table is as likely as every other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

import numpy as np
import pandas as pd

from ..incidence import yes_no_array
from ..problems import whole_number

TOGETHER = 51_200  # trades made at the same time: enough to outweigh the cost of a call, few enough to stay in the processor's cache
STEPS_FOR_ALL = 5  # dealing steps for all piles; then only the piles that are not dealt yet go on
STEPS_FOR_REST = 2


def curveball(incidence: pd.DataFrame, n: int, seed: int = 0, burn_in: int | None = None, thin: int | None = None) -> np.ndarray:
    """Random tables with the row and column totals of this one, by a Markov chain of trades between two rows.

    Many chains run side by side, each from the table itself. Rows trade in rounds, in each of which a row trades once at most. All chains trade
    the same pairs of rows, drawn at random, but each deals for itself. Once a chain has forgotten its start, every table is as likely as every
    other, but tables of one chain depend on one another. Use `draw_tables` where the tables can be counted: its draws are independent.

    Parameters
    ----------
    incidence : DataFrame of bool, shape (rows, columns)
    n : int
        How many tables.
    seed : int
        The same seed gives the same tables.
    burn_in : int
        Trades of two rows before the first table of a chain; 10 for each row unless told otherwise.
    thin : int
        Trades between two tables of a chain; 10 for each row unless told otherwise. Nobody has proved how many are needed. In tables of 10 x 10
        to 200 x 50, started from the most nested one, the means of mean_jaccard, c_score and nodf had settled after 2 to 5 for each row.

    Returns
    -------
    array of bool, shape (n, rows, columns)
        The tables of one chain stand apart by the number of chains.

    Raises
    ------
    SynopsisError
        For a table that is empty or not yes/no, or numbers that are not possible.

    References
    ----------
    Strona et al. (2014) Nat Commun 5:4114, the trade; Carstens, Berger and Strona (2018) MethodsX 5:773-780 and arXiv:1609.05137, that all rows
    may trade in one round, and that the result is uniform.

    Examples
    --------
    >>> drawn = curveball(pd.DataFrame([[1, 0], [0, 1], [1, 1]]).astype(bool), n=4, seed=1)
    >>> drawn.sum(axis=1).tolist() == [[2, 2]] * 4
    True
    """
    cells = yes_no_array(incidence)
    standard = chain_length(len(cells))
    burn_in, thin = (usual if asked is None else asked for asked, usual in zip((burn_in, thin), standard, strict=True))
    n, thin = whole_number("n", n, 1), whole_number("thin", thin, 1)
    return trade_rows(cells, n, whole_number("seed", seed, 0), whole_number("burn_in", burn_in, 0), thin)


def chain_length(rows: int) -> tuple[int, int]:
    """The usual burn-in and thinning, in trades of two rows: on average a row trades 20 times in each."""
    return 10 * rows, 10 * rows


def nested_table(row_totals: np.ndarray, column_totals: np.ndarray) -> np.ndarray:
    """One table that has these totals, depending on nothing else: each row, in turn, takes the columns that need most (Gale 1957, Ryser 1957).

    >>> nested_table(np.array([2, 1]), np.array([1, 1, 1])).astype(int).tolist()
    [[1, 1, 0], [0, 0, 1]]
    """
    needs = np.array(column_totals)
    cells = np.zeros((len(row_totals), len(needs)), dtype=bool)
    for row in np.argsort(-np.asarray(row_totals), kind="stable"):
        cells[row, np.argsort(-needs, kind="stable")[: row_totals[row]]] = True
        needs -= cells[row]
    return cells


def trade_rows(cells: np.ndarray, n: int, seed: int, burn_in: int, thin: int) -> np.ndarray:
    """What `curveball` returns, from an array of bool."""
    if len(cells) < 2:  # the columns' totals are the table
        return np.repeat(cells[None], n, axis=0)
    drawn = np.empty((n, *cells.shape), dtype=bool)
    chains = _chains(n, len(cells), burn_in, thin)
    rng = np.random.Generator(np.random.SFC64(seed))
    state = np.repeat(_words(cells)[:, :, None], chains, axis=2)
    _trade_often(state, burn_in, rng)
    for start in range(0, n, chains):
        _trade_often(state, thin, rng)
        part = drawn[start : start + chains]
        part[:] = _cells(state[:, :, : len(part)], cells.shape[1])
    return drawn


def _chains(n: int, rows: int, burn_in: int, thin: int) -> int:
    """How many chains run side by side: as many as are worth while, as long as each makes four times its burn-in, or more, after it."""
    affordable = n * thin // (4 * max(burn_in, chain_length(rows)[0]))
    return max(1, min(TOGETHER // min(rows // 2, thin), max(affordable, min(32, n // 8)), n))


def _trade_often(state: np.ndarray, trades: int, rng: np.random.Generator) -> None:
    for size in _round_sizes(trades, state.shape[0] // 2):
        rows = rng.permutation(len(state))[: 2 * size]
        _trade(state, rows[:size], rows[size:], rng)


def _round_sizes(trades: int, most: int) -> Iterator[int]:
    yield from repeat(most, trades // most)
    if trades % most:
        yield trades % most


def _trade(state: np.ndarray, ones: np.ndarray, others: np.ndarray, rng: np.random.Generator) -> None:
    """One trade of each pair of rows, in every chain. `state` has the shape (rows, words, chains)."""
    one, other = (state[rows].swapaxes(0, 1).reshape(state.shape[1], -1) for rows in (ones, others))
    pile, kept = one ^ other, one & other
    one ^= kept
    dealt = _deal(pile, _bit_count(one), rng)
    shape = (state.shape[1], len(ones), state.shape[2])
    state[ones] = (kept | dealt).reshape(shape).swapaxes(0, 1)
    state[others] = (kept | (pile ^ dealt)).reshape(shape).swapaxes(0, 1)


def _deal(pile: np.ndarray, wanted: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """From each pile as many columns as are wanted, every choice as likely as the other.

    Toss a coin for each column of the pile. If the heads are not too many, take them and go on with the tails; otherwise go on with the heads. No
    step knows one column from another, so no choice of columns is favoured, and about log2 of the pile's size steps are enough.
    """
    taken, open_ = np.zeros_like(pile), pile.copy()
    for _ in range(STEPS_FOR_ALL):
        _toss(open_, taken, wanted, rng)
    places = _still_open(open_, taken, wanted)
    rest = _at(places, open_, taken, wanted)
    while len(places):
        for _ in range(STEPS_FOR_REST):
            _toss(*rest, rng)
        if len(pile) == 1:
            _finish_small(rest[0][0], rest[1][0], rest[2], rng)
        more = _still_open(*rest)
        for word, dealt in zip(taken, rest[1], strict=True):
            word[places] = dealt
        places, rest = places[more], _at(more, *rest)
    return taken


def _at(places: np.ndarray, *arrays: np.ndarray) -> list[np.ndarray]:
    return [array.take(places, axis=-1) for array in arrays]


def _toss(open_: np.ndarray, taken: np.ndarray, wanted: np.ndarray, rng: np.random.Generator) -> None:
    """One step for all piles, in place."""
    heads = rng.bit_generator.random_raw(open_.size).reshape(open_.shape)  # 64 coins each
    heads &= open_
    number = _bit_count(heads)
    few = number <= wanted
    number *= few
    wanted -= number
    mask = _mask(few)
    open_ &= mask
    open_ ^= heads
    heads &= mask
    taken |= heads


def _finish_small(open_: np.ndarray, taken: np.ndarray, wanted: np.ndarray, rng: np.random.Generator) -> None:
    """Deal the piles of two or three columns in one go, in place: one column, each as likely as the other, gets what the others do not."""
    size = np.bitwise_count(open_)
    small = np.flatnonzero((size - 2 < 2) & (wanted > 0) & (wanted < size))  # whole numbers without a sign: 0 - 2 is large
    pile, size = open_[small], size[small]
    lowest = pile & -pile
    pile ^= lowest
    middle = pile & -pile
    pile ^= middle
    place = rng.integers(6, size=len(small), dtype=np.uint8) % size
    odd = np.where(place == 0, lowest, np.where(place == 1, middle, pile))
    taken[small] |= np.where(wanted[small] == 1, odd, open_[small] ^ odd)
    wanted[small] = 0


def _still_open(open_: np.ndarray, taken: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The piles that need another step. Where all that is left is wanted, it is taken."""
    whole = _bit_count(open_) == wanted
    taken |= open_ & _mask(whole)
    return np.flatnonzero((wanted > 0) & ~whole)


def _mask(chosen: np.ndarray) -> np.ndarray:
    """All 64 bits where chosen, none elsewhere: -1 and 0 as whole numbers."""
    return np.negative(chosen.view(np.int8)).astype(np.int64).view(np.uint64)


def _bit_count(words: np.ndarray) -> np.ndarray:
    """How many bits are set, over all words of a row."""
    counts = np.bitwise_count(words)
    return counts[0] if len(counts) == 1 else counts.sum(axis=0, dtype=np.int64)


def _words(cells: np.ndarray) -> np.ndarray:
    """Rows as numbers of 64 bits, shape (rows, words)."""
    padded = np.pad(cells, ((0, 0), (0, -cells.shape[1] % 64)))
    bits = np.ascontiguousarray(np.packbits(padded, axis=1, bitorder="little"))
    return bits.view("<u8").astype(np.uint64)


def _cells(state: np.ndarray, columns: int) -> np.ndarray:
    """The opposite, for the states of several chains: shape (chains, rows, columns)."""
    words = np.ascontiguousarray(state.transpose(2, 0, 1)).astype("<u8")
    return np.unpackbits(words.view(np.uint8), axis=2, count=columns, bitorder="little").view(bool)
