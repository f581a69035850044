"""Ids that are made on a laptop without asking anyone, and never meet those made on another.

An id is a positive integer of 63 bits: the upper 31 are the number of the replica that made it (drawn at random,
never 0), the lower 32 a counter within the replica. Ids are unique across kinds, so that a memo can be about anything.
"""

from typing import NewType

AnyId = NewType("AnyId", int)
ProjectId = NewType("ProjectId", int)
PersonId = NewType("PersonId", int)
RoleId = NewType("RoleId", int)
PositionalityId = NewType("PositionalityId", int)
ConstituentGroupId = NewType("ConstituentGroupId", int)
MembershipId = NewType("MembershipId", int)
NestingId = NewType("NestingId", int)
SeriesId = NewType("SeriesId", int)
EventId = NewType("EventId", int)
SessionId = NewType("SessionId", int)
PresenceId = NewType("PresenceId", int)
SourceId = NewType("SourceId", int)
SourceVersionId = NewType("SourceVersionId", int)
AuthorshipId = NewType("AuthorshipId", int)
OccasionId = NewType("OccasionId", int)
ImportNoteId = NewType("ImportNoteId", int)
CodeId = NewType("CodeId", int)
TermId = NewType("TermId", int)
CodingId = NewType("CodingId", int)
ConcernId = NewType("ConcernId", int)
StanceId = NewType("StanceId", int)
MemoId = NewType("MemoId", int)
ReadingId = NewType("ReadingId", int)
StretchId = NewType("StretchId", int)
LayerId = NewType("LayerId", int)
TimeMarkId = NewType("TimeMarkId", int)
AdditionId = NewType("AdditionId", int)
PictureId = NewType("PictureId", int)
AttributeId = NewType("AttributeId", int)
AttributeValueId = NewType("AttributeValueId", int)
MomentId = NewType("MomentId", int)
MomentAnchorId = NewType("MomentAnchorId", int)
DivergenceId = NewType("DivergenceId", int)
DivergencePassageId = NewType("DivergencePassageId", int)
ComparisonId = NewType("ComparisonId", int)
SnapshotId = NewType("SnapshotId", int)
CounterExampleId = NewType("CounterExampleId", int)
DraftId = NewType("DraftId", int)

COUNTER_BITS = 32
COUNTER_LIMIT = 1 << COUNTER_BITS
REPLICA_LIMIT = 1 << 31


def first_id(replica: int) -> int:
    """The lowest id that a replica can make."""
    return replica << COUNTER_BITS


def last_id(replica: int) -> int:
    """The highest id that a replica can make."""
    return first_id(replica) | (COUNTER_LIMIT - 1)


def replica_of(identity: int) -> int:
    """The number of the replica that made an id."""
    return identity >> COUNTER_BITS
