"""`python -m sync.district` is `district`."""

from sync.district.cli import main

main()
