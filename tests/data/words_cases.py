"""What tests/data/make_words.py records from TensorFlow and tests/unit/test_words.py compares with: name -> program over tf."""

import os
import tempfile

import numpy as np

MIXED = [3.14159, 1e10, 1e-5, float("nan"), float("inf"), -0.0, 1234567.0]
SHAPES = [[["a", "b"], ["c", "d"]], ["x", "yz"]]
TEXTS = ["a1b2", "Hello World", "", "tabs\tand\nlines", "äöü ß"]
PATTERNS = [
    ("o", "0"), ("(a)(b)?", r"\2\1"), (r"[[:digit:]]|\pL", r"<\0>"), ("", "-"), ("x*", "-"), (".", "x"), ("(?i)h", "j"), ("a$", "-"),
    (r"\s", "_"), (r"\bW", "w"), ("[^[:alpha:] ]", ""), ("(?P<n>l+)o", r"\1"), (r"\d+", "#"), ("a|ab", "X"), (r"[\]\[!\"#$%&'()]", "?"),
    (r"\p{Lu}", "U"), (r"l{2}", "LL"), ("(?s).*", "all"), ("(?m)^t", "T"), (r"\Qa1\E", "q"), (r"[[:^space:]]+", "w"), ("l*?", "."),
    (r"(?:a|H)(\d)?", r"[\1]"), ("(?-s).+", "line"), (r"\x{e4}", "ae"), (r"\w\W", "|"), ("a", r"\\"), ("a", r"\5"),
]  # fmt: skip
BAD_PATTERNS = ["(", "(?<!a)b", "(?=a)", r"(a)\1", "a**", "[a", "[[:nope:]]", "a++", r"\p{Nope}", "(?>a)"]


