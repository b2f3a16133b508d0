"""The entrance itself: what a passage means, the log of it, the screen and the commands."""
