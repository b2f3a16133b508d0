"""What visitors see: `Stage` decides (pure), `Painter` draws on any surface, `Window` puts it on a real panel."""

import os

# Before anything here imports pygame: its greeting on standard output has no place among a command's lines.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
