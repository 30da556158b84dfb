"""Who chose something in the words of today is found in the index alone."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("choices_by_topic", "choices")
    op.create_index("choices_by_topic", "choices", ["topic", "about", "version"])
