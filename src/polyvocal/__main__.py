"""`python -m polyvocal` is `polyvocal`."""

import sys

from polyvocal.cli.main import main

sys.exit(main())
