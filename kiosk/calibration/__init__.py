"""The guided walk at a real door: what the installer does, what it measures, and whether the place is suited."""
