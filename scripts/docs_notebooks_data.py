"""What TensorFlow's notebooks get in place of downloads: data that scikit-learn and other packages ship. Runs inside the kernel.

Nothing here is TensorFlow's data, and the results mean nothing: the notebooks are run to see whether they run.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import types
from pathlib import Path

import numpy as np
import scipy.stats
import sklearn.datasets
import tensorflow as tf
from PIL import Image

ROWS = 640


def digits(side=28, channels=0):
    """scikit-learn's digits, enlarged to a square of `side` pixels, in the form of keras.datasets."""
    data = sklearn.datasets.load_digits()
    images = np.stack([np.asarray(Image.fromarray((x * 15.9).astype(np.uint8)).resize((side, side))) for x in data.images[:ROWS]])
    labels = data.target[:ROWS].astype(np.uint8)
    if channels:
        images, labels = np.repeat(images[..., None], channels, -1), labels[:, None]
    part = ROWS * 4 // 5
    return (images[:part], labels[:part]), (images[part:], labels[part:])


# -- keras.datasets, get_file, applications ---------------------------------------------------------------------------
def get_file(fname=None, origin=None, *args, **kwargs):
    """One of scikit-learn's two photographs for any image; nothing else."""
    name = Path(fname or origin).name
    folder = Path("downloads").absolute()
    folder.mkdir(exist_ok=True)
    if name.endswith(".tar.gz"):
        return facades(folder, name)
    if name == "ImageNetLabels.txt":
        (folder / name).write_text("\n".join(f"class {n}" for n in range(1001)))
    elif Path(origin or name).suffix in (".jpg", ".jpeg"):
        photograph("flower.jpg" if "style" in name or "kandinsky" in name else "china.jpg").save(folder / name, "JPEG")
    else:
        raise OSError(f"no substitute for {origin or name}")
    return str(folder / name)


def photograph(name):
    return Image.fromarray(sklearn.datasets.load_sample_image(name))


def facades(folder, name):
    """Pairs of a photograph and its outlines in the form of the facades: two squares side by side."""
    base = folder / f"{name.removesuffix('.tar.gz')}_extracted" / name.removesuffix(".tar.gz")
    for part in ("train", "test", "val"):
        (base / part).mkdir(parents=True, exist_ok=True)
        for n in range(1, 101 if part == "train" else 3):
            pair = Image.new("RGB", (512, 256))
            for place, which in enumerate(("china.jpg", "flower.jpg")):
                pair.paste(photograph(which).resize((256, 256)), (256 * place, 0))
            pair.save(base / part / f"{n}.jpg", "JPEG")
    return str(folder / name)


def untrained(model):
    """The architecture without its trained weights."""

    def make(*args, **kwargs):
        return model(*args, **{**kwargs, "weights": None})

    return make


def named(probabilities, top=5):
    """The names of ImageNet's classes are a download too."""
    order = np.argsort(-np.asarray(probabilities), axis=1)[:, :top]
    return [
        [(f"n{i:08d}", f"class {i}", float(p[i])) for i in row] for row, p in zip(order, np.asarray(probabilities), strict=True)
    ]


# -- packages that need TensorFlow itself --------------------------------------------------------------------------------
class Info:
    """What a notebook reads of tensorflow_datasets' DatasetInfo."""

    def __init__(self, name, classes):
        self.name = name
        self.features = {"species": types.SimpleNamespace(names=classes), "label": types.SimpleNamespace(names=classes)}
        self.splits = {part: types.SimpleNamespace(num_examples=ROWS) for part in ("train", "test")}


def load(name, split=None, with_info=False, as_supervised=False, batch_size=None, **rest):
    """tensorflow_datasets.load: the digits for MNIST, irises for penguins, the photographs for cycle_gan."""
    base = name.partition("/")[0]
    if base not in TABLES:
        raise OSError(f"no substitute for tensorflow_datasets' {name}")
    data, classes = TABLES[base]()
    keys = ("features", "species") if base == "penguins" else ("image", "label")

    def part(which):
        return arranged(data[which.partition("[")[0]], keys, as_supervised, batch_size)

    if split is None:
        found = {which: part(which) for which in data}
    else:
        found = [part(which) for which in split] if isinstance(split, (list, tuple)) else part(split)
    return (found, Info(name, classes)) if with_info else found


def mnist():
    parts = [(images[..., None], labels.astype(np.int64)) for images, labels in digits()]
    return dict(zip(("train", "test"), parts, strict=True)), [str(n) for n in range(10)]


def penguins():
    iris = sklearn.datasets.load_iris()
    order = np.random.RandomState(0).permutation(len(iris.data))
    scaled = (iris.data / iris.data.max(0)).astype(np.float32)
    return {"train": (scaled[order], iris.target[order].astype(np.int64))}, list(iris.target_names)


