"""The district's tables, in SQLAlchemy Core. The migrations make them; a test holds the two together."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, MetaData, Table, Text

metadata = MetaData()

kiosks = Table(
    "kiosks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True, comment="Name under which the district knows the kiosk."),
    Column("board", Text, comment="Mark of the board that enrolled; batches from any other are refused."),
    Column("token_hash", Text, comment="argon2 of the token's secret; NULL: not enrolled yet, or revoked."),
    Column("code_hash", Text, comment="argon2 of the one-time code; NULL: none open."),
    Column("code_until_ms", BigInteger, comment="Epoch ms after which the code no longer works."),
    Column("created_ms", BigInteger, nullable=False),
    Column("enrolled_ms", BigInteger, comment="When the present token was given out."),
    Column("revoked_ms", BigInteger, comment="When its token was revoked; NULL: it is not."),
    Column("heard_ms", BigInteger, comment="When the last batch was taken."),
    Column("refused_board", Text, comment="The last other board that used this kiosk's token."),
    Column("refused_ms", BigInteger, comment="When it did."),
)
"""Every kiosk the district knows. Times are epoch milliseconds."""

tallies = Table(
    "tallies",
    metadata,
    Column("kiosk_id", ForeignKey("kiosks.id"), primary_key=True),
    Column("hour", BigInteger, primary_key=True, comment="Epoch seconds of the hour's start."),
    Column("direction", Text, primary_key=True),
    Column("app", Text, primary_key=True),
    Column("count", Integer, CheckConstraint("count >= 0"), nullable=False),
    Column("revision", BigInteger, CheckConstraint("revision >= 1"), nullable=False),
)
"""The highest revision of each tally: absolute counts, so that nothing is ever added twice."""
