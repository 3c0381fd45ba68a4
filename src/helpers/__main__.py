"""`python -m helpers` is the command `synopsis`."""

import sys

try:
    from .cli import main
except KeyboardInterrupt:  # while the packages load, which takes a second or two
    print("Stopped. Nothing was replaced.", file=sys.stderr)
    sys.exit(130)

sys.exit(main())
