"""The same stories and the same auditor as the questions have."""

from tests.audit.questions.conftest import auditor, engine, tampering, tell

__all__ = ["auditor", "engine", "tampering", "tell"]
