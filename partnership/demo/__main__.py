"""`make demo`: database, broker, mail sink, web, worker and beat as one process tree."""

import sys

from partnership.demo.processes import end_with_parent
from partnership.demo.tree import DemoProblem, reset_demo, run_demo

if __name__ == "__main__":
    if "--end-with-parent" in sys.argv:
        end_with_parent()
    try:
        if "--reset" in sys.argv:
            reset_demo()
        else:
            run_demo()
    except DemoProblem as problem:
        sys.exit(str(problem))
