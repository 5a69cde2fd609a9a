#!/usr/bin/env bash
# hatchling 1.33.0: a wheel takes a folder of data files to another place (`sources` with a prefix), and the
# project is installed in editable form. That works. Then one Python script is put among the data files.
# Expected: it still works; the script is data, and no package of the project moved.
# Seen: the build fails with "Dev mode installations are unsupported when any path rewrite in the `sources`
# option changes a prefix": any .py below a moved folder counts as a package. `dev-mode-dirs = ["."]` helps.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check hatchling==1.33.0 editables==0.6
mkdir -p "$folder/project/films" "$folder/project/examples"
cd "$folder/project"
echo 'NAME = "films"' >films/__init__.py
echo 'title: one' >examples/one.yaml
cat >pyproject.toml <<'TOML'
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "films"
version = "1"

[tool.hatch.build.targets.wheel]
only-include = ["films", "examples"]

[tool.hatch.build.targets.wheel.sources]
examples = "films/_data/examples"
TOML
install() {
  "$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check \
    --no-deps --no-build-isolation --editable . 2>&1
}
install
echo "hatchling 1.33.0: installed with data files only"
echo 'print("a script")' >examples/one.py
if said=$(install); then
  echo "it installs with a script among the data now"
  exit 1
fi
grep -q "Dev mode installations are unsupported" <<<"$said"
echo "hatchling 1.33.0: with a script among the data: dev mode installations are unsupported"
