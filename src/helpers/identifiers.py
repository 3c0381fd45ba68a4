"""Which identifier does a label get?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def identifiers(labels: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Identifiers for labels, in their order: NFKC, case-folded, letters and digits of any script kept, every other run one `_`.

    Parameters
    ----------
    labels : iterable of str
    taken : iterable of str
        Identifiers that are in use already.

    Returns
    -------
    list of str
        One identifier a label, all different: where two would be equal, the later gets `_2`, `_3` and so on.

    Examples
    --------
    >>> identifiers(["Open dialogue", "De+", "De-", "Gemüse (Gruppierung)"])
    ['open_dialogue', 'de', 'de_2', 'gemüse_gruppierung']
    """
    used = set(taken)
    made = []
    for label in labels:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).casefold())
        kept = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in folded)
        base = "_".join(kept.split()) or "_"
        name, number = base, 1
        while name in used:
            number += 1
            name = f"{base}_{number}"
        used.add(name)
        made.append(name)
    return made