def file_of(text):
    path = os.path.join(tempfile.mkdtemp(), "file.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def ragged(tf):
    return tf.ragged.constant([[1.0, 2.0], [], [3.0]])


def deep(tf):
    return tf.ragged.constant([[[1, 2], [3]], [], [[4, 5, 6]]])


def matrix(tf):
    return tf.SparseTensor([[0, 1], [1, 0], [1, 2]], [3.0, -4.0, 5.0], [2, 3])


def examples(tf):
    train = tf.train

    def message(**lists):
        kinds = {"f": ("float_list", train.FloatList), "i": ("int64_list", train.Int64List), "b": ("bytes_list", train.BytesList)}
        features = {}
        for name, (kind, values) in lists.items():
            field, make = kinds[kind]
            features[name] = train.Feature(**{field: make(value=values)})
        return train.Example(features=train.Features(feature=features)).SerializeToString()

    first = message(
        a=("i", [1, 2, 3]), w=("b", [b"x", b"y"]), ix=("i", [4, 0]), v=("f", [0.5, 1.5]), jx=("i", [0, 1]), l=("i", [2, 1])
    )
    second = message(a=("i", [7]), ix=("i", [1]), v=("f", [2.5]), jx=("i", [3]), l=("i", [1]))
    return [first, second, message(z=("i", [1]))]


def parsed(**kinds):
    return lambda tf: tf.io.parse_example(examples(tf), {k: make(tf) for k, make in kinds.items()})


def gradients(function, *makers):
    """The value of a function and its gradients."""

    def program(tf):
        sources = [make(tf) for make in makers]
        watched = [s.values if hasattr(s, "dense_shape") else s for s in sources]
        with tf.GradientTape() as tape:
            for w in watched:
                tape.watch(w)
            y = function(tf, *sources)
        return [y, *[tf.convert_to_tensor(g) if not hasattr(g, "row_splits") else g for g in tape.gradient(y, watched)]]

    return program


STRINGS = {
    "lower": lambda tf: tf.strings.lower(TEXTS),
    "lower utf-8": lambda tf: tf.strings.lower(["ÄB", "É"], encoding="utf-8"),
    "lower bad": lambda tf: tf.strings.lower("a", encoding="x"),
    "upper": lambda tf: tf.strings.upper(TEXTS),
    "upper utf-8": lambda tf: tf.strings.upper(TEXTS, encoding="utf-8"),
    "strip": lambda tf: tf.strings.strip(["  a b\x0b\n\t", "\xa0c\r ", ""]),
    "length": lambda tf: [tf.strings.length(TEXTS), tf.strings.length(TEXTS, unit="UTF8_CHAR")],
    "length ragged": lambda tf: tf.strings.length(tf.ragged.constant([["a", "bcd"], []])),
    "length bad": lambda tf: tf.strings.length("a", unit="X"),
    "substr": lambda tf: [tf.strings.substr("hello", p, n) for p, n in [(1, 3), (-3, 2), (5, 2), (1, -1), (0, 99), (-5, 1)]],
    "substr each": lambda tf: tf.strings.substr(["hello", "world"], [1, 2], [3, 1]),
    "substr broadcast": lambda tf: tf.strings.substr("hello", [0, 1], [1, 2]),
    "substr characters": lambda tf: [tf.strings.substr("hällö", p, 2, unit="UTF8_CHAR") for p in (1, -2, 3)],
    "substr outside": lambda tf: tf.strings.substr("hello", 7, 2),
    "substr before": lambda tf: tf.strings.substr("hello", -9, 2),
    "substr shapes": lambda tf: tf.strings.substr("hello", 1, [1, 2]),
    "to_number": lambda tf: tf.strings.to_number(["1.5", "-2e3", " 3 ", "inf", "0x10", ".5", "5."]),
    "to_number kinds": lambda tf: [
        tf.strings.to_number(["7", "-3"], k) for k in (tf.int32, tf.int64, tf.float64)
    ],
    "to_number word": lambda tf: tf.strings.to_number("x"),
    "to_number empty": lambda tf: tf.strings.to_number(""),
    "to_number float": lambda tf: tf.strings.to_number("1.5", tf.int32),
    "to_number large": lambda tf: tf.strings.to_number("99999999999", tf.int32),
    "to_number kind": lambda tf: tf.strings.to_number("1", tf.uint8),
    "as_string": lambda tf: [
        tf.strings.as_string(tf.constant(MIXED), **k)
        for k in ({}, {"precision": 2}, {"scientific": True}, {"shortest": True}, {"width": 12, "fill": "0"}, {"width": 12})
    ],
    "as_string double": lambda tf: tf.strings.as_string(tf.constant(MIXED, tf.float64)),
    "as_string kinds": lambda tf: [
        tf.strings.as_string(x)
        for x in (5, True, tf.constant(1 + 2j), "a", tf.constant(1.5, tf.float16), tf.constant(1.5, tf.bfloat16))
    ],
    "as_string fill": lambda tf: [tf.strings.as_string(-5, width=5, fill=f) for f in ("", "0", "-", "+", " ")],
    "as_string precision": lambda tf: tf.strings.as_string(5, precision=2),
    "as_string both": lambda tf: tf.strings.as_string(5.0, scientific=True, shortest=True),
    "as_string long": lambda tf: tf.strings.as_string(5, fill="xx", width=3),
    "as_string letter": lambda tf: tf.strings.as_string(5, fill="x", width=3),
    "join": lambda tf: [
        tf.strings.join([["a", "b"], "c"], separator="-"), tf.strings.join([["a", "b"], ["c", "d"]]), tf.strings.join([]),
        tf.strings.join(["a", "b"]),
    ],
    "join ragged": lambda tf: tf.strings.join([tf.ragged.constant([["a"], ["b", "c"]]), "x"]),
    "join shapes": lambda tf: tf.strings.join([["a", "b"], ["c", "d", "e"]]),
    "reduce_join": lambda tf: [
        tf.strings.reduce_join(SHAPES[0], axis, keep, separator="|")
        for axis in (None, 0, 1, -1, [0, 1], [1, 0], [])
        for keep in (False, True)
    ],
    "reduce_join ragged": lambda tf: [
        tf.strings.reduce_join(tf.ragged.constant([["a"], ["b", "c"], []]), axis=a, separator="-") for a in (None, 0, 1, -1)
    ],
    "reduce_join outside": lambda tf: tf.strings.reduce_join(SHAPES[0], 2),
    "regex_replace": lambda tf: [tf.strings.regex_replace(TEXTS, p, r) for p, r in PATTERNS],
    "regex_replace once": lambda tf: [tf.strings.regex_replace(TEXTS, p, r, replace_global=False) for p, r in PATTERNS],
    "regex_full_match": lambda tf: [tf.strings.regex_full_match(TEXTS, p) for p in ("a.*", ".*ß", "a|a1b2", "", ".+\\n.+", "(?s).*")],
    "split": lambda tf: [tf.strings.split(x) for x in ("a b  c", ["a b  c", "", " d "], [["a b"], ["c"]], "")],
    "split sep": lambda tf: [tf.strings.split(["a,b,,c", ",", ""], sep=s) for s in (",", ",,", "")],
    "split most": lambda tf: [tf.strings.split(["a b c d", "  a b "], maxsplit=n) for n in (0, 1, 2)],
    "split sep most": lambda tf: tf.strings.split("a,b,,c", sep=",", maxsplit=1),
    "split ragged": lambda tf: tf.strings.split(tf.ragged.constant([["a b"], []])),
    "bytes_split": lambda tf: [tf.strings.bytes_split(x) for x in ("ab", ["ab", "c"], [["ab"], ["c"]])],
    "decode": lambda tf: [
        tf.strings.unicode_decode([b"a\xffb", b"\xe2\x82", b"\xf0\x9f\x98a\xff", "ä\x01\x7f\U0001f600".encode()], "UTF-8", **k)
        for k in ({}, {"errors": "ignore"}, {"replacement_char": 63}, {"replace_control_characters": True})
    ],
    "decode utf-16": lambda tf: tf.strings.unicode_decode(["aä".encode("utf-16-be"), "\U0001f600".encode("utf-16-be")], "UTF-16-BE"),
    "decode deep": lambda tf: tf.strings.unicode_decode([["a"], ["b"]], "UTF-8"),
    "decode one": lambda tf: tf.strings.unicode_decode("aä", "UTF-8"),
    "decode strict": lambda tf: tf.strings.unicode_decode(b"a\xffb", "UTF-8", errors="strict"),
    "decode encoding": lambda tf: tf.strings.unicode_decode("a", "bogus"),
    "decode offsets": lambda tf: list(tf.strings.unicode_decode_with_offsets(["aäb", "", b"a\xffb"], "UTF-8")),
    "unicode_split": lambda tf: [*tf.strings.unicode_split_with_offsets(["aä", "b"], "UTF-8"), tf.strings.unicode_split("aä", "UTF-8")],
    "encode": lambda tf: [tf.strings.unicode_encode([[97, 228], [98, 0x1F600]], e) for e in ("UTF-8", "UTF-16-BE", "UTF-32-BE")],
    "encode ragged": lambda tf: tf.strings.unicode_encode(tf.ragged.constant([[97, 228], [98], []]), "UTF-8"),
    "encode errors": lambda tf: [tf.strings.unicode_encode([97, 0xD800, 0x110000], "UTF-8", errors=e) for e in ("replace", "ignore")],
    "encode strict": lambda tf: tf.strings.unicode_encode([97, 0xD800], "UTF-8", errors="strict"),
    "encode scalar": lambda tf: tf.strings.unicode_encode(97, "UTF-8"),
    "transcode": lambda tf: [
        tf.strings.unicode_transcode([b"a\xff\x01", "aä".encode()], "UTF-8", "UTF-16-BE", **k)
        for k in ({}, {"errors": "ignore"}, {"replace_control_characters": True})
    ],
    "transcode latin": lambda tf: tf.strings.unicode_transcode(b"\xe4", "ISO-8859-1", "UTF-8"),
    "transcode target": lambda tf: tf.strings.unicode_transcode("a", "UTF-8", "latin1"),
    "script": lambda tf: tf.strings.unicode_script([97, 0x3B1, 0x4E00, 48, 32, -1, 0x110000, 0x10FFFF, 0xD800, 0x5D0, 0x1F600]),
    "hash": lambda tf: tf.strings.to_hash_bucket(["", "a", "abcd", "hello wo", "x" * 20, "w" * 33], 2**50),
    "hash fast": lambda tf: tf.strings.to_hash_bucket_fast(["a" * n for n in range(0, 140, 3)] + ["ä"], 2**62),
    "hash strong": lambda tf: tf.strings.to_hash_bucket_strong(["a" * n for n in range(0, 40, 3)], 2**62, [1, 2**40]),
    "hash none": lambda tf: tf.strings.to_hash_bucket_fast("a", 0),
    "hash key": lambda tf: tf.strings.to_hash_bucket_strong("a", 10, [1]),
    "hash docs": lambda tf: [
        tf.strings.to_hash_bucket(["Hello", "TensorFlow"], 3),
        tf.strings.to_hash_bucket_fast(["Hello", "TensorFlow", "2.x"], 3),
        tf.strings.to_hash_bucket_strong(["Hello", "TF"], 3, [1, 2]),
    ],
    "ngrams": lambda tf: [
        tf.strings.ngrams(["a", "b", "c"], 2),
        tf.strings.ngrams(["a", "b", "c"], (1, 2), separator="-"),
        tf.strings.ngrams(["a", "b"], 3, pad_values="_", padding_width=1),
        tf.strings.ngrams(["a", "b"], [3, 1], pad_values="_"),
        tf.strings.ngrams([["a", "b"], ["c", "d"]], 2),
    ],
    "ngrams ragged": lambda tf: [
        tf.strings.ngrams(tf.ragged.constant([["a", "b", "c"], ["d"], []]), 2, **k)
        for k in ({}, {"pad_values": ("<", ">")}, {"preserve_short_sequences": True})
    ],
    "ngrams scalar": lambda tf: tf.strings.ngrams("a", 2),
    "ngrams zero": lambda tf: tf.strings.ngrams(["a"], 0),
    "format": lambda tf: [
        tf.strings.format("x: {}", tf.constant([1, 2])),
        tf.strings.format("{} and {}", (tf.constant(1.5), "z")),
        tf.strings.format("{}", tf.range(10)),
        tf.strings.format("{}", tf.range(10), summarize=-1),
        tf.strings.format("%t%", tf.constant(True), placeholder="%t%"),
        tf.strings.format("{}", tf.constant([1.5, 2.25, 1e10])),
        tf.strings.format("{}", tf.reshape(tf.range(24), [2, 3, 4])),
        tf.strings.format("{}", tf.constant([["a", "b"]])),
    ],
    "format count": lambda tf: tf.strings.format("{}", (1, 2)),
    "segment_join": lambda tf: [
        tf.strings.unsorted_segment_join(["a", "b", "c"], [1, 0, 1], 3, separator=":"),
        tf.strings.unsorted_segment_join(SHAPES[0], [0, 0], 2),
        tf.strings.unsorted_segment_join(SHAPES[0], [[0, 1], [1, 0]], 2, ":"),
    ],
    "segment_join outside": lambda tf: tf.strings.unsorted_segment_join(["a"], [5], 2),
} | {f"pattern {p}": lambda tf, p=p: tf.strings.regex_replace("ab", p, "") for p in BAD_PATTERNS}  # fmt: skip

RAGGED = {
    "constant": lambda tf: [
        tf.ragged.constant([[1, 2], [], [3]]), tf.ragged.constant([["a"], []]), deep(tf), tf.ragged.constant([[[1, 2]], [[3, 4]]], ragged_rank=1),
        tf.ragged.constant([[1.5], []], dtype=tf.float64), tf.ragged.constant([]), tf.ragged.constant([[], []]), tf.ragged.constant(5),
        tf.ragged.constant([[[1, 2]], []], inner_shape=(2,)), tf.ragged.constant([[1], [2, 3]], row_splits_dtype=tf.int32),
    ],
    "constant mixed": lambda tf: tf.ragged.constant([[1], 2]),
    "constant rank": lambda tf: tf.ragged.constant([1, 2], ragged_rank=1),
    "from": lambda tf: [
        tf.RaggedTensor.from_row_splits([3, 1, 4, 1], [0, 2, 2, 4]), tf.RaggedTensor.from_row_lengths([3, 1, 4, 1], [2, 0, 2]),
        tf.RaggedTensor.from_row_starts([3, 1, 4, 1], [0, 2, 2]), tf.RaggedTensor.from_row_limits([3, 1, 4, 1], [2, 2, 4]),
        tf.RaggedTensor.from_value_rowids([3, 1, 4, 1], [0, 0, 2, 2], nrows=4), tf.RaggedTensor.from_value_rowids([3, 1], [0, 2]),
        tf.RaggedTensor.from_uniform_row_length([3, 1, 4, 1], 2), tf.RaggedTensor.from_nested_row_splits([3, 1, 4], [[0, 2], [0, 2, 3]]),
        tf.RaggedTensor.from_nested_row_lengths([3, 1, 4], [[2], [2, 1]]),
        tf.RaggedTensor.from_nested_value_rowids([3, 1, 4], [[0, 0], [0, 0, 1]]),
    ],
    "from_tensor": lambda tf: [
        tf.RaggedTensor.from_tensor([[5, 7, 0], [0, 3, 0], [6, 0, 0]], **k)
        for k in ({}, {"lengths": [1, 0, 3]}, {"padding": 0}, {"row_splits_dtype": tf.int32})
    ] + [tf.RaggedTensor.from_tensor(np.arange(8).reshape(2, 2, 2), ragged_rank=2),
         tf.RaggedTensor.from_tensor(np.arange(8).reshape(2, 2, 2), lengths=([2, 1], [1, 2, 0]))],
    "from_sparse": lambda tf: tf.RaggedTensor.from_sparse(tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [5, 6, 7], [3, 2])),
    "bad splits": lambda tf: tf.RaggedTensor.from_row_splits([1, 2], [0, 3]),
    "bad start": lambda tf: tf.RaggedTensor.from_row_splits([1, 2], [1, 2]),
    "bad lengths": lambda tf: tf.RaggedTensor.from_row_lengths([1, 2], [1, 2]),
    "bad negative": lambda tf: tf.RaggedTensor.from_row_lengths([1, 2], [3, -1]),
    "bad rowids": lambda tf: tf.RaggedTensor.from_value_rowids([1, 2], [1, 0]),
    "bad rank": lambda tf: tf.RaggedTensor.from_row_splits(1, [0, 1]),
    "parts": lambda tf: [
        ragged(tf).row_splits, ragged(tf).row_lengths(), ragged(tf).row_starts(), ragged(tf).row_limits(), ragged(tf).value_rowids(),
        ragged(tf).nrows(), ragged(tf).bounding_shape(), deep(tf).bounding_shape(), deep(tf).row_lengths(2), *deep(tf).nested_row_splits,
        *deep(tf).nested_row_lengths(), deep(tf).flat_values, ragged(tf).bounding_shape(axis=1),
    ],
    "to_tensor": lambda tf: [
        ragged(tf).to_tensor(), ragged(tf).to_tensor(-1.0), ragged(tf).to_tensor(shape=[None, 4]), ragged(tf).to_tensor(shape=[2, 1]),
        deep(tf).to_tensor(), deep(tf).to_tensor(7), tf.ragged.constant([["a"], []]).to_tensor("z"),
        tf.RaggedTensor.from_row_lengths([[1, 2], [3, 4]], [0, 2]).to_tensor(),
    ],
    "to_sparse": lambda tf: [ragged(tf).to_sparse(), deep(tf).to_sparse()],
    "merge_dims": lambda tf: [deep(tf).merge_dims(0, 1), deep(tf).merge_dims(1, 2), deep(tf).merge_dims(0, 2)],
    "index": lambda tf: [
        ragged(tf)[0], ragged(tf)[-1], ragged(tf)[1:], ragged(tf)[:, :1], ragged(tf)[:, -1:], ragged(tf)[:, ::2], ragged(tf)[::-1], ragged(tf)[0, 1],
        deep(tf)[0], deep(tf)[:, 1:], deep(tf)[:, :, :1], deep(tf)[2, 0, 1], deep(tf)[..., :1], ragged(tf)[tf.newaxis], ragged(tf)[:, tf.newaxis],
        ragged(tf)[tf.constant(2)],
    ],
    "index inside": lambda tf: ragged(tf)[:, 0],
    "index outside": lambda tf: ragged(tf)[5],
    "operators": lambda tf: [
        ragged(tf) + 1, 2 * ragged(tf), ragged(tf) * ragged(tf), ragged(tf) - [[1.0], [2.0], [3.0]], 1 / (ragged(tf) + 1), -ragged(tf), abs(-ragged(tf)),
        ragged(tf) > 1, ragged(tf) == ragged(tf), ragged(tf) ** 2, ragged(tf) // 2, ragged(tf) % 2, (ragged(tf) > 1) & (ragged(tf) < 3),
        ~(ragged(tf) > 1), deep(tf) + deep(tf), deep(tf) + 1, deep(tf) * [[[2]], [[3]], [[4]]],
    ],
    "operators rows": lambda tf: ragged(tf) + tf.ragged.constant([[1.0], [], [3.0]]) + tf.ragged.constant([[1.0], [5.0, 6.0], [3.0]]),
    "elementwise": lambda tf: [
        tf.square(ragged(tf)), tf.exp(ragged(tf)), tf.maximum(ragged(tf), 2.0), tf.cast(ragged(tf), tf.int32), tf.math.sigmoid(ragged(tf)),
        tf.clip_by_value(ragged(tf), 1.5, 2.5), tf.zeros_like(ragged(tf)), tf.ones_like(deep(tf)), tf.math.is_nan(ragged(tf)), tf.identity(ragged(tf)),
        tf.where(ragged(tf) > 1, ragged(tf), -ragged(tf)), tf.one_hot(tf.ragged.constant([[1], [0, 1]]), 2), tf.nn.relu(ragged(tf)),
        tf.add_n([ragged(tf), ragged(tf)]),
    ],
    "reduce": lambda tf: [
        f(ragged(tf), axis=a) for f in (tf.reduce_sum, tf.reduce_prod, tf.reduce_max, tf.reduce_min, tf.reduce_mean) for a in (None, 0, 1, -1)
    ],
    "reduce deep": lambda tf: [f(deep(tf), axis=a) for f in (tf.reduce_sum, tf.reduce_max) for a in (None, 0, 1, 2, [0, 1], [1, 2], [0, 2])],
    "reduce keep": lambda tf: [tf.reduce_sum(ragged(tf), axis=1, keepdims=True), tf.reduce_mean(ragged(tf), axis=0, keepdims=True)],
    "reduce bool": lambda tf: [f(ragged(tf) > 1, axis=a) for f in (tf.reduce_any, tf.reduce_all) for a in (None, 0, 1)],
    "reduce spread": lambda tf: [tf.math.reduce_variance(ragged(tf), axis=1), tf.math.reduce_std(ragged(tf), axis=1)],
    "concat": lambda tf: [
        tf.concat([ragged(tf), ragged(tf)], 0), tf.concat([ragged(tf), ragged(tf)], 1), tf.concat([ragged(tf), [[7.0], [8.0], [9.0]]], 1),
        tf.concat([deep(tf), deep(tf)], 2), tf.concat([deep(tf), deep(tf)], 1), tf.concat([ragged(tf), [[7.0, 8.0]]], 0),
    ],
    "stack": lambda tf: [tf.stack([ragged(tf), ragged(tf)]), tf.stack([ragged(tf), ragged(tf)], 1), tf.ragged.stack([[1, 2], [3]]),
                         tf.ragged.stack([ragged(tf), ragged(tf)[:1]]), tf.ragged.stack([[1, 2], [3, 4]], axis=1)],
    "shape functions": lambda tf: [
        tf.expand_dims(ragged(tf), 0), tf.expand_dims(ragged(tf), 1), tf.expand_dims(ragged(tf), 2), tf.tile(ragged(tf), [1, 2]), tf.tile(ragged(tf), [2, 1]),
        tf.reverse(ragged(tf), [0]), tf.reverse(ragged(tf), [1]), tf.size(ragged(tf)), tf.rank(deep(tf)), tf.squeeze(tf.expand_dims(ragged(tf), 0), 0),
    ],
    "gather": lambda tf: [
        tf.gather(ragged(tf), [2, 0]), tf.gather(ragged(tf), 0), tf.gather([5, 6, 7], tf.ragged.constant([[0, 2], [1]])), tf.gather(deep(tf), [[0], [2]]),
        tf.gather(ragged(tf), [0, 1]),
        tf.gather(tf.ragged.constant([[1, 2], [3, 4, 5]]), tf.ragged.constant([[1], [0, 2]]), batch_dims=1),
        tf.gather_nd(ragged(tf), [[0, 1], [2, 0]]), tf.gather_nd(ragged(tf), [[0], [2]]),
    ],
    "gather outside": lambda tf: tf.gather(ragged(tf), [5]),
    "boolean_mask": lambda tf: [
        tf.ragged.boolean_mask([[1, 2], [3, 4]], [[True, False], [False, False]]), tf.ragged.boolean_mask([1, 2, 3], [True, False, True]),
        tf.ragged.boolean_mask(ragged(tf), [True, False, True]), tf.ragged.boolean_mask(ragged(tf), ragged(tf) > 1),
        tf.ragged.boolean_mask(deep(tf), tf.ragged.constant([[True, False], [], [True]])), tf.ragged.boolean_mask(deep(tf), deep(tf) > 2),
    ],
    "range": lambda tf: [
        tf.ragged.range([0, 2], [3, 5]), tf.ragged.range(3), tf.ragged.range([3, 1, 0]), tf.ragged.range([0.0, 1.0], [2.0, 1.0], 0.5),
        tf.ragged.range(5, 0, -2),
    ],
    "range none": lambda tf: tf.ragged.range([1, 2], deltas=0),
    "partitions": lambda tf: [
        tf.ragged.stack_dynamic_partitions([1, 2, 3, 4], [0, 2, 0, 2], 4), tf.ragged.stack_dynamic_partitions(ragged(tf), [1, 0, 1], 2),
        tf.ragged.row_splits_to_segment_ids([0, 2, 2, 3]), tf.ragged.segment_ids_to_row_splits([0, 0, 2]),
        tf.ragged.segment_ids_to_row_splits([0, 0, 2], num_segments=5),
    ],
    "map_flat_values": lambda tf: [tf.ragged.map_flat_values(tf.ones_like, deep(tf)), tf.ragged.map_flat_values(tf.add, ragged(tf), 5.0),
                                   tf.ragged.map_flat_values(lambda x: tf.stack([x, x], 1), ragged(tf))],
    "map_flat_values size": lambda tf: tf.ragged.map_flat_values(tf.reduce_sum, ragged(tf)),
    "map_flat_values rows": lambda tf: tf.ragged.map_flat_values(tf.add, ragged(tf), tf.ragged.constant([[1.0], [2.0], [3.0]])),
    "cross": lambda tf: [
        tf.ragged.cross([tf.ragged.constant([["a"], ["b", "c"]]), tf.ragged.constant([["d"], ["e"]]), tf.ragged.constant([["f"], ["g"]])]),
        tf.ragged.cross([[["a", "b"]], [["c"]]]), tf.ragged.cross([tf.ragged.constant([[1]]), tf.ragged.constant([["d"]])]),
        tf.ragged.cross_hashed([tf.ragged.constant([["a"], ["b", "c"]]), tf.ragged.constant([["d"], ["e"]])], 100),
        tf.ragged.cross_hashed([tf.ragged.constant([["a"], ["b", "c"]]), tf.ragged.constant([[1], [-2]])]),
    ],
    "fill_empty_rows": lambda tf: [*tf.ragged_fill_empty_rows([0, 0, 2], [1, 2, 3], 3, 9), *tf.ragged_fill_empty_rows_grad([0, 1, 3], [1.0, 2.0, 3.0, 4.0])],
    "gradient sum": gradients(lambda tf, x: tf.reduce_sum(x * x), ragged),
    "gradient rows": gradients(lambda tf, x: tf.reduce_sum(tf.reduce_mean(x * x + 1.0, axis=0)), ragged),
    "gradient max": gradients(lambda tf, x: tf.reduce_sum(tf.reduce_max(x[::2], axis=1) ** 2), ragged),
    "gradient dense": gradients(lambda tf, x: tf.reduce_sum(x.to_tensor(5.0) ** 3), ragged),
    "gradient concat": gradients(lambda tf, x: tf.reduce_sum(tf.concat([x, 2 * x], 1) ** 2), ragged),
    "gradient broadcast": gradients(lambda tf, x, y: tf.reduce_sum(tf.exp(x * y)), ragged, lambda tf: tf.constant([[0.1], [0.2], [0.3]])),
    "gradient embedding": gradients(
        lambda tf, t: tf.reduce_sum(tf.reduce_mean(tf.nn.embedding_lookup(t, tf.ragged.constant([[0, 1], [2, 2, 0]])), axis=1) ** 2),
        lambda tf: tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])),
    "text": lambda tf: [repr(x) for x in (
        ragged(tf), deep(tf), tf.ragged.constant([[True], [False, True]]), tf.ragged.constant([["a"], []]), tf.ragged.constant([[1, 1000], [2]]),
        tf.RaggedTensor.from_row_splits([[1.0, 2.0], [3.0, 4.0]], [0, 1, 2]), tf.RaggedTensor.from_row_splits(tf.range(100), [0, 100]),
        tf.ragged.constant([list(range(2000))] * 30), tf.ragged.constant([[[1, 2], [3]], [[4, 5], [6]]]))],
    "shapes": lambda tf: [str(tuple(x.shape)) for x in (ragged(tf), deep(tf), tf.RaggedTensor.from_uniform_row_length([1, 2], 1))],
    "lists": lambda tf: [ragged(tf).to_list(), deep(tf).to_list(), [r.numpy().tolist() for r in ragged(tf)]],
}  # fmt: skip

