#!/usr/bin/env bash
# price-parser 0.5.1: a price with a comma and, behind it, a point: "1,250.500 USD", as feeds of shops with three
# decimals write it. And one that begins with a zero: "0.500 JOD".
# Expected: 1250.500 and 0.500. The last of two different signs begins the decimals, and no number in groups of
# three digits begins with a group of one zero.
# Seen: 1250500 and 500. Any three digits behind the last sign count as a group, whatever is before it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check price-parser==0.5.1 attrs
"$folder/env/bin/python" - <<'PYTHON'
from price_parser import Price

read = {text: str(Price.fromstring(text).amount) for text in ("1,250.50 USD", "1,250.500 USD", "0.500 JOD")}
print("price-parser 0.5.1:", read)
assert read == {"1,250.50 USD": "1250.50", "1,250.500 USD": "1250500", "0.500 JOD": "500"}, "it has changed"
PYTHON
