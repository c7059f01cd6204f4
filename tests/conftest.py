"""Settings of all tests."""

import os

from hypothesis import settings

# Machines that are shared are slow at times, and a landing must not depend on luck: GRADTAPE_FUZZ=1 draws new examples every time.
settings.register_profile("gradtape", deadline=None, derandomize=os.environ.get("GRADTAPE_FUZZ", "") in ("", "0"))
settings.load_profile("gradtape")
