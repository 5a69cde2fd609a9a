"""Write what VLC shows of a film to the standard output, as gray frames.

    python vlc_frames.py FILM WIDTH HEIGHT

By its library, for the program itself refuses to run as root.
"""

import ctypes
import sys
import threading

OPTIONS = "--no-audio --no-drop-late-frames --no-skip-frames --quiet --no-spu --rate=4"
OPTIONS += " --avcodec-hw=none --no-video-title-show --no-sub-autodetect-file"
ENDED, FAILED = 6, 7
LOCK = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
SHOW = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)

vlc = ctypes.CDLL("libvlc.so.5")
for name in ("libvlc_new", "libvlc_media_new_path", "libvlc_media_player_new_from_media"):
    getattr(vlc, name).restype = ctypes.c_void_p


def main() -> None:
    """Play a film to its end."""
    film, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    options = OPTIONS.encode().split()
    given = (ctypes.c_char_p * len(options))(*options)
    library = ctypes.c_void_p(vlc.libvlc_new(len(options), given))
    media = ctypes.c_void_p(vlc.libvlc_media_new_path(library, film.encode()))
    player = ctypes.c_void_p(vlc.libvlc_media_player_new_from_media(media))
    pitch = (width + 31) // 32 * 32
    room = (ctypes.c_ubyte * (pitch * ((height + 31) // 32 * 32) * 2))()

    def lock(_: object, planes: "ctypes._Pointer[ctypes.c_void_p]") -> None:
        planes[0] = ctypes.addressof(room)

    def show(_: object, __: object) -> None:
        data = bytes(room[: pitch * height])
        rows = (data[at : at + width] for at in range(0, len(data), pitch))
        sys.stdout.buffer.write(b"".join(rows))

    calls = LOCK(lock), SHOW(show)
    vlc.libvlc_video_set_callbacks(player, calls[0], None, calls[1], None)
    vlc.libvlc_video_set_format(player, b"GREY", width, height, pitch)
    vlc.libvlc_media_player_play(player)
    pause = threading.Event()
    while vlc.libvlc_media_player_get_state(player) not in {ENDED, FAILED}:
        pause.wait(0.05)
    vlc.libvlc_media_player_stop(player)


main()
