"""Ids of 63 bits: a replica's number and a counter."""

from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.ids import COUNTER_LIMIT, REPLICA_LIMIT, first_id, last_id, replica_of

replicas = st.integers(1, REPLICA_LIMIT - 1)


@given(replicas, st.integers(0, COUNTER_LIMIT - 1))
def test_every_id_of_a_replica_tells_the_replica_and_fits_a_signed_key(replica: int, counter: int) -> None:
    identity = first_id(replica) + counter
    assert first_id(replica) <= identity <= last_id(replica)
    assert replica_of(identity) == replica
    assert 0 < identity < 1 << 63


@given(replicas, replicas)
def test_ids_of_two_replicas_never_meet(one: int, other: int) -> None:
    if one < other:
        assert last_id(one) < first_id(other)
