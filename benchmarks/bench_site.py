"""What the pages cost: to build, to open in Chromium, and a key in the search; the published beside 5,000.

`python benchmarks/bench_site.py` measures these alone and prints their section of docs/benchmarks.md.
"""

from __future__ import annotations

import math
import resource
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from repeated import repeated
from timing import timed

ROOT = Path(__file__).resolve().parent.parent
OURS = str(Path(sys.executable).parent / "mandates-data")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COUNT = 5_000
VISITS = 15
BUILDS = 5
QUESTION = 'illicit drugs "money laundering"'
"""Several words, one of them a plural, for which the page also looks up what the singular would find; and a phrase."""
CHOSEN = "2009-port-of-spain"


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is measured on both sides, and the most that it may be on the side that is held to it.

    `most` is infinite where nothing is held to it.
    """

    title: str
    unit: str
    most: float
    published: bool = True
    many: bool = False

    def __str__(self) -> str:
        if math.isinf(self.most):
            return "none, reported"
        sides = {(True, True): "both", (True, False): "the published", (False, True): f"the {COUNT:,}"}
        return f"{sides[self.published, self.many]} at most {self.most:,.0f} {self.unit}"


BUILDING = {
    "wall": Measure("`mandates-data site` as a whole process, wall clock", "ms", 10_000, published=False, many=True),
    "processor": Measure("the same in processor time, of two processes", "ms", math.inf, published=False),
}
VISITING = {
    "index": Measure("the first screen of index.html", "ms", 1000),
    "explore": Measure("the first screen of explore.html", "ms", 1000),
    "list": Measure("its list of mandates", "ms", 1000),
    "key": Measure(f"the slowest key of `{QUESTION}`", "ms", 50, many=True),
    "chosen": Measure("the same with a summit chosen", "ms", 50, many=True),
    "bytes": Measure("explore.html with all that it loads", "kB", 500),
}


@dataclass(frozen=True, slots=True)
class Result:
    """The medians of both sides and of the ratios of the rounds, and the worst round of each side."""

    measure: Measure
    published: float
    many: float
    times: float
    worst: tuple[float, float]

    @property
    def met(self) -> bool:
        """Whether the target is kept, by the medians."""
        held = (self.published, self.measure.published), (self.many, self.measure.many)
        return all(value <= self.measure.most for value, is_held in held if is_held)

    def cells(self) -> Sequence[str]:
        """The result as cells of a table."""
        values = [f"{value:,.0f} {self.measure.unit}" for value in (self.published, self.many)]
        worst = " and ".join(f"{value:,.0f}" for value in self.worst)
        verdict = str(self.measure)
        if not math.isinf(self.measure.most):
            verdict += f": {'kept' if self.met else 'missed'}"
        return (self.measure.title, *values, f"{self.times:.1f}", f"{worst} {self.measure.unit}", verdict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All results, and the version of the browser; empty where there is none."""

    results: Sequence[Result]
    chromium: str

    @property
    def met(self) -> bool:
        """Whether every target is kept that could be measured."""
        return all(result.met for result in self.results)


def measured() -> Outcome:
    """Build the pages of the published package and of 5,000 mandates, and visit both, in turn."""
    with tempfile.TemporaryDirectory(prefix="mandates-data-bench-") as name:
        folder = Path(name)
        packages = ROOT, repeated(folder / "package", COUNT)
        sites = folder / "published", folder / "many"
        place = dict(zip(packages, sites, strict=True))
        results = in_turn(BUILDING, BUILDS, lambda package: built(package, place[package]), packages)
        if not (chromium := next((found for name in NAMES if (found := shutil.which(name))), None)):
            return Outcome(results, "")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            results += in_turn(VISITING, VISITS, lambda site: visited(browser, site), sites)
            return Outcome(results, browser.version)


def in_turn(
    measures: Mapping[str, Measure], rounds: int, look: Callable[[Path], Mapping[str, float]], sides: tuple[Path, Path]
) -> list[Result]:
    """Look at both sides alternately, so many rounds after one that does not count."""
    pairs = []
    for number in range(rounds + 1):
        seen = {side: look(side) for side in (sides if number % 2 else reversed(sides))}
        pairs.append((seen[sides[0]], seen[sides[1]]))
    results = []
    for name, measure in measures.items():
        both = [(published[name], many[name]) for published, many in pairs[1:]]
        results.append(
            Result(
                measure,
                statistics.median(published for published, _ in both),
                statistics.median(many for _, many in both),
                statistics.median(many / published for published, many in both),
                (max(published for published, _ in both), max(many for _, many in both)),
            )
        )
        print(" | ".join(results[-1].cells()), flush=True)
    return results


