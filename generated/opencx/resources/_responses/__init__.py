# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""What `with_raw_response` and `with_streaming_response` of each resource lead to; loaded on first use."""
