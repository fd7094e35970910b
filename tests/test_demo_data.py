"""The demo is made from its true effects, comes out the same each time, and holds what it promises."""

from importlib import import_module
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import coprod

DEMO = Path(__file__).parents[1] / "data" / "demo"
AGREEMENT = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]


@pytest.fixture(scope="module")
def people():
    """The module that holds the invented people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DEMO)
        yield import_module("demo_people")


@pytest.fixture(scope="module")
def writing(people):
    """The module that writes their answers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DEMO)
        yield import_module("make_demo")


@pytest.fixture(scope="module")
def plan(people):
    return people.read_plan()


@pytest.fixture(scope="module")
def answers():
    return pd.read_csv(DEMO / "answers.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def linked(answers, people, plan):
    """Answers with the true participant."""
    return answers.merge(people.true_links(plan), on=["person", "wave"], validate="one_to_one")


@pytest.fixture(scope="module")
def crowd(people, plan):
    """The programme repeated 300 times, so that hardly any noise is left: who they are, what they think."""
    invited = people.people(plan, copies=300)
    return invited, people.opinions(plan, invited)


def among(effect, rows):
    """Rows the effect is about."""
    about = pd.Series(True, index=rows.index)
    for part in ("place", "sector"):
        if part in effect:
            about &= rows[part] == effect[part]
    return about


def effect_named(plan, start_of_name):
    return next(effect for effect in plan.truth["effects"] if effect["what"].startswith(start_of_name))


def net_points(plan, rows, item):
    """+100, 0 or -100 for a favourable, neutral or unfavourable answer; missing for any other."""
    points = rows[item].map(dict(zip(AGREEMENT, [-100, -100, 0, 100, 100], strict=True)))
    return -points if plan.codebook.loc[item, "reversed"] else points


def linked_change(plan, rows, items):
    """Mean change from start to end of people who answered both times, averaged over the items."""
    changes = []
    for item in items:
        points = rows.assign(points=net_points(plan, rows, item))
        by_wave = points.pivot(index="participant", columns="wave", values="points")
        changes.append((by_wave["end"] - by_wave["start"]).mean())
    return float(np.mean(changes))


# ---- the file ----


def test_the_demo_opens_without_problems_and_says_that_it_is_invented():
    programme = coprod.open("demo")

    assert programme.kind == "synthetic"
    assert len(programme.cases) == 3


@pytest.mark.parametrize("file", ["answers.csv", "excerpts.csv"])
def test_making_the_demo_again_gives_the_same_bytes(writing, tmp_path, file):
    writing.write(tmp_path)

    assert (tmp_path / file).read_bytes() == (DEMO / file).read_bytes()


def test_between_sixty_and_a_hundred_and_twenty_people_take_part(linked):
    assert 60 <= linked["participant"].nunique() <= 120


def test_numbers_in_the_readme_are_those_of_the_file(linked):
    by_wave = linked["wave"].value_counts()
    people_and_answers = f"{linked['participant'].nunique()} people, in {len(linked)} answers"
    said = (
        f"{people_and_answers}: {by_wave['start']} at the start, {by_wave['middle']} in the middle, "
        f"{by_wave['end']} at the end"
    )

    assert said in (DEMO / "README.md").read_text("utf-8")


def test_every_answer_is_on_its_scale(answers, plan):
    for item, entry in plan.codebook[plan.codebook["kind"].isin(["scale", "choice", "multi"])].iterrows():
        scale = plan.scales[entry["scale"]]
        given = (
            answers[item].str.split(" | ", regex=False).explode()
            if entry["kind"] == "multi"
            else answers[item]
        )
        assert set(given) <= {*scale["labels"], *scale["non_answers"], "", "[not asked]"}, item


def test_items_are_not_asked_exactly_in_the_waves_the_codebook_leaves_out(answers, plan):
    for item, waves in plan.codebook["waves"].items():
        outside = ~answers["wave"].isin(waves.split()) if waves else pd.Series(False, index=answers.index)
        assert (answers[item] == "[not asked]").equals(outside), item


def test_some_groups_are_too_small_to_show_and_some_are_not(answers):
    sizes = answers.groupby(["place", "sector", "wave"]).size()

    assert sizes.min() < 5 <= sizes.max()


def test_dont_know_not_applicable_and_blank_all_occur(answers, plan):
    cells = answers[plan.codebook.index[plan.codebook["scale"] == "agreement"]].stack()

    assert {"Don't know", "Not applicable", ""} <= set(cells)


def test_nobody_writes_what_another_has_written(answers):
    for item in ("worked", "change"):
        written = answers.loc[answers[item] != "", item]
        assert len(written) > 20
        assert written.is_unique


@pytest.mark.parametrize("sign", ["&", "<", '"', "'", "\n", "â", "N/A", "None", "01632", "@example.org"])
def test_awkward_answers_reach_the_file(answers, sign):
    written = answers["worked"] + " " + answers["change"]

    assert written.str.contains(sign, regex=False).any()


def test_every_theme_has_excerpts_and_every_excerpt_holds_words(answers):
    excerpts = pd.read_csv(DEMO / "excerpts.csv", dtype=str, keep_default_na=False)
    themes = pd.read_csv(DEMO / "themes.csv", dtype=str, keep_default_na=False)
    written = answers.melt(["person", "wave"], ["worked", "change"], "item", "words")

    sorted_ = excerpts.merge(written, on=["person", "wave", "item"], validate="many_to_one")

    assert set(excerpts["theme"]) == set(themes["theme"])
    assert len(sorted_) == len(excerpts)
    assert not sorted_["words"].isin(["", "N/A", "None", "[not asked]"]).any()


# ---- the truth in it ----


def test_every_written_effect_is_there_when_the_programme_is_repeated_many_times(plan, crowd):
    """With 27,000 people the noise is below 1 point; effects are those of true_effects.toml."""
    invited, held = crowd
    for effect in plan.truth["effects"]:
        about = among(effect, invited).to_numpy()
        for item in effect["items"]:
            start = plan.truth["start"][item]
            at_start = sum(start[3:]) - sum(start[:2])
            observed = 100 * np.sign(held[item][about] - 2).mean(axis=0)
            written = at_start + effect["net_points"] * np.array(effect["when"])
            assert observed == pytest.approx(written, abs=3), item


def test_nothing_else_changes_or_differs_when_the_programme_is_repeated_many_times(plan, crowd):
    invited, held = crowd
    affected = {item for effect in plan.truth["effects"] for item in effect["items"]}
    for item in set(held) - affected - {"recommend"}:
        opinion = (
            pd.DataFrame(100 * np.sign(held[item] - 2)).groupby([invited["place"], invited["sector"]]).mean()
        )
        assert opinion.max().max() - opinion.min().min() < 12, item  # 1,200 people in the smallest group


@pytest.mark.parametrize("start_of_name", ["Trust and shared", "Hopes that", "Care for one"])
def test_changes_are_in_the_answers_of_people_truly_linked(plan, linked, start_of_name):
    """Within 20 points: two standard errors for the 20 or so linked people of one place, more elsewhere."""
    effect = effect_named(plan, start_of_name)

    change = linked_change(plan, linked[among(effect, linked)], effect["items"])

    assert change == pytest.approx(effect["net_points"], abs=20)


def test_care_does_not_rise_outside_brackwater(plan, linked):
    effect = effect_named(plan, "Care for one")

    change = linked_change(plan, linked[~among(effect, linked)], effect["items"])

    assert change == pytest.approx(0, abs=20)


def test_items_without_an_effect_stay_as_they_are_on_average(plan, linked):
    affected = {item for effect in plan.truth["effects"] for item in effect["items"]}
    items = [item for item in plan.truth["start"] if item not in affected | {"recommend"}]

    assert linked_change(plan, linked, items) == pytest.approx(0, abs=10)


def test_the_third_sector_is_lower_on_power_in_the_answers(plan, linked):
    effect = effect_named(plan, "The third sector")
    theirs = among(effect, linked)

    gaps = [
        points[theirs].mean() - points[~theirs].mean()
        for points in (net_points(plan, linked, item) for item in effect["items"])
    ]

    assert np.mean(gaps) == pytest.approx(effect["net_points"], abs=20)


def test_leaving_makes_waves_that_are_not_linked_look_better(people, plan, crowd):
    """An item that does not change: nearly 0 when linked, and up by 2 points or more when not."""
    _, held = crowd
    there = people.taking_part(plan, held)
    points = 100 * np.sign(held["reflection_stop"] - 2)
    both = there[:, 0] & there[:, 2]

    not_linked = points[there[:, 2], 2].mean() - points[there[:, 0], 0].mean()

    assert (points[both, 2] - points[both, 0]).mean() == pytest.approx(0, abs=2)
    assert not_linked > 2


def shares_from_least_to_most_favourable():
    return st.lists(st.integers(5, 40), min_size=5, max_size=5)


@given(start=shares_from_least_to_most_favourable(), points=st.integers(-40, 40))
def test_the_shift_found_for_an_effect_brings_exactly_its_points(people, start, points):
    cuts = people.thresholds(start)
    before = people.net_points(cuts, 0)
    if -100 < before + points < 100:
        after = people.net_points(cuts, people.shift_for(cuts, points))
        assert after - before == pytest.approx(points, abs=1e-6)


def test_an_effect_larger_than_the_scale_is_refused(people):
    with pytest.raises(ValueError, match="cannot become 130 points"):
        people.shift_for(people.thresholds([10, 10, 20, 30, 30]), 90)


def test_written_shares_add_up(plan):
    assert sum(plan.truth["opinions"].values()) == pytest.approx(1)
    assert {item: sum(start) for item, start in plan.truth["start"].items()} == dict.fromkeys(
        plan.truth["start"], 100
    )
    assert sum(plan.truth["others"]["attendance"]) == 100


# ---- codes ----


def test_person_is_new_for_every_answer(answers):
    assert answers["person"].is_unique


def test_nobody_truly_answers_twice_in_one_wave(linked):
    assert not linked.duplicated(["participant", "wave"]).any()


def test_most_but_not_all_codes_of_a_person_agree(linked):
    """Slips of 5% and blanks of 3%, for two codes each, leave about 84% of pairs the same."""
    codes = linked.assign(code=linked["code"].str.upper()).groupby("participant")["code"].agg(list)
    same = [one == other for written in codes for one, other in pairwise(written)]

    assert 0.75 < np.mean(same) < 0.97


def test_one_pair_of_people_shares_a_code(writing, plan):
    own = writing.own_codes(plan, 90)

    assert len(set(own)) == 89


@pytest.mark.parametrize(("kind", "typed"), [(0, "PI97E"), (1, "PI70E"), (2, "PI7E")])
def test_a_slip_changes_one_place_of_the_code(writing, kind, typed):
    """Worked by hand for PI07E at its third character: 9 is beside 0 on the keyboard."""
    assert writing.mistype("PI07E", kind, 2) == typed


def test_every_key_has_another_one_beside_it(writing):
    assert all(key != beside for key, beside in zip(writing.KEYS, writing.KEYS_BESIDE, strict=True))


# ---- the questionnaire and the cases ----


def test_there_are_two_items_for_each_condition_and_principle(plan):
    tied = plan.codebook.loc[plan.codebook["framework"] != "", "framework"]

    assert len(tied) == 20
    assert set(tied.value_counts()) == {2}


def test_three_items_are_reversed(plan):
    assert (plan.codebook["reversed"] == "yes").sum() == 3


def test_the_same_people_are_invited_in_every_wave(plan):
    sizes = pd.DataFrame(plan.programme["invited"]).pivot(
        index=["place", "sector"], columns="wave", values="n"
    )

    assert sizes.nunique(axis=1).eq(1).all()
    assert sizes["start"].sum() == 90


def test_every_place_has_a_case_with_causes_slippage_and_bad_news():
    for case in coprod.open("demo").cases.values():
        dated = [step for step in case["timeline"] if step.get("planned_end") and step.get("actual_end")]
        assert 8 <= len(case["causes"]) <= 12
        assert any(step["actual_end"] > step["planned_end"] for step in dated)
        assert {"not", "unexpected"} <= {outcome["status"] for outcome in case["outcomes"]}


def test_there_are_at_least_forty_observations_from_every_stage_and_sector():
    evidence = coprod.open("demo").evidence

    assert len(evidence) >= 40
    assert set(evidence["stage"]) >= {"problem", "development", "delivery", "evaluation"}
    assert set(evidence["sector"]) >= {"university", "local_government", "third_sector"}