# -- Building ---------------------------------------------------------------------------------------------------------


def built(package: Path, site: Path) -> Mapping[str, float]:
    """Build the pages of a package anew, as a whole process; its milliseconds by the clock and of the processors."""
    shutil.rmtree(site, ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = timed((OURS, "site", str(package), "-o", str(site)), ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return {"wall": seconds * 1000, "processor": processor * 1000}


# -- Visiting ---------------------------------------------------------------------------------------------------------

WATCH = """new MutationObserver((_, observer) => {
  if (!document.querySelector("#results > li")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.listDrawn = performance.now(); }));
}).observe(document, { childList: true, subtree: true });"""
"""Notes when the first mandates of the explore page have been drawn: in the task after the frame that draws them."""
DRAWN = """(withList) => new Promise((tell) => {
  const look = () => {
    const [first] = performance.getEntriesByName("first-contentful-paint");
    if (first && (window.listDrawn || !withList)) tell([first.startTime, window.listDrawn]);
    else setTimeout(look, 10);
  };
  look();
})"""
"""Waits inside the page, since asking again and again from outside needs `eval`, which the pages forbid."""
KEYS = """(question) => {
  const input = document.getElementById("q");
  return Array.from(question, (_, last) => {
    input.value = question.slice(0, last + 1);
    const start = performance.now();
    input.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    return performance.now() - start;
  });
}"""
"""Types a question letter by letter, and gives the milliseconds that each key took, layout included."""


def visited(browser: Browser, site: Path) -> Mapping[str, float]:
    """What a reader waits for who comes for the first time: nothing is cached, and no key was pressed before."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    loaded: set[str] = set()
    index = opened(context, site, "index.html")
    first, _ = index.evaluate(DRAWN, False)
    context.on("request", lambda request: loaded.add(request.url))
    explore = opened(context, site, "explore.html")
    explore_first, listed = explore.evaluate(DRAWN, True)
    key = slowest_key(explore)
    paths = [Path(unquote(urlsplit(address).path)) for address in loaded if address.startswith("file:")]
    seen = {
        "index": first,
        "explore": explore_first,
        "list": listed,
        "bytes": sum(path.stat().st_size for path in paths) / 1000,
        "key": key,
    }
    chosen = opened(context, site, f"explore.html#summit={CHOSEN}")
    chosen.evaluate(DRAWN, True)
    seen["chosen"] = slowest_key(chosen)
    context.close()
    return seen


def opened(context: BrowserContext, site: Path, address: str) -> Page:
    """A page of a site, opened from its folder in a tab of its own."""
    page = context.new_page()
    path, _, question = address.partition("#")
    page.goto((site / path).as_uri() + (f"#{question}" if question else ""))
    return page


def slowest_key(page: Page) -> float:
    """Milliseconds of the slowest key; a question that finds nothing in the end would measure nothing."""
    slowest: float = max(page.evaluate(KEYS, QUESTION))
    if not page.locator("#results > li").count():
        raise SystemExit(f"{page.url} finds nothing for {QUESTION}")
    return slowest


# -- Telling ----------------------------------------------------------------------------------------------------------


def section(outcome: Outcome) -> list[str]:
    """The section of docs/benchmarks.md, in lines."""
    lines = [
        "## The pages",
        "",
        f"The published package beside one of {COUNT:,} mandates, which is the published one over and over with all",
        "its tables (`benchmarks/repeated.py`), in turn in one run. Medians of the rounds and of their ratios, and the",
        f"worst round of each. Built {BUILDS} times, each time into a new folder.",
    ]
    if outcome.chromium:
        lines += [
            f"Visited {VISITS} times with Chromium {outcome.chromium} from their folder, each time by a reader who",
            "comes for the first time. A first screen is the browser's first contentful paint; the list is there when",
            "the frame that has the first mandates was drawn. A question is typed once into a page just opened; a key",
            "takes until list and numbers stand in the page and are laid out. Of each round the slowest key counts.",
        ]
    else:
        lines.append("Chromium is not installed here, so nothing that a browser does was measured.")
    lines += [
        "",
        f"| what | published | {COUNT:,} | ratio | worst of each | target |",
        "|---|---:|---:|---:|---:|---|",
    ]
    return [*lines, *(f"| {' | '.join(result.cells())} |" for result in outcome.results)]


def main() -> int:
    """Measure, and print the section; 1 where a target is missed."""
    outcome = measured()
    print("", *section(outcome), sep="\n")
    return 0 if outcome.met else 1


if __name__ == "__main__":
    sys.exit(main())
