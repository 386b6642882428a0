"""Makes the helpers of this folder importable, and those that run the steps of the workflows."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "workflows")]
