"""`python -m kiosk`: the same as the installed `kiosk` command."""

from kiosk.cli import main

main(prog_name="kiosk")
