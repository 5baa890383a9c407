"""The CRC-32 of files is put together from those of their pieces."""

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from scheduler.publication.folder.checksums import Check, joint, shift_of
from scheduler.publication.folder.compression import packed
from scheduler.publication.folder.pieces import Piece, joined

PIECES = st.lists(st.binary(max_size=300), max_size=6)


@given(PIECES)
def test_the_joint_checksum_is_that_of_all_octets(pieces):
    checks = [Check(zlib.crc32(one), shift_of(len(one))) for one in pieces]
    assert joint(checks) == zlib.crc32(b"".join(pieces))


@given(PIECES)
def test_a_copy_of_pieces_unpacks_to_all_octets(pieces):
    copy = joined(packed([Piece(one) for one in pieces]))
    assert gzip.decompress(copy) == b"".join(pieces)
