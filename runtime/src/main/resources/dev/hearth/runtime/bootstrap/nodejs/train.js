'use strict';
// Runs a function as index.js does, and writes what V8 has compiled of it to a file when its Runtime API is gone: a line
// `NAME BYTES` for each file, an empty line, and the files' bytes.

const fs = require('fs');
const path = require('path');

const FILE = '/tmp/hearth-compiled';

process.argv[1] = path.join(__dirname, 'index.js');
const { main, withDefaults } = require('./index.js');
const compiled = require('./compiled.js').record(`${FILE}.new`);

process.on('exit', () => {
  const files = withDefaults(compiled);
  const lines = files.map(([name, bytes]) => `${name} ${bytes.length}\n`);
  fs.writeFileSync(FILE, Buffer.concat([Buffer.from(`${lines.join('')}\n`), ...files.map(([, bytes]) => bytes)]));
});

main();
