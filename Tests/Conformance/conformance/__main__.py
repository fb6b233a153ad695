# SPDX-License-Identifier: Apache-2.0
"""Runs every case against one emulator: each case has an account of its own, so none sees another."""

import sys

from . import (  # noqa: F401
    auth, component_errors, current, durability, elsewhere_errors, executions, lists, pipeline_errors, previous,
    rendering, reports, schema)
from .harness import CASES, Emulator, run

ACCOUNTS = 600


def main(words):
    chosen = [case for case in CASES if all(word in case.name for word in words)]
    with Emulator(accounts=ACCOUNTS) as emulator:
        passed, failed = run(chosen, emulator)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
