"""Ragged and sparse tensors and strings where gradtape's own machinery meets them: tapes, orders, functions, maps, datasets, messages."""

import copy
import logging
import pickle

import numpy as np
import pytest

import gradtape as tf


@pytest.fixture
def ragged():
    return tf.ragged.constant([[1.0, 2.0], [], [3.0]])


@pytest.fixture
def sparse():
    return tf.SparseTensor([[0, 1], [1, 0]], [1.0, 2.0], [2, 2])


# -- tapes ---------------------------------------------------------------------------------------------------------------------------
def test_the_gradient_of_a_ragged_tensor_is_ragged(ragged):
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(ragged)
        squares = ragged * ragged
        total = tf.reduce_sum(squares)
    assert tape.gradient(total, ragged).to_list() == [[2.0, 4.0], [], [6.0]]
    assert tape.gradient(squares, ragged).to_list() == [[2.0, 4.0], [], [6.0]]
    assert tape.gradient(total, {"x": [ragged]})["x"][0].to_list() == [[2.0, 4.0], [], [6.0]]


def test_the_gradient_of_a_sparse_tensor_is_sparse(sparse):
    w = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as tape:
        tape.watch(sparse)
        loss = tf.reduce_sum(tf.sparse.sparse_dense_matmul(sparse, w) ** 2)
    by_place, by_weight = tape.gradient(loss, [sparse, w])
    assert by_place.indices.numpy().tolist() == [[0, 1], [1, 0]] and by_place.values.numpy().tolist() == [50.0, 20.0]
    assert isinstance(by_weight, tf.Tensor) and by_weight.numpy().tolist() == [[8.0, 16.0], [6.0, 8.0]]


def test_without_a_path_there_is_none(ragged):
    with tf.GradientTape() as tape:
        tape.watch(ragged)
        loss = tf.constant(1.0) * 2.0
    assert tape.gradient(loss, ragged) is None


def test_second_order_through_rows(ragged):
    x = tf.Variable([0.5, -0.2, 0.7])
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            rows = ragged.with_values(x * x)
            loss = tf.reduce_sum(tf.reduce_sum(rows * ragged, axis=1) ** 2)
        slope = inner.gradient(loss, x)
    hessian = outer.jacobian(slope, x).numpy()
    first, last = np.array([1.0, 2.0]), 3.0
    a, b = x.numpy()[:2], x.numpy()[2]
    inside = 8 * np.outer(first * a, first * a) + np.diag(4 * first * (first @ (a * a)))
    expected = np.zeros((3, 3))
    expected[:2, :2], expected[2, 2] = inside, 12 * last * last * b * b
    np.testing.assert_allclose(hessian, expected, rtol=1e-5)


def test_forward_mode_through_a_sparse_product(sparse):
    w = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.autodiff.ForwardAccumulator(w, tf.ones_like(w)) as accumulator:
        y = tf.sparse.sparse_dense_matmul(sparse, w)
    assert accumulator.jvp(y).numpy().tolist() == [[1.0, 1.0], [2.0, 2.0]]


def test_a_map_through_a_sparse_product(sparse):
    many = tf.constant(np.random.default_rng(0).normal(size=(3, 2, 2)).astype("f4"))
    found = tf.vectorized_map(lambda w: tf.sparse.sparse_dense_matmul(sparse, w), many)
    expected = np.stack([tf.sparse.to_dense(sparse).numpy() @ w for w in many.numpy()])
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-6)


def test_an_empty_row_has_a_maximum_without_a_gradient():
    x = tf.ragged.constant([[1.0, 5.0], []])
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = tf.reduce_sum(tf.where(x.row_lengths() > 0, tf.reduce_max(x, axis=1), 0.0))
    assert tape.gradient(loss, x).to_list() == [[0.0, 1.0], []]


