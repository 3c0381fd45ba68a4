"""`python -m helpers` is the command `synopsis`."""

import sys

from .cli import main

sys.exit(main())
