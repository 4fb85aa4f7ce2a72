"""`python -m sopengine`."""

from __future__ import annotations

import sys

from sopengine.cli import main

sys.exit(main())
