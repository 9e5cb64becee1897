"""Each defence that `defences.py` takes out is there. What fails without them is seen by hand: that
takes minutes."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
EACH = """
import os
import defences

for name, defence in defences.DEFENCES.items():
    child = os.fork()
    if child == 0:
        defence.take_out()
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(name)
"""


def test_each_defence_is_there_to_be_taken_out() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EACH], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("", 0), done.stderr
