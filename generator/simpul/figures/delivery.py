"""The minutes of a module over the components of a way of delivery."""

from collections.abc import Sequence


def share(minutes: int, shares: Sequence[int]) -> list[int]:
    """Divides a module's minutes in the proportion of a model's, so that the parts add up to the module's.

    Whole minutes, by largest remainder; of equal remainders the earlier component takes the minute.
    """
    total = sum(shares)
    parts = [minutes * part // total for part in shares]
    order = sorted(range(len(shares)), key=lambda place: (-(minutes * shares[place] % total), place))
    for place in order[:minutes - sum(parts)]:
        parts[place] += 1
    return parts
