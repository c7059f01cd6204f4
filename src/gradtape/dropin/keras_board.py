"""Keras's TensorBoard callback without TensorFlow: it writes through tf.summary of gradtape.

Keras imports `tensorflow.summary` in two functions of the callback's module, whatever its back end. Two more things it does in
TensorFlow's terms: the graph of a step it asks of TensorFlow's functions, and embeddings it shows from a checkpoint that only
TensorFlow can read. Here the graph is a forward pass on a tape, and embeddings are tables of text, which TensorBoard reads itself.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np

import gradtape

from ..summary import board

MODEL_PLUGIN = "graph_keras_model"
TABLE = "{}.tsv"


def change(module: Any) -> None:
    """Let the callback, once its module is loaded, write with gradtape."""
    callback = module.TensorBoard
    configure, log = callback._configure_embeddings, callback._log_embeddings

    def configure_embeddings(self: Any) -> None:
        os.makedirs(self._log_write_dir, exist_ok=True)
        configure(self)
        name_tables(self._log_write_dir, self.model)

    def log_embeddings(self: Any, epoch: int) -> None:
        log(self, epoch)
        write_tables(self._log_write_dir, self.model)

    callback.summary = property(lambda self: gradtape.summary)
    callback._write_keras_model_train_graph = write_forward_graph
    callback._configure_embeddings, callback._log_embeddings = configure_embeddings, log_embeddings
    module.keras_model_summary = keras_model_summary


def keras_model_summary(name: str, data: Any, step: Any = None) -> Any:
    """Write the configuration of a model, which TensorBoard draws as its conceptual graph."""
    metadata = board.plugin_metadata(MODEL_PLUGIN, b"1")
    return gradtape.summary.write(name, data.to_json(), step=step, metadata=metadata)


def write_forward_graph(self: Any) -> None:
    """Write what a forward pass of one example records on a tape, where the shape of an example is known."""
    if type(self.model).__name__ not in ("Functional", "Sequential"):
        return
    inputs = self.model.inputs[0] if len(self.model.inputs) == 1 else self.model.input
    if any(None in x.shape[1:] for x in gradtape.nest.flatten(inputs)):
        return
    with gradtape.summary.record_if(False), gradtape.GradientTape() as tape:  # the model's own summaries belong to its steps
        example = gradtape.nest.map_structure(lambda x: zeros_like_input(tape, x), inputs)
        self.model(example, training=False)
    with self._train_writer.as_default():
        gradtape.summary.graph(tape)


def zeros_like_input(tape: Any, x: Any) -> Any:
    example = gradtape.zeros([1, *x.shape[1:]], x.dtype)
    if example.dtype.is_floating:
        tape.watch(example)
    return example


# -- embeddings ----------------------------------------------------------------------------------------------------------
def embedding_layers(model: Any) -> list[Any]:
    return [layer for layer in model.layers if isinstance(layer, gradtape.keras.layers.Embedding)]


def name_tables(folder: str, model: Any) -> None:
    """In the projector's configuration, which names the layers in order: where each one's table lies."""
    projector, text_format = board.part("plugins.projector"), board.text_format()
    path = os.path.join(folder, "projector_config.pbtxt")
    with open(path, encoding="utf-8") as file:
        config = text_format.Parse(file.read(), projector.ProjectorConfig())
    for embedding, layer in zip(config.embeddings, embedding_layers(model), strict=True):
        embedding.tensor_name, embedding.tensor_path = layer.name, TABLE.format(layer.name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text_format.MessageToString(config))


def write_tables(folder: str, model: Any) -> None:
    for layer in embedding_layers(model):
        np.savetxt(os.path.join(folder, TABLE.format(layer.name)), layer.embeddings.numpy(), fmt="%.7g", delimiter="\t")
