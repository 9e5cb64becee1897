"""The program: `site-gen`, and `python -m site_gen`."""

import atexit
import gc
import sys


def main() -> None:
    """Entry point. Exit 0 fine, 1 problems in the site, 2 wrong usage, 3 our bug."""
    # Objects that are alive at the end need no search for cycles, and a build or a check makes
    # hardly any. A server does, so one in a folder that is called "check" must not be mistaken.
    atexit.register(gc.freeze)
    words = set(sys.argv)
    if words & {"build", "check"} and not words & {"serve", "preview"}:
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
