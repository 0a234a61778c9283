"""Does fetch get what a documentation site serves, once and politely?"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from fetch_site import DocsSite, Project, serving

from scripts import fetch
from scripts.__main__ import OK, OUT_OF_DATE, main
from scripts.fetch import Limits
from scripts.pages import Page, digest, dump
from scripts.project import Api
from scripts.tree import Tree


@pytest.fixture
def site() -> Iterator[DocsSite]:
    with serving() as site:
        site.pages |= {"/phone/create.md": "# Create\n", "/phone/list.md": "# List\n", "/phone/update.md": "# Update\n"}
        site.list_pages("/phone/create.md", "/phone/list.md", "/phone/update.md")
        yield site


@pytest.fixture
def project(tmp_path: Path, site: DocsSite) -> Project:
    return Project(tmp_path, site)


def test_listed_pages_are_kept_as_they_came(project: Project, site: DocsSite) -> None:
    site.pages["/phone/list.md"] = b"\xef\xbb\xbf# List\r\n  \xc3\xa9 \n\n"
    outcome = project.fetch()
    page = project.page("/phone/list.md")
    assert outcome.summary == "3 live pages, 3 new or changed, 0 gone"
    assert project.content("/phone/list.md") == site.pages["/phone/list.md"]
    assert (page.file, page.age, page.state, page.origin) == ("spec/pages/phone.list.1.md", 1, "live", "page")
    assert (page.fetched, bool(page.etag)) == ("2026-01-01", True)
    assert not (project.root / ".fetching").exists()


def test_a_fetch_that_finds_nothing_new_changes_no_byte(project: Project, site: DocsSite) -> None:
    project.fetch()
    before = project.snapshot()
    site.asked.clear()
    project.day = project.day.replace(year=2027)
    project.fetch()
    assert project.snapshot() == before
    assert site.paths(304) == ["/phone/create.md", "/phone/list.md", "/phone/update.md"]


def test_a_new_etag_on_the_same_content_changes_no_byte(project: Project, site: DocsSite) -> None:
    project.fetch()
    before = project.snapshot()
    site.behave["/phone/list.md"] = site.answers(200, {"ETag": '"other"'}, b"# List\n")
    project.fetch()
    assert project.snapshot() == before


def test_last_modified_is_sent_back_where_there_is_no_etag(project: Project, site: DocsSite) -> None:
    date = "Wed, 21 Oct 2015 07:28:00 GMT"
    seen: list[str | None] = []

    def dated(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["If-Modified-Since"])
        same = seen[-1] == date
        site.send(handler, 304 if same else 200, b"" if same else b"dated", {"Last-Modified": date})

    site.behave["/phone/list.md"] = dated
    project.fetch()
    project.fetch()
    assert seen == [None, date]
    assert project.content("/phone/list.md") == b"dated"


def test_a_changed_page_gets_a_new_file_and_age_and_the_old_version_stays(project: Project, site: DocsSite) -> None:
    project.fetch()
    site.pages["/phone/list.md"] = "# List, second edition\n"
    site.pages["/phone/create.md"] = "# Create, second edition\n"
    assert project.fetch().summary == "3 live pages, 2 new or changed, 0 gone"
    versions = [(page.file, page.age, page.state) for page in project.pages() if page.url.endswith("/list.md")]
    assert versions == [("spec/pages/phone.list.1.md", 1, "gone"), ("spec/pages/phone.list.2.md", 2, "live")]
    assert (project.root / "spec/pages/phone.list.1.md").read_text() == "# List\n"
    assert project.page("/phone/create.md").age == 2
    assert project.page("/phone/update.md").age == 1


def test_a_page_that_changes_back_is_a_third_version(project: Project, site: DocsSite) -> None:
    for text in ("one", "two", "one"):
        site.pages["/phone/list.md"] = text
        project.fetch()
    versions = [(page.age, page.state) for page in project.pages() if page.url.endswith("/list.md")]
    assert versions == [(1, "gone"), (2, "gone"), (3, "live")]


@pytest.mark.parametrize("how", ["404", "410", "unlisted"])
def test_a_page_that_vanished_stays_listed_as_gone(project: Project, site: DocsSite, how: str) -> None:
    project.fetch()
    if how == "unlisted":
        site.list_pages("/phone/create.md", "/phone/update.md")
    else:
        site.behave["/phone/list.md"] = site.answers(int(how))
    outcome = project.fetch()
    assert project.page("/phone/list.md").state == "gone"
    assert project.content("/phone/list.md") == b"# List\n"
    assert any("/phone/list.md is not there any more" in problem.what for problem in outcome.problems)
    before = project.snapshot()
    project.fetch()
    assert project.snapshot() == before


def test_a_gone_page_that_comes_back_unchanged_is_live_at_its_old_age(project: Project, site: DocsSite) -> None:
    project.fetch()
    before = project.snapshot()
    text = site.pages.pop("/phone/list.md")
    project.fetch()
    site.pages["/phone/list.md"] = text
    project.fetch()
    assert project.snapshot() == before


def test_pages_that_came_as_files_are_left_alone_and_count_for_age(project: Project) -> None:
    seed = b"POST\n/\nphone\n"
    page = Page(file="spec/pages/seed.txt", origin="crawl", sha256=digest(seed), age=4)
    (project.root / "spec/pages").mkdir(parents=True)
    (project.root / page.file).write_bytes(seed)
    (project.root / "spec/pages.lock").write_text(dump([page]))
    project.fetch()
    assert page in project.pages()
    assert (project.root / page.file).read_bytes() == seed
    assert project.page("/phone/list.md").age == 5


def test_a_file_that_came_by_hand_is_never_overwritten(project: Project) -> None:
    page = Page(file="spec/pages/phone.list.2.md", origin="crawl", sha256=digest(b"by hand"), age=1)
    (project.root / "spec/pages").mkdir(parents=True)
    (project.root / page.file).write_bytes(b"by hand")
    (project.root / "spec/pages.lock").write_text(dump([page]))
    assert "spec/pages/phone.list.2.md: The file is there already" in project.fails()


def test_include_and_exclude_choose_pages_by_their_address(project: Project, site: DocsSite) -> None:
    project.include, project.exclude = ("*/phone/*",), ("*update*",)
    site.list_pages("/phone/create.md", "/phone/list.md", "/phone/update.md", "/blog.md")
    project.fetch()
    assert [page.url.rpartition("/")[2] for page in project.pages()] == ["create.md", "list.md"]
    assert "/blog.md" not in site.paths()


def test_requests_are_named_and_spaced(project: Project, site: DocsSite) -> None:
    project.fetch()
    assert site.agents == {"sdk-from-docs"}
    assert site.paths()[:2] == ["/robots.txt", "/llms.txt"]
    assert project.waits == [1.0] * (len(site.asked) - 1)
    assert project.reports[-1] == (3, 3, "")


def test_robots_txt_is_obeyed_and_its_delay_kept(project: Project, site: DocsSite) -> None:
    site.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 7\nAllow: /\nDisallow: /*list\n"
    outcome = project.fetch()
    assert "/phone/list.md" not in site.paths()
    assert any("robots.txt" in problem.what and problem.settled for problem in outcome.problems)
    assert set(project.waits[1:]) == {7.0}


def test_an_absurd_crawl_delay_is_capped(project: Project, site: DocsSite) -> None:
    site.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 86400\n"
    project.fetch()
    assert max(project.waits) == 60.0


def test_a_site_that_forbids_its_index_is_not_fetched(project: Project, site: DocsSite) -> None:
    site.pages["/robots.txt"] = "User-agent: sdk-from-docs\nDisallow: /\n"
    assert "robots.txt" in project.fails()
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(("value", "wait"), [("9", 9.0), ("Thu, 01 Jan 2026 00:00:30 GMT", 30.0), ("soon", 1.0)])
def test_retry_after_is_honoured(project: Project, site: DocsSite, value: str, wait: float) -> None:
    def busy(handler: BaseHTTPRequestHandler) -> None:
        del site.behave["/phone/list.md"]
        site.send(handler, 429, b"", {"Retry-After": value})

    site.behave["/phone/list.md"] = busy
    project.fetch()
    position = [path for path, _ in site.asked].index("/phone/list.md")
    assert project.waits[position] == wait
    assert project.content("/phone/list.md") == b"# List\n"


@pytest.mark.parametrize("value", ["86400", "9" * 20, "Fri, 02 Jan 2026 00:00:00 GMT"])
def test_an_absurd_retry_after_ends_the_fetch_at_once(project: Project, site: DocsSite, value: str) -> None:
    site.behave["/phone/create.md"] = site.answers(429, {"Retry-After": value})
    assert "/phone/create.md answers 429: wait " in project.fails()
    assert site.paths()[-1] == "/phone/create.md"
    assert max(project.waits) == 1.0


def test_an_interrupted_fetch_goes_on_where_it_stopped(project: Project, site: DocsSite) -> None:
    project.reports = _Interrupting()
    with pytest.raises(KeyboardInterrupt):
        project.fetch()
    assert project.snapshot() == {}
    project.reports = []
    site.asked.clear()
    project.fetch()
    assert [path for path in site.paths() if path.startswith("/phone/")] == ["/phone/update.md"]
    assert len(project.pages()) == 3


def test_a_killed_fetch_leaves_the_project_as_it_was_and_is_continued(project: Project, site: DocsSite) -> None:
    code = """
