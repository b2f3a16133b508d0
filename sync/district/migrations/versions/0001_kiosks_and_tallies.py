"""Kiosks with their identity, and their hourly tallies."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "kiosks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("board", sa.Text),
        sa.Column("token_hash", sa.Text),
        sa.Column("code_hash", sa.Text),
        sa.Column("code_until_ms", sa.BigInteger),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sa.Column("enrolled_ms", sa.BigInteger),
        sa.Column("revoked_ms", sa.BigInteger),
        sa.Column("heard_ms", sa.BigInteger),
        sa.Column("refused_board", sa.Text),
        sa.Column("refused_ms", sa.BigInteger),
    )
    op.create_table(
        "tallies",
        sa.Column("kiosk_id", sa.Integer, sa.ForeignKey("kiosks.id"), primary_key=True),
        sa.Column("hour", sa.BigInteger, primary_key=True),
        sa.Column("direction", sa.Text, primary_key=True),
        sa.Column("app", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, sa.CheckConstraint("count >= 0"), nullable=False),
        sa.Column("revision", sa.BigInteger, sa.CheckConstraint("revision >= 1"), nullable=False),
    )
