"""The pages in a real Chromium, opened from their folder as a reader would open them."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from site_packages import WHOLE, hostile, many, write_package

from mandates_data.explore import folding
from mandates_data.history.references import open_package
from mandates_data.site.building import build

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
WIDTHS = {"phone": 390, "tablet": 820, "desk": 1280}
EVERY_KIND = (
    "index.html", "explore.html", "mandates/1994-miami-poa-002.html", "summits.html", "summits/1994-miami.html",
    "documents/1994-miami-poa.html", "codes.html", "codes/ARMS.html", "entities.html", "entities/oas.html",
    "lineages.html", "lineages/meetings.html", "releases.html", "codebook.html", "downloads.html", "about.html",
    "sources/security.html", "limits.html",
)  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium")

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Root, as which continuous integration runs, may not use the sandbox of the browser.
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Opens a page of a site; the test fails when the browser has anything to complain of."""
    complaints: list[str] = []
    contexts: dict[tuple[int, bool, bool], BrowserContext] = {}

    def complain(message: object) -> None:
        complaints.append(str(message))

    def open_page(root: Path, address: str, *, width: int = 1280, script: bool = True, dark: bool = False) -> Page:
        kind = width, script, dark
        if kind not in contexts:
            contexts[kind] = browser.new_context(
                viewport={"width": width, "height": 900},
                java_script_enabled=script,
                color_scheme="dark" if dark else "light",
            )
        page = contexts[kind].new_page()
        page.on("console", lambda message: complain(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: complain(f"{page.url}: {error}"))
        page.on("requestfailed", lambda request: complain(f"{page.url}: {request.url} was not loaded"))
        path, _, fragment = address.partition("#")
        page.goto((root / path).as_uri() + (f"#{fragment}" if fragment else ""))
        return page

    yield open_page
    for context in contexts.values():
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    return build(open_package(write_package(folder / "package", WHOLE)), folder / "site").folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(open_package(ROOT), tmp_path_factory.mktemp("published") / "site").folder


def look(page: Page) -> AxeResults:
    """What axe finds, in the page as it is: it may not fetch the style sheet a second time."""
    return Axe().run(page, options={"preload": False})


def found(page: Page) -> list[str]:
    """The identifiers of the mandates that the explore page shows."""
    return page.locator("#results > li .where code").all_text_contents()


# -- For everyone -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", EVERY_KIND)
def test_axe_finds_nothing_on_a_page(whole: Path, opened: Open, address: str) -> None:
    for dark in (False, True):
        page = opened(whole, address, dark=dark)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        result = look(page)
        assert result.violations_count == 0, result.generate_report()


def test_axe_finds_nothing_on_the_page_of_a_release_and_a_corrected_mandate(published: Path, opened: Open) -> None:
    for address in ("releases/0.1.1.html", "mandates/1998-santiago-poa-019.html", "explore.html#q=drugs"):
        for width in (390, 1280):
            result = look(opened(published, address, width=width))
            assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_no_page_is_wider_than_the_screen(whole: Path, opened: Open, width: int) -> None:
    page = opened(whole, "index.html", width=width)
    for address in EVERY_KIND:
        page.goto((whole / address).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("name", WIDTHS)
def test_screenshots_are_kept_to_be_looked_at(published: Path, opened: Open, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for address in ("index.html", "explore.html#q=firearms", "mandates/2009-port-of-spain-dec-008.html"):
        target = SCREENSHOTS / f"{address.partition('.')[0].replace('/', '-')}-{name}.png"
        opened(published, address, width=WIDTHS[name]).screenshot(path=target, full_page=True)
        assert target.stat().st_size > 10_000


def test_a_keyboard_reaches_the_content_first_and_then_every_control(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("mines")
    assert found(page) == ["1998-santiago-poa-001"]
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.name || ''"))
    assert {"csv", "reset", "summit"} <= reached


def test_a_keyboard_skips_the_filters_and_keeps_the_question(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html#q=oas")
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the mandates found"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('found').contains(document.activeElement)")
    assert page.locator("#q").input_value() == "oas"
    assert found(page) == ["1994-miami-poa-002"]


def test_without_a_script_a_mandate_and_its_citation_are_read(whole: Path, opened: Open) -> None:
    page = opened(whole, "mandates/1994-miami-poa-002.html", script=False)
    assert page.locator("#text").inner_text().startswith("We support the OAS")
    assert page.locator("pre").first.is_visible()
    assert "Plan of Action, paragraph 6.2. First Summit, Miami" in page.locator("pre").first.inner_text()
    page = opened(whole, "explore.html", script=False)
    assert page.locator("noscript").inner_text().startswith("Searching needs JavaScript; reading does not.")
    assert not page.locator("#explore").is_visible()


def test_on_paper_stands_the_mandate_without_what_only_a_screen_can_use(whole: Path, opened: Open) -> None:
    page = opened(whole, "mandates/1994-miami-poa-002.html")
    page.emulate_media(media="print")
    assert page.locator("#text").is_visible()
    assert page.locator("pre").first.is_visible()
    for gone in ("header nav", ".neighbours", ".skip"):
        assert not page.locator(gone).is_visible(), gone


def test_a_citation_is_copied_with_one_press(whole: Path, opened: Open) -> None:
    page = opened(whole, "mandates/1994-miami-poa-002.html")
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    page.get_by_role("button", name="Copy: In a footnote").click()
    assert page.evaluate("window.copied") == page.locator("pre").first.inner_text()
    assert page.locator(".copyable button").first.inner_text() == "Copied"


# -- The explore page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "identifiers"),
    [
        ("", ["1994-miami-poa-001", "1994-miami-poa-002", "1998-santiago-poa-001"]),
        ("QUEBEC", ["1998-santiago-poa-001"]),
        ("québec mines", ["1998-santiago-poa-001"]),
        ("firearm", ["1994-miami-poa-002"]),
        ('"convention on fire', ["1994-miami-poa-002"]),
        ('"on convention"', []),
        ("laundering", ["1994-miami-poa-002"]),
        ("poa-001", ["1994-miami-poa-001", "1998-santiago-poa-001"]),
        ("<script>", []),
        ("antiperson", ["1998-santiago-poa-001"]),
        ("anti-personnel", ["1998-santiago-poa-001"]),
        ("6.1", ["1994-miami-poa-001"]),
    ],
)  # fmt: skip
def test_a_question_finds(whole: Path, opened: Open, question: str, identifiers: list[str]) -> None:
    page = opened(whole, "explore.html")
    page.locator("#q").fill(question)
    assert found(page) == identifiers


def test_what_was_found_is_marked_in_text_and_item(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html")
    page.locator("#q").fill("oas")
    assert page.locator("#results mark").all_text_contents() == ["OAS", "OAS"]


def test_two_words_with_a_hyphen_are_marked_as_the_one_word_that_was_asked_for(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html#q=antipersonnel")
    assert page.locator("#results mark").all_text_contents() == ["anti-personnel"]


@pytest.mark.parametrize("question", ["anti-personnel", "antipersonnel", "anti-person"])
def test_a_word_is_found_with_a_hyphen_and_without(published: Path, opened: Open, question: str) -> None:
    """The first text has it as one word, the last two have it with a hyphen, and the second has both."""
    page = opened(published, f"explore.html#q={question}")
    assert found(page) == [
        "1998-santiago-dec-001", "1998-santiago-poa-022", "2001-quebec-poa-021", "2001-quebec-poa-022",
    ]  # fmt: skip
    marked = [mark.lower() for mark in page.locator("#results mark").all_text_contents()]
    assert set(marked) == {"anti-personnel", "antipersonnel"}


def test_values_of_a_facet_are_alternatives_and_facets_narrow_each_other(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html")
    page.get_by_label("Miami 1994").check()
    assert found(page) == ["1994-miami-poa-001", "1994-miami-poa-002"]
    page.get_by_label("Santiago 1998").check()
    assert len(found(page)) == 3
    page.locator("summary", has_text="Subject").click()
    page.get_by_role("checkbox", name="Firearms", exact=False).first.check()
    assert found(page) == ["1994-miami-poa-002"]
    assert page.get_by_role("status").inner_text() == "1 mandate of 3, version 1.2.3"


def test_what_the_list_is_narrowed_down_to_stands_above_it_and_is_taken_back_there(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html#entity=oas&code=ARMS")
    assert page.locator("#chosen button").all_text_contents() == ["Firearms \u00d7", "OAS \u00d7"]
    page.get_by_role("button", name="Take back: Firearms").click()
    assert page.url.endswith("#entity=oas&version=1.2.3")
    page.get_by_role("button", name="Take back: OAS").click()
    assert len(found(page)) == 3
    assert not page.locator("#chosen").is_visible()


def test_a_facet_says_how_many_each_value_would_leave(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html#q=the")
    numbers = page.locator("#facets fieldset").first.locator(".number").all_text_contents()
    assert numbers == ["2", "0"]


def test_the_address_holds_the_question_and_gives_it_back(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html")
    page.locator("#q").fill("the oas & more")
    page.locator("#q").fill("oas")
    page.get_by_label("Miami 1994").check()
    again = opened(whole, "explore.html#" + page.url.partition("#")[2])
    assert again.locator("#q").input_value() == "oas"
    assert again.get_by_role("checkbox", name="Miami 1994").is_checked()
    assert found(again) == ["1994-miami-poa-002"]
    again.get_by_role("button", name="Start again").click()
    assert len(found(again)) == 3


def test_the_first_page_asks_the_explore_page(whole: Path, opened: Open) -> None:
    page = opened(whole, "index.html")
    page.get_by_role("searchbox").fill("mines")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/explore.html#q=mines")
    assert found(page) == ["1998-santiago-poa-001"]


def test_the_table_downloaded_is_what_is_shown(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html#q=oas")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download these as CSV").click()
    content = started.value.path().read_bytes()
    assert started.value.suggested_filename == "example-1.2.3-1-mandates.csv"
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert row["mandate_id"] == "1994-miami-poa-002"
    assert row["entity"] == "oas; cifta"
    assert row["code"] == "ARMS"
    assert row["text"] == "We support the OAS and its Convention on Firearms, and will meet in 1999."
    assert row["entity_name"] == "OAS; Convention on Firearms"
    assert row["place"] == "Plan of Action Miami, 1994, paragraph 6.2"
    assert row["completeness"] == "items_missing"
    assert row["items"] == "a. Ask the OAS for programs against money laundering."
    assert (row["version"], row["question"]) == ("1.2.3", "oas")


def test_no_cell_of_the_table_is_a_number_that_a_spreadsheet_would_change(published: Path, opened: Open) -> None:
    page = opened(published, "explore.html#document=1994-miami-poa")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download these as CSV").click()
    rows = list(csv.DictReader(io.StringIO(started.value.path().read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == 16
    assert any(row["place"].endswith("paragraph 6.10") for row in rows)
    numbers = [name for row in rows for name, cell in row.items() if cell.replace(".", "", 1).isdigit()]
    assert numbers == []


# -- What helps a question along --------------------------------------------------------------------------------------


def offered(page: Page) -> list[str]:
    return page.locator("#suggested button").all_text_contents()


def test_a_question_in_the_plural_is_told_how_many_more_the_beginning_finds(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html#q=plans")
    assert found(page) == []
    assert page.locator("#none").is_visible()
    assert page.get_by_role("button", name="Download these as CSV").is_disabled()
    page.locator("#q").fill("meetings")
    assert offered(page) == ["\u201cmeeting\u201d finds 1"]
    page.locator("#suggested button").click()
    assert page.locator("#q").input_value() == "meeting"
    assert found(page) == ["1998-santiago-poa-001"]


def test_a_question_that_names_a_subject_or_body_leads_to_all_that_have_it(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html#q=american states")
    assert found(page) == []
    assert offered(page) == ["Named in it: OAS (1)"]
    page.locator("#suggested button").click()
    assert found(page) == ["1994-miami-poa-002"]
    assert page.locator("#q").input_value() == ""
    assert page.locator("#chosen button").all_text_contents() == ["OAS \u00d7"]


def test_an_address_that_asks_for_what_is_not_there_says_so(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html#summit=2002-nowhere&version=0.9.0")
    assert len(found(page)) == 3
    assert page.locator("#note").inner_text() == (
        "Not known here: Summit 2002-nowhere. The address was made with version 0.9.0; this is version 1.2.3, and may "
        "find others."
    )


def test_a_step_back_takes_back_a_choice_and_leaves_the_words(whole: Path, opened: Open) -> None:
    page = opened(whole, "explore.html#q=oas")
    page.get_by_label("Miami 1994").check()
    page.get_by_label("Santiago 1998").check()
    assert page.locator("#chosen button").count() == 2
    page.go_back()
    assert page.locator("#chosen button").all_text_contents() == ["Miami 1994 \u00d7"]
    assert page.locator("#q").input_value() == "oas"
    page.go_back()
    assert page.locator("#chosen").is_hidden()
    assert found(page) == ["1994-miami-poa-002"]


def test_going_to_a_mandate_and_back_keeps_the_list_as_long_as_it_was(published: Path, opened: Open) -> None:
    page = opened(published, "explore.html")
    page.get_by_role("button", name="Show more").click()
    page.get_by_role("button", name="Show more").click()
    assert len(found(page)) == 90
    page.locator("#results > li a").nth(80).click()
    page.wait_for_url("**/mandates/*.html")
    page.go_back()
    page.wait_for_url("**/explore.html*")
    assert len(found(page)) == 90


def test_on_paper_the_question_and_every_mandate_found_stand(published: Path, opened: Open) -> None:
    page = opened(published, "explore.html#q=drug")
    assert len(found(page)) == 30
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert len(found(page)) == 33
    assert page.locator("#asked").inner_text().startswith("Question: drug. file:")


def test_the_text_is_copied_with_its_citation(whole: Path, opened: Open) -> None:
    page = opened(whole, "mandates/1994-miami-poa-002.html")
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    page.get_by_role("button", name="Copy the text with its citation").click()
    text, item, empty, citation = page.evaluate("window.copied").split("\n")
    assert text == "We support the OAS and its Convention on Firearms, and will meet in 1999."
    assert item == "a. Ask the OAS for programs against money laundering."
    assert (empty, citation) == ("", page.locator("pre").first.inner_text())


def test_hostile_tables_run_nothing_and_are_searched_like_others(tmp_path: Path, opened: Open) -> None:
    site = build(open_package(hostile(tmp_path / "package")), tmp_path / "site").folder
    page = opened(site, "index.html")
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("window.hurt") is None, path.name
    page = opened(site, "explore.html#q=onerror")
    assert page.evaluate("window.hurt") is None
    assert len(found(page)) == 1
    with page.expect_download() as started:
        page.locator("#q").fill("hyperlink")
        page.get_by_role("button", name="Download these as CSV").click()
    assert "\"'=HYPERLINK(" in started.value.path().read_text(encoding="utf-8-sig")


# -- Many mandates, and size ------------------------------------------------------------------------------------------


def test_five_thousand_mandates_are_all_searched(tmp_path: Path, opened: Open) -> None:
    """Every fifth text has the sentence in its order; of those, one in eighteen has the code C5."""
    page = opened(build(open_package(many(tmp_path / "package", 5000)), tmp_path / "site").folder, "explore.html")
    status = page.get_by_role("status")
    assert status.inner_text().startswith("5000 mandates of 5000")
    for question, shown in {
        "word1234": "1 mandate of 5000",
        "organis prevent": "5000 mandates of 5000",
        'organis prevent "convention on firearms': "1000 mandates of 5000",
    }.items():
        page.locator("#q").fill(question)
        assert status.inner_text().startswith(shown)
    page.locator("summary", has_text="Subject").click()
    page.get_by_role("checkbox", name="Subject 5", exact=False).first.check()
    assert status.inner_text().startswith("56 mandates of 5000")
    page.locator("#q").fill('"convention on firearms" word1625')
    assert found(page) == ["d05-01625"]


def test_the_explore_page_and_all_it_loads_are_at_most_500_kilobytes(published: Path, opened: Open) -> None:
    page = opened(published, "explore.html")
    loaded = (
        "Array.from(document.querySelectorAll('script[src],link[rel=stylesheet]')).map((one) => one.src || one.href)"
    )
    names = [name.rpartition("/")[2] for name in page.evaluate(loaded)]
    assert {"data.js", "explore.js", "searching.js", "folding.js", "site.css"} <= set(names)
    sizes = [(published / "assets" / name).stat().st_size for name in names]
    assert sum(sizes) + (published / "explore.html").stat().st_size <= 500_000


# -- Spellings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "identifiers"),
    [
        ("organize", ["1998-santiago-poa-001"]),
        ("organiz", ["1998-santiago-poa-001"]),
        ("program", ["1994-miami-poa-001", "1994-miami-poa-002"]),
        ("programmes", ["1994-miami-poa-001", "1994-miami-poa-002"]),
        ('"organize a meeting"', ["1998-santiago-poa-001"]),
    ],
)
def test_a_word_is_found_in_its_other_spelling(
    whole: Path, opened: Open, question: str, identifiers: list[str]
) -> None:
    page = opened(whole, "explore.html")
    page.locator("#q").fill(question)
    assert found(page) == identifiers
    assert page.locator("#results mark").count() >= len(identifiers)


def test_the_page_folds_words_as_the_toolkit_does(published: Path, opened: Open) -> None:
    page = opened(published, "explore.html")
    texts = page.evaluate("MANDATES.mandates.flatMap((one) => [one.text].concat(one.items || []))")
    texts += ["QUÉBEC's anti-personnel Straße", "e\u0301tat d\u2019E\u0301tat", "\ufb01rearms Organisational"]
    ours = page.evaluate("(texts) => texts.map((text) => Folding.words(text).map((word) => word.other))", texts)
    assert ours == [[word.folded for word in folding.words_of(text)] for text in texts]
