"""Rows of one kind that the log proves: where they stand and what of them is hashed."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Source:
    """Rows of one kind. What is hashed of a row are its ``columns``, by these names, as their expressions give them.

    Binary and JSON columns are hashed as the text that Postgres has for them: a hash must not hang on a program's own
    way to write a number.
    """

    name: str
    table: str
    key: tuple[tuple[str, str], ...]
    """Columns with their types, in the order of the key."""
    columns: tuple[str, ...]
    as_text: dict[str, str] = field(default_factory=dict)
    """Column -> its expression, where that is not the column itself."""
    at: str | None = None
    """When the row was written, by its own word."""
    filing: str | None = None
    where: str = "true"
    """Which rows are to be in the log."""

    @property
    def key_text(self) -> str:
        """The key of a row ``t`` as JSON, in SQL; letter for letter what the trigger writes."""
        parts = " || ',' || ".join(f"to_json(t.{column})::text" for column, _ in self.key)
        return f"'[' || {parts} || ']'"

    @property
    def selected(self) -> str:
        """What is hashed of a row ``t``, in SQL."""
        return ", ".join(f"{self.as_text.get(one, f't.{one}')} AS {one}" for one in self.columns)
