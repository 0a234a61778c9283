"""Are the small decisions of fetch right: robots rules, file names, links, the list of pages?"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.fetch import addresses, index, robots
from scripts.fetch.failure import FetchFailed
from scripts.fetch.filenames import page_file
from scripts.pages import FILE, Page, digest, dump, load
from scripts.problems import BadInput
from scripts.tree import Tree

SITE = "https://docs.example"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nAllow: /\nDisallow: /private", "/private/x", False),
        ("User-agent: *\nDisallow: /\nAllow: /docs", "/docs/x", True),
        ("User-agent: *\nDisallow: /*.md$", "/docs/x.md", False),
        ("User-agent: *\nDisallow: /*.md$", "/docs/x.md?y", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a-b-c", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a-c-b", True),
        ("User-agent: *\nDisallow: /%61b", "/ab", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: SDK-from-docs/1.0\nAllow: /", "/a", True),
        ("User-agent: other\nUser-agent: sdk-from-docs\nDisallow: /a # why", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("Disallow: /", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
    ],
)
def test_the_most_specific_rule_of_robots_txt_wins(rules: str, path: str, allowed: bool) -> None:
    assert robots.parse(rules, "sdk-from-docs").allows(path) is allowed


@given(st.text(), st.text())
def test_any_robots_txt_gives_an_answer(text: str, path: str) -> None:
    assert robots.parse(f"User-agent: *\nDisallow: {text}", "sdk-from-docs").allows(path) in (True, False)


def test_a_robots_txt_full_of_wildcards_is_matched_quickly() -> None:
    begun = time.monotonic()
    rules = robots.parse("User-agent: *\nDisallow: /" + "*a" * 2000 + "$", "sdk-from-docs")
    assert rules.allows("/" + "a" * 1999)
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/api-reference/phone/create.md", "api-reference.phone.create.3.md"),
        ("/con.md", "con~"),
        ("/A.md", "a-md~"),
        ("/", "page~"),
        ("/a.md?x=../../etc", "a-md~"),
        ("/..%2f..%2fetc%2fpasswd", "etc-passwd~"),
        ("/" + "a" * 1900 + ".md", "a" * 50 + "~"),
        ("/ümläut/🐍.md", "ml-ut-md~"),
    ],
)
def test_a_file_name_is_readable_and_tame(path: str, file: str) -> None:
    name = page_file(addresses.parse(f"{SITE}{path}"), 3, "md").removeprefix("spec/pages/")
    assert name.startswith(file)
    assert len(name) < 150


PATHS = st.lists(st.text("aAb.-_~/%2 eé", max_size=8), min_size=2, max_size=6, unique=True)


@given(PATHS, st.integers(1, 30), st.sampled_from(["md", "html", "json"]))
def test_different_addresses_never_share_a_file_even_ignoring_case(paths: list[str], age: int, extension: str) -> None:
    urls = set()
    for path in paths:
        try:
            urls.add(addresses.parse(f"{SITE}/{path}"))
        except FetchFailed:
            continue
    files = {page_file(url, age, extension).lower() for url in urls}
    files |= {page_file(url, age + 1, extension).lower() for url in urls}
    assert len(files) == 2 * len(urls)
    assert all(Path(file).parent.as_posix() == "spec/pages" and not Path(file).name.startswith(".") for file in files)


def test_an_index_gives_its_links_once_and_in_order() -> None:
    text = """# Docs
> [not](/an-item.md)

- [B](/b.md): Second [link](/no.md).
* [A](a.md)
  - [Nested [x]](https://docs.example/n_(1).md "title")
- [B again](/b.md#part)
- [Spec](/api/openapi.json)
- [PDF](/a.pdf)
- [More](/api/llms.txt)
- [Full](/llms-full.txt)
- [Elsewhere](https://other.example/x.md)
- [Empty]()
- broken [x](
"""
    found = index.read(text, f"{SITE}/llms.txt")
    assert found.pages == tuple(f"{SITE}/{path}" for path in ("b.md", "a.md", "n_(1).md"))
    assert found.documents == (f"{SITE}/api/openapi.json",)
    assert found.indexes == (f"{SITE}/api/llms.txt",)
    assert len(found.refused) == 1


@pytest.mark.parametrize(
    "line", ["- [" + "](" * 40_000, "- [a](" + "(" * 3900, "- [a](" + "x" * 3990, "- [" + "](a" * 1300]
)
def test_a_hostile_index_is_read_quickly(line: str) -> None:
    begun = time.monotonic()
    index.read(f"{line}\n" * 20, SITE)
    assert time.monotonic() - begun < 30


@given(st.text())
def test_any_text_is_an_index(text: str) -> None:
    index.read(f"- [{text}]({text})", SITE)


def _project(root: Path, pages: list[Page], **files: bytes) -> Tree:
    (root / "spec/pages").mkdir(parents=True)
    (root / FILE).write_text(dump(pages), encoding="utf-8")
    for name, content in files.items():
        (root / f"spec/pages/{name}.md").write_bytes(content)
    return Tree(root)


def _page(name: str, content: bytes = b"x", **more: str) -> Page:
    return Page(file=f"spec/pages/{name}.md", origin="page", sha256=digest(content), age=1, **more)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_list_of_pages_reads_back_as_it_was_written(text: str) -> None:
    import tomllib

    page = _page("a", url=text, etag=text)
    [entry] = tomllib.loads(dump([page]))["page"]
    assert Page(**entry) == page


def test_pages_are_listed_by_file_whatever_their_order(tmp_path: Path) -> None:
    pages = [_page("b"), _page("a")]
    assert dump(pages) == dump(reversed(pages))
    assert load(_project(tmp_path, pages, a=b"x", b=b"x")) == [_page("a"), _page("b")]


def test_a_project_without_pages_has_none(tmp_path: Path) -> None:
    assert load(Tree(tmp_path)) == []


def test_an_edited_a_missing_and_an_unlisted_page_are_problems_all_at_once(tmp_path: Path) -> None:
    tree = _project(tmp_path, [_page("edited"), _page("missing")], edited=b"y", unlisted=b"x")
    with pytest.raises(BadInput) as raised:
        load(tree)
    whats = [(problem.where.rpartition("/")[2], problem.what) for problem in raised.value.problems]
    assert [where for where, _ in whats] == ["edited.md", "missing.md", "unlisted.md"]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[[page]\n", 1, "not TOML"),
        ("[page]\nfile = 'x'\n", None, "Something else"),
        ("\n[[page]]\nfile = 'spec/pages/a'\n", 2, "no 'sha256'"),
        ("[[page]]\nfile = '../../etc/passwd'\n", 1, "no file below"),
        ("[[page]]\nage = '1'\n", 1, "'age' is no int"),
        ("[[page]]\nstate = 'lost'\n", 1, "'lost' is no state"),
        ("[[page]]\ncolour = 'red'\n", 1, "Nothing reads 'colour'"),
    ],
)
def test_a_malformed_list_of_pages_is_a_problem_with_its_line(
    tmp_path: Path, text: str, line: int | None, says: str
) -> None:
    (tmp_path / "spec").mkdir()
    (tmp_path / FILE).write_text(text)
    with pytest.raises(BadInput) as raised:
        load(Tree(tmp_path))
    assert any(says in problem.what and problem.line == line for problem in raised.value.problems)
