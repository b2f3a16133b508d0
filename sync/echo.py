"""What the district's answer means: a pure comparison of what was sent, what we hold and what it says it holds.

An hour is settled only as a whole: where one of its cells is missing at the district, the whole hour goes again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.decisions import App, Direction
from sync.wire import Row

Cell = tuple[int, Direction, App]
"""Hour (epoch seconds of its start), direction and app status: one tally of this kiosk."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One row of the logbook's `tallies`: `acknowledged` is the highest revision the district is known to hold."""

    cell: Cell
    count: int
    revision: int
    acknowledged: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with the hours that were sent.

    `settled`: the cells to acknowledge, each with the revision that was sent. `again`: hours to send anew, because the
    district lacks something in them. `contradicted`: cells whose count differs under the same revision; they need a
    higher revision to win. `newer`: cells of which the district holds a later revision than this logbook, so the
    logbook is older than what was once sent from it; the district's figure stands.
    """

    settled: Mapping[Cell, int]
    again: frozenset[int]
    contradicted: frozenset[Cell]
    newer: frozenset[Cell]

    def remarks(self) -> list[str]:
        """What is worth a line in the log, in plain words; empty when all is as it should be."""
        lines = []
        if self.again:
            lines.append(f"the district lacks counts of {len(self.again)} hour(s) it was sent; sending them again")
        if self.contradicted:
            lines.append(f"the district holds other counts in {len(self.contradicted)} row(s); sending ours again")
        if self.newer:
            lines.append(
                f"the district holds {len(self.newer)} newer row(s) than this logbook (restored from a backup?);"
                " the district's stand"
            )
        return lines


def compare(sent: Sequence[Row], local: Iterable[Tally], echoed: Sequence[Row]) -> Verdict:
    """Judge an answer. `local` is every tally we hold now of the hours sent; `echoed` the district's own totals."""
    hours = {row.epoch for row in sent}
    theirs = {row.cell: row for row in echoed}
    sent_rows = {row.cell: row for row in sent}
    again: set[int] = set()
    contradicted: set[Cell] = set()
    newer: set[Cell] = set()
    for tally in local:
        if tally.cell[0] not in hours:
            continue
        row = sent_rows.get(tally.cell)
        due = max(tally.acknowledged, row.revision if row else 0)
        held = theirs.get(tally.cell)
        if held is None:
            if due:
                again.add(tally.cell[0])
        elif held.revision < due:
            again.add(tally.cell[0])
        elif held.revision > tally.revision:
            newer.add(tally.cell)
        elif row is not None and held.revision == row.revision and held.count != row.count:
            contradicted.add(tally.cell)
            again.add(tally.cell[0])
    settled = {cell: row.revision for cell, row in sent_rows.items() if cell[0] not in again}
    return Verdict(settled, frozenset(again), frozenset(contradicted), frozenset(newer))
