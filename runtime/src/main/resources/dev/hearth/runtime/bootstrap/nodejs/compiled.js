'use strict';
// Loads a function's modules from the code that V8 has compiled of them before, and keeps that code in the first place.
//
// CommonJS modules are compiled as Node.js does it, but as scripts: only of these can code be had that includes the
// functions compiled later, when they were called, which is most of what there is. ES modules are left to the cache of
// Node.js 22 and newer. V8 dies of damaged code, so each has a checksum; a module is compiled anew unless its source is
// exactly what the code was made from.
//
//   modules         code of CommonJS modules: the length of the index, the index as JSON, then for each module its source
//                   and its code, which begin at multiples of 8
//   node/…          the directory of Node.js's own cache

const fs = require('fs');
const Module = require('module');
const path = require('path');
const vm = require('vm');
const { crc32 } = require('zlib');

const MODULES = 'modules';
const NODE = 'node';

/** Less than this does not pay for reading it. */
const LEAST_SOURCE = 64 * 1024;
const LEAST_CODE = 32 * 1024;

/** What cannot change while a function runs. */
const READ_ONLY = /^\/(var\/task|opt)\//;

const [HEAD, TAIL] = [Module.wrapper[0], Module.wrapper[1]];
const wrap = Module.wrap;
const compile = Module.prototype._compile;

/** Node.js 20.15 and newer have all that is needed. */
const possible =
  typeof crc32 === 'function' && vm.constants !== undefined && 'USE_MAIN_CONTEXT_DEFAULT_LOADER' in vm.constants;

/** The first V8 in which code that comes compiled can `import()`: its predecessors do not tell whose code it is. */
const IMPORTING = 22;

const importing = Number(process.versions.node.split('.')[0]) >= IMPORTING;

