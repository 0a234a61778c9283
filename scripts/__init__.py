"""The pipeline: one verb per module, from documentation pages to a proved Python package."""
