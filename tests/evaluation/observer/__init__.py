"""What could be known at all: an observer of a simulated door who is told everything but who carries which phone.

The observer knows everybody's exact way, every radio's place, the door's numbers of propagation and reception, the
crowd's shares, which adverts are of one phone, and when each phone that was heard is on the air. Nobody at a door knows
that much, and nobody can tell better from the app's adverts. `python -m tests.evaluation --observer` prints the table.
"""

from tests.evaluation.observer.carrying import Insight
from tests.evaluation.observer.observer import observe

__all__ = ["Insight", "observe"]
