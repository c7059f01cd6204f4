"""What tests/data/make_data.py records from TensorFlow: element_spec, cardinality and elements of datasets.

A case is a function of TensorFlow (or ours) that gives a dataset; `outcome` is what is recorded of it.
"""

import numpy as np

X = np.arange(12, dtype=np.float32).reshape(6, 2)
Y = np.arange(6)


def ragged():
    yield from ([1], [1, 2], [1, 2, 3], [4], [])


def lengths(tf, n=5):
    signature = tf.TensorSpec([None], tf.int32)
    return tf.data.Dataset.from_generator(ragged, output_signature=signature).take(n)


def rng(tf, n=10, **kw):
    return tf.data.Dataset.range(n, **kw)


def xy(tf):
    return tf.data.Dataset.from_tensor_slices((X, Y))


def named(tf):
    return tf.data.Dataset.from_tensor_slices({"b": Y, "a": X})


def repeated(tf):
    return lambda x: tf.data.Dataset.from_tensors(x).repeat(3)


CASES = {
    "slices": xy,
    "slices dict": named,
    "slices nested": lambda tf: tf.data.Dataset.from_tensor_slices((X, {"u": (Y, Y + 1), "t": ["a"] * 6})),
    "slices list": lambda tf: tf.data.Dataset.from_tensor_slices([[1, 2], [3, 4]]),
    "slices strings": lambda tf: tf.data.Dataset.from_tensor_slices(["a", "b"]),
    "slices floats": lambda tf: tf.data.Dataset.from_tensor_slices([1.0, 2.0]),
    "tensors": lambda tf: tf.data.Dataset.from_tensors((1, [2.0, 3.0])),
    "tensors list": lambda tf: tf.data.Dataset.from_tensors([1, 2]),
    "range 1": rng,
    "range 3": lambda tf: tf.data.Dataset.range(1, 10, 3),
    "range down": lambda tf: tf.data.Dataset.range(5, 0, -2),
    "range float": lambda tf: tf.data.Dataset.range(3, output_type=tf.float32),
    "range empty": lambda tf: tf.data.Dataset.range(3, 3),
    "counter": lambda tf: tf.data.Dataset.counter(5, 2).take(3),
    "counter endless": lambda tf: tf.data.Dataset.counter(),
    "random": lambda tf: tf.data.Dataset.random(seed=4).take(5),
    "generator": lambda tf: lengths(tf),
    "generator types": lambda tf: tf.data.Dataset.from_generator(ragged, tf.int64, tf.TensorShape([None])).take(2),
    "generator types alone": lambda tf: tf.data.Dataset.from_generator(ragged, tf.float32).take(2),
    "generator pair": lambda tf: tf.data.Dataset.from_generator(
        lambda: iter([(1, [1.0, 2.0]), (2, [3.0, 4.0])]), output_types=(tf.int32, tf.float32), output_shapes=((), (2,))
    ),
    "generator dict": lambda tf: tf.data.Dataset.from_generator(
        lambda: iter([{"a": 1, "b": "x"}]), output_signature={"a": tf.TensorSpec([], tf.int32), "b": tf.TensorSpec([], tf.string)}
    ),
    "generator args": lambda tf: tf.data.Dataset.from_generator(
        lambda n: iter(range(n)), args=[3], output_signature=tf.TensorSpec([], tf.int64)
    ),
    "zip": lambda tf: tf.data.Dataset.zip(rng(tf, 3), rng(tf, 5)),
    "zip nested": lambda tf: tf.data.Dataset.zip((xy(tf), {"k": rng(tf, 4)})),
    "zip one": lambda tf: tf.data.Dataset.zip((rng(tf, 3),)),
    "zip endless": lambda tf: tf.data.Dataset.zip(rng(tf, 3), rng(tf, 3).repeat()),
    "zip unknown": lambda tf: tf.data.Dataset.zip(rng(tf, 3), rng(tf, 9).filter(lambda x: x > 1)),
    "concatenate": lambda tf: rng(tf, 3).concatenate(rng(tf, 2)),
    "concatenate shapes": lambda tf: rng(tf, 4).batch(2, True).concatenate(rng(tf, 3).batch(3, True)),
    "concatenate endless": lambda tf: rng(tf, 3).repeat().concatenate(rng(tf, 2)).take(5),
    "batch": lambda tf: xy(tf).batch(4),
    "batch drop": lambda tf: xy(tf).batch(4, drop_remainder=True),
    "batch exact": lambda tf: xy(tf).batch(3),
    "batch endless": lambda tf: rng(tf, 3).repeat().batch(4),
    "batch twice": lambda tf: rng(tf, 10).batch(2).batch(3),
    "batch strings": lambda tf: tf.data.Dataset.from_tensor_slices(["a", "bb", "c"]).batch(2),
    "batch big": lambda tf: rng(tf, 3).batch(10),
    "padded": lambda tf: lengths(tf).padded_batch(2),
    "padded shape": lambda tf: lengths(tf).padded_batch(2, padded_shapes=[4]),
    "padded value": lambda tf: lengths(tf).padded_batch(3, padded_shapes=[None], padding_values=-1),
    "padded drop": lambda tf: lengths(tf).padded_batch(3, drop_remainder=True),
    "padded pair": lambda tf: tf.data.Dataset.zip(lengths(tf), rng(tf)).padded_batch(2, padded_shapes=([None], [])),
    "padded values": lambda tf: tf.data.Dataset.zip(lengths(tf), rng(tf)).padded_batch(
        2, padded_shapes=([5], []), padding_values=(np.int32(9), np.int64(0))
    ),
    "padded dict": lambda tf: tf.data.Dataset.zip({"b": lengths(tf), "a": rng(tf)}).padded_batch(
        2, padded_shapes={"a": [], "b": [3]}
    ),
    "padded strings": lambda tf: tf.data.Dataset.from_tensor_slices([["a"], ["b"]]).padded_batch(2, padded_shapes=[2]),
    "padded known": lambda tf: xy(tf).padded_batch(4, padded_shapes=([3], [])),
    "unbatch": lambda tf: xy(tf).batch(4).unbatch(),
    "unbatch exact": lambda tf: xy(tf).batch(3, drop_remainder=True).unbatch(),
    "unbatch slices": lambda tf: xy(tf).map(lambda x, y: x).unbatch(),
    "rebatch": lambda tf: rng(tf).batch(4).rebatch(3),
    "rebatch drop": lambda tf: rng(tf).batch(4).rebatch(3, drop_remainder=True),
    "map": lambda tf: rng(tf).map(lambda x: x * 2),
    "map parallel": lambda tf: rng(tf).map(lambda x: x * 2, num_parallel_calls=tf.data.AUTOTUNE),
    "map two": lambda tf: xy(tf).map(lambda x, y: (x * 2, tf.cast(y, tf.float32))),
    "map to dict": lambda tf: xy(tf).map(lambda x, y: {"y": y, "x": x}),
    "map of dict": lambda tf: named(tf).map(lambda d: d["a"] + tf.cast(d["b"], tf.float32)),
    "map constant": lambda tf: rng(tf, 3).map(lambda x: 7),
    "map list": lambda tf: rng(tf, 3).map(lambda x: [x, x]),
    "map float": lambda tf: rng(tf, 3).map(lambda x: 0.5),
    "map unknown shape": lambda tf: lengths(tf).map(lambda x: x * 2),
    "map reduces": lambda tf: lengths(tf).map(lambda x: tf.reduce_sum(x)),
    "map batched": lambda tf: xy(tf).batch(4).map(lambda x, y: tf.reduce_sum(x, axis=1)),
    "map then batch": lambda tf: xy(tf).shuffle(6, seed=1).map(lambda x, y: (x / 2.0 + 1.0, y + 1)).batch(4).prefetch(2),
    "map reshape": lambda tf: xy(tf).map(lambda x, y: tf.reshape(x, [2, 1])).batch(5),
    "map fill": lambda tf: rng(tf, 4).map(lambda n: tf.fill([n], n)),
    "map none": lambda tf: xy(tf).map(lambda x, y: (x, None)).map(lambda x, n: x),
    "filter": lambda tf: rng(tf).filter(lambda x: x % 3 == 0),
    "filter pair": lambda tf: xy(tf).filter(lambda x, y: y > 3),
    "flat_map": lambda tf: rng(tf, 4).flat_map(lambda x: tf.data.Dataset.range(x)),
    "flat_map slices": lambda tf: xy(tf).batch(4).flat_map(lambda x, y: tf.data.Dataset.from_tensor_slices((x, y))),
    "interleave": lambda tf: rng(tf, 5).interleave(repeated(tf), cycle_length=2, block_length=2),
    "interleave uneven": lambda tf: rng(tf, 6).interleave(lambda x: tf.data.Dataset.range(x), cycle_length=3, block_length=2),
    "interleave one": lambda tf: rng(tf, 3).interleave(repeated(tf), cycle_length=1),
    "interleave wide": lambda tf: rng(tf, 2).interleave(repeated(tf), cycle_length=5, block_length=1),
    "interleave parallel": lambda tf: rng(tf, 5).interleave(repeated(tf), cycle_length=2, block_length=2, num_parallel_calls=2),
    "shuffle": lambda tf: rng(tf).shuffle(10, seed=3),
    "shuffle small": lambda tf: rng(tf, 30).shuffle(4, seed=3),
    "shuffle big": lambda tf: rng(tf).shuffle(1000, seed=3),
    "shuffle long": lambda tf: rng(tf, 700).shuffle(50, seed=11),
    "shuffle one": lambda tf: rng(tf).shuffle(1, seed=3),
    "shuffle repeat": lambda tf: rng(tf, 5).shuffle(5, seed=3).repeat(3),
    "shuffle same": lambda tf: rng(tf, 5).shuffle(5, seed=3, reshuffle_each_iteration=False).repeat(3),
    "repeat shuffle": lambda tf: rng(tf, 5).repeat(3).shuffle(4, seed=3),
    "shuffle batch repeat": lambda tf: rng(tf, 7).shuffle(7, seed=3).batch(3).repeat(2),
    "shuffle repeat batch": lambda tf: rng(tf, 7).shuffle(7, seed=3).repeat(2).batch(3),
    "shuffle filtered": lambda tf: rng(tf, 30).filter(lambda x: x % 2 == 0).shuffle(5, seed=8),
    "shuffle empty": lambda tf: rng(tf, 0).shuffle(5, seed=8),
    "repeat": lambda tf: rng(tf, 3).repeat(2),
    "repeat none": lambda tf: rng(tf, 3).repeat(0),
    "repeat endless": lambda tf: rng(tf, 3).repeat(),
    "repeat minus one": lambda tf: rng(tf, 3).repeat(-1).take(7),
    "repeat empty": lambda tf: rng(tf, 0).repeat(),
    "repeat unknown": lambda tf: rng(tf, 4).filter(lambda x: x > 1).repeat(2),
    "repeat unknown endless": lambda tf: rng(tf, 4).filter(lambda x: x > 1).repeat().take(5),
    "take": lambda tf: rng(tf).take(3),
    "take many": lambda tf: rng(tf).take(30),
    "take all": lambda tf: rng(tf).take(-1),
    "take none": lambda tf: rng(tf).take(0),
    "take unknown": lambda tf: rng(tf).filter(lambda x: x > 1).take(3),
    "take endless": lambda tf: rng(tf).repeat().take(3),
    "skip": lambda tf: rng(tf).skip(7),
    "skip many": lambda tf: rng(tf).skip(70),
    "skip all": lambda tf: rng(tf).skip(-1),
    "skip unknown": lambda tf: rng(tf).filter(lambda x: x > 1).skip(3),
    "skip endless": lambda tf: rng(tf).repeat().skip(3).take(3),
    "take_while": lambda tf: rng(tf).take_while(lambda x: x < 4),
    "shard": lambda tf: rng(tf).shard(3, 0),
    "shard last": lambda tf: rng(tf).shard(3, 2),
    "shard batch": lambda tf: rng(tf).shard(3, 1).batch(2),
    "cache": lambda tf: rng(tf).cache(),
    "cache shuffle": lambda tf: rng(tf).cache().shuffle(10, seed=2).repeat(2),
    "prefetch": lambda tf: rng(tf).prefetch(3),
    "prefetch auto": lambda tf: rng(tf).prefetch(tf.data.AUTOTUNE),
    "prefetch none": lambda tf: rng(tf).prefetch(0),
    "enumerate": lambda tf: xy(tf).enumerate(),
    "enumerate start": lambda tf: rng(tf, 3).enumerate(start=5),
    "window": lambda tf: rng(tf).window(3).flat_map(lambda w: w.batch(3)),
    "window drop": lambda tf: rng(tf).window(3, drop_remainder=True).flat_map(lambda w: w.batch(3)),
    "window shift": lambda tf: rng(tf).window(3, shift=1, drop_remainder=True).flat_map(lambda w: w.batch(3)),
    "window stride": lambda tf: rng(tf).window(3, shift=2, stride=2).flat_map(lambda w: w.batch(3)),
    "window apart": lambda tf: rng(tf).window(2, shift=4).flat_map(lambda w: w.batch(3)),
    "window spec": lambda tf: rng(tf).window(3),
    "window pair spec": lambda tf: xy(tf).window(4),
    "window pair": lambda tf: xy(tf).window(4).flat_map(lambda a, b: tf.data.Dataset.zip((a.batch(4), b.batch(4)))),
    "window dict spec": lambda tf: named(tf).window(4, drop_remainder=True),
    "scan": lambda tf: rng(tf).scan(np.int64(0), lambda s, x: (s + x, s + x)),
    "scan pair": lambda tf: xy(tf).scan((np.float32(0), np.int64(0)), lambda s, e: ((s[0] + e[0][0], s[1] + 1), (s[1], e[1]))),
    "unique": lambda tf: tf.data.Dataset.from_tensor_slices([1, 3, 1, 2, 3]).unique(),
    "unique strings": lambda tf: tf.data.Dataset.from_tensor_slices(["a", "b", "a"]).unique(),
    "apply": lambda tf: rng(tf).apply(lambda d: d.filter(lambda x: x > 7)),
    "claimed": lambda tf: rng(tf).filter(lambda x: x > 7).apply(tf.data.experimental.assert_cardinality(2)),
    "choose": lambda tf: tf.data.Dataset.choose_from_datasets(
        [tf.data.Dataset.from_tensors(t).repeat(2) for t in "abc"], rng(tf, 3).repeat(4)
    ),
    "choose on": lambda tf: tf.data.Dataset.choose_from_datasets(
        [rng(tf, 2), rng(tf, 5)], rng(tf, 2).repeat(4), stop_on_empty_dataset=False
    ),
    "sample stop": lambda tf: tf.data.Dataset.sample_from_datasets([rng(tf, 5)], [1.0], stop_on_empty_dataset=True),
    "sample one": lambda tf: tf.data.Dataset.sample_from_datasets([rng(tf, 5), rng(tf, 9)], [0.0, 1.0], seed=1).take(4),
    "group": lambda tf: rng(tf).group_by_window(lambda x: x % 3, lambda k, w: w.batch(2), window_size=2),
    "group rest": lambda tf: rng(tf).group_by_window(lambda x: 2 - x % 3, lambda k, w: w.batch(5), window_size=5),
    "group sizes": lambda tf: rng(tf).group_by_window(
        lambda x: x % 2, lambda k, w: w.batch(9), window_size_func=lambda k: k + 2
    ),
    "bucket": lambda tf: lengths(tf).bucket_by_sequence_length(lambda x: tf.shape(x)[0], [1, 3], [2, 2, 2]),
    "bucket boundary": lambda tf: lengths(tf).bucket_by_sequence_length(
        lambda x: tf.shape(x)[0], [2, 6], [2, 2, 2], pad_to_bucket_boundary=True
    ),
    "bucket drop": lambda tf: lengths(tf).bucket_by_sequence_length(lambda x: tf.shape(x)[0], [2], [2, 2], drop_remainder=True),
    "options": lambda tf: rng(tf).with_options(tf.data.Options()),
    "shuffle_and_repeat": lambda tf: rng(tf, 4).apply(tf.data.experimental.shuffle_and_repeat(4, count=2, seed=5)),
    "ignore_errors": lambda tf: rng(tf, 5).map(lambda x: tf.debugging.check_numerics(1.0 / tf.cast(x - 2, tf.float32), "no")).ignore_errors(),
}  # fmt: skip

