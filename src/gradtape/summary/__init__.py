"""tf.summary: event files that TensorBoard reads, written by TensorBoard's own writer. Loads on first use."""

from __future__ import annotations

from . import experimental as experimental
from .graphs import graph as graph
from .kinds import audio as audio
from .kinds import histogram as histogram
from .kinds import image as image
from .kinds import scalar as scalar
from .kinds import text as text
from .kinds import write as write
from .state import record_if as record_if
from .state import should_record_summaries as should_record_summaries
from .traces import trace_export as trace_export
from .traces import trace_off as trace_off
from .traces import trace_on as trace_on
from .writer import SummaryWriter as SummaryWriter
from .writer import create_file_writer as create_file_writer
from .writer import create_noop_writer as create_noop_writer
from .writer import flush as flush
