"""Pictures, clips and sounds: probing, decoding, encoding, drawing."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.media.aac import FRAME, RATE, AacTrack, encode_sound
    from storyboard.media.avc import ParameterSets, parse_record, sets_record, united
    from storyboard.media.clip_passes import ClipPasses
    from storyboard.media.coded import Coding, Packet, PacketIndex, prefixes
    from storyboard.media.decoding import Watch, decode
    from storyboard.media.drawn import Drawing, Drawn
    from storyboard.media.encoding import SOFTWARE, Encoding, encode, encoders, works
    from storyboard.media.entering import Entries, NotEntered, enter, plan_entries
    from storyboard.media.ffmpeg import version
    from storyboard.media.fields import decode_whole
    from storyboard.media.file_reader import FileReader
    from storyboard.media.film import FilmPicture, as_written, write_film
    from storyboard.media.film_tables import (
        BrokenIndex,
        Edit,
        FilmTables,
        TrackTables,
        read_tables,
    )
    from storyboard.media.film_times import CodedFrame
    from storyboard.media.frames import last_frame
    from storyboard.media.h264.bits import Refused
    from storyboard.media.moving import Moved, picture_planes
    from storyboard.media.open import chosen_sound, is_known, open_media, open_sound
    from storyboard.media.packet_clock import PacketClock
    from storyboard.media.packets import index
    from storyboard.media.picture import View, covering, eased, open_picture, open_with_alpha, seen
    from storyboard.media.probing import probe
    from storyboard.media.shape import (
        BACKDROP,
        BACKDROP_BLUR,
        Shaper,
        Wanted,
        film_matrix,
        fit_size,
        is_hdr,
        is_same_ratio,
        upright,
        whole_size,
    )
    from storyboard.media.yuv import (
        BLACK,
        WHITE,
        Frame,
        Planes,
        Samples,
        blank,
        copy,
        frame_of_rgb,
        plain,
        planes,
    )
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.media.aac": ("AacTrack", "FRAME", "RATE", "encode_sound"),
            "storyboard.media.avc": ("ParameterSets", "parse_record", "sets_record", "united"),
            "storyboard.media.clip_passes": ("ClipPasses",),
            "storyboard.media.coded": ("Coding", "Packet", "PacketIndex", "prefixes"),
            "storyboard.media.decoding": ("Watch", "decode"),
            "storyboard.media.drawn": ("Drawing", "Drawn"),
            "storyboard.media.encoding": ("Encoding", "SOFTWARE", "encode", "encoders", "works"),
            "storyboard.media.entering": ("Entries", "NotEntered", "enter", "plan_entries"),
            "storyboard.media.ffmpeg": ("version",),
            "storyboard.media.fields": ("decode_whole",),
            "storyboard.media.file_reader": ("FileReader",),
            "storyboard.media.film": ("FilmPicture", "as_written", "write_film"),
            "storyboard.media.film_tables": (
                "BrokenIndex",
                "Edit",
                "FilmTables",
                "TrackTables",
                "read_tables",
            ),
            "storyboard.media.film_times": ("CodedFrame",),
            "storyboard.media.frames": ("last_frame",),
            "storyboard.media.h264.bits": ("Refused",),
            "storyboard.media.open": ("chosen_sound", "is_known", "open_media", "open_sound"),
            "storyboard.media.moving": ("Moved", "picture_planes"),
            "storyboard.media.packet_clock": ("PacketClock",),
            "storyboard.media.packets": ("index",),
            "storyboard.media.picture": (
                "View",
                "covering",
                "eased",
                "open_picture",
                "open_with_alpha",
                "seen",
            ),
            "storyboard.media.probing": ("probe",),
            "storyboard.media.shape": (
                "BACKDROP",
                "BACKDROP_BLUR",
                "Shaper",
                "Wanted",
                "film_matrix",
                "fit_size",
                "is_hdr",
                "is_same_ratio",
                "upright",
                "whole_size",
            ),
            "storyboard.media.yuv": (
                "BLACK",
                "Frame",
                "Planes",
                "Samples",
                "WHITE",
                "blank",
                "copy",
                "frame_of_rgb",
                "plain",
                "planes",
            ),
        },
    )

__all__ = [
    "BACKDROP",
    "BACKDROP_BLUR",
    "BLACK",
    "FRAME",
    "RATE",
    "SOFTWARE",
    "WHITE",
    "AacTrack",
    "BrokenIndex",
    "ClipPasses",
    "CodedFrame",
    "Coding",
    "Drawing",
    "Drawn",
    "Edit",
    "Encoding",
    "Entries",
    "FileReader",
    "FilmPicture",
    "FilmTables",
    "Frame",
    "Moved",
    "NotEntered",
    "Packet",
    "PacketClock",
    "PacketIndex",
    "ParameterSets",
    "Planes",
    "Refused",
    "Samples",
    "Shaper",
    "TrackTables",
    "View",
    "Wanted",
    "Watch",
    "as_written",
    "blank",
    "chosen_sound",
    "copy",
    "covering",
    "decode",
    "decode_whole",
    "eased",
    "encode",
    "encode_sound",
    "encoders",
    "enter",
    "film_matrix",
    "fit_size",
    "frame_of_rgb",
    "index",
    "is_hdr",
    "is_known",
    "is_same_ratio",
    "last_frame",
    "open_media",
    "open_picture",
    "open_sound",
    "open_with_alpha",
    "parse_record",
    "picture_planes",
    "plain",
    "plan_entries",
    "planes",
    "prefixes",
    "probe",
    "read_tables",
    "seen",
    "sets_record",
    "united",
    "upright",
    "version",
    "whole_size",
    "works",
    "write_film",
]
