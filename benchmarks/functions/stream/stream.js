// Writes what the benchmark `streaming` asks for; the handler and the bare server share it.
const PIECE = Buffer.alloc(64 * 1024, 'hearth streams.\n');

const now = () => Buffer.from(JSON.stringify({ at: String(process.hrtime.bigint()) }) + '\n');

exports.write = async (out, { bytes = 0, pauseMillis = 0 }) => {
  out.write(now());
  if (pauseMillis > 0) {
    await new Promise((resolve) => setTimeout(resolve, pauseMillis));
  }
  for (let left = bytes; left > 0; left -= PIECE.length) {
    if (!out.write(left < PIECE.length ? PIECE.subarray(0, left) : PIECE)) {
      await new Promise((resolve) => out.once('drain', resolve));
    }
  }
  out.write(now());
  out.end();
};