SPARSE = {
    "dense": lambda tf: [
        tf.sparse.to_dense(matrix(tf)), tf.sparse.to_dense(matrix(tf), default_value=7.0), tf.sparse.from_dense([[0, 3], [4, 0]]),
        tf.sparse.from_dense([["a", ""]]), tf.sparse.to_dense(tf.sparse.from_dense([["a", ""]])), tf.sparse.eye(2, 3), tf.sparse.eye(2),
    ],
    "dense order": lambda tf: tf.sparse.to_dense(tf.SparseTensor([[1, 0], [0, 1]], [1, 2], [2, 2])),
    "dense twice": lambda tf: tf.sparse.to_dense(tf.SparseTensor([[0, 1], [0, 1]], [1, 2], [2, 2])),
    "dense outside": lambda tf: tf.sparse.to_dense(tf.SparseTensor([[0, 5]], [1], [2, 2])),
    "bad indices": lambda tf: tf.SparseTensor([0, 1], [1, 2], [2, 2]),
    "bad count": lambda tf: tf.SparseTensor([[0, 1]], [1, 2], [2, 2]),
    "reorder": lambda tf: tf.sparse.reorder(tf.SparseTensor([[1, 0], [0, 1], [0, 0]], [7, 8, 9], [2, 2])),
    "reshape": lambda tf: [tf.sparse.reshape(matrix(tf), [3, -1]), tf.sparse.reshape(matrix(tf), [6]), tf.sparse.reshape(matrix(tf), [1, 2, 3])],
    "reshape size": lambda tf: tf.sparse.reshape(matrix(tf), [4, 2]),
    "transpose": lambda tf: [tf.sparse.transpose(matrix(tf)), tf.sparse.transpose(tf.sparse.expand_dims(matrix(tf), 0), [2, 0, 1])],
    "expand_dims": lambda tf: [tf.sparse.expand_dims(matrix(tf), a) for a in (None, 0, 1, -2)],
    "reset_shape": lambda tf: [tf.sparse.reset_shape(matrix(tf)), tf.sparse.reset_shape(matrix(tf), [4, 4])],
    "slice": lambda tf: [tf.sparse.slice(matrix(tf), [0, 1], [2, 2]), tf.sparse.slice(matrix(tf), [1, 0], [5, 1])],
    "split": lambda tf: tf.sparse.split(matrix(tf), num_split=2, axis=1) + tf.sparse.split(matrix(tf), num_split=2, axis=0),
    "concat": lambda tf: [tf.sparse.concat(a, [matrix(tf), matrix(tf)]) for a in (0, 1, -1)]
    + [tf.sparse.concat(0, [matrix(tf), tf.SparseTensor([[0, 4]], [1.0], [1, 5])], expand_nonconcat_dims=True)],
    "concat shapes": lambda tf: tf.sparse.concat(0, [matrix(tf), tf.SparseTensor([[0, 4]], [1.0], [1, 5])]),
    "retain": lambda tf: tf.sparse.retain(matrix(tf), [True, False, True]),
    "fill_empty_rows": lambda tf: list(tf.sparse.fill_empty_rows(tf.SparseTensor([[1, 2], [3, 0]], [5, 6], [5, 4]), 9)),
    "mask": lambda tf: (lambda s: [s.indices, s.values])(tf.sparse.mask(tf.IndexedSlices(tf.constant([[1.0], [2.0]]), tf.constant([3, 5]), tf.constant([9, 1])), [3])),
    "map_values": lambda tf: [tf.sparse.map_values(tf.abs, matrix(tf)), tf.sparse.map_values(tf.add, matrix(tf), matrix(tf)), tf.sparse.map_values(tf.multiply, matrix(tf), 2.0)],
    "softmax": lambda tf: [tf.sparse.softmax(matrix(tf)), tf.sparse.softmax(tf.sparse.expand_dims(matrix(tf), 0))],
    "reduce": lambda tf: [
        f(matrix(tf), axis=a, keepdims=k) for f in (tf.sparse.reduce_sum, tf.sparse.reduce_max) for a in (None, 0, 1, -1, [0, 1]) for k in (False, True)
    ],
    "reduce sparse": lambda tf: [tf.sparse.reduce_sum(matrix(tf), axis=a, output_is_sparse=True) for a in (0, 1)],
    "add": lambda tf: [
        tf.sparse.add(matrix(tf), matrix(tf)), tf.sparse.add(matrix(tf), tf.ones([2, 3])), tf.sparse.add(tf.ones([2, 3]), matrix(tf)),
        tf.sparse.add(matrix(tf), tf.SparseTensor([[0, 0], [1, 0]], [1.0, 4.0], [2, 3]), threshold=0.5),
        tf.sparse.add(matrix(tf), tf.SparseTensor([[0, 0], [1, 0]], [1.0, 4.0], [2, 3])),
    ],
    "add dense": lambda tf: tf.sparse.add(tf.ones([2]), tf.ones([2])),
    "add shapes": lambda tf: tf.sparse.add(matrix(tf), tf.SparseTensor([[0, 0]], [1.0], [3, 3])),
    "extremes": lambda tf: [f(matrix(tf), tf.SparseTensor([[0, 0], [1, 0]], [1.0, 9.0], [2, 3])) for f in (tf.sparse.maximum, tf.sparse.minimum)],
    "matmul": lambda tf: [
        tf.sparse.sparse_dense_matmul(matrix(tf), tf.reshape(tf.range(6.0), [3, 2])),
        tf.sparse.sparse_dense_matmul(matrix(tf), tf.reshape(tf.range(6.0), [2, 3]), adjoint_b=True),
        tf.sparse.sparse_dense_matmul(matrix(tf), tf.reshape(tf.range(4.0), [2, 2]), adjoint_a=True),
        tf.sparse.sparse_dense_matmul(tf.reshape(tf.range(4.0), [2, 2]), matrix(tf)),
    ],
    "matmul shapes": lambda tf: tf.sparse.sparse_dense_matmul(matrix(tf), tf.ones([2, 2])),
    "by dense": lambda tf: [matrix(tf) * tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), matrix(tf) / 2.0, matrix(tf) * tf.constant([1.0, 2.0, 3.0]), tf.cast(matrix(tf), tf.int32),
                             tf.abs(matrix(tf)), tf.square(matrix(tf))],
    "to_indicator": lambda tf: tf.sparse.to_indicator(tf.SparseTensor([[0, 0], [0, 1], [1, 0]], tf.constant([2, 0, 1], tf.int64), [2, 2]), 3),
    "bincount": lambda tf: [
        tf.sparse.bincount([1, 1, 2]), *[tf.sparse.bincount([[1, 1, 2], [0, 0, 3]], axis=-1, **k) for k in (
            {}, {"weights": [[0.5, 1.0, 2.0], [3.0, 4.0, 5.0]]}, {"minlength": 6}, {"maxlength": 2}, {"binary_output": True})],
        tf.sparse.bincount([[1, 1, 2], [0, 0, 3]], axis=0), tf.sparse.bincount(tf.ragged.constant([[1, 1], [4]]), axis=-1),
        tf.sparse.bincount(tf.sparse.from_dense([[1, 1], [4, 0]]), axis=-1),
    ],
    "cross": lambda tf: [
        tf.sparse.cross([tf.sparse.from_dense([["a", ""], ["b", "c"]]), tf.sparse.from_dense([["d"], ["e"]])]),
        tf.sparse.cross([tf.sparse.from_dense([["a", ""], ["b", "c"]]), tf.constant([["x", "y"], ["u", "v"]])], separator="-"),
        tf.sparse.cross_hashed([tf.sparse.from_dense([["a", ""], ["b", "c"]]), tf.sparse.from_dense([["d"], ["e"]])], 100),
        tf.sparse.cross_hashed([tf.sparse.from_dense([["a", ""], ["b", "c"]]), tf.constant([[1], [2]])], 1000, hash_key=5),
    ],
    "segments": lambda tf: [
        f(tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), [0, 2, 1], [0, 0, 2], **k)
        for f in (tf.sparse.segment_sum, tf.sparse.segment_mean, tf.sparse.segment_sqrt_n) for k in ({}, {"num_segments": 4})
    ],
    "segments outside": lambda tf: tf.sparse.segment_sum(tf.constant([[1.0], [3.0]]), [0, 5], [0, 0]),
    "segments order": lambda tf: tf.sparse.segment_sum(tf.constant([[1.0], [3.0]]), [0, 1], [1, 0]),
    "addmm": lambda tf: tf.sparse.sampled_addmm([[0, 0], [1, 1]], [1.0, 2.0], [2, 2], [[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [0.0, 1.0]])[1],
    "sets": lambda tf: [
        tf.sets.intersection(tf.constant([[1, 2], [3, 4]]), tf.constant([[2, 9], [4, 3]])), tf.sets.union(tf.constant([[1, 2]]), tf.constant([[2, 9]])),
        tf.sets.difference(tf.constant([[1, 2]]), tf.constant([[2, 9]])), tf.sets.difference(tf.constant([[1, 2]]), tf.constant([[2, 9]]), aminusb=False),
        tf.sets.size(tf.sparse.from_dense([[1, 1, 2], [0, 3, 0]])),
        tf.sets.union(tf.constant([["a", "b"]]), tf.constant([["b", "c"]])),
    ],
    "edit_distance": lambda tf: [
        tf.edit_distance(tf.SparseTensor([[0, 0], [1, 0]], ["a", "b"], [3, 1]), tf.SparseTensor([[0, 0], [2, 0]], ["a", "c"], [3, 2]), normalize=n) for n in (True, False)
    ],
    "serialize": lambda tf: [
        tf.io.serialize_sparse(tf.sparse.from_dense([[1, 0]])), tf.io.serialize_many_sparse(tf.sparse.from_dense([[1, 0], [2, 3]])),
        tf.io.deserialize_many_sparse(tf.io.serialize_many_sparse(tf.sparse.from_dense([[1, 0], [2, 3]])), tf.int32),
    ],
    "embedding": lambda tf: [
        tf.nn.embedding_lookup_sparse(
            tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), tf.SparseTensor([[0, 0], [0, 1], [2, 0]], tf.constant([0, 1, 2], tf.int64), [3, 2]),
            w and tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [1.0, 2.0, 3.0], [3, 2]), combiner=c)
        for c in ("sum", "mean", "sqrtn") for w in (None, True)
    ],
    "embedding safe": lambda tf: [
        tf.nn.safe_embedding_lookup_sparse(
            tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), tf.SparseTensor([[0, 0], [0, 1], [2, 0]], tf.constant([0, -1, 2], tf.int64), [4, 2]), **k)
        for k in ({}, {"default_id": 1}, {"combiner": "sum"})
    ],
    "gradient matmul": gradients(lambda tf, a, b: tf.reduce_sum(tf.sparse.sparse_dense_matmul(a, b) ** 2), matrix, lambda tf: tf.reshape(tf.range(6.0), [3, 2])),
    "gradient adjoint": gradients(lambda tf, a, b: tf.reduce_sum(tf.sparse.sparse_dense_matmul(a, b, adjoint_a=True) ** 2), matrix, lambda tf: tf.reshape(tf.range(4.0), [2, 2])),
    "gradient dense": gradients(lambda tf, a: tf.reduce_sum(tf.sparse.to_dense(a) ** 3), matrix),
    "gradient sum": gradients(lambda tf, a: tf.reduce_sum(tf.sparse.reduce_sum(a, axis=1) ** 2), matrix),
    "gradient softmax": gradients(lambda tf, a: tf.reduce_sum(tf.sparse.softmax(a).values ** 2), matrix),
    "gradient add": gradients(lambda tf, a, b: tf.reduce_sum(tf.sparse.add(a, a).values ** 2) + tf.reduce_sum(tf.sparse.add(a, b) ** 2), matrix, lambda tf: tf.ones([2, 3])),
    "gradient reshape": gradients(lambda tf, a: tf.reduce_sum(tf.sparse.to_dense(tf.sparse.transpose(tf.sparse.reshape(a, [3, 2]))) ** 2 * tf.range(3.0)), matrix),
    "gradient slice": gradients(lambda tf, a: tf.reduce_sum(tf.sparse.to_dense(tf.sparse.slice(a, [0, 1], [2, 2])) ** 2), matrix),
    "gradient product": gradients(lambda tf, a, b: tf.reduce_sum((a * b).values ** 2), matrix, lambda tf: tf.reshape(tf.range(6.0), [2, 3])),
    "text": lambda tf: [repr(matrix(tf))],
}  # fmt: skip


