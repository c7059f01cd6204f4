"""Writes src/gradtape/api/scripts.txt: where the code points of each script begin. An environment with TensorFlow 2.21.

python tests/data/make_scripts.py
"""

from pathlib import Path

import numpy as np
import tensorflow as tf

HEAD = "# First code point of a range, and the script of the range (ICU's UScriptCode). Written by tests/data/make_scripts.py.\n"
numbers = tf.strings.unicode_script(np.arange(0x110000, dtype=np.int32)).numpy()
firsts = np.flatnonzero(np.diff(numbers, prepend=-9))
lines = [f"{first:x} {numbers[first]}\n" for first in firsts]
TARGET = Path(__file__).resolve().parents[2] / "src" / "gradtape" / "api" / "scripts.txt"
TARGET.write_text(HEAD + "".join(lines), encoding="ascii")