# Errors: what is tried -> the class that TensorFlow raises
ERRORS = {
    "scalar slices": lambda tf: tf.data.Dataset.from_tensor_slices(1),
    "unequal slices": lambda tf: tf.data.Dataset.from_tensor_slices(([1, 2], [1])),
    "batch 0": lambda tf: list(rng(tf).batch(0)),
    "shuffle 0": lambda tf: list(rng(tf).shuffle(0)),
    "shard": lambda tf: list(rng(tf).shard(2, 2)),
    "window 0": lambda tf: list(rng(tf).window(0)),
    "len endless": lambda tf: len(rng(tf).repeat()),
    "len unknown": lambda tf: len(rng(tf).filter(lambda x: x > 1)),
    "batch shapes": lambda tf: list(lengths(tf).batch(2)),
    "generator shape": lambda tf: list(tf.data.Dataset.from_generator(ragged, output_signature=tf.TensorSpec([1], tf.int32))),
    "generator dtype": lambda tf: list(
        tf.data.Dataset.from_generator(lambda: iter(["a"]), output_signature=tf.TensorSpec([], tf.int32))
    ),
    "generator structure": lambda tf: list(
        tf.data.Dataset.from_generator(lambda: iter([1]), output_signature=(tf.TensorSpec([], tf.int32),) * 2)
    ),
    "generator no types": lambda tf: tf.data.Dataset.from_generator(ragged),
    "generator no callable": lambda tf: tf.data.Dataset.from_generator([1], tf.int32),
    "generator both": lambda tf: tf.data.Dataset.from_generator(
        ragged, tf.int32, output_signature=tf.TensorSpec([None], tf.int32)
    ),
    "zip nothing": lambda tf: tf.data.Dataset.zip(),
    "zip others": lambda tf: tf.data.Dataset.zip((1, 2)),
    "concatenate dtypes": lambda tf: rng(tf).concatenate(tf.data.Dataset.range(2, output_type=tf.int32)),
    "concatenate structures": lambda tf: rng(tf).concatenate(xy(tf)),
    "flat_map no dataset": lambda tf: list(rng(tf).flat_map(lambda x: x)),
    "filter no bool": lambda tf: list(rng(tf).filter(lambda x: x)),
    "padded small": lambda tf: list(lengths(tf).padded_batch(5, padded_shapes=[2])),
    "padded rank": lambda tf: list(lengths(tf).padded_batch(5, padded_shapes=[None, None])),
    "single empty": lambda tf: rng(tf, 0).get_single_element(),
    "single many": lambda tf: rng(tf).get_single_element(),
    "claimed few": lambda tf: list(rng(tf, 3).apply(tf.data.experimental.assert_cardinality(4))),
    "claimed many": lambda tf: list(rng(tf, 3).apply(tf.data.experimental.assert_cardinality(2))),
    "at": lambda tf: tf.data.experimental.at(rng(tf, 3), 3),
    "unbatch scalars": lambda tf: list(rng(tf).unbatch()),
    "unique pair": lambda tf: list(xy(tf).unique()),
    "get_next": lambda tf: iter(rng(tf, 0)).get_next(),
    "no file": lambda tf: list(tf.data.TextLineDataset("/nowhere/at/all")),
    "no records": lambda tf: list(tf.data.TFRecordDataset("/nowhere/at/all")),
    "no match": lambda tf: tf.data.Dataset.list_files("/nowhere/at/all*"),
    "scan state": lambda tf: list(rng(tf).scan(0, lambda s, x: (x, x))),
    "scan pair": lambda tf: list(rng(tf).scan(0, lambda s, x: s)),
    "reduce state": lambda tf: rng(tf).reduce(0, lambda s, x: x),
    "bucket sizes": lambda tf: rng(tf).bucket_by_sequence_length(lambda x: 1, [1, 2], [1]),
    "apply": lambda tf: rng(tf).apply(lambda d: 1),
    "map no function": lambda tf: rng(tf).map(3),
    "map arity": lambda tf: list(rng(tf).map(lambda x, y: x)),
    "map assert": lambda tf: list(rng(tf).map(lambda x: tf.debugging.check_numerics(1.0 / tf.cast(x, tf.float32), "no"))),
    "choose dtype": lambda tf: tf.data.Dataset.choose_from_datasets([rng(tf)], rng(tf, output_type=tf.int32)),
    "weights": lambda tf: tf.data.Dataset.sample_from_datasets([rng(tf)], [0.5, 0.5]),
    "group sizes": lambda tf: rng(tf).group_by_window(lambda x: x, lambda k, w: w),
}  # fmt: skip


def plain(value):
    """A value as JSON can hold it."""
    if isinstance(value, dict):
        return {key: plain(v) for key, v in sorted(value.items())}
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    if isinstance(value, bytes):
        return value.decode()
    if "cardinality" in dir(value):
        return "a dataset"
    if "numpy" in dir(value):
        return plain(value.numpy())
    if isinstance(value, (np.ndarray, np.generic)):
        return plain(value.tolist())
    return value if isinstance(value, (int, float, str, bool, type(None))) else type(value).__name__


def outcome(dataset, limit=100):
    """The spec, the cardinality, the elements of the first and of the second iteration."""
    endless = int(dataset.cardinality()) == -1
    read = dataset.take(5) if endless else dataset
    first, second = ([plain(e) for e in read] for _ in range(2))
    return {
        "spec": str(dataset.element_spec),
        "cardinality": int(dataset.cardinality()),
        "first": first,
        "second": "same" if second == first else second,
    }
