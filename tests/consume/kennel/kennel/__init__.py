"""A kennel's own program: it depends on the package as anybody does."""

from __future__ import annotations

from petshop import Petshop


def admit(name: str, address: str) -> str:
    """Takes a dog in, and gives its name and tags as the shop has them."""
    with Petshop(base_url=address, api_key="key") as client:
        pet = client.pets.create(name=name, tag="dog")
        return f"{pet.name} ({pet.tag or 'no tag'})"
