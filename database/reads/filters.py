"""The WHERE of a list: only the conditions that were given stand in it, so that no plan has to allow for the others."""

from uuid import UUID

from database.bulletin.pages import Place

BEFORE_ALL = UUID(int=0)
"""Before the first id of a list that goes by id."""


class Filters:
    """Conditions with their values; ``{}`` in a condition is the place of its value."""

    def __init__(self, *always: str) -> None:
        self._conditions, self.values = list(always), list[object]()

    def put(self, value: object) -> str:
        """The place of one more value, such as ``$3``."""
        self.values.append(value)
        return f"${len(self.values)}"

    def given(self, condition: str, value: object | None) -> None:
        """One more condition, unless there is nothing to compare with."""
        if value is not None:
            self._conditions.append(condition.format(self.put(value)))

    def always(self, condition: str) -> None:
        """One more condition, whose values have their places already."""
        self._conditions.append(condition)

    def beyond(self, columns: str, sign: str, place: Place | None) -> None:
        """What lies beyond that place of the list in the order of these columns, a day or instant and an id."""
        if place is not None:
            self._conditions.append(f"({columns}) {sign} ({self.put(place.at)}, {self.put(place.id)})")

    @property
    def where(self) -> str:
        """``WHERE …``, or nothing."""
        return f"WHERE {' AND '.join(self._conditions)}" if self._conditions else ""


def part_of(text: str) -> str:
    """The pattern of LIKE for what has that text somewhere in it, whatever signs it has."""
    return "%" + "".join(f"\\{one}" if one in "\\%_" else one for one in text) + "%"


def among(*queries: str) -> str:
    """That the filing is one of those which the queries find: looked up in an index, instead of row by row."""
    return f"filing_id = ANY (ARRAY({' UNION '.join(queries)}))"
