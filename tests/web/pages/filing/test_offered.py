"""Every act of every kind, stage and role: what the table gives is offered with a form, and why the rest is not."""

from itertools import product

import pytest

from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.table import check
from schemas.values.actor import AUTHORITIES, Role
from texts.lines import Language
from texts.words import name_of, refusal_in
from web.asking import model_of
from web.forms.shape import fields_of
from web.pages.filing.offered import offered
from web.rights.table import acts_of
from web.words import field_name

ROLES = [role for role in Role if role not in (Role.TIMER, Role.ADMINISTRATOR)]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _places(kind: FilingKind) -> list[tuple[str, dict[str, str]]]:
    """The right in each of its stages, and beside it every stage of each track."""
    lifecycle = LIFECYCLES[kind]
    beside = [[(track.value, stage.value) for stage in lifecycle.stages(track)] for track in lifecycle.tracks]
    tracks = [dict(one) for one in product(*beside)][::7] if beside else [{}]
    return [(stage.value, one) for stage in lifecycle.right for one in tracks]


@pytest.mark.parametrize("kind", list(FilingKind))
@pytest.mark.parametrize("role", ROLES)
def test_every_act_of_a_role_is_offered_or_it_is_said_why_not(kind: FilingKind, role: Role) -> None:
    lifecycle = LIFECYCLES[kind]
    mine = {act for act in acts_of(role)[kind] if not lifecycle.only_begins(act)}
    for stage, tracks in _places(kind):
        found = offered(kind, stage, tracks, role)
        given = {*found.expected, *found.contradicting}
        assert mine <= given | {one.act for one in found.not_now}
        assert not given & {one.act for one in found.not_now}
        assert found.contradicting == () or role in AUTHORITIES
        for act in given:
            assert check(lifecycle, stage, tracks, act, role, is_known=True) is None
        for one in found.not_now:
            assert check(lifecycle, stage, tracks, one.act, role, is_known=True) == one.refusal
            assert one.stages, f"{one.act}: nobody is told where it is possible"


@pytest.mark.parametrize("kind", list(FilingKind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_that_somebody_can_be_offered_has_a_form_and_words(kind: FilingKind, language: Language) -> None:
    for act in sorted({act for role in ROLES for act in acts_of(role)[kind]}):
        fields = fields_of(model_of(kind, act))
        assert fields, act
        assert name_of("acts", f"{kind}.{act}", language) != f"{kind}.{act}"
        for field in fields:
            assert field_name(field.name, language)
            if language == "zh":
                assert any(sign >= "\u4e00" for sign in field_name(field.name, "zh")), f"{act}: {field.name}"


@pytest.mark.parametrize("kind", list(FilingKind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_in_which_an_act_is_possible_has_a_name_and_every_no_a_remedy(
    kind: FilingKind, language: Language
) -> None:
    for role in ROLES:
        for one in offered(kind, "-", {}, role).not_now:
            said = refusal_in(one.refusal, language)
            assert said.what
            assert said.remedy
            for stage in one.stages:
                assert name_of("stages", stage, language) != stage
