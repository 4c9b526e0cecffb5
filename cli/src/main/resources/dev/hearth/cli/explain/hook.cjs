// Put into the temporary copy of a function by `hearth explain`: writes to the log which module loads which, and how
// long each took without those it loads. Times are in nanoseconds, a line per module, and one per further load of it.
'use strict';
const fs = require('fs');
const Module = require('module');

const load = Module._load;
const seen = new Set();
const frames = [];
let lines = [];

Module._load = function (request, parent, isMain) {
  let file;
  try {
    file = Module._resolveFilename(request, parent, isMain);
  } catch (_) {
    return load.apply(this, arguments);
  }
  const importer = parent && parent.filename ? parent.filename : '';
  if (seen.has(file)) {
    lines.push(`hearth-again: ${JSON.stringify([importer, file])}\n`);
    return load.apply(this, arguments);
  }
  seen.add(file);
  const frame = { inner: 0n };
  // Where it stands among the others is told before those it loads, so that they can be told from those after it.
  lines.push(`hearth-enter: ${JSON.stringify([importer, file])}\n`);
  frames.push(frame);
  const start = process.hrtime.bigint();
  try {
    return load.apply(this, arguments);
  } finally {
    const took = process.hrtime.bigint() - start;
    frames.pop();
    lines.push(`hearth-load: ${JSON.stringify([file, Number(took - frame.inner)])}\n`);
    if (frames.length > 0) {
      frames[frames.length - 1].inner += took;
    } else {
      fs.writeSync(2, lines.join(''));
      lines = [];
    }
  }
};
