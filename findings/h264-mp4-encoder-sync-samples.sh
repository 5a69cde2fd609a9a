#!/usr/bin/env bash
# h264-mp4-encoder 1.0.12 (npm; minih264 and minimp4): encode one group of pictures into an MP4.
# Expected: the first picture, the only IDR picture, is the file's only sync sample (ISO/IEC 14496-12, 8.6.2).
# Seen: each picture counts as one, the predicted too, so the file cannot be sought: browsers, mpv, VLC, melt
# and FFmpeg begin to decode at a picture that needs those before it. Played from its beginning it is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund h264-mp4-encoder@1.0.12
node - <<'JAVASCRIPT'
const {createH264MP4Encoder} = require('h264-mp4-encoder');

// All boxes of a kind, those inside others too; a sample entry and such are not looked into.
const inside = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
const boxes = (data, kind) => {
  const found = [];
  for (let at = 0; at + 8 <= data.length; at += data.readUInt32BE(at) || data.length) {
    const name = data.toString('latin1', at + 4, at + 8), end = at + data.readUInt32BE(at);
    if (name === kind) found.push(data.subarray(at + 8, end));
    if (inside.has(name)) found.push(...boxes(data.subarray(at + 8, end), kind));
  }
  return found;
};

createH264MP4Encoder().then(encoder => {
  Object.assign(encoder, {width: 64, height: 64, frameRate: 24, groupOfPictures: 1000});
  encoder.initialize();
  for (let n = 0; n < 12; n++) encoder.addFrameRgba(new Uint8Array(64 * 64 * 4).fill(9 * n));
  encoder.finalize();
  const file = Buffer.from(encoder.FS.readFile(encoder.outputFilename));
  const [sizes] = boxes(file, 'stsz'), [sync] = boxes(file, 'stss');
  const count = sizes.readUInt32BE(8);
  const marked = sync ? sync.readUInt32BE(4) : count;
  // The type of the last unit in each sample: 5 is IDR, 1 is another picture.
  let idr = 0;
  let at = boxes(file, 'stco')[0].readUInt32BE(8);
  for (let n = 0; n < count; n++) {
    const end = at + sizes.readUInt32BE(12 + 4 * n);
    for (let unit = at; unit < end; unit += 4 + file.readUInt32BE(unit))
      idr += (file[unit + 4] & 31) === 5;
    at = end;
  }
  console.log(`${count} pictures, ${idr} of them IDR; ${marked} count as sync samples` +
    (sync ? '' : ': the file has no list of them'));
  process.exit(count === 12 && idr === 1 && marked === 12 ? 0 : 1);
});
JAVASCRIPT
