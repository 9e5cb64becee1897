"""The program: `site-gen`, and `python -m site_gen`."""

import atexit
import gc
import sys


def main() -> None:
    """Entry point. Exit 0 fine, 1 problems in the site, 2 wrong usage, 3 our bug."""
    # What is left when the process ends goes with it: nobody need look for garbage in it, and a
    # build or a check makes hardly any.
    atexit.register(gc.freeze)
    if "build" in sys.argv or "check" in sys.argv:
        gc.disable()
    if "build" in sys.argv:
        from site_gen.cli import quick_build

        code = quick_build.run(sys.argv[1:])
        if code is not None:
            sys.exit(code)
    from site_gen.cli import main as cli

    cli.main()


if __name__ == "__main__":
    main()
