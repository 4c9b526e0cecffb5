"""Started by Hearth in a Python function's sandbox. All work is in hearth_bootstrap, which Python can keep compiled."""
import time

ready = time.monotonic_ns()

import hearth_bootstrap

hearth_bootstrap.main(ready)
