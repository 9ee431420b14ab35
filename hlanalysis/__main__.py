"""Run the command line as ``python -m hlanalysis``."""

import sys

from hlanalysis.cli import main

if __name__ == "__main__":
    sys.exit(main())
