"""The evaluation runs, and says the same twice."""

from click.testing import CliRunner

from hardware.simulation.doors import CONDITIONS
from tests.evaluation.__main__ import main
from tests.evaluation.trial import METHODS, try_condition


def test_a_trial_scores_every_method_on_the_same_passages():
    trial = try_condition(CONDITIONS[0], [1], seconds=240)

    assert {trial.scores[method].entries for method in METHODS} == {trial.scores["ours"].entries}
    assert trial.scores["ours"].recall > 0.8
    assert len(trial.hours) == 1


def test_the_command_prints_its_tables_and_refuses_what_it_does_not_know():
    run = CliRunner().invoke(main, ["--doors", "1", "--only", "alone"])
    again = CliRunner().invoke(main, ["--doors", "1", "--only", "alone"])

    assert "app_balanced of each method" in run.stdout
    assert run.stdout == again.stdout
    assert CliRunner().invoke(main, ["--only", "rain"]).exit_code == 2
