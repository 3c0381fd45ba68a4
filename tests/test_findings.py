"""A finding says what was computed, in words, and keeps its values as JSON knows them."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest

from helpers import SynopsisError
from helpers.findings import MIME, finding, left_out


@pytest.mark.parametrize("sentence", ["3 models share it", "{n} of 10 models", "In 2014 {n}", "{n} of ١٠", "{n}{{7}}"])
def test_a_sentence_with_a_number_of_its_own_is_refused(sentence):
    with pytest.raises(SynopsisError, match=r"finding a\.b holds a number of its own"):
        finding("a.b", sentence, n=3)


def test_digits_may_stand_in_names_and_formats():
    assert finding("a.b", "{p_1:.2f} of {{all}}", p_1=0.125).sentence == "0.12 of {all}"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("{n} of {total} {items}", "items and total"),
        ("{m}", "names m"),
        ("{n.real}", "n.real"),
        ("{0}", "0"),
        ("{}", "value"),
        ("{n:{width}}", "width"),
    ],
)
def test_a_missing_value_is_refused(sentence, words):
    with pytest.raises(SynopsisError, match=words):
        finding("a.b", sentence, n=3)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.str_("x"), "x"),
        (np.float32(0.5), 0.5),
        (float("nan"), None),
        (np.float64("inf"), None),
        ((1, np.int8(2)), [1, 2]),
        ({1: [np.float64("nan")], "b": {"c": np.int64(1)}}, {"1": [None], "b": {"c": 1}}),
        (None, None),
    ],
)
def test_values_are_plain_json(value, plain):
    kept = finding("a.b", "It is so.", value=value).values["value"]
    assert kept == plain and type(kept) is type(plain)
    json.dumps(kept, allow_nan=False)


@pytest.mark.parametrize("value", [{1, 2}, Fraction(1, 2), object(), np.array([1, 2]), b"x"])
def test_other_values_are_refused(value):
    with pytest.raises(SynopsisError, match="must be a number, a text or a list of these, not"):
        finding("a.b", "It is so.", value=value)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], "None share it."), (["a"], "A share it."), (["a", "b"], "A and b share it."), (("a", "b", "c"), "A, b and c share it.")],
)
def test_a_list_is_written_out(words, sentence):
    assert finding("a.b", "{who} share it.", who=words).sentence == sentence


@pytest.mark.parametrize("sentence", ["kappa is {kappa:.2f}", "kappa is {kappa}"])
def test_an_undefined_number_is_not_printed_as_none(sentence):
    """Kappa is undefined on a constant table: the sentence says so in words, the stored value is null, and nothing fails."""
    result = finding("a.b", sentence, kappa=float("nan"))
    assert result.values == {"kappa": None} and "None" not in result.sentence


def test_the_output_carries_sentence_and_values():
    result = finding("tables.shared", "{n} of {total} share it.", n=np.int64(3), total=10, who=["a"])
    assert repr(result) == "3 of 10 share it."
    assert result._repr_mimebundle_() == {
        "text/plain": "3 of 10 share it.",
        MIME: {"id": "tables.shared", "sentence": "3 of 10 share it.", "values": {"n": 3, "total": 10, "who": ["a"]}},
    }
    assert MIME == "application/vnd.synopsis.finding+json"  # the contract


def test_a_part_that_is_left_out_says_what_it_needs(capsys):
    left_out("The quadrant", "two ratings")
    assert capsys.readouterr().out == "Left out: The quadrant. It needs two ratings.\n"
