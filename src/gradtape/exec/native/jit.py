"""LLVM text to addresses: what is not in memory is looked for on disk, and all that is missing is compiled as one module."""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import sys
import threading
from collections.abc import Sequence
from typing import NamedTuple

import llvmlite
import llvmlite.binding as llvm

from . import scalar
from .cache import Cache

HEAD = '!0 = distinct !{}\n!1 = !{!"llvm.loop.parallel_accesses", !0}\n!2 = !{!"llvm.loop.unroll.disable"}\n'
ATTRIBUTES = 'attributes #0 = { nounwind "prefer-vector-width"="512" }\nattributes #1 = { nounwind memory(none) }\n'
KEEP_NUMBERS = 3  # metadata below this number is common to all functions


class Function(NamedTuple):
    """A function to be compiled: its text calls it @KERNEL."""

    name: str
    text: str
    declarations: dict[str, str]


class Machine:
    """LLVM for this processor, the code that is loaded, and the cache."""

    def __init__(self) -> None:
        llvm.initialize_native_target()
        llvm.initialize_native_asmprinter()
        self.lock = threading.RLock()
        self.addresses: dict[str, int] = {}
        self.alive: list[object] = []
        self.cpu = llvm.get_host_cpu_name()
        self.features = llvm.get_host_cpu_features().flatten() + ",+prefer-no-gather,+prefer-no-scatter"
        self.triple = llvm.get_process_triple()
        load_vector_library(self.features)
        load_libm()
        note_features(self.features)
        self.target = llvm.Target.from_triple(self.triple).create_target_machine(
            cpu=self.cpu, features=self.features, opt=3, reloc="pic", codemodel="small", jit=True
        )
        self.engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), self.target)
        version = ".".join(map(str, llvm.llvm_version_info))
        lanes = ",".join(f"{k}{v}" for k, v in scalar.LANES.items())
        self.cache = Cache(
            "|".join((ATTRIBUTES + HEAD, llvmlite.__version__, version, self.triple, self.cpu, self.features, lanes))
        )

    def functions(self, wanted: Sequence[Function]) -> list[int]:
        """Their addresses."""
        with self.lock:
            self.load([f for f in wanted if f.name not in self.addresses])
            return [self.addresses[f.name] for f in wanted]

    def load(self, missing: Sequence[Function]) -> None:
        if missing:
            found = self.cache.find(f.name for f in missing)
            for code in found.values():
                self.link(code, [f.name for f in missing])
            missing = list({f.name: f for f in missing if f.name not in self.addresses}.values())
        if missing:
            name = "m" + hashlib.sha256("".join(sorted(f.name for f in missing)).encode()).hexdigest()[:32]
            code = self.compiled(module_text(missing))
            self.link(code, [f.name for f in missing])
            self.cache.put(name, [f.name for f in missing], code)

    def compiled(self, text: str) -> bytes:
        module = llvm.parse_assembly(text)
        module.triple = self.triple
        module.data_layout = str(self.target.target_data)
        module.verify()
        options = llvm.create_pipeline_tuning_options(speed_level=3)
        options.loop_vectorization = True
        options.slp_vectorization = False
        builder = llvm.create_pass_builder(self.target, options)
        builder.getModulePassManager().run(module, builder)
        if "llvm" in os.environ.get("GRADTAPE_DEBUG", ""):
            print(module, file=sys.stderr)
        if "assembly" in os.environ.get("GRADTAPE_DEBUG", ""):
            print(self.target.emit_assembly(module), file=sys.stderr)
        return self.target.emit_object(module)

    def link(self, code: bytes, names: Sequence[str]) -> None:
        """Load an object file and note where those of the functions stand that it holds."""
        self.engine.add_object_file(llvm.object_file.ObjectFileRef.from_data(code))
        self.engine.finalize_object()
        for name in names:
            address = self.engine.get_function_address(name)
            if address:
                self.addresses[name] = address


def module_text(functions: Sequence[Function]) -> str:
    """One module; the numbers of metadata are made different."""
    declarations: dict[str, str] = {}
    parts, start = [], KEEP_NUMBERS
    for f in functions:
        declarations.update(f.declarations)
        text, start = renumbered(f.text.replace("@KERNEL", f"@{f.name}"), start)
        parts.append(text)
    vectors = [name for name in declarations if name.startswith("_ZGV")]
    used = ""
    if vectors:
        refs = ", ".join(f"ptr @{name}" for name in vectors)
        used = f'@llvm.compiler.used = appending global [{len(vectors)} x ptr] [{refs}], section "llvm.metadata"\n'
    return "\n".join([used, *declarations.values(), *parts, ATTRIBUTES, HEAD])


def renumbered(text: str, start: int) -> tuple[str, int]:
    highest = start

    def shift(match: re.Match) -> str:
        nonlocal highest
        n = int(match[1])
        if n < KEEP_NUMBERS:
            return match[0]
        highest = max(highest, start + n)
        return f"!{start + n}"

    return re.sub(r"!(\d+)", shift, text), highest + 1


# -- libraries that the code calls --------------------------------------------------------------------------------
def load_vector_library(features: str) -> None:
    """libmvec, where it is there: which instruction sets it may be called with."""
    if (
        os.environ.get("GRADTAPE_LIBMVEC", "1") in ("", "0")
        or sys.platform != "linux"
        or not llvm.get_process_triple().startswith("x86_64")
    ):
        return
    try:
        ctypes.CDLL("libmvec.so.1")._ZGVbN4v_tanhf  # noqa: B018  there since glibc 2.35
        llvm.load_library_permanently("libmvec.so.1")
    except (OSError, AttributeError, RuntimeError):
        return
    have = set(features.split(","))
    if {"+avx512f", "+avx512dq", "+avx512vl"} <= have:
        scalar.LANES["e"] = 512
    if "+avx2" in have and "+fma" in have:
        scalar.LANES["d"] = 256
    scalar.LANES["b"] = 128


def note_features(features: str) -> None:
    """Whether exp and tanh are computed in place: with fused products and AVX-512's scaling by powers of two."""
    if {"+fma", "+avx512f", "+avx512vl"} <= set(features.split(",")):
        scalar.FAST.append(True)


def load_libm() -> None:
    if sys.platform == "linux":
        llvm.load_library_permanently("libm.so.6")


MACHINE: list[Machine] = []
LOCK = threading.Lock()


def machine() -> Machine:
    """Made when it is first needed."""
    with LOCK:
        if not MACHINE:
            MACHINE.append(Machine())
        return MACHINE[0]
