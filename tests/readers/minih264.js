// Encode raw frames from the standard input with minih264, as npm's h264-mp4-encoder has it.
const {readFileSync, writeFileSync} = require('fs');
const [width, height, fps] = process.argv.slice(2, 5).map(Number);
require('h264-mp4-encoder').createH264MP4Encoder().then(encoder => {
  Object.assign(encoder, {width, height, frameRate: fps});
  Object.assign(encoder, {groupOfPictures: 9999, quantizationParameter: 24, speed: 5});
  encoder.initialize();
  const frames = readFileSync(0), size = width * height * 3 / 2;
  for (let at = 0; at < frames.length; at += size) encoder.addFrameYuv(frames.subarray(at, at + size));
  encoder.finalize();
  writeFileSync(process.argv[5], encoder.FS.readFile(encoder.outputFilename));
  encoder.delete();
});