def cycle_gan():
    sides = {"A": "china.jpg", "B": "flower.jpg"}
    images = {side: np.asarray(photograph(name).resize((256, 256)))[None] for side, name in sides.items()}
    return {f"{part}{side}": (images[side], np.zeros(1, np.int64)) for part in ("train", "test") for side in sides}, list(sides)


TABLES = {"mnist": mnist, "penguins": penguins, "cycle_gan": cycle_gan}


def arranged(pair, keys, as_supervised, batch_size):
    if batch_size == -1:
        return tuple(map(tf.constant, pair))
    dataset = tf.data.Dataset.from_tensor_slices(pair if as_supervised else dict(zip(keys, pair, strict=True)))
    return dataset if batch_size is None else dataset.batch(batch_size)


def as_dataframe(dataset, info=None):
    import pandas

    return pandas.DataFrame([{"features": str(np.asarray(x)), "species": int(y)} for x, y in map(pair_of, dataset)])


def pair_of(row):
    return tuple(row.values()) if isinstance(row, dict) else row


def cars():
    """The fuel consumption data from vega_datasets: the rows that the notebooks download, under other headings."""
    import vega_datasets

    frame = vega_datasets.data.cars()
    origin = {"USA": 1, "Europe": 2, "Japan": 3}
    columns = ["Miles_per_Gallon", "Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration"]
    table = frame[columns].astype(float).to_numpy()
    years = np.array([[int(str(y)[:4]) - 1900, origin[o]] for y, o in zip(frame["Year"], frame["Origin"], strict=True)])
    return np.concatenate([table, years], 1)


def read_csv(original):
    """pandas.read_csv, with the cars and the breast cancers of UCI from packages."""

    def read(path, *args, **kwargs):
        import pandas

        if "auto-mpg" in str(path):
            return pandas.DataFrame(cars(), columns=kwargs["names"])
        if "wdbc" in str(path) or "breast-cancer" in str(path):
            data = sklearn.datasets.load_breast_cancer()
            letters = np.where(data.target == 0, "M", "B")
            frame = pandas.DataFrame(data.data, columns=kwargs["names"][2:])
            frame.insert(0, kwargs["names"][1], letters)
            frame.insert(0, kwargs["names"][0], np.arange(len(letters)))
            return frame
        return original(path, *args, **kwargs)

    return read


def install():
    """Puts all of it in place."""
    os.environ["MPLBACKEND"] = "agg"
    for name in ("mnist", "fashion_mnist"):
        getattr(tf.keras.datasets, name).load_data = lambda *a, **k: digits()
    tf.keras.datasets.cifar10.load_data = lambda *a, **k: digits(32, 3)
    tf.keras.utils.get_file = get_file
    applications = tf.keras.applications
    for name in ("InceptionV3", "VGG19", "MobileNetV2", "MobileNet"):
        setattr(applications, name, untrained(getattr(applications, name)))
    for name in ("mobilenet_v2", "vgg19"):
        getattr(applications, name).decode_predictions = named
    stand_in("tensorflow_datasets", load=load, as_dataframe=as_dataframe, __version__="a substitute")
    stand_in("tensorflow_hub", KerasLayer=hub_layer)
    stand_in("tensorflow_probability", distributions=types.SimpleNamespace(Normal=Normal))
    stand_in("tensorflow_docs.vis.embed", embed_file=lambda path: path)
    if importlib.util.find_spec("gymnasium"):
        sys.modules["gym"] = importlib.import_module("gymnasium")
    if importlib.util.find_spec("pandas"):
        pandas = importlib.import_module("pandas")
        pandas.read_csv = read_csv(pandas.read_csv)


def stand_in(name, **members):
    """A module with these members, and the packages above it."""
    parts = name.split(".")
    for n in range(1, len(parts) + 1):
        module = types.ModuleType(".".join(parts[:n]))
        sys.modules[module.__name__] = module
        if n > 1:
            setattr(sys.modules[".".join(parts[: n - 1])], parts[n - 1], module)
    vars(sys.modules[name]).update(members)


class Normal:
    """What the notebooks use of tensorflow_probability."""

    def __init__(self, loc, scale):
        self.loc, self.scale = loc, scale

    def quantile(self, p):
        return scipy.stats.norm.ppf(p, self.loc, self.scale)


def hub_layer(handle=None, name=None, trainable=False):
    """An untrained MobileNetV2 with as many classes as tensorflow_hub's classifiers."""
    return tf.keras.applications.MobileNetV2(weights=None, classes=1001, classifier_activation=None)


install()
