"""What to write in place of a name that gradtape does not have: the sentences that errors and `check` show.

`substitutes.tsv` gives a sentence for a name, or for all names below it. `v1_names.tsv` says which names of TensorFlow 1 are
names of TensorFlow 2.
"""

from __future__ import annotations

import os
from functools import cache

HERE = os.path.dirname(os.path.realpath(__file__))
V1 = "tf.compat.v1."


@cache
def table(file: str) -> dict[str, str]:
    with open(os.path.join(HERE, file), encoding="utf-8") as lines:
        return dict(line.rstrip("\n").split("\t") for line in lines)


def substitute(name: str) -> str | None:
    """What to write instead of `tf.a.b` (or of a package as tensorflow_hub), None where nothing is known."""
    below = name.removeprefix(V1).removeprefix("tf.")
    modern = table("v1_names.tsv").get(below, "-") if name.startswith("tf.") else "-"
    if modern not in ("-", below):
        return f"That is TensorFlow 1's name: write tf.{modern}."
    known = sentence_for(name)
    if known is None and name.startswith("tf.") and table("v1_names.tsv").get(below) == "-":
        return sentence_for(V1 + below)
    return known


def sentence_for(name: str, file: str = "substitutes.tsv") -> str | None:
    """The sentence of the longest entry that is the name or stands above it."""
    parts, sentences = name.split("."), table(file)
    entries = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((sentences[entry] for entry in entries if entry in sentences), None)


def tf_name(module: str) -> str:
    """tensorflow.a, gradtape.a -> tf.a."""
    root, _, rest = module.partition(".")
    start = "tf" if root in ("tensorflow", "gradtape") else root
    return f"{start}.{rest}" if rest else start


def no_attribute(module: str, attribute: str) -> str:
    """The text of an AttributeError."""
    plain = f"module '{module}' has no attribute '{attribute}'"
    known = substitute(f"{tf_name(module)}.{attribute}")
    return f"{plain}. {known}" if known else plain
