"""Digests of every endpoint of every edition: a table that must never change.

If a line here changes, every user of that endpoint would pay again. Do not change a line; find what
changed the request. A new endpoint, or a new entry of one, gets lines of its own.
"""

import pytest
from frozen import digests

from storyboard.catalogue import EditionId, packaged

FROZEN: dict[str, dict[str, list[str]]] = {
    "2026-11": {
        "fal-ai/kling-video/o3/pro/image-to-video": [
            "649d997e57135daacd4234a2283e01cf2778aaa31232f2a6d637b18ecfcc45cc",
            "3b6b4d55aa576e5b1cd3ece419dd227a1bdf8ca5c9a8b4e13b9707b69e0ae105",
        ],
        "fal-ai/kling-video/o3/pro/reference-to-video": [
            "51d55312f4079fa98265c5208b86d07aeeed91b76d7047fc6b62e6333a115727",
            "12395d00e38d54f59dfb7197963d58eea8e68c3aea0271a2a47cdd043c9064e1",
        ],
        "fal-ai/kling-video/o3/standard/image-to-video": [
            "df6d3bb8b50f2cb444fb73e6586fd36b3e1266458e9b171d2050cb6c89e36930",
            "a266b9369b3d578650e9737e06900d03af4145d0fb96c339cc66bf9f93982c3a",
        ],
        "fal-ai/kling-video/o3/standard/reference-to-video": [
            "355cc8c7b75c7fb6c8fcc3f9d75254315084a512f0dd42ce10edfc519daf8c4f",
            "f1319f0e30c62adccf3cfd43933402f4bfa04832e541500d0a031bdae029afe6",
        ],
        "fal-ai/kling-video/v2.5-turbo/pro/image-to-video": [
            "7160bf5cd4835d740c25e1d1f9391096bf486ed2c6eb12d7501378c359acb262",
            "5a2c0303f12fc6043819d9bea48e8eacf9f8531fd8b92a5ce57bdb2f19b071a4",
            "2f0817ad711306455a9222ea8e7d5a5a23c1ba274d5557b809d2d8f94f0e06f0",
            "1f5a9ca0754ad922456341c7df478d0793cf13e9ef8edae22efeec84a9206619",
        ],
        "fal-ai/kling-video/v2.5-turbo/standard/image-to-video": [
            "fe0cc9c77ab0b2da6a4f926dd339649a4283e4b692386642593f86d3bf16332a",
            "de9e5cdb756de4d35a147ced82ca0d2af246bd28dc2d4a7dab1ea1f5c503340d",
            "607ec16e94a6677f063c4f28fae24944ba76f3629d9dd983e9dcffc7c2bda1c6",
            "d3e41ac6e0da50cc79e940ee565df39c9d1f8c882784e2babbfec068fad0f570",
        ],
        "fal-ai/kling-video/v2.6/pro/image-to-video": [
            "a02d69b5ea6f13b17f2cff458a13514f4a6a1326c47b3d6f925f2766dea630d9",
            "16f3e3e00087894f89eaa2ec53a46263c3b0d0b959233d13e0d5642b4ca6a2de",
            "1b8c14972893c7af6daf77822bf365d70641a55fe648a11b512a1cdaaced76b9",
            "fbacfc0d40fe7eb59fd841965287b4d0dc65f7179ee98a61b5dce4881b191848",
            "c15a0c9793dc8dabac1b5372d06e6a910905a0a13d55683a07b05f00cf4447a4",
        ],
        "fal-ai/kling-video/v2.6/pro/text-to-video": [
            "a02d69b5ea6f13b17f2cff458a13514f4a6a1326c47b3d6f925f2766dea630d9",
            "c6d7d10f2f916a75fd6f371e81f7102ff053a1d6c625ec28a03811176eb74193",
            "e1493594929950b5520925548b2a984f0d3bb13e67a6f1dd5d9571463f25f857",
            "e1493594929950b5520925548b2a984f0d3bb13e67a6f1dd5d9571463f25f857",
            "e1493594929950b5520925548b2a984f0d3bb13e67a6f1dd5d9571463f25f857",
        ],
        "fal-ai/kling-video/v3/pro/image-to-video": [
            "a02d69b5ea6f13b17f2cff458a13514f4a6a1326c47b3d6f925f2766dea630d9",
            "19ad5d8de667b197bc0659448bcf9b0cc8b286f64f0d146db26cbc2eac7c5f84",
            "1211be4707ec6005b38daa576043bf978a6bab1b65a812e9bc54171f20f43202",
        ],
        "fal-ai/kling-video/v3/standard/image-to-video": [
            "a02d69b5ea6f13b17f2cff458a13514f4a6a1326c47b3d6f925f2766dea630d9",
            "19995ec7de617f163a0a8366ff1f4a91544937a8d7158372a4d326429b200264",
            "5822ab1ed0a53e2446b11832fed8d1c1fa3e4c1c600fea86d1596bbc02de1db5",
        ],
        "fal-ai/kling-video/v3/standard/text-to-video": [
            "a02d69b5ea6f13b17f2cff458a13514f4a6a1326c47b3d6f925f2766dea630d9",
            "63c09de57bd070437ff6623048cfccf8795554155e5513f78678da002f133deb",
            "b95513cad6329665f743637b6afeb08c8973ec8a644170942376a2f2973efbd4",
        ],
        "fal-ai/kling-video/v3/turbo/pro/image-to-video": [
            "4464c1052e59640b273049e2202b6b48039afbccdf6c31ea1810ebbb5e545cba",
            "9945507b4ae9c874f92d760c293106aa91a3c6fafb29ca4ffd5615af3c824e81",
        ],
        "fal-ai/kling-video/v3/turbo/pro/text-to-video": [
            "b9dcfb5b6ed5f782d60b0cedbf72866053f21e4a315ec233a33434d145c423ea",
            "6996699d740d4ef28b1369db8c6833ced72adc08a8c33c3f9f463e0c285991a7",
        ],
        "fal-ai/kling-video/v3/turbo/standard/image-to-video": [
            "aa04879c8771769c5ad87a68ea39a4ade0580b12f14b0a53fa9b0cbebb07107d",
            "a4b4979807af48ef98613ebfe7e35b0e84619cbae03611a40f0d31b595f20b5d",
        ],
        "fal-ai/kling-video/v3/turbo/standard/text-to-video": [
            "d63b1222b9cc6732960d416759572c99bdc9b58428d50c73674a800107b99b08",
            "dcedd9ad133849156200a3299e5d591b4281292c8d0339196f493b679a2a32f4",
        ],
    },
    "2026-12": {
        "fal-ai/kling-video/v3/standard/image-to-video": [
            "a02d69b5ea6f13b17f2cff458a13514f4a6a1326c47b3d6f925f2766dea630d9",
            "e36299a6d2cd5e78f9eba3bb776f25d30122ad1db90f866c154201169ff23374",
            "cf6fcba5dbf249e146890c8f23d5ef75d19b83c75eae9dfe0b66c4ee95bc6b60",
        ],
        "fal-ai/kling-video/v3/standard/text-to-video": [
            "63c09de57bd070437ff6623048cfccf8795554155e5513f78678da002f133deb",
            "3a3f554a0fd7768db1dbca4476376f9cbb3f31d3be4a645733def3bf21cf0b90",
        ],
    },
}


@pytest.mark.parametrize("edition", packaged().ids)
def test_the_digests_of_every_endpoint_never_change(edition: EditionId) -> None:
    catalogue = packaged().at(edition)
    found = {str(one.id): [*map(str, digests(catalogue, one))] for one in catalogue.videos}
    wanted = {id_: lines for id_, lines in _frozen(edition).items() if id_ in found}
    assert found == wanted, (
        f"an endpoint of edition {edition} is not in the table, or asks otherwise"
    )


def _frozen(edition: EditionId) -> dict[str, list[str]]:
    """Return the lines that hold in an edition: of each endpoint those of its latest entry."""
    held: dict[str, list[str]] = {}
    for since in sorted(FROZEN):
        if since <= edition:
            held |= FROZEN[since]
    return held
