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
        sa.Column(
            "name", sa.Text, nullable=False, unique=True, comment="Name under which the district knows the kiosk."
        ),
        sa.Column("board", sa.Text, comment="Mark of the board that enrolled; batches from any other are refused."),
        sa.Column("token_hash", sa.Text, comment="argon2 of the token's secret; NULL: not enrolled yet, or revoked."),
        sa.Column("code_hash", sa.Text, comment="argon2 of the one-time code; NULL: none open."),
        sa.Column("code_until_ms", sa.BigInteger, comment="Epoch ms after which the code no longer works."),
        sa.Column("created_ms", sa.BigInteger, nullable=False),
        sa.Column("enrolled_ms", sa.BigInteger, comment="When the present token was given out."),
        sa.Column("revoked_ms", sa.BigInteger, comment="When its token was revoked; NULL: it is not."),
        sa.Column("heard_ms", sa.BigInteger, comment="When the last batch was taken."),
        sa.Column("refused_board", sa.Text, comment="The last other board that used this kiosk's token."),
        sa.Column("refused_ms", sa.BigInteger, comment="When it did."),
    )
    op.create_table(
        "tallies",
        sa.Column("kiosk_id", sa.Integer, sa.ForeignKey("kiosks.id"), primary_key=True),
        sa.Column("hour", sa.BigInteger, primary_key=True, comment="Epoch seconds of the hour's start."),
        sa.Column("direction", sa.Text, primary_key=True),
        sa.Column("app", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, sa.CheckConstraint("count >= 0"), nullable=False),
        sa.Column("revision", sa.BigInteger, sa.CheckConstraint("revision >= 1"), nullable=False),
    )
