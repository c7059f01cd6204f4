"""Measures examples/burgers.ipynb on TensorFlow (eager, function) and on gradtape, and draws docs/pictures/burgers.svg.

    GRADTAPE_PEERS=/path/to/python-with-tensorflow python scripts/pinn_picture.py [SECONDS]

Each runs in a process of its own, one after the other, for the same number of seconds (25) or 1,500 steps.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from gradtape.dropin import compare

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK, PICTURE = ROOT / "examples" / "burgers.ipynb", ROOT / "docs" / "pictures" / "burgers.svg"
AFTERWARDS = 'import json, sys; json.dump({"history": history, "solution": solution.tolist()}, open(sys.argv[1], "w"))'
COLOURS = {"TensorFlow eager": "#b8b8b8", "TensorFlow function": "#e8862e", "gradtape": "#1f6fb4"}


def main() -> None:
    seconds = float(sys.argv[1]) if sys.argv[1:] else 25.0
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"][:-1]
    program = "\n\n".join(sources).replace("SECONDS = 1500, 25.0", f"SECONDS = 1500, {seconds}")
    peer = os.environ[compare.PEERS]
    eagerly = "import tensorflow as tf\ntf.config.run_functions_eagerly(True)\n"
    found = {
        "TensorFlow eager": measured(eagerly + program, [peer], compare.peer_environment()),
        "TensorFlow function": measured(program, [peer], compare.peer_environment()),
        "gradtape": measured(program, [sys.executable, "-m", "gradtape", "run"], dict(os.environ)),
    }
    for name, run in found.items():
        last = run["history"][-1]
        print(f"{name}: {len(run['history'])} steps in {last[0]:.1f} s, loss {last[1]:.5f}")
    draw(found)


def measured(program: str, command: list[str], environment: dict[str, str]) -> dict:
    script, result = ROOT / "out" / "burgers.py", ROOT / "out" / "burgers.json"
    script.parent.mkdir(exist_ok=True)
    script.write_text(f"{program}\n\n{AFTERWARDS}\n", encoding="utf-8")
    subprocess.run([*command, str(script), str(result)], env=environment, check=True, stdout=subprocess.DEVNULL)
    return json.loads(result.read_text(encoding="utf-8"))


def draw(found: dict[str, dict]) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "gradtape"
    from matplotlib import pyplot as plt

    figure, (curves, picture) = plt.subplots(1, 2, figsize=(9, 3.1), width_ratios=[3, 2], layout="constrained")
    for name, run in found.items():
        times, losses = np.array(run["history"]).T
        curves.loglog(times, losses, color=COLOURS[name], label=f"{name}: {len(times) / times[-1]:.0f} steps/s", linewidth=1.4)
    curves.set(xlabel="wall-clock seconds, compiling included", ylabel="loss")
    curves.set_ylim(top=8)  # room for the legend
    curves.legend(frameon=False, loc="upper right", fontsize=9)
    curves.spines[["top", "right"]].set_visible(False)
    solution = np.array(found["gradtape"]["solution"])
    picture.imshow(solution.T, extent=(0, 1, -1, 1), aspect="auto", origin="lower", cmap="RdBu_r", vmin=-1, vmax=1)
    picture.set(xlabel="t", ylabel="x", title="u(x, t) found by gradtape")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(PICTURE, metadata={"Date": None})
    figure.savefig(ROOT / "out" / "burgers.png", dpi=110)


if __name__ == "__main__":
    main()
