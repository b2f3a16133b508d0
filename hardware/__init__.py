"""Everything that touches the world, each with its stand-in beside it. Knows nothing of the kiosk."""
