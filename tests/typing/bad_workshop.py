"""What a user must not write with those; the comments are as in `bad.py`."""

from __future__ import annotations

from workshop import AsyncWorkshop, Workshop, webhooks
from workshop.models import Job


def pages(client: Workshop) -> None:
    client.jobs.list(max_items="3")  # E: arg-type reportArgumentType
    client.jobs.list(page=2)  # E: call-arg reportCallIssue
    client.jobs.create(parts=[], max_items=3)  # E: call-arg reportCallIssue
    client.jobs.list().response.cursor  # E: attr-defined reportAttributeAccessIssue
    job: Job = client.jobs.list()  # E: assignment reportAssignmentType
    print(job)


async def later(client: AsyncWorkshop) -> None:
    [*client.jobs.list()]  # E: misc reportGeneralTypeIssues
    client.jobs.list().items  # E: attr-defined reportAttributeAccessIssue
    async with client.jobs.events.retrieve("1"):  # E: attr-defined reportGeneralTypeIssues
        pass
    (await client.jobs.drawing.retrieve("1")).read().decode()  # E: attr-defined reportAttributeAccessIssue


def bodies(client: Workshop) -> None:
    client.jobs.create(parts=[{"nmae": "a"}])  # E: list-item reportArgumentType
    client.jobs.create(parts=[{"name": 1}])  # E: list-item reportArgumentType
    client.jobs.create(parts=[{"count": 1}])  # E: list-item reportArgumentType
    client.jobs.create(parts=["a"])  # E: list-item reportArgumentType
    client.jobs.create(parts=[], labels={"a": 1})  # E: dict-item reportArgumentType
    client.jobs.create(parts=[], due=3)  # E: arg-type reportArgumentType


def files(client: Workshop) -> None:
    client.jobs.drawing.update("1", file=3)  # E: arg-type reportArgumentType
    client.jobs.drawing.update("1", file=open("a.txt"))  # E: arg-type reportArgumentType
    client.jobs.drawing.update("1")  # E: call-arg reportCallIssue
    client.jobs.events.retrieve("1").data  # E: attr-defined reportAttributeAccessIssue


def events(body: bytes) -> None:
    webhooks.parse(body).days  # E: union-attr reportAttributeAccessIssue
    webhooks.parse(body, event="job.late").job  # E: attr-defined reportAttributeAccessIssue
    webhooks.parse(3)  # E: call-overload reportArgumentType
    webhooks.parse(body, events="job.late")  # E: call-overload reportCallIssue