def tables(tf):
    make = tf.lookup.KeyValueTensorInitializer
    return tf.lookup.StaticHashTable(make(["a", "b"], [1, 2]), -1)


def words_file(tf, **settings):
    whole, number = tf.lookup.TextFileIndex.WHOLE_LINE, tf.lookup.TextFileIndex.LINE_NUMBER
    return tf.lookup.TextFileInitializer(file_of("emerson\nlake\npalmer\n"), tf.string, whole, tf.int64, number, **settings)


def columns_file(tf, delimiter="\t", key=0, value=1):
    return tf.lookup.TextFileInitializer(file_of("emerson\t10\nlake\t20\n"), tf.string, key, tf.int64, value, delimiter=delimiter)


def vocabulary(tf, buckets=5):
    return tf.lookup.StaticVocabularyTable(
        tf.lookup.KeyValueTensorInitializer(["a", "b", "c"], tf.constant([0, 1, 2], tf.int64)), buckets
    )


def growing(tf):
    table = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)
    table.insert(["a", "b"], [1, 2])
    out = [table.lookup(tf.constant(["a", "c"]))]
    table.insert(tf.constant(["a"]), tf.constant([9], tf.int64))
    out += [table[tf.constant("a")], table.lookup(tf.constant(["a", "c"]), dynamic_default_values=tf.constant([7, 8], tf.int64))]
    table.remove(tf.constant(["a"]))
    return [*out, table.size(), *table.export()]