import sys, pathlib
from scripts import fetch, project, tree
api = project.Api("demo", "Demo", "1", index=sys.argv[2], delay=0)
fetch.run(tree.Tree(pathlib.Path(sys.argv[1])), api, clock=lambda: fetch.datetime.fromisoformat(sys.argv[3]))
"""
    killed: list[subprocess.Popen[bytes]] = []
    site.behave["/phone/update.md"] = lambda handler: killed[0].kill()
    arguments = [str(project.root), f"{site.url}/llms.txt", project.day.isoformat()]
    killed.append(subprocess.Popen([sys.executable, "-c", code, *arguments]))
    assert killed[0].wait() == -signal.SIGKILL
    assert project.snapshot() == {}
    del site.behave["/phone/update.md"]
    site.asked.clear()
    project.fetch()
    assert [path for path in site.paths() if path.startswith("/phone/")] == ["/phone/update.md"]


def test_what_an_old_interrupted_fetch_left_is_not_used(project: Project, site: DocsSite) -> None:
    site.behave["/phone/update.md"] = site.answers(500)
    project.fails()
    del site.behave["/phone/update.md"]
    site.pages["/phone/list.md"] = "newer"
    project.day = project.day.replace(day=3)
    project.fetch()
    assert project.content("/phone/list.md") == b"newer"


def test_what_an_interrupted_fetch_left_is_not_used_for_another_list_of_pages(project: Project, site: DocsSite) -> None:
    project.fetch()
    lock = (project.root / "spec/pages.lock").read_text()
    site.behave["/phone/update.md"] = site.answers(500)
    project.fails()  # with "not modified" for the other two in its journal
    del site.behave["/phone/update.md"]
    (project.root / "spec/pages.lock").write_text(lock.replace("live", "gone"))
    site.asked.clear()
    project.fetch()
    assert "/phone/list.md" in site.paths(304)


class _Interrupting(list[tuple[int, int, str]]):
    def append(self, report: tuple[int, int, str]) -> None:
        if report[2].endswith("update.md"):
            raise KeyboardInterrupt


def test_a_page_without_extension_is_asked_for_as_markdown_first(project: Project, site: DocsSite) -> None:
    site.list_pages("/phone/create", "/about")
    site.pages["/about"] = "<!DOCTYPE html><html>About</html>"
    project.fetch()
    assert project.page("/phone/create.md").file == "spec/pages/phone.create.1.md"
    assert project.page("/about").file.endswith(".html")
    assert project.content("/about") == b"<!DOCTYPE html><html>About</html>"
    before = project.snapshot()
    site.asked.clear()
    project.fetch()
    assert project.snapshot() == before
    assert "/about.md" not in site.paths()


def test_further_indexes_are_read(project: Project, site: DocsSite) -> None:
    site.list_pages("/phone/create.md", "/api/llms.txt")
    site.pages["/api/llms.txt"] = "- [List](../phone/list.md)\n- [Loop](/llms.txt)\n- [Self](llms.txt)\n"
    project.fetch()
    assert len(project.pages()) == 2


def test_a_page_larger_than_the_cap_is_a_problem(project: Project, site: DocsSite) -> None:
    project.limits = Limits(page_bytes=1000)
    site.pages["/phone/list.md"] = "x" * 100_000
    assert "/phone/list.md is larger than 1,000 bytes" in project.fails()


def test_nothing_is_shown_where_there_is_no_terminal(
    project: Project, site: DocsSite, capsys: pytest.CaptureFixture[str]
) -> None:
    api = Api(package="demo", client="Demo", version="1", index=f"{site.url}/llms.txt", delay=0.0)
    outcome = fetch.run(Tree(project.root), api)
    assert "spec/pages/phone.list.1.md" in outcome.files
    assert capsys.readouterr() == ("", "")


def test_a_look_tells_by_its_exit_code_whether_the_site_has_something_new(project: Project, site: DocsSite) -> None:
    settings = f'[package]\nname = "acme"\n[sources]\nindex = "{site.url}/llms.txt"\ndelay = 0.0\n'
    (project.root / "spec").mkdir(exist_ok=True)
    (project.root / "spec/api.toml").write_text(settings)
    look = ["fetch", "--check", "--project", str(project.root)]
    assert main(look) == OUT_OF_DATE
    assert not (project.root / "spec/pages").exists()
    assert main([word for word in look if word != "--check"]) == OK
    assert main(look) == OK
