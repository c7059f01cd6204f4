"""The pages of the docs that describe every public name, a namespace a page: a hook of mkdocs.

They are made from the library that is imported: signatures and docstrings as Python sees them. The list of names is that of
tests/parity, and what gradtape alone has. A name that is the same object as one of a page before is a line that links to it.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from mkdocs.structure.files import File

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import gradtape
from tests.parity.names import Name, names

FOLDER = "reference/api"
KERAS = (
    "tf.keras",
    "tf.initializers",
    "tf.losses",
    "tf.metrics",
    "tf.optimizers",
    "tf.regularizers",
    "tf.activations",
    "tf.callbacks",
)
OURS = ("tf.autodiff", "tf.debugging", "tf.config", "tf.test", "tf.experimental")  # where gradtape has names of its own
SECTION = re.compile(r"^(Args|Returns|Raises|Yields|Note|Source|See also):\s*$")


def on_config(config: Any) -> Any:
    """Adds the pages to the navigation, below Reference."""
    for entry in config.nav:
        if "Reference" in entry:
            entry["Reference"].append({"Every name": [{space: page_path(space)} for space in sorted(spaces())]})
    return config


def on_files(files: Any, config: Any) -> Any:
    """Adds the pages to the files that mkdocs builds."""
    homes: dict[int, str] = {}
    for space, members in sorted(spaces().items()):
        files.append(File.generated(config, page_path(space), content=page(space, members, homes)))
    return files


def page_path(space: str) -> str:
    return f"{FOLDER}/{space}.md"


def spaces() -> dict[str, dict[str, Any]]:
    """The namespaces, each with its public names and what they are."""
    found: dict[str, dict[str, Any]] = {}
    for name in names():
        space, _, last = name.path.rpartition(".")
        if is_described(name) and not name.path.startswith((*KERAS, "tf.compat")):
            found.setdefault(space, {})[last] = name.value
    for space in OURS:
        found.setdefault(space, {}).update(own_names(space))
    return {space: members for space, members in found.items() if members}


def is_described(name: Name) -> bool:
    here = name.present and callable(name.value) and not isinstance(name.value, ModuleType)
    return here and name.kind not in ("method", "property")


def own_names(space: str) -> Iterator[tuple[str, Any]]:
    """Public functions and classes that TensorFlow's list does not hold."""
    module: Any = gradtape
    for part in space.split(".")[1:]:
        module = getattr(module, part)
    for name in getattr(module, "__all__", ()):
        value = getattr(module, name)
        if callable(value) and not isinstance(value, ModuleType):
            yield name, value


def page(space: str, members: dict[str, Any], homes: dict[int, str]) -> str:
    """A namespace; `homes` says where an object was described before."""
    parts = [f"# {space}\n"]
    for name, value in sorted(members.items(), key=lambda item: item[0].lower()):
        path, home = f"{space}.{name}", homes.get(id(value))
        if home is not None:
            parts.append(f"## {path}\n\nThe same as [{home}]({link(space, home)}).\n")
            continue
        homes[id(value)] = path
        parts.append(entry(path, value))
    return "\n".join(parts)


def link(space: str, home: str) -> str:
    other = home.rpartition(".")[0]
    anchor = "#" + home.lower().replace(".", "")
    return anchor if other == space else f"{other}.md{anchor}"


def entry(path: str, value: Any) -> str:
    """Heading, signature and docstring of a function or class, and the methods of a class."""
    text = f"## {path}\n\n```python\n{path}{signature(value)}\n```\n\n{markdown(inspect.getdoc(value) or '')}\n"
    if inspect.isclass(value) and not issubclass(value, BaseException):
        text += "".join(method(name, item) for name, item in sorted(vars(value).items()) if is_documented(name, item))
    return text


def method(name: str, item: Any) -> str:
    if isinstance(item, property):
        return f"\n**{name}**: {markdown(inspect.getdoc(item) or '')}\n"
    function = item.__func__ if isinstance(item, (classmethod, staticmethod)) else item
    return f"\n```python\n{name}{signature(function)}\n```\n\n{markdown(inspect.getdoc(function) or '')}\n"


def is_documented(name: str, item: Any) -> bool:
    function = item.__func__ if isinstance(item, (classmethod, staticmethod)) else item
    return (
        not name.startswith("_") and bool(inspect.getdoc(item)) and (inspect.isfunction(function) or isinstance(item, property))
    )


def signature(value: Any) -> str:
    """As it is called; without annotations, which the text gives in words."""
    try:
        found = inspect.signature(value)
    except (TypeError, ValueError):
        return "(…)"
    bare = [p.replace(annotation=inspect.Parameter.empty) for p in found.parameters.values() if p.name != "self"]
    return str(found.replace(parameters=bare, return_annotation=inspect.Signature.empty))


def markdown(doc: str) -> str:
    """A docstring: sections become lists, examples become code blocks."""
    out: list[str] = []
    code = False
    in_section = False
    for line in doc.splitlines():
        example = line.lstrip().startswith((">>>", "...")) or (code and line.strip() != "")
        if example and not code:
            out += ["", "```python"]
        elif code and not example:
            out += ["```", ""]
        code = example
        heading = SECTION.match(line)
        if code:
            out.append(line.strip() if line.lstrip().startswith((">>>", "...")) else line)
        elif heading:
            in_section = True
            out += ["", f"**{heading.group(1)}**", ""]
        elif in_section and line.startswith("    ") and not line.startswith("     "):
            out.append("- " + line.strip())
        else:
            in_section = in_section and (not line.strip() or line.startswith(" "))
            out.append(line)
    return "\n".join([*out, "```"] if code else out)
