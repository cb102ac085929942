"""The same stories and the same auditor as the questions have."""

from tests.audit.questions.conftest import tell

__all__ = ["tell"]
