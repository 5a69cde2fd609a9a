"""Colours of high dynamic range, as phones film them, into those that films have."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import numpy as np
from av.filter import Graph
from av.filter.context import FilterContext
from numpy.typing import NDArray

Light: TypeAlias = NDArray[np.float64]
"""Red, green and blue in the last axis."""

PQ, HLG = 16, 18
"""The two transfers of high dynamic range as H.273 numbers them."""

_WHITE = 203.0
"""Nits of paper in high dynamic range (BT.2408): what is as bright is white in the film."""

_PEAK = 1000.0
_SYSTEM_GAMMA = 1.2
_KNEE = 0.75
"""Light up to this part of white is kept as it is; what is brighter finds room above it."""

_DISPLAY = 2.4
_STEPS = 49
_LUMA = np.array([0.2627, 0.6780, 0.0593])
_TO_709 = np.array(
    [
        [1.660491, -0.587641, -0.072850],
        [-0.124550, 1.132900, -0.008349],
        [-0.018151, -0.100579, 1.118730],
    ]
)
"""BT.2020's primaries to BT.709's (BT.2087)."""


def to_film(signal: Light, transfer: int) -> Light:
    """Turn signals of BT.2020 in that transfer into signals of BT.709, all from 0 to 1.

    What BT.709 cannot show is brought to its edge. Above the knee all three colours are lowered
    alike, so that highlights keep their hue.
    """
    light = _hlg(signal) if transfer == HLG else _pq(signal)
    seen = np.clip(light / _WHITE @ _TO_709.T, 0, None)
    brightest = np.maximum(seen.max(axis=-1, keepdims=True), 1e-9)
    shown: Light = np.clip(seen * (_rolled_off(brightest) / brightest), 0, 1) ** (1 / _DISPLAY)
    return shown


def add_to_film(graph: Graph, transfer: int) -> FilterContext:
    """Add the filter that does this to frames of RGB."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "film.cube"
        table.write_text(_cube(transfer), encoding="ascii")
        # It reads the table when it is added.
        return graph.add("lut3d", file=str(table), interp="tetrahedral")


@lru_cache(maxsize=2)
def _cube(transfer: int) -> str:
    axis = np.linspace(0, 1, _STEPS)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    rows = to_film(np.stack([red, green, blue], axis=-1).reshape(-1, 3), transfer)
    lines = (f"{r:.5f} {g:.5f} {b:.5f}" for r, g, b in rows.tolist())
    return f"LUT_3D_SIZE {_STEPS}\n" + "\n".join(lines) + "\n"


def _hlg(signal: Light) -> Light:
    """Turn HLG (BT.2100) into nits on a display of 1000."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)  # noqa: PLR2004
    luma = np.maximum(scene @ _LUMA, 1e-9)[..., None]
    nits: Light = _PEAK * luma ** (_SYSTEM_GAMMA - 1) * scene
    return nits


def _pq(signal: Light) -> Light:
    """Turn PQ (BT.2100) into nits; brighter than the peak is the peak."""
    m1, m2 = 2610 / 16384, 2523 / 32
    c1, c2, c3 = 3424 / 4096, 2413 / 128, 2392 / 128
    power = signal ** (1 / m2)
    nits = 10_000 * (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1)
    bounded: Light = np.minimum(nits, _PEAK)
    return bounded


def _rolled_off(light: Light) -> Light:
    """Bring light from 0 to the peak into 0 to 1, without an edge at the knee."""
    over = np.maximum(light - _KNEE, 0) / (1 - _KNEE)
    most = (_PEAK / _WHITE - _KNEE) / (1 - _KNEE)
    rolled: Light = np.where(
        light <= _KNEE, light, _KNEE + (1 - _KNEE) * over * (1 + over / most**2) / (1 + over)
    )
    return rolled
