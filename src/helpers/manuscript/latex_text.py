"""How does a text become LaTeX that pdflatex, lualatex and xelatex all set as it reads?

Signs that mean something to LaTeX are written as commands, and so are dashes, quotation marks and the usual signs of mathematics. Accented Latin
letters stay as they are. pdflatex needs to be told of words in Greek or Cyrillic letters; of other scripts it has none.
"""

from __future__ import annotations

import re
import unicodedata

COMMANDS = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    **{sign: f"{{{sign}}}" for sign in "[]*"},  # after the end of a row they would be read as part of it
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
    "–": r"\textendash{}",
    "—": r"\textemdash{}",
    "‘": r"\textquoteleft{}",
    "’": r"\textquoteright{}",
    "“": r"\textquotedblleft{}",
    "”": r"\textquotedblright{}",
    "…": r"\textellipsis{}",
    "•": r"\textbullet{}",
    "†": r"\textdagger{}",
    "‡": r"\textdaggerdbl{}",
    "™": r"\texttrademark{}",
    "€": r"\texteuro{}",
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": r"\,",
    "\N{THIN SPACE}": r"\,",
    "\N{SOFT HYPHEN}": r"\-",
    "\N{NON-BREAKING HYPHEN}": r"\mbox{-}",
    "\N{ZERO WIDTH SPACE}": "",
    "\N{BYTE ORDER MARK}": "",
}
MATHEMATICS = {
    "−": "-", "×": r"\times", "÷": r"\div", "±": r"\pm", "·": r"\cdot", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "∼": r"\sim",
    "→": r"\rightarrow", "←": r"\leftarrow", "↔": r"\leftrightarrow", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "∞": r"\infty",
    "∩": r"\cap", "∪": r"\cup", "⊂": r"\subset", "⊆": r"\subseteq", "∈": r"\in", "∅": r"\emptyset", "¬": r"\neg", "∧": r"\wedge", "∨": r"\vee",
    "√": r"\surd", "∑": r"\sum", "Δ": r"\Delta", "✓": r"\surd", "✔": r"\surd", "✗": r"\times", "✘": r"\times", "°": r"^{\circ}",
    "²": "^{2}", "³": "^{3}", "¹": "^{1}", "₀": "_{0}", "₁": "_{1}", "₂": "_{2}", "₃": "_{3}",
}  # fmt: skip
LETTERS = {  # a Greek letter by itself is a symbol
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "varphi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega",
}  # fmt: skip
GREEK, CYRILLIC = r"[\u0370-\u03ff\u1f00-\u1fff]", r"[\u0400-\u045f\u0490-\u0493]"
PARTS = re.compile(f"(?P<LGR>{GREEK}+(?:[ ,.-]+{GREEK}+)*)|(?P<T2A>{CYRILLIC}+(?:[ ,.-]+{CYRILLIC}+)*)|(?P<other>.)", re.DOTALL)
SCRIPT = r"\providecommand{\inletters}[2]{{\ifdefined\Umathchar\else\fontencoding{#1}\selectfont\fi #2}}"
LATIN = {chr(code) for code in range(0xA1, 0x180)} - set("ĦħĸĿŀŉŦŧſ") | set("ȘșȚț")  # all that the encoding T1 has


def latex(text: str) -> str:
    r"""A text as LaTeX.

    Parameters
    ----------
    text : str
        On one line.

    Returns
    -------
    str
        For the encoding T1 (pdflatex) or Unicode (lualatex, xelatex). Greek and Cyrillic words need the command of `SCRIPT`.

    Examples
    --------
    >>> print(latex("50% of $x_1$ & <b>"))
    50\% of \$x\_1\$ \& \textless{}b\textgreater{}
    >>> print(latex("κ − 1 – a"))
    \ensuremath{\kappa} \ensuremath{-} 1 \textendash{} a
    """
    parts = "".join(_part(found) for found in PARTS.finditer(unicodedata.normalize("NFC", text)))
    return re.sub("([-,])(?=\\1)", r"\1{}", parts)  # two in a row would become one other sign


def encodings(text: str) -> list[str]:
    """The font encodings that pdflatex needs for the words of a text, beside T1.

    >>> encodings("Дом, κ and οἶκος")
    ['LGR', 'T2A']
    """
    found = (match for match in PARTS.finditer(unicodedata.normalize("NFC", text)) if match["other"] is None)
    return sorted({str(match.lastgroup) for match in found if match[0] not in LETTERS and match[0] not in MATHEMATICS})


def beyond_pdflatex(text: str) -> str:
    """The signs of a text that pdflatex cannot set at all, each once, in order of appearance.

    >>> beyond_pdflatex("Crème 漢字 brûlée")
    '漢字'
    """
    others = (match["other"] for match in PARTS.finditer(unicodedata.normalize("NFC", text)) if match["other"])
    return "".join(
        dict.fromkeys(sign for sign in others if sign not in COMMANDS and sign not in MATHEMATICS and sign not in LATIN and ord(sign) > 126)
    )


def _part(found: re.Match[str]) -> str:
    text = found[0]
    if text in COMMANDS:
        return COMMANDS[text]
    if text in MATHEMATICS:
        return f"\\ensuremath{{{MATHEMATICS[text]}}}"
    if text in LETTERS:
        return f"\\ensuremath{{\\{LETTERS[text]}}}"
    if found["other"] is not None:
        return text
    return f"\\inletters{{{found.lastgroup}}}{{{text}}}"
