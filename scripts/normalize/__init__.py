"""Rewrites the merged document so that each thing is said in one way: the canonical document.

Every pass changes one thing everywhere and leaves the rest alone; its docstring shows a document before and after.
"""

from __future__ import annotations

from .. import canonical, merge
from ..cache import Parts
from ..documents import Document, read
from ..project import Api
from ..step import Outcome
from ..tree import Tree
from .allof import flatten
from .conditions import open_conditions
from .context import Context, Json
from .dialect import modernize
from .discriminators import map_discriminators
from .each import change_each
from .entry import check
from .hoist import hoist
from .incremental import Incremental
from .inheritance import open_bases
from .keywords import allow_keywords, clean
from .loops import cut_loops
from .nullable_bodies import take_objects
from .nullable_components import move_nulls
from .nulls import place_nulls
from .operations import settle_operations
from .parameters import complete_parameters, count
from .references import inline_references
from .siblings import separate_siblings
from .sources import Sources
from .swagger import upgrade_swagger
from .undescribed import describe_required
from .unused import drop_unused
from .variants import split_variants

PASSES = (
    upgrade_swagger,
    complete_parameters,
    settle_operations,
    open_conditions,
    separate_siblings,
    (modernize, place_nulls),
    move_nulls,
    take_objects,
    open_bases,
    hoist,
    flatten,
    drop_unused,
    hoist,  # again, for the alternatives that flattening made
    cut_loops,
    describe_required,
    map_discriminators,
    split_variants,
    drop_unused,
    (clean,),
    allow_keywords,
)
"""In this order, after all references to other files and to anything but schemas were inlined.

Those in brackets look at one schema at a time.
"""


def run(tree: Tree, api: Api) -> Outcome:
    """The canonical document, `spec/openapi.yaml`."""
    path = merge.entry(tree, api)
    entry = read(tree.text(path), path)
    check(entry)
    incremental = Incremental(tree, entry)
    made = incremental.made(lambda part, context: _canonical(tree, part, context, remembers=False))
    if made is None:
        context = Context(entry)
        document = _canonical(tree, entry, context, remembers=True)
        incremental.keep(context, document)
    else:
        document, context = made
    counts = (count(document), "operation"), (len(document["components"]["schemas"]), "schema")
    summary = ", ".join(f"{number} {noun}{'s' if number != 1 else ''}" for number, noun in counts)
    return Outcome({canonical.PATH: canonical.dump(tree, document)}, summary, tuple(context.told()))


def _canonical(tree: Tree, entry: Document, context: Context, remembers: bool) -> Json:
    """What the passes make of a description, and whether they remember what they made of schemas."""
    document = inline_references(entry.data, context, Sources(tree, entry))
    for change in PASSES:
        if isinstance(change, tuple):
            parts = Parts(tree.root, change[0].__name__) if remembers else None
            change_each(document, context, change, parts)
        else:
            change(document, context)
    return document
