"""Does fetch find a whole OpenAPI document wherever a site keeps it, and nothing where there is none?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fetch_site import DocsSite, Project, serving

from scripts.fetch import content

DOCUMENT = json.dumps({"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}})
FENCED = "# Create\n\n## OpenAPI\n\n````yaml %s post /phone\nopenapi: 3.1.0\npaths: {}\n````\n"


@pytest.fixture
def site() -> Iterator[DocsSite]:
    with serving() as site:
        site.pages["/create.md"] = "# Create\n"
        site.list_pages("/create.md")
        yield site


@pytest.fixture
def project(tmp_path: Path, site: DocsSite) -> Project:
    return Project(tmp_path, site)


def _documents(project: Project) -> dict[str, str]:
    return {page.url.removeprefix(project.site.url): page.origin for page in project.pages() if page.origin != "page"}


def test_an_api_catalog_names_the_document(project: Project, site: DocsSite) -> None:
    links = {"linkset": [{"anchor": "/", "service-desc": [{"href": "/spec.json", "type": "application/json"}]}]}
    site.pages |= {"/.well-known/api-catalog": json.dumps(links), "/spec.json": DOCUMENT}
    project.fetch()
    assert _documents(project) == {"/spec.json": "api-catalog"}
    assert project.content("/spec.json") == DOCUMENT.encode()
    assert project.page("/create.md").origin == "page"


def test_a_link_header_names_the_document(project: Project, site: DocsSite) -> None:
    link = '<https://x.example/>; rel="service-doc", <spec.yaml>; rel="service-desc"; type="text/yaml"'
    site.headers["/llms.txt"] = {"Link": link}
    site.pages["/spec.yaml"] = "openapi: 3.0.3\npaths: {}\n"
    project.fetch()
    assert _documents(project) == {"/spec.yaml": "link-header"}


def test_documents_that_the_index_lists_are_taken_if_they_are_some(project: Project, site: DocsSite) -> None:
    site.list_pages("/create.md", "/a.json", "/b.yaml", "/stale.json", "/v1/openapi", "/config.yml")
    site.pages |= {
        "/a.json": DOCUMENT,
        "/b.yaml": "swagger: '2.0'\npaths: {}\n",
        "/v1/openapi": DOCUMENT,
        "/config.yml": "openapi: please\n",
    }
    outcome = project.fetch()
    assert _documents(project) == dict.fromkeys(("/a.json", "/b.yaml", "/v1/openapi"), "index-link")
    assert project.page("/v1/openapi").file.endswith(".json")
    refused = [problem.what for problem in outcome.problems if "is no whole OpenAPI document" in problem.what]
    assert len(refused) == 2


def test_the_source_in_a_fence_is_taken(project: Project, site: DocsSite) -> None:
    site.pages |= {"/create.md": FENCED % "api/openapi.json", "/api/openapi.json": DOCUMENT}
    project.fetch()
    assert _documents(project) == {"/api/openapi.json": "fence-source"}
    before = project.snapshot()
    project.fetch()  # the page is not sent again, and its fence is read from the file
    assert project.snapshot() == before


@pytest.mark.parametrize("source", ["http://169.254.169.254/openapi.json", "file:///etc/passwd", "http://[x/o.json"])
def test_a_fence_source_elsewhere_is_refused(project: Project, site: DocsSite, source: str) -> None:
    site.pages["/create.md"] = FENCED % source
    outcome = project.fetch()
    assert _documents(project) == {}
    assert any(problem.settled == "It was left out." for problem in outcome.problems)


def test_the_first_rung_that_gives_a_document_ends_the_climb(project: Project, site: DocsSite) -> None:
    site.headers["/llms.txt"] = {"Link": "</first.json>; rel=service-desc"}
    site.list_pages("/create.md", "/second.json")
    site.pages |= {"/first.json": DOCUMENT, "/second.json": DOCUMENT}
    outcome = project.fetch()
    assert _documents(project) == {"/first.json": "link-header"}
    assert "/second.json" not in site.paths()
    rungs = [problem.what for problem in outcome.problems if problem.what.startswith("Discovery, ")]
    assert [rung.partition(":")[0] for rung in rungs] == ["Discovery, api-catalog", "Discovery, link-header"]


def test_every_rung_without_a_document_is_a_recorded_decision(project: Project) -> None:
    outcome = project.fetch()
    rungs = [problem for problem in outcome.problems if problem.what.startswith("Discovery, ")]
    assert len(rungs) == 4
    assert all(problem.settled == "The next rung was tried." for problem in rungs)
    lock = (project.root / "spec/pages.lock").read_text()
    assert "# - fence-source: 0 documents at 0 addresses. The next rung was tried.\n" in lock


def test_an_index_that_is_itself_a_document_is_taken_alone(project: Project, site: DocsSite) -> None:
    site.pages["/openapi.json"] = DOCUMENT
    project.index = "/openapi.json"
    project.fetch()
    assert _documents(project) == {"/openapi.json": "explicit"}
    assert "/create.md" not in site.paths()
    before = project.snapshot()
    project.fetch()
    assert project.snapshot() == before


def test_a_known_document_that_fails_stops_the_fetch(project: Project, site: DocsSite) -> None:
    site.list_pages("/create.md", "/a.json")
    site.pages["/a.json"] = DOCUMENT
    project.fetch()
    site.behave["/a.json"] = site.answers(500)
    assert "/a.json answers 500" in project.fails()


def test_a_known_document_that_became_something_else_is_gone(project: Project, site: DocsSite) -> None:
    site.list_pages("/create.md", "/a.json")
    site.pages["/a.json"] = DOCUMENT
    project.fetch()
    site.pages["/a.json"] = "{}"
    project.fetch()
    assert project.page("/a.json").state == "gone"
    assert project.content("/a.json") == DOCUMENT.encode()


@pytest.mark.parametrize(
    "catalog", ["", "[]", '{"linkset": [1]}', '{"linkset": [{"service-desc": [{"href": 1}]}]}', "[" * 99999]
)
def test_a_broken_api_catalog_is_passed_by(project: Project, site: DocsSite, catalog: str) -> None:
    site.pages["/.well-known/api-catalog"] = catalog
    project.fetch()
    assert len(project.pages()) == 1


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (DOCUMENT, True),
        ('{"openapi":"3.0.0","components":{}}', True),
        ("# a comment\n'openapi': 3.1.0\nwebhooks: {}\n", True),
        ("openapi: 3.1.0\n", False),
        ("openapi: 3.1.0\npaths: [\n", False),
        ("# Guide\n\nopenapi: 3.1.0 is a format\n", False),
        ('["openapi"]', False),
        ("\n" * 1_000_000, False),
    ],
)
def test_a_document_is_told_by_what_it_says(text: str, is_one: bool) -> None:
    assert content.is_document(text.encode()) is is_one
