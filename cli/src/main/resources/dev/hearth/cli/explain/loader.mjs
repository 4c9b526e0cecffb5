// What hook.cjs does about ES modules, for releases of Node.js that run loaders in a thread of their own.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const fileOf = (location) => (location?.startsWith('file:') ? fileURLToPath(location) : location || '');
const hook = "globalThis[Symbol.for('hearth.explain')]";

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  if (context.parentURL) {
    fs.writeSync(2, `hearth-again: ${JSON.stringify([fileOf(context.parentURL), fileOf(found.url)])}\n`);
  }
  return found;
}

export async function load(location, context, next) {
  const loaded = await next(location, context);
  if (loaded.format !== 'module' || !loaded.source) {
    return loaded;
  }
  const name = JSON.stringify(fileOf(location));
  const source = Buffer.from(loaded.source).toString();
  return { ...loaded, source: `${hook}?.enter(${name});${source}\n;${hook}?.leave(${name});` };
}
