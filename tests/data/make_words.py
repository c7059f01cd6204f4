"""Records TensorFlow's values of tests/data/words_cases.py in words.json: an environment with TensorFlow 2.21.

python tests/data/make_words.py
"""

import json
from pathlib import Path

import tensorflow as tf
from words_cases import CASES, outcome

found = {name: outcome(tf, program) for name, program in CASES.items()}
Path(__file__).with_name("words.json").write_text(json.dumps(found, separators=(",", ":"), ensure_ascii=True) + "\n")
