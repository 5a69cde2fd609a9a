"""Leave out the parameter sets that pictures of a film carry inside, beside those in its `avcC`.

A sample entry `avc1` has its sets in the `avcC` alone (ISO/IEC 14496-15, 5.3.2), yet streams that
were put into MP4 as they were keep theirs at each IDR picture too. Alone they do no harm. In a film
with sets of several encoders, what reads them there forgets the others: Firefox stops, and FFmpeg's
`h264_mp4toannexb`, with which films become MPEG-TS, leaves the others out.
"""

from collections.abc import Sequence
from dataclasses import replace

from storyboard.media import avc
from storyboard.media.file_reader import FileReader
from storyboard.media.film_times import CodedFrame


def without_inner_sets(frames: Sequence[CodedFrame], length_size: int) -> list[CodedFrame]:
    """Return frames in coding order, the IDR pictures among them without sets inside.

    Raises `OSError` where a file has changed.
    """
    bare: list[CodedFrame] = []
    with FileReader() as reader:
        for one in frames:
            packet = reader.bytes_of(one) if one.anew else b""
            data = avc.without_sets(packet, length_size)
            bare.append(one if data == packet else replace(one, data=data, size=len(data)))
    return bare
