"""TensorBoard itself, started on a folder of event files and asked over HTTP."""

import json
import sys
import urllib.parse
import urllib.request
from contextlib import contextmanager
from types import ModuleType


class Board:
    def __init__(self, url):
        self.url = url

    def bytes(self, route, **query):
        text = "?" + urllib.parse.urlencode(query) if query else ""
        with urllib.request.urlopen(f"{self.url}data/{route}{text}") as answer:
            return answer.read()

    def json(self, route, **query):
        return json.loads(self.bytes(route, **query))


@contextmanager
def started(folder):
    """It reads the folder once, before it answers; a TensorFlow that is installed has no part in it."""
    sys.modules.setdefault("tensorboard.compat.notf", ModuleType("tensorboard.compat.notf"))
    from tensorboard import default, program  # late: it takes a second

    server = program.TensorBoard(plugins=default.get_plugins())
    options = (
        "--load_fast=false",
        "--reload_interval=0",
        "--reload_task=blocking",
        "--samples_per_plugin=images=10,text=10,audio=10",
    )
    server.configure(argv=["tensorboard", f"--logdir={folder}", "--host=127.0.0.1", "--port=0", *options])
    yield Board(server.launch())