def growing_rows(tf):
    table = tf.lookup.experimental.MutableHashTable(tf.int64, tf.float32, [0.0, 0.0])
    table.insert([1, 2], [[1.0, 2.0], [3.0, 4.0]])
    return table.lookup(tf.constant([[1], [5]], tf.int64))


def reserved(tf):
    table = tf.lookup.experimental.DenseHashTable(tf.string, tf.int64, default_value=-1, empty_key="", deleted_key="$")
    table.insert(["a", "b"], [1, 2])
    out = [table.lookup(tf.constant(["a", "c"]))]
    table.erase(tf.constant(["a"]))
    return [*out, table[tf.constant("b")], table.lookup(tf.constant(["a"]))]


def reserved_key(tf):
    tf.lookup.experimental.DenseHashTable(tf.string, tf.int64, default_value=-1, empty_key="", deleted_key="$").insert([""], [1])


LOOKUP = {
    "table": lambda tf: [tables(tf).lookup(tf.constant(["a", "z"])), tables(tf)[tf.constant(["b"])], tables(tf).size(), tables(tf).default_value],
    "table ragged": lambda tf: [tables(tf).lookup(tf.ragged.constant([["a"], ["b", "q"]])), tables(tf).lookup(tf.sparse.from_dense([["a", ""]]))],
    "table numbers": lambda tf: tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer([1, 2], ["x", "y"], key_dtype=tf.int64), "?").lookup(tf.constant([1, 5], tf.int64)),
    "table dtype": lambda tf: tables(tf).lookup(tf.constant([1])),
    "table twice": lambda tf: tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(["a", "a"], [1, 2]), -1),
    "table lengths": lambda tf: tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(["a", "b"], [1]), 0),
    "table default": lambda tf: tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(["a"], [1]), 0.5),
    "file": lambda tf: [tf.lookup.StaticHashTable(words_file(tf, **k), -1).lookup(tf.constant(["lake", "x"])) for k in ({}, {"vocab_size": 1}, {"value_index_offset": 10})],
    "file columns": lambda tf: tf.lookup.StaticHashTable(columns_file(tf), -1).lookup(tf.constant(["lake", "x"])),
    "file delimiter": lambda tf: tf.lookup.StaticHashTable(columns_file(tf, " "), -1),
    "file number": lambda tf: tf.lookup.StaticHashTable(columns_file(tf, key=1, value=0), -1),
    "file size": lambda tf: tf.lookup.StaticHashTable(words_file(tf, vocab_size=5), -1),
    "file missing": lambda tf: tf.lookup.StaticHashTable(tf.lookup.TextFileInitializer("/nowhere/x.txt", tf.string, -2, tf.int64, -1), -1),
    "file dtype": lambda tf: tf.lookup.TextFileInitializer("x", tf.string, -2, tf.string, -1),
    "file name": lambda tf: tf.lookup.TextFileInitializer("", tf.string, -2, tf.int64, -1),
    "vocabulary": lambda tf: [vocabulary(tf).lookup(tf.constant(["a", "q", "zz", "c"])), vocabulary(tf).size(), vocabulary(tf).lookup(tf.ragged.constant([["a"], ["q"]]))],
    "vocabulary hashed": lambda tf: tf.lookup.StaticVocabularyTable(None, 5).lookup(tf.constant(["a", "b"])),
    "vocabulary numbers": lambda tf: tf.lookup.StaticVocabularyTable(
        tf.lookup.KeyValueTensorInitializer(tf.constant([5, 7], tf.int64), tf.constant([0, 1], tf.int64)), 3, lookup_key_dtype=tf.int64).lookup(tf.constant([7, 8, 9, 100], tf.int64)),
    "vocabulary dtype": lambda tf: tf.lookup.StaticVocabularyTable(tf.lookup.KeyValueTensorInitializer(["a"], [0]), 5),
    "vocabulary buckets": lambda tf: vocabulary(tf, 0),
    "growing": growing,
    "growing rows": growing_rows,
    "growing lengths": lambda tf: tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1).insert(tf.constant(["a"]), tf.constant([9, 3], tf.int64)),
    "reserved": reserved,
    "reserved key": reserved_key,
}  # fmt: skip