/** Whether a source may have `import()` in it, or in what it evaluates. */
const mayImport = (source) => /\bimport\s*[(/]/.test(source);

const padded = (length) => (length + 7) & ~7;

// ---- CommonJS -------------------------------------------------------------------------------------------------------

/** Has modules run the scripts that `scriptOf(source, file)` gives; where there is none they are compiled as always. */
function compileBy(scriptOf) {
  Module.prototype._compile = function (source, file, format) {
    const plain = format === undefined || format === false || format === 'commonjs';
    const asAlways = !plain || process.sourceMapsEnabled || Module.wrap !== wrap;
    const script = asAlways ? undefined : scriptOf(source, file);
    return script === undefined ? compile.apply(this, arguments) : run(this, script, file);
  };
}

function script(source, file, cachedData) {
  return new vm.Script(HEAD + source + TAIL, {
    filename: file,
    columnOffset: -HEAD.length,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    cachedData,
  });
}

function run(module, compiled, file) {
  const body = compiled.runInThisContext();
  return body.call(module.exports, module.exports, requireOf(module), module, file, path.dirname(file));
}

/** What Node.js gives a module as `require`. */
function requireOf(module) {
  const require = function require(request) {
    return module.require(request);
  };
  require.resolve = function resolve(request, options) {
    return Module._resolveFilename(request, module, false, options);
  };
  require.resolve.paths = function paths(request) {
    return Module._resolveLookupPaths(request, module);
  };
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

// ---- use ------------------------------------------------------------------------------------------------------------

/** The modules of a file, which is read at once. */
class Modules {
  constructor(file) {
    this.file = file;
    this.bytes = fs.readFileSync(file);
    this.entries = new Map();
    const length = this.bytes.readUInt32LE(0);
    let at = padded(4 + length);
    for (const [name, encoding, source, code, checksum] of JSON.parse(this.bytes.utf8Slice(4, 4 + length))) {
      this.entries.set(name, { encoding, at, source, code, checksum });
      at += padded(source) + padded(code);
    }
  }

  /** Most has been loaded now: the rest is read when it is needed, and takes no memory until then. */
  forgetBytes() {
    this.bytes = undefined;
  }

  /** The code of a module, if it is that of this source and whole. */
  codeOf(source, name) {
    const entry = this.entries.get(name);
    if (entry === undefined) {
      return undefined;
    }
    const end = entry.at + padded(entry.source) + entry.code;
    const bytes = this.read(entry.at, end);
    const code = bytes.subarray(padded(entry.source));
    const same = bytes.toString(entry.encoding, 0, entry.source) === source;
    return same && code.length === entry.code && crc32(code) === entry.checksum ? code : undefined;
  }

  read(from, to) {
    if (this.bytes !== undefined) {
      return this.bytes.subarray(from, to);
    }
    const bytes = Buffer.alloc(to - from);
    const file = fs.openSync(this.file);
    try {
      return bytes.subarray(0, fs.readSync(file, bytes, 0, bytes.length, from));
    } finally {
      fs.closeSync(file);
    }
  }
}

/**
 * Loads modules from the compiled code in a directory from now on.
 *
 * @param withDefaults calls what it is given with V8's own options
 * @returns to be called when the function's code is loaded
 */
exports.use = (directory, withDefaults) => {
  try {
    if (fs.existsSync(path.join(directory, NODE))) {
      Module.enableCompileCache?.(path.join(directory, NODE));
    }
    if (possible && fs.existsSync(path.join(directory, MODULES))) {
      const modules = new Modules(path.join(directory, MODULES));
      compileBy((source, file) => known(modules, source, file, withDefaults));
      return () => modules.forgetBytes();
    }
  } catch (_) {
    // damaged, or of another Hearth: the function starts as it would without
  }
  return () => {};
};

function known(modules, source, file, withDefaults) {
  try {
    const code = modules.codeOf(source, file);
    return code && withDefaults(() => script(source, file, code));
  } catch (_) {
    return undefined; // cannot be read any more
  }
}

// ---- keeping --------------------------------------------------------------------------------------------------------

/** Notes what is compiled from now on, and puts Node.js's own cache into a directory. */
exports.record = (directory) => {
  const compiled = new Map();
  if (possible) {
    Module.enableCompileCache?.(path.join(directory, NODE));
    compileBy((source, file) => {
      try {
        const made = canBeKept(source, file) ? script(source, file) : undefined;
        if (made !== undefined) {
          compiled.set(file, { source, script: made });
        }
        return made;
      } catch (_) {
        return undefined; // not a script: Node.js says what it is, or what is wrong with it
      }
    });
  }
  /** All that was compiled, as a list of files `[name, bytes…]`; to be called with V8's own options. */
  return () => [...modulesFile(compiled), ...nodeFiles(directory)];
};

function canBeKept(source, file) {
  return READ_ONLY.test(file) && (importing || !mayImport(source));
}

function modulesFile(compiled) {
  const index = [];
  const parts = [];
  let length = 0;
  for (const [file, { source, script }] of compiled) {
    const encoding = Buffer.from(source, 'latin1').latin1Slice() === source ? 'latin1' : 'utf16le';
    const bytes = Buffer.from(source, encoding);
    const code = script.createCachedData();
    index.push([file, encoding, bytes.length, code.length, crc32(code)]);
    parts.push(pad(bytes), pad(code));
    length += bytes.length;
  }
  if (length < LEAST_SOURCE) {
    return [];
  }
  const words = Buffer.from(JSON.stringify(index));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(words.length);
  return [[MODULES, Buffer.concat([pad(Buffer.concat([head, words])), ...parts])]];
}

function pad(bytes) {
  return Buffer.concat([bytes, Buffer.alloc(padded(bytes.length) - bytes.length)]);
}

function nodeFiles(directory) {
  if (Module.flushCompileCache === undefined || !fs.existsSync(path.join(directory, NODE))) {
    return [];
  }
  Module.flushCompileCache();
  const files = fs
    .readdirSync(path.join(directory, NODE), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [path.relative(directory, file), fs.readFileSync(file)]);
  return files.reduce((sum, [, bytes]) => sum + bytes.length, 0) < LEAST_CODE ? [] : files;
}
