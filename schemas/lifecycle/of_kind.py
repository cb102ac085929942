"""The lifecycle of one kind of filing, without loading the acts of the others."""

from importlib import import_module

from schemas.acts.act import FilingKind
from schemas.lifecycle.table import Lifecycle


def lifecycle_of(kind: FilingKind) -> Lifecycle:
    """Its table."""
    found: Lifecycle = getattr(import_module(f"schemas.lifecycle.{kind.value}"), kind.name)
    return found