def table_file():
    return file_of('x,y,s\n1,2.5,a\n3,,b\n,4.5,"c,d"\n5,6.5,"e\nf"\n')


def lengths(tf):
    return tf.data.Dataset.from_tensor_slices([1, 3, 2]).map(tf.range)


DATA = {
    "features": parsed(a=lambda tf: tf.io.VarLenFeature(tf.int64), w=lambda tf: tf.io.VarLenFeature(tf.string)),
    "features sparse": parsed(s=lambda tf: tf.io.SparseFeature("ix", "v", tf.float32, 10), t=lambda tf: tf.io.SparseFeature(["ix", "jx"], "v", tf.float32, [10, 4])),
    "features ragged": parsed(
        a=lambda tf: tf.io.RaggedFeature(tf.int64), r=lambda tf: tf.io.RaggedFeature(tf.int64, value_key="a", partitions=[tf.io.RaggedFeature.RowLengths("l")]),
    ),
    "features uniform": parsed(u=lambda tf: tf.io.RaggedFeature(
        tf.int64, value_key="a", partitions=[tf.io.RaggedFeature.UniformRowLength(1)], row_splits_dtype=tf.int64)),
    "feature alone": lambda tf: tf.io.parse_single_example(examples(tf)[0], {
        "w": tf.io.VarLenFeature(tf.string), "s": tf.io.SparseFeature("ix", "v", tf.float32, 10), "b": tf.io.RaggedFeature(tf.int64, value_key="a"),
        "r": tf.io.RaggedFeature(tf.int64, value_key="a", partitions=[tf.io.RaggedFeature.RowLengths("l")])}),
    "feature dtype": lambda tf: tf.io.parse_single_example(examples(tf)[0], {"a": tf.io.VarLenFeature(tf.string)}),
    "feature lengths": lambda tf: tf.io.parse_single_example(examples(tf)[0], {"s": tf.io.SparseFeature("a", "v", tf.float32, 10)}),
    "csv": lambda tf: [list(e) for e in tf.data.experimental.CsvDataset(table_file(), [[0], [0.0], ""], header=True)],
    "csv columns": lambda tf: [list(e) for e in tf.data.experimental.CsvDataset(table_file(), [[0.0], tf.string], header=True, select_cols=[1, 2])],
    "csv others": lambda tf: [list(e) for e in tf.data.experimental.CsvDataset(table_file(), [[0.0], tf.string], header=True, exclude_cols=[0])],
    "csv missing": lambda tf: list(tf.data.experimental.CsvDataset(table_file(), [tf.int32, tf.float32, tf.string], header=True)),
    "csv fields": lambda tf: list(tf.data.experimental.CsvDataset(table_file(), [[0.0]], header=True)),
    "make_csv": lambda tf: [
        [dict(e[0]), e[1]] for e in tf.data.experimental.make_csv_dataset(table_file(), 3, label_name="y", num_epochs=1, shuffle=False)],
    "make_csv columns": lambda tf: [
        dict(e) for e in tf.data.experimental.make_csv_dataset(table_file(), 3, select_columns=["x", "s"], num_epochs=2, shuffle=False)],
    "make_csv defaults": lambda tf: [
        dict(e) for e in tf.data.experimental.make_csv_dataset(table_file(), 3, column_defaults=[-1, 0.5, "z"], num_epochs=1, shuffle=False)],
    "make_csv label": lambda tf: tf.data.experimental.make_csv_dataset(table_file(), 2, label_name="nope", num_epochs=1),
    "ragged_batch": lambda tf: [list(lengths(tf).ragged_batch(2)), list(lengths(tf).ragged_batch(2, True)), list(tf.data.Dataset.range(3).ragged_batch(2)),
                                repr(lengths(tf).ragged_batch(2).element_spec)],
    "sparse_batch": lambda tf: [list(lengths(tf).sparse_batch(2, [4])), repr(lengths(tf).sparse_batch(2, [4]).element_spec)],
    "sparse_batch size": lambda tf: list(lengths(tf).sparse_batch(2, [2])),
    "slices ragged": lambda tf: [list(tf.data.Dataset.from_tensor_slices(deep(tf))), list(tf.data.Dataset.from_tensor_slices(ragged(tf)).batch(2)),
                                 list(tf.data.Dataset.from_tensor_slices((ragged(tf), [1, 2, 3])).batch(2)),
                                 repr(tf.data.Dataset.from_tensor_slices(ragged(tf)).batch(2).element_spec)],
    "slices sparse": lambda tf: [list(tf.data.Dataset.from_tensor_slices(matrix(tf))), list(tf.data.Dataset.from_tensor_slices(matrix(tf)).batch(2)),
                                 repr(tf.data.Dataset.from_tensor_slices(matrix(tf)).batch(2).element_spec)],
    "unbatch": lambda tf: [list(tf.data.Dataset.from_tensors(deep(tf)).unbatch()), list(tf.data.Dataset.from_tensors(matrix(tf)).unbatch())],
    "map split": lambda tf: list(tf.data.Dataset.from_tensor_slices(["a b", "c d e", "f"]).batch(2).map(tf.strings.split)),
    "json": lambda tf: tf.io.parse_single_example(
        tf.io.decode_json_example('{"features":{"feature":{"a":{"int64List":{"value":[1,2]}}}}}'), {"a": tf.io.FixedLenFeature([2], tf.int64)}),
}  # fmt: skip

