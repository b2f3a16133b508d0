"""What holds for every test: a slow or shared machine is no reason to fail."""

from hypothesis import settings

# Speed is measured as ratios in tests/benchmarks; a deadline in milliseconds would only measure the neighbours.
settings.register_profile("kiosk", deadline=None)
settings.load_profile("kiosk")
