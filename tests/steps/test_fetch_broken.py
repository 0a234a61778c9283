"""Does fetch refuse broken and hostile sites with a clear problem, and leave the project as it was?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from fetch_site import DocsSite, Project, serving

from scripts.fetch import Limits
from scripts.fetch.addresses import resolve
from scripts.fetch.failure import FetchFailed

PAGES = [f"/p{number}.md" for number in range(6)]


@pytest.fixture
def site() -> Iterator[DocsSite]:
    with serving() as site:
        site.pages |= {path: f"# Page {path}\n" for path in PAGES}
        site.list_pages(*PAGES)
        yield site


@pytest.fixture
def project(tmp_path: Path, site: DocsSite) -> Project:
    return Project(tmp_path, site)


def test_a_missing_index_is_a_problem_that_names_all_places_tried(project: Project, site: DocsSite) -> None:
    del site.pages["/llms.txt"]
    message = project.fails()
    assert "/llms.txt answers 404" in message
    assert "/.well-known/llms.txt answers 404" in message
    assert "spec/api.toml" in message


def test_an_index_at_the_other_usual_place_is_found_and_said(project: Project, site: DocsSite) -> None:
    site.pages["/.well-known/llms.txt"] = site.pages.pop("/llms.txt")
    outcome = project.fetch()
    assert len(project.pages()) == 6
    assert any("/llms.txt answers 404" in problem.what and problem.settled for problem in outcome.problems)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("# Docs\n\nNothing yet.\n", "lists no page"),
        ("<!DOCTYPE html><html>- [a](/a.md)</html>", "is a web page"),
        (b"- [a](/a.md)\xff\xfe", "is not the utf-8 text"),
        (b"- [a](/a.md)\x00", "is no text"),
    ],
)
def test_an_index_that_is_none_is_a_problem(project: Project, site: DocsSite, text: str | bytes, says: str) -> None:
    site.pages["/llms.txt"] = text
    assert says in project.fails()


def test_patterns_that_leave_nothing_are_a_problem(project: Project) -> None:
    project.include = ("*/nowhere/*",)
    assert "None of the 6 pages" in project.fails()


def test_a_site_where_every_page_fails_is_left_after_five(project: Project, site: DocsSite) -> None:
    site.behave |= {path: site.answers(500) for path in PAGES}
    message = project.fails()
    assert message.count("answers 500, 4 times in a row") == 5
    assert "/p5.md" not in site.paths()
    assert project.waits[1:5] == [1.0, 1.0, 2.0, 4.0]


def test_one_page_that_fails_stops_the_fetch_and_the_rest_is_not_asked_again(project: Project, site: DocsSite) -> None:
    site.behave["/p3.md"] = site.answers(503)
    assert "/p3.md answers 503" in project.fails()
    del site.behave["/p3.md"]
    site.asked.clear()
    project.fetch()
    assert [path for path in site.paths(200) if path in PAGES] == ["/p3.md"]


def test_a_forbidden_page_is_a_problem(project: Project, site: DocsSite) -> None:
    site.behave["/p3.md"] = site.answers(403)
    assert "/p3.md answers 403" in project.fails()


def test_a_truncated_body_is_asked_for_again_and_then_a_problem(project: Project, site: DocsSite) -> None:
    def truncate(handler: BaseHTTPRequestHandler) -> None:
        site.asked.append((handler.path, 200))
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(b"# Only the beg")
        handler.close_connection = True

    site.behave["/p3.md"] = truncate
    assert "/p3.md gives no complete answer" in project.fails()
    assert site.paths().count("/p3.md") == 4


def test_a_site_that_falls_silent_or_drips_is_a_problem(project: Project, site: DocsSite) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        for _ in range(20):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    site.behave["/p1.md"] = lambda handler: time.sleep(0.5)
    site.behave["/p3.md"] = drip
    project.limits = Limits(silence=0.2, page_seconds=0.2, tries=1)
    message = project.fails()
    assert "/p1.md gives no complete answer" in message
    assert "/p3.md gives no complete answer: it took longer" in message


def test_a_gzip_bomb_is_cut_off(project: Project, site: DocsSite) -> None:
    import gzip

    site.behave["/p3.md"] = site.answers(200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 50_000_000))
    assert "/p3.md is larger than 20,971,520 bytes" in project.fails()


def test_broken_compression_is_a_problem(project: Project, site: DocsSite) -> None:
    site.behave["/p3.md"] = site.answers(200, {"Content-Encoding": "gzip"}, b"no gzip at all")
    assert "/p3.md gives no complete answer" in project.fails()


def test_a_page_in_a_declared_other_encoding_is_kept_as_utf_8(project: Project, site: DocsSite) -> None:
    site.behave["/p3.md"] = site.answers(200, {"Content-Type": "text/plain; charset=ISO-8859-1"}, b"caf\xe9")
    outcome = project.fetch()
    assert project.content("/p3.md") == "café".encode()
    assert any("is in iso-8859-1" in problem.what for problem in outcome.problems)


@pytest.mark.parametrize("charset", ["utf-8", "rot13", "zlib", "idna", "no-such"])
def test_a_page_that_is_no_text_is_a_problem(project: Project, site: DocsSite, charset: str) -> None:
    site.behave["/p3.md"] = site.answers(200, {"Content-Type": f"text/plain; charset={charset}"}, b"caf\xe9")
    assert "/p3.md is not the utf-8 text" in project.fails()


def test_an_empty_page_is_a_problem(project: Project, site: DocsSite) -> None:
    site.pages["/p3.md"] = " \n"
    assert "/p3.md is empty" in project.fails()
    site.pages["/p3.md"] = "mended"
    project.fetch()
    assert project.content("/p3.md") == b"mended"


def test_a_fetch_that_lost_more_than_half_its_pages_is_refused(project: Project, site: DocsSite) -> None:
    project.fetch()
    site.list_pages("/p0.md", "/p1.md")
    assert "Only 2 of 6 pages" in project.fails()


def test_pages_that_all_say_the_same_count_as_lost(project: Project, site: DocsSite) -> None:
    site.pages |= dict.fromkeys(PAGES, "<!doctype html><p>Not found")
    assert "Only 1 of 6 pages" in project.fails()
    site.pages |= {path: path for path in PAGES}
    project.fetch()  # the doubtful answers were forgotten
    assert project.content("/p3.md") == b"/p3.md"


def test_a_stale_link_in_the_index_is_left_out(project: Project, site: DocsSite) -> None:
    del site.pages["/p3.md"]
    outcome = project.fetch()
    assert len(project.pages()) == 5
    assert any("/p3.md is listed but answers 404" in problem.what for problem in outcome.problems)


def test_an_unconditional_304_is_a_problem(project: Project, site: DocsSite) -> None:
    site.behave["/p3.md"] = site.answers(304)
    assert "answers 304 to an unconditional request" in project.fails()


def test_an_index_with_too_many_pages_is_a_problem(project: Project) -> None:
    project.limits = Limits(pages=5)
    assert "lists 6 pages, more than 5" in project.fails()


def test_robots_txt_that_cannot_be_read_stops_the_fetch(project: Project, site: DocsSite) -> None:
    site.behave["/robots.txt"] = site.answers(500)
    assert "/robots.txt answers 500" in project.fails()


def test_links_that_leave_the_site_are_refused(project: Project, site: DocsSite, tmp_path: Path) -> None:
    with serving() as other:
        port = site.url.rpartition(":")[2]
        links = [
            f"{other.url}/a.md",
            f"http://localhost:{port}/b.md",
            f"http://user:pass@127.0.0.1:{port}/c.md",
            f"http://[::ffff:127.0.0.1]:{port}/d.md",
            f"https://127.0.0.1:{port}/e.md",
            "http://169.254.169.254/latest/meta-data.md",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "//evil.example/x.md",
            "http://[bad/x.md",
        ]
        site.list_pages(*PAGES, more="".join(f"- [x]({link})\n" for link in links))
        outcome = project.fetch()
        assert other.asked == []
    assert set(site.paths(200)) == {"/llms.txt", *PAGES}
    assert sum(problem.settled == "It was left out." for problem in outcome.problems) == len(links)
    assert not any("user:pass" in str(problem) for problem in outcome.problems)


def test_redirects_are_followed_within_the_site_only(project: Project, site: DocsSite) -> None:
    with serving() as other:
        site.behave["/p1.md"] = site.answers(302, {"Location": "/moved.md"})
        site.behave["/p2.md"] = site.answers(307, {"Location": f"{other.url}/p2.md"})
        site.behave["/p3.md"] = site.answers(301, {"Location": "file:///etc/passwd"})
        site.pages["/moved.md"] = "moved"
        outcome = project.fetch()
        assert other.asked == []
    assert project.content("/p1.md") == b"moved"
    assert len(project.pages()) == 4
    assert sum("redirects to another site" in problem.what for problem in outcome.problems) == 1


def test_a_site_that_moved_away_as_a_whole_is_refused_with_its_redirects(project: Project, site: DocsSite) -> None:
    with serving() as other:
        for page in PAGES:
            site.behave[page] = site.answers(301, {"Location": f"{other.url}{page}"})
        said = project.fails()
        assert other.asked == []
    assert "Not one of the pages that were listed or known is there." in said
    for page in PAGES:
        assert f"{site.url}{page} redirects to another site, {other.url}{page}." in said


def test_a_long_list_of_pages_left_out_is_cut(project: Project, site: DocsSite) -> None:
    site.list_pages(*(f"/gone{number}.md" for number in range(30)))
    said = project.fails()
    assert said.count("is listed but answers 404") == 10
    assert "20 more addresses were left out" in said


def test_a_redirect_into_what_robots_txt_forbids_is_refused(project: Project, site: DocsSite) -> None:
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /private\n"
    site.behave["/p1.md"] = site.answers(302, {"Location": "/private/p1.md"})
    project.fetch()
    assert "/private/p1.md" not in site.paths()


def test_a_redirect_loop_is_a_problem(project: Project, site: DocsSite) -> None:
    site.behave["/p1.md"] = site.answers(302, {"Location": "/p1.md"})
    assert "/p1.md redirects more than 5 times" in project.fails()


def test_a_known_page_that_may_not_be_asked_any_more_keeps_its_state(project: Project, site: DocsSite) -> None:
    project.fetch()
    before = project.snapshot()
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /p1\n"
    project.fetch()
    assert project.snapshot() == before


def test_hostile_text_reaches_no_terminal(project: Project, site: DocsSite) -> None:
    site.list_pages(*PAGES, more="- [x](http://evil.example/\x1b[2J\u202e.md)\n- [\x1b[2J](ftp://x/\u202e.md)\n")
    outcome = project.fetch()
    assert all("\x1b" not in str(problem) and "\u202e" not in str(problem) for problem in outcome.problems)


def test_a_site_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with serving() as site:
        pass
    assert "gives no complete answer" in Project(tmp_path, site).fails()


@pytest.mark.parametrize(
    "index", ["", "ftp://x/llms.txt", "llms.txt", "http://", "http://me:secret@127.0.0.1/llms.txt"]
)
def test_an_index_that_is_no_web_address_is_a_problem(project: Project, site: DocsSite, index: str) -> None:
    site.url, project.index = "", index
    message = project.fails()
    assert "spec/api.toml" in message
    assert "secret" not in message


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "0.0.0.0",
        "::ffff:127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
    ],
)
def test_a_name_that_leads_to_this_machine_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (address, 80))])
    with pytest.raises(FetchFailed, match="which is no site's"):
        resolve("http://docs.example/llms.txt")


def test_a_name_is_resolved_once(monkeypatch: pytest.MonkeyPatch, project: Project, site: DocsSite) -> None:
    import socket

    real, asked = socket.getaddrinfo, []

    def resolving(host: str, *rest: object, **options: object) -> object:
        asked.append(host)
        return real("127.0.0.1" if host == "localhost" else host, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolving)
    site.url = site.url.replace("127.0.0.1", "localhost")
    site.list_pages(*PAGES)
    project.fetch()
    assert asked.count("localhost") == 1
    assert len(project.pages()) == 6


@pytest.mark.parametrize("address", ["::ffff:169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::7f00:1"])
def test_an_ipv4_address_in_disguise_is_refused_even_when_written(address: str) -> None:
    with pytest.raises(FetchFailed, match="which is no site's"):
        resolve(f"http://[{address}]/llms.txt")