TALK = ["the cat sat", "The dog, sat!", "a bird"]


def vectorized(tf, **settings):
    layer = tf.keras.layers.TextVectorization(**settings)
    layer.adapt(TALK)
    return [layer(tf.constant(["the cat", "dog dog fish", ""])), [str(w) for w in layer.get_vocabulary()]]


def looked_up(tf, mode, **settings):
    words = tf.constant([["a", "z"], ["c", "c"]])
    return tf.keras.layers.StringLookup(vocabulary=["a", "b", "c"], output_mode=mode, **settings)(words)


def adapted(tf):
    layer = tf.keras.layers.StringLookup()
    layer.adapt(np.array(["x", "y", "x", "z", "y", "x"]))
    return [layer(np.array(["x", "q", "y"])), [str(w) for w in layer.get_vocabulary()]]


KERAS = {
    "StringLookup": lambda tf: [
        looked_up(tf, "int"),
        looked_up(tf, "int", mask_token=""),
        looked_up(tf, "int", num_oov_indices=3),
    ],
    "StringLookup modes": lambda tf: [looked_up(tf, m) for m in ("multi_hot", "count")],
    "StringLookup back": lambda tf: tf.keras.layers.StringLookup(vocabulary=["a", "b"], invert=True)(tf.constant([1, 2, 0])),
    "StringLookup adapted": adapted,
    "IntegerLookup": lambda tf: tf.keras.layers.IntegerLookup(vocabulary=[10, 20])(tf.constant([10, 5, 20])),
    "TextVectorization": vectorized,
    "TextVectorization lengths": lambda tf: vectorized(tf, output_sequence_length=4, max_tokens=5),
    "TextVectorization modes": lambda tf: [vectorized(tf, output_mode=m) for m in ("multi_hot", "count", "tf_idf")],
    "TextVectorization ngrams": lambda tf: vectorized(tf, ngrams=2),
    "TextVectorization letters": lambda tf: vectorized(tf, split="character", standardize="lower"),
    "Hashing": lambda tf: [
        tf.keras.layers.Hashing(num_bins=3)(tf.constant([["A"], ["B"], ["C"]])),
        tf.keras.layers.Hashing(num_bins=3, salt=133)(tf.constant([["A"], ["B"], ["C"]])),
        tf.keras.layers.Hashing(num_bins=5, mask_value="")(tf.constant([["A"], [""]])),
        tf.keras.layers.Hashing(num_bins=5)(tf.constant([[1], [2]])),
    ],
    "HashedCrossing": lambda tf: tf.keras.layers.HashedCrossing(num_bins=5)(
        (tf.constant(["A", "B", "A"]), tf.constant([101, 101, 102]))
    ),
}

