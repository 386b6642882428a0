"""The bar: on a terminal alone, after a second, seldom, and gone at the end."""

import io

import pytest

from mandates_data.render.progress import Progress, picture


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    return Clock()


def test_nothing_is_drawn_in_the_first_second(clock):
    terminal = Terminal()
    with Progress(terminal, clock=clock) as progress:
        clock.now += 0.9
        progress.update(1, 2)
    assert terminal.getvalue() == ""


def test_a_bar_is_drawn_ten_times_a_second_and_taken_away(clock):
    terminal = Terminal()
    with Progress(terminal, "reading", clock=clock) as progress:
        clock.now += 1.0
        progress.update(25_000_000, 100_000_000)
        progress.update(26_000_000, 100_000_000)
        clock.now += 0.1
        progress.update(50_000_000, 100_000_000)
    bars = [
        "reading [##########                              ]  25 % of 100 MB",
        "reading [####################                    ]  50 % of 100 MB",
    ]
    assert terminal.getvalue() == f"\r{bars[0]}\r{bars[1]}\r{' ' * len(bars[1])}\r"


def test_bytes_of_several_tables_are_added_up(clock):
    terminal = Terminal()
    progress = Progress(terminal, "reading", clock=clock)
    update = progress.of_tables(100_000_000)
    update("a", 10_000_000)
    update("a", 20_000_000)
    clock.now += 1.0
    update("b", 30_000_000)
    assert terminal.getvalue() == "\rreading [####################                    ]  50 % of 100 MB"


def test_a_shorter_picture_covers_a_longer_one(clock):
    terminal = Terminal()
    progress = Progress(terminal, clock=clock)
    clock.now += 1
    progress.update(2_000_000, 0)
    clock.now += 1
    progress.update(900, 0)
    assert terminal.getvalue() == "\rvalidating, 2 MB\rvalidating, 1 kB"
    progress.clear()
    progress.clear()
    assert terminal.getvalue() == "\rvalidating, 2 MB\rvalidating, 1 kB\r" + " " * 16 + "\r"


def test_nothing_is_drawn_where_no_terminal_is(clock):
    stream = io.StringIO()
    with Progress(stream, clock=clock) as progress:
        clock.now += 5
        progress.update(1, 2)
    assert stream.getvalue() == ""


def test_nothing_is_drawn_on_a_terminal_that_cannot_go_back(clock, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    terminal = Terminal()
    with Progress(terminal, clock=clock) as progress:
        clock.now += 5
        progress.update(1, 2)
    assert terminal.getvalue() == ""


def test_a_terminal_that_is_gone_does_not_end_the_work(clock):
    class Gone(Terminal):
        def write(self, text):
            raise BrokenPipeError

    with Progress(Gone(), clock=clock) as progress:
        clock.now += 5
        progress.update(1, 2)
        clock.now += 5
        progress.update(2, 2)
    closed = Terminal()
    closed.close()
    assert Progress(closed, clock=clock).update(1, 2) is None


@pytest.mark.parametrize(
    ("done", "total", "width", "shown"),
    [
        (0, 10_000, 40, "validating [            ]   0 % of 10 kB"),
        (10_000, 10_000, 40, "validating [############] 100 % of 10 kB"),
        (20_000, 10_000, 40, "validating [############] 100 % of 10 kB"),
        (5_000, 10_000, 26, "validating  50%"),
        (5_000, 10_000, 8, "validati"),
        (5_000, 0, 40, "validating, 5 kB"),
    ],
)
def test_the_bar_fits_the_width(done, total, width, shown):
    drawn = picture("validating", done, total, width)
    assert len(drawn) <= width
    assert drawn == shown
