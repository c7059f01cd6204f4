"""Tests of machine code's neighbours: those that need oneDNN or libgomp run where they are installed."""

import pytest

from gradtape.exec.native import onednn, threads


@pytest.fixture(scope="session")
def dnnl():
    found = onednn.load()
    if isinstance(found, str):
        pytest.skip(f"oneDNN: {found}")
    return found


@pytest.fixture(scope="session")
def gomp():
    found = threads.load()
    if isinstance(found, str):
        pytest.skip(f"libgomp: {found}")
    return found
