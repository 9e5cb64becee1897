from site_gen.engine.report import Report
from site_gen.preview.message import MAX_PATHS, is_news, message
from site_gen.problems import Problem, Where


def test_paths_and_problems_are_told() -> None:
    where = Where("content/a.md", 3, 2, 1, "text")
    report = Report(written=("a",), removed=("b",), problems=(Problem("x/y", "bad", where),))
    told = message(report)
    assert (told["changed"], told["removed"], told["all"]) == (["a"], ["b"], False)
    assert told["problems"][0]["excerpt"] == "text"


def test_many_paths_are_not_listed() -> None:
    told = message(Report(written=tuple(f"{n}" for n in range(MAX_PATHS + 1))))
    assert (told["changed"], told["all"]) == ([], True)


def test_only_a_difference_is_news() -> None:
    broken = Report(ok=False, problems=(Problem("x/y", "bad"),))
    shown = message(broken)["problems"]
    assert is_news(broken, [])
    assert not is_news(broken, shown)
    assert is_news(Report(), shown)
    assert not is_news(Report(), [])
    assert is_news(Report(removed=("a",)), [])
