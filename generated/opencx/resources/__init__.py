# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The resources of OpenCX, which the client's attributes lead to."""
