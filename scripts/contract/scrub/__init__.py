"""Recordings without secrets and personal data: what is known to be harmless stays, all else becomes a pseudonym."""
