"""The program: `site-gen`, and `python -m site_gen`."""

import atexit
import gc
import os
import sys
from typing import NoReturn


def main() -> None:
    """Entry point. Exit 0 fine, 1 problems in the site, 2 wrong usage, 3 our bug."""
    # What is left when the process ends goes with it: nobody need look for garbage in it, and a
    # build makes hardly any.
    atexit.register(gc.freeze)
    if "build" in sys.argv:
        gc.disable()
        from site_gen.cli import quick_build

        code = quick_build.run(sys.argv[1:])
        if code is not None:
            _end(code)
    from site_gen.cli import main as cli

    cli.main()


def _end(code: int) -> NoReturn:
    """End without freeing, piece by piece, what the build held; workers want to be told."""
    if "multiprocessing" in sys.modules:
        sys.exit(code)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