# -- functions -----------------------------------------------------------------------------------------------------------------------
def test_a_function_is_traced_once_for_each_layout(ragged):
    @tf.function
    def f(x):
        return tf.reduce_sum(x * 2.0, axis=1), x + 1.0

    total, more = f(ragged)
    again, _ = f(tf.ragged.constant([[5.0, 1.0], [], [0.5]]))
    assert total.numpy().tolist() == [6.0, 0.0, 6.0] and more.to_list() == [[2.0, 3.0], [], [4.0]]
    assert again.numpy().tolist() == [12.0, 0.0, 1.0]
    assert f.experimental_get_tracing_count() == 1
    f(tf.ragged.constant([[1.0]]))
    assert f.experimental_get_tracing_count() == 2


def test_a_training_step_over_a_graph_is_compiled(sparse):
    w = tf.Variable([[1.0, 2.0], [3.0, 4.0]])

    @tf.function
    def step(graph):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.sparse.sparse_dense_matmul(graph, w) ** 2)
        w.assign_sub(0.01 * tape.gradient(loss, w))
        return loss

    losses = [float(step(sparse)) for _ in range(5)]
    assert losses == sorted(losses, reverse=True) and step.experimental_get_tracing_count() == 1


def test_many_layouts_run_eagerly_with_one_explanation(caplog):
    @tf.function
    def total(x):
        return tf.reduce_sum(x, axis=1)

    with caplog.at_level(logging.WARNING, logger="gradtape"):
        for n in range(1, 15):
            assert total(tf.ragged.constant([[1.0] * n])).numpy().tolist() == [float(n)]
    assert total.experimental_get_tracing_count() <= 8
    assert caplog.text.count("values lie elsewhere") == 1


def test_string_functions_in_a_function(caplog):
    @tf.function
    def words(text):
        return tf.strings.split(tf.strings.lower(text))

    with caplog.at_level(logging.WARNING, logger="gradtape"):
        assert words(tf.constant(["A b", "C"])).to_list() == [[b"a", b"b"], [b"c"]]
        assert words(tf.constant(["D"])).to_list() == [[b"d"]]
    assert caplog.text.count("words") == 1 and "StringSplitV2" in caplog.text


def test_elementwise_string_functions_are_traced():
    @tf.function
    def shown(x):
        return tf.strings.join([tf.strings.as_string(x, precision=1), "!"])

    assert shown(tf.constant([1.0, 2.5])).numpy().tolist() == [b"1.0!", b"2.5!"]
    assert shown.experimental_get_tracing_count() == 1


def test_a_table_in_a_function():
    table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(["a", "b"], [1, 2]), -1)

    @tf.function
    def find(keys):
        return table.lookup(keys) * 10

    assert find(tf.constant(["b", "z"])).numpy().tolist() == [20, -10]
    assert find.experimental_get_tracing_count() == 1


