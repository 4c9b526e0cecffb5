// Put into the temporary copy of a function by `hearth explain`: writes to the log which module loads which, and how
// long each took without those it loads. Times are in nanoseconds, a line per module, and one per further request for it.
//
// CommonJS modules are seen where they are loaded. ES modules are seen where they are evaluated, by a statement at each
// end of their source; reading and compiling them counts to nobody.
'use strict';
const fs = require('fs');
const path = require('path');
const url = require('url');
const Module = require('module');
const { isMainThread } = require('worker_threads');

const seen = new Set();
const frames = [];
const firstImporter = new Map();
let lines = [];

function tell(kind, pair) {
  lines.push(`hearth-${kind}: ${JSON.stringify(pair)}\n`);
}

function flush() {
  if (frames.length === 0 && lines.length > 0) {
    fs.writeSync(2, lines.join(''));
    lines = [];
  }
}

function enter(importer, file) {
  // Where it stands among the others is told before those it loads, so that they can be told from those after it.
  tell('enter', [importer, file]);
  seen.add(file);
  frames.push({ file, inner: 0n, start: process.hrtime.bigint() });
}

function leave(file) {
  const at = frames.findLastIndex((frame) => frame.file === file);
  if (at < 0) {
    return;
  }
  const [frame] = frames.splice(at, 1);
  const took = process.hrtime.bigint() - frame.start;
  if (at > 0) {
    frames[at - 1].inner += took;
  }
  tell('load', [file, Number(took - frame.inner)]);
  flush();
}

// ---- CommonJS -------------------------------------------------------------------------------------------------------

const load = Module._load;

Module._load = function (request, parent, isMain) {
  let file;
  try {
    file = Module._resolveFilename(request, parent, isMain);
  } catch (_) {
    return load.apply(this, arguments);
  }
  const importer = parent && parent.filename ? parent.filename : firstImporter.get(file) || '';
  if (seen.has(file)) {
    tell('again', [importer, file]);
    return load.apply(this, arguments);
  }
  enter(importer, file);
  try {
    return load.apply(this, arguments);
  } finally {
    leave(file);
  }
};

// ---- ES modules -----------------------------------------------------------------------------------------------------

const fileOf = (location) => (location && location.startsWith('file:') ? url.fileURLToPath(location) : location || '');

function asked(importer, file) {
  if (!firstImporter.has(file)) {
    firstImporter.set(file, importer);
  }
  tell('again', [importer, file]);
}

function framed(source, file) {
  const name = JSON.stringify(file);
  // On the first line, so that line numbers stay as they are.
  return `globalThis[Symbol.for('hearth.explain')]?.enter(${name});${source}\n;globalThis[Symbol.for('hearth.explain')]?.leave(${name});`;
}

globalThis[Symbol.for('hearth.explain')] = { enter: (file) => enter(firstImporter.get(file) || '', file), leave };

function handlerIsEsModule() {
  const task = process.env.LAMBDA_TASK_ROOT || '/var/task';
  const handler = path.resolve(task, (process.env._HANDLER || '').split('.')[0]);
  if (fs.existsSync(`${handler}.mjs`)) {
    return true;
  }
  try {
    return JSON.parse(fs.readFileSync(path.join(task, 'package.json'), 'utf8')).type === 'module';
  } catch (_) {
    return false;
  }
}

// A thread that runs loaders preloads this file too.
if (isMainThread && handlerIsEsModule()) {
  if (Module.registerHooks) {
    Module.registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (context.conditions.includes('import') && context.parentURL) {
          asked(fileOf(context.parentURL), fileOf(found.url));
        }
        return found;
      },
      load(location, context, next) {
        const loaded = next(location, context);
        return loaded.format === 'module' && loaded.source
          ? { ...loaded, source: framed(Buffer.from(loaded.source).toString(), fileOf(location)) }
          : loaded;
      },
    });
  } else if (Module.register) {
    // In a thread of its own, which writes who asks for what itself.
    Module.register(url.pathToFileURL(path.join(__dirname, 'loader.mjs')).href);
  }
}
