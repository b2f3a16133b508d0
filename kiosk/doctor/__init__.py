"""`kiosk doctor`: looks at everything that an entrance needs, and says in words what is wrong and what helps.

Each check is a function that yields findings; one that fails itself is a finding, too, and never stops the others.
What comes out is meant to be pasted into a message: no token, PIN, address or serial number is in it.
"""

from kiosk.doctor.finding import Check, Finding, Grade, examine

__all__ = ["Check", "Finding", "Grade", "examine"]
