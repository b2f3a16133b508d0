"""Pictures for people who want to see why: strength over time for a recording, the doorway from above for the demo.

Drawn on plain pygame surfaces: no display is needed, and no plotting library for two pictures.
"""

import os

# pygame greets on standard output when it is imported, where a program expects JSON.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
