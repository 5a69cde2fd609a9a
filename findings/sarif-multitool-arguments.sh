#!/usr/bin/env bash
# @microsoft/sarif-multitool 5.7.0: its command is given a file whose name has a blank, as one argument.
# Expected: it validates that file, as the program beside it does.
# Seen: the command passes its arguments through a shell a second time, without quotes. A blank makes two
# arguments of one, and what follows a `;` in a file's name is run as a command. The program in the package
# of the platform, called directly, takes the argument as it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
npm install --prefix "$folder" --silent --no-audit --no-fund --ignore-scripts \
  @microsoft/sarif-multitool@5.7.0 @microsoft/sarif-multitool-linux@5.7.0
program=$folder/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod u+x "$program"
# It asks for the schema's address; a proxy that is not there refuses at once.
export HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9
cd "$folder"
cat >"a log;touch came-from-a-name.sarif" <<'JSON'
{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [{"tool": {"driver": {"name": "t", "version": "1.0.0"}}, "results": []}]
}
JSON
"$program" validate "a log;touch came-from-a-name.sarif" >said.txt
grep -q "1 files scanned" said.txt
echo "sarif-multitool 5.7.0: the program validates the file"
node_modules/.bin/sarif-multitool validate "a log;touch came-from-a-name.sarif" >said.txt 2>&1 || true
if grep -q "1 files scanned" said.txt || [[ ! -e came-from-a-name.sarif ]]; then
  echo "the command takes a name with a blank and a semicolon as one argument now"
  exit 1
fi
echo "sarif-multitool 5.7.0: the command has run what follows the semicolon"