def test_a_file_is_read_in_a_function(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("text")
    read = tf.function(tf.io.read_file)
    assert read(tf.constant(str(file))).numpy() == b"text"


# -- structures, copies, datasets ------------------------------------------------------------------------------------------------------
def test_they_are_leaves_of_structures(ragged, sparse):
    flat = tf.nest.flatten({"b": ragged, "a": [sparse]})
    assert flat[0] is sparse and flat[1] is ragged
    assert tf.is_tensor(ragged) and tf.is_tensor(sparse)


def test_copies(ragged, sparse):
    assert pickle.loads(pickle.dumps(ragged)).to_list() == ragged.to_list()
    assert tf.sparse.to_dense(pickle.loads(pickle.dumps(sparse))).numpy().tolist() == [[0.0, 1.0], [2.0, 0.0]]
    assert copy.copy(ragged).to_list() == ragged.to_list()


def test_shuffled_batches_of_rows(ragged, sparse):
    data = tf.data.Dataset.from_tensor_slices({"r": ragged, "n": [0, 1, 2]}).shuffle(3, seed=1).batch(2)
    seen = [(row, n) for batch in data for row, n in zip(batch["r"].to_list(), batch["n"].numpy().tolist(), strict=True)]
    assert sorted(seen, key=lambda pair: pair[1]) == [([1.0, 2.0], 0), ([], 1), ([3.0], 2)]
    rows = tf.data.Dataset.from_tensor_slices(sparse).repeat(2).batch(4)
    assert tf.sparse.to_dense(next(iter(rows))).numpy().tolist() == [[0.0, 1.0], [2.0, 0.0], [0.0, 1.0], [2.0, 0.0]]


def test_a_generator_of_rows(ragged):
    signature = tf.RaggedTensorSpec([None, None], tf.float32, 1)
    data = tf.data.Dataset.from_generator(lambda: iter([ragged, ragged[:1]]), output_signature=signature)
    assert [x.to_list() for x in data] == [[[1.0, 2.0], [], [3.0]], [[1.0, 2.0]]]
    assert data.element_spec == signature


def test_map_fn_over_rows(ragged):
    assert tf.map_fn(tf.reduce_sum, ragged).numpy().tolist() == [3.0, 0.0, 3.0]
    assert tf.map_fn(lambda row: row[:1], ragged).to_list() == [[1.0], [], [3.0]]
    spec = tf.RaggedTensorSpec([None], tf.int32, 0)
    assert tf.map_fn(tf.range, tf.constant([2, 0, 1]), fn_output_signature=spec).to_list() == [[0, 1], [], [0]]


def test_loops_and_lengths(ragged):
    assert len(ragged) == 3 and [row.numpy().tolist() for row in ragged] == [[1.0, 2.0], [], [3.0]]
    with pytest.raises(TypeError, match="ambiguous"):
        bool(ragged)
    with pytest.raises(TypeError, match="dense_shape"):
        len(tf.sparse.eye(2))


# -- what is refused -------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda r, s: tf.matmul(r, tf.ones([2, 2])), ValueError, "matmul does not take a RaggedTensor; x.to_tensor"),
        (lambda r, s: tf.exp(s), TypeError, "exp does not take a SparseTensor; tf.sparse.to_dense"),
        (lambda r, s: tf.convert_to_tensor(r), ValueError, "to_tensor"),
        (lambda r, s: r + s, TypeError, "SparseTensor"),
        (lambda r, s: r + tf.ones([4, 1]), tf.errors.InvalidArgumentError, "different lengths"),
        (lambda r, s: tf.RaggedTensor(r.values, r.row_splits), ValueError, "factory methods"),
        (lambda r, s: tf.sparse.to_dense(r), TypeError, "must be a SparseTensor, got RaggedTensor"),
        (lambda r, s: r.with_values([1.0]), ValueError, "3 values"),
        (lambda r, s: tf.strings.lower(tf.constant([1])), ValueError, "string"),
        (lambda r, s: tf.strings.regex_replace("a", "(?<=a)b", ""), tf.errors.InvalidArgumentError, "invalid perl operator"),
        (lambda r, s: list(tf.data.Dataset.from_tensors(r).padded_batch(1)), TypeError, "RaggedTensor"),
    ],
)
def test_refusals(ragged, sparse, call, kind, words):
    with pytest.raises(kind, match=words.replace("(", r"\(").replace(".", r"\.")):
        call(ragged, sparse)


def test_unicode_categories_by_negation():
    assert tf.strings.regex_replace("aB1 é", r"\P{L}", "").numpy().decode() == "aBé"
    assert tf.strings.regex_replace("aB1 é", r"[^\p{Lu}\d]", "").numpy() == b"B1"


def test_strings_stay_bytes():
    x = tf.constant(["ä", b"\xff"])
    assert x.numpy().tolist() == [b"\xc3\xa4", b"\xff"] and tf.strings.upper(x).numpy().tolist() == [b"\xc3\xa4", b"\xff"]