CASES = {
    f"{family}: {name}": program
    for family, cases in {
        "strings": STRINGS,
        "ragged": RAGGED,
        "sparse": SPARSE,
        "lookup": LOOKUP,
        "data": DATA,
        "keras": KERAS,
    }.items()
    for name, program in cases.items()
}


def told(x):
    """A value as JSON: tensors with dtype, shape and values; ragged and sparse ones with what they are made of."""
    if hasattr(x, "row_splits"):
        return {"ragged": [told(x.flat_values), *[told(s) for s in x.nested_row_splits]]}
    if hasattr(x, "dense_shape") and hasattr(x, "values") and not isinstance(x, dict):
        return {"sparse": [told(x.indices), told(x.values), told(x.dense_shape)]}
    if isinstance(x, dict):
        return {"dict": {k: told(v) for k, v in x.items()}}
    if isinstance(x, (list, tuple)):
        return [told(v) for v in x]
    if hasattr(x, "numpy"):
        a = np.asarray(x.numpy(), dtype=object) if x.dtype.name == "string" else np.asarray(x.numpy())
        flat = [v.decode("latin-1") for v in a.ravel().tolist()] if x.dtype.name == "string" else plain(a)
        return {"tensor": [x.dtype.name, list(a.shape), flat]}
    return x


def plain(a):
    if a.dtype.kind in "fV":
        return [repr(v) for v in a.astype(np.float64).ravel().tolist()]
    return a.ravel().tolist()


def outcome(tf, program):
    """What a program gives, or the class of what it raises."""
    try:
        return told(program(tf))
    except Exception as error:  # noqa: BLE001  # which class it is, is what is recorded
        return {"raises": type(error).__name__}
