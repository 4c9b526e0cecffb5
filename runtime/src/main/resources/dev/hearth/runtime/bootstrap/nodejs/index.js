'use strict';
// Runs Node.js handlers: polls the Runtime API over one connection, calls the handler, sends its answer.
//
// What handlers, callers and logs see is what AWS's own runtime interface client (aws-lambda-ric) shows. CommonJS,
// because that starts faster than an ES module; works with Node.js 16 and newer.

/** The clock that Hearth measures with. */
const now = process.hrtime.bigint;
let runtimeReady = now();

// ---- V8's options ---------------------------------------------------------------------------------------------------

// V8 refuses code that was compiled under other options than it has: Node.js's own modules, which come compiled with the
// defaults, and what compiled.js has kept of the function's. So code is loaded with the defaults. The heap is there
// already and keeps its limits; what is made from the options later, such as threads, is made from ours.

/** The first release whose V8 does not look at sizes of the heap. */
const INDIFFERENT_TO_SIZES = 24;

/** The options that matter, V8's defaults for them, and whether they are in force. */
const options = mattering();

function mattering() {
  if (Number(process.versions.node.split('.')[0]) < INDIFFERENT_TO_SIZES) {
    // A wrapper of the function may have left some out.
    const ours = process.execArgv.filter((option) => /^--(expose-gc|max-(semi|old)-space-size=\d+)$/.test(option));
    const defaults = ours.map((option) => option.replace(/\d+$/, '0').replace('--expose', '--no-expose'));
    return { ours, defaults, inForce: true, sizes: ours.length > 0 };
  }
  if (process.execArgv.includes('--expose-gc')) {
    return { ours: [], defaults: [], inForce: true, sizes: false };
  }
  exposeCollector();
  return { ours: ['--expose-gc'], defaults: ['--no-expose-gc'], inForce: false, sizes: false };
}

/** Does what `--expose-gc` does, which is not on the command line so that Node.js itself starts with the defaults. */
function exposeCollector() {
  process.execArgv.unshift('--expose-gc');
  const set = (value) =>
    Object.defineProperty(globalThis, 'gc', { value, writable: true, enumerable: true, configurable: true });
  const get = () => {
    setOptions();
    set(require('vm').runInNewContext('gc'));
    return globalThis.gc;
  };
  Object.defineProperty(globalThis, 'gc', { get, set, enumerable: true, configurable: true });
}

function setOptions() {
  change(true, options.ours);
}

function clearOptions() {
  change(false, options.defaults);
}

function change(inForce, flags) {
  if (options.inForce !== inForce) {
    options.inForce = inForce;
    flags.forEach((flag) => require('v8').setFlagsFromString(flag));
  }
}

/** Calls `compile` with the options that compiled code is kept for. */
function withDefaults(compile) {
  const inForce = options.inForce;
  clearOptions();
  try {
    return compile();
  } finally {
    if (inForce) {
      setOptions();
    }
  }
}

/** Has threads that are started while code is loaded made from our options. */
function setOptionsForThreads() {
  const threads = require('worker_threads');
  const { Worker } = threads;
  threads.Worker = new Proxy(Worker, {
    construct(target, parameters, newTarget) {
      setOptions();
      return Reflect.construct(target, parameters, newTarget);
    },
  });
  return () => {
    threads.Worker = Worker;
  };
}

clearOptions();

const fs = require('fs');
const net = require('net');
const path = require('path');
const util = require('util');
const { createRequire } = require('module');

/** Where code is that V8 has compiled of this function before. */
const COMPILED = '/var/hearth/compiled';

// The name AWS's client has: it shows in "Require stack" of modules that are not found.
const requireUser = createRequire(path.join(__dirname, 'index.mjs'));

const API = '/2018-06-01/runtime/';
const NEXT_HEAD = `GET ${API}invocation/next HTTP/1.1\r\nHost: runtime\r\n`;
const NEXT = `${NEXT_HEAD}\r\n`;
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');
const REQUEST_ID = Symbol.for('aws.lambda.runtime.requestId');

// ---- errors ---------------------------------------------------------------------------------------------------------

class UnhandledPromiseRejection extends Error {
  constructor(reason, promise) {
    super(reason);
    this.reason = reason;
    this.promise = promise;
  }
}
class ImportModuleError extends Error {}
class HandlerNotFound extends Error {}
class MalformedHandlerName extends Error {}
class UserCodeSyntaxError extends Error {}
class MalformedStreamingHandler extends Error {}
class InvalidStreamingOperation extends Error {}
for (const kind of [
  UnhandledPromiseRejection,
  ImportModuleError,
  HandlerNotFound,
  MalformedHandlerName,
  UserCodeSyntaxError,
  MalformedStreamingHandler,
  InvalidStreamingOperation,
]) {
  kind.prototype.name = `Runtime.${kind.name}`;
}

function looksLikeError(value) {
  return (
    value &&
    typeof value.name === 'string' &&
    typeof value.message === 'string' &&
    typeof value.stack === 'string' &&
    value.name && value.message && value.stack
  );
}

/** The error document that callers get. */
function toDocument(error) {
  const clean = (text) => text?.replace(/\x7F/g, '%7F');
  try {
    if (util.types.isNativeError(error) || looksLikeError(error)) {
      return {
        errorType: clean(error.name),
        errorMessage: clean(error.message),
        trace: clean(error.stack).split('\n'),
      };
    }
    return { errorType: typeof error, errorMessage: error.toString(), trace: [] };
  } catch (_) {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, ' +
        'name, and stack',
    };
  }
}

function toJson(value) {
  try {
    return JSON.stringify(value === undefined ? null : value);
  } catch (_) {
    throw new Error('Unable to stringify response body');
  }
}

// ---- logs -----------------------------------------------------------------------------------------------------------

let jsonLogs = false;

function describeError(value) {
  return Object.assign(
    {
      errorType: value?.constructor?.name ?? 'UnknownError',
      errorMessage: value.message,
      stackTrace: typeof value.stack === 'string' ? value.stack.split('\n') : value.stack,
    },
    value,
  );
}

function jsonLine(level, parameters) {
  const line = { timestamp: new Date().toISOString(), level, requestId: global[REQUEST_ID] };
  if (parameters.length === 1) {
    line.message = parameters[0];
    try {
      return JSON.stringify(line, (_, value) => (value instanceof Error ? describeError(value) : value));
    } catch (_) {
      line.message = util.format(line.message);
      return JSON.stringify(line);
    }
  }
  line.message = util.format(...parameters);
  const error = parameters.find((parameter) => parameter instanceof Error);
  if (error) {
    line.errorType = error?.constructor?.name ?? 'UnknownError';
    line.errorMessage = error.message;
    line.stackTrace = typeof error.stack === 'string' ? error.stack.split('\n') : [];
  }
  return JSON.stringify(line);
}

function textLine(level, parameters) {
  return `${new Date().toISOString()}\t${global[REQUEST_ID]}\t${level}\t${util.format(...parameters)}`;
}

function patchConsole() {
  jsonLogs = (process.env.AWS_LAMBDA_LOG_FORMAT || '').toUpperCase() === 'JSON';
  const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
  const least = Math.max(0, levels.indexOf((process.env.AWS_LAMBDA_LOG_LEVEL || '').toUpperCase()));
  const format = jsonLogs ? jsonLine : textLine;
  levels.forEach((level, index) => {
    console[level.toLowerCase()] =
      index < least && level !== 'FATAL'
        ? () => {}
        : // A carriage return keeps the lines of one log event together.
          (...parameters) => process.stdout.write(format(level, parameters).replace(/\n/g, '\r') + '\n');
  });
  console.log = console.info;
}

function logError(title, error) {
  const value = error instanceof Error ? error : new Error(error);
  if (jsonLogs) {
    console.error(value);
    return;
  }
  let text;
  try {
    text = JSON.stringify(value, (_, item) => (item instanceof Error ? withProperties(item) : item));
  } catch (_) {
    text = JSON.stringify(toDocument(value));
  }
  console.error(title, '\t' + text);
}

function withProperties(error) {
  const all = Object.assign({ errorType: error.name, errorMessage: error.message, code: error.code }, error);
  if (typeof error.stack === 'string') {
    all.stack = error.stack.split('\n');
  }
  return all;
}

// ---- the connection -------------------------------------------------------------------------------------------------

/** A keep-alive connection to the Runtime API. It keeps the process alive only while it waits for an event. */
class RuntimeConnection {
  constructor(address) {
    const colon = address.lastIndexOf(':');
    this.onEvent = undefined;
    this.chunks = [];
    this.size = 0;
    this.needed = 0;
    this.socket = net.connect({
      host: address.slice(0, colon),
      port: Number(address.slice(colon + 1)),
    });
    this.socket.setNoDelay(true);
    this.socket.unref();
    // Hearth has gone, and this sandbox with it, when the connection ends: nobody is left to tell.
    this.socket.on('close', () => process.exit(1));
    this.socket.on('error', () => process.exit(1));
    this.socket.on('data', (chunk) => this.receive(chunk));
  }

  /** Sends `request`, which asks for the next event, behind an answer where there is one: in one write. */
  next(request, answer) {
    this.socket.ref();
    if (answer === undefined) {
      this.socket.write(request);
    } else if (typeof answer === 'string') {
      this.socket.write(answer + request);
    } else {
      this.socket.write(Buffer.concat([answer, Buffer.from(request)]));
    }
  }

  /** Sends one chunk of a streamed answer; `done` is called when the system has taken it. */
  chunk(bytes, done) {
    this.socket.cork();
    this.socket.write(`${bytes.length.toString(16)}\r\n`);
    this.socket.write(bytes);
    this.socket.write('\r\n', done);
    this.socket.uncork();
  }

  /** A promise of the event that was asked for. */
  event() {
    return new Promise((resolve) => {
      this.onEvent = resolve;
    });
  }

  /** A promise of the one message that a stem gets, after which this connection is of no use any more. */
  async told() {
    const { body } = await this.event();
    this.socket.removeAllListeners('close');
    this.socket.destroy();
    return body;
  }

  /** Sends a last message and ends the process. */
  sendAndExit(message, code) {
    const bytes = Buffer.from(message);
    let sent = 0;
    try {
      // At once, because whatever else is due in this process must not happen any more; but not within a chunk of which
      // a part still waits to be sent.
      while (this.socket.writableLength === 0 && sent < bytes.length) {
        sent += fs.writeSync(this.socket._handle.fd, bytes, sent);
      }
    } catch (_) {
      // it takes no more now: the rest is sent as everything else
    }
    if (sent === bytes.length) {
      process.exit(code);
    }
    this.socket.ref();
    this.socket.write(bytes.subarray(sent), () => process.exit(code));
  }

  receive(chunk) {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.size >= this.needed && this.size > 0) {
      const received = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks, this.size);
      this.chunks = [received];
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) {
        return;
      }
      const head = received.toString('utf8', 0, end);
      const length = /^content-length: *(\d+)/im.exec(head);
      this.needed = end + 4 + (length ? Number(length[1]) : 0);
      if (this.size < this.needed) {
        return;
      }
      const body = received.subarray(end + 4, this.needed);
      const rest = received.subarray(this.needed);
      this.chunks = rest.length ? [rest] : [];
      this.size = rest.length;
      this.needed = 0;
      if (head.startsWith('HTTP/1.1 200')) {
        this.socket.unref();
        this.onEvent({ headers: parseHeaders(head), body });
      }
      // Anything else replies to an answer; where it was refused, its caller has been told why.
    }
  }
}

function parseHeaders(head) {
  const headers = {};
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

function post(target, body, contentType, fields) {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const head =
    `POST ${API}${target} HTTP/1.1\r\nHost: runtime\r\nContent-Type: ${contentType}\r\n` +
    `Content-Length: ${length}\r\n${fields || ''}\r\n`;
  return typeof body === 'string' ? head + body : Buffer.concat([Buffer.from(head), body]);
}

function postError(target, error, errorType, times) {
  const document = toDocument(error);
  const fields = errorTypeField(errorType || document.errorType) + (times || '');
  return post(target, toJson(document), 'application/json', fields);
}

function errorTypeField(type) {
  return `Lambda-Runtime-Function-Error-Type: ${String(type).replace(/[^\x20-\x7e]/g, '?')}\r\n`;
}

/** The end of a streamed answer that failed midway. */
function errorTrailers(error) {
  const document = toDocument(error);
  const body = Buffer.from(toJson(document)).toString('base64');
  return `0\r\n${errorTypeField(document.errorType)}Lambda-Runtime-Function-Error-Body: ${body}\r\n\r\n`;
}

/** When the handler ran, as header fields. It ends with its answer, now. */
function handlerTimes() {
  return `Hearth-Handler-Start: ${handlerStart}\r\nHearth-Handler-End: ${now()}\r\n`;
}

// ---- one invocation -------------------------------------------------------------------------------------------------

let connection;
let handler;
let streams = false;
let initTimes = '';
let handlerStart = 0n;
/** Until the handler is there: its module awaits what will never come. The exit code Node.js has for that. */
let onEmptyEventLoop = () => process.exit(13);
/** Where an error that nobody caught is reported to. */
let errorTarget = 'init/error';

function invocationPath(id, kind) {
  return `invocation/${encodeURIComponent(id)}/${kind}`;
}

function parseHeader(value, name) {
  if (value === undefined) {
    return undefined;
  }
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new Error(`Cannot parse ${name} as json: ${error.toString()}`);
  }
}

function addEnvironment(context, headers) {
  const trace = headers['lambda-runtime-trace-id'];
  if (trace) {
    process.env._X_AMZN_TRACE_ID = trace;
  } else {
    delete process.env._X_AMZN_TRACE_ID;
  }
  const deadline = headers['lambda-runtime-deadline-ms'];
  return Object.assign(context, {
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parseHeader(headers['lambda-runtime-client-context'], 'ClientContext'),
    identity: parseHeader(headers['lambda-runtime-cognito-identity'], 'CognitoIdentity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  });
}

function isPromise(value) {
  return value && value.then && typeof value.then === 'function';
}

/** The callback and the context's functions, of which only the first call counts. */
function buildCallbacks(id) {
  let waitsForEmptyEventLoop = true;
  let finished = false;
  let sent = false;
  const succeedNow = (result) => {
    if (sent) {
      console.error(
        'Invocation has already been reported as done. Cannot call complete more than once per invocation.',
      );
      return;
    }
    const times = handlerTimes();
    const body = toJson(result);
    sent = true;
    next(post(invocationPath(id, 'response'), body === undefined ? 'null' : body, 'application/json', times));
  };
  const failNow = (error) => {
    const times = handlerTimes();
    logError('Invoke Error', error);
    next(postError(invocationPath(id, 'error'), error, undefined, times));
  };
  const once =
    (act) =>
    (...parameters) => {
      if (!finished) {
        onEmptyEventLoop = () => {};
        act(...parameters);
        finished = true;
      }
    };
  const callback = once((error, result) => {
    if (error !== undefined && error !== null) {
      failNow(error);
    } else if (!waitsForEmptyEventLoop) {
      succeedNow(result);
    } else {
      onEmptyEventLoop = () => setImmediate(() => succeedNow(result));
    }
  });
  const done = (error, result) => (error !== undefined && error !== null ? failNow(error) : succeedNow(result));
  onEmptyEventLoop = () => {
    sent = true;
    next(post(invocationPath(id, 'response'), 'null', 'application/json', handlerTimes()));
  };
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return waitsForEmptyEventLoop;
    },
    set callbackWaitsForEmptyEventLoop(value) {
      waitsForEmptyEventLoop = value;
    },
    succeed: once((result) => done(null, result)),
    fail: once((error) => done(error === undefined || error === null ? 'handled' : error)),
    done: once(done),
  };
  return { callback, context };
}

/** Named as in AWS's client, and entered by way of a promise as there: both show in stack traces. */
class Runtime {
  async handleOnceNonStreaming() {
    const { headers, body } = await connection.event();
    const id = begin(headers);
    if (headers['hearth-hook'] !== undefined) {
      await runHooks(id, headers['hearth-hook']);
      return;
    }
    const { callback, context } = buildCallbacks(id);
    try {
      const event = JSON.parse(body.toString('utf8'));
      addEnvironment(context, headers);
      handlerStart = now();
      const result = handler(event, context, callback);
      if (isPromise(result)) {
        result.then(context.succeed, context.fail).catch(context.fail);
      }
    } catch (error) {
      callback(error);
    }
  }

  async handleOnceStreaming() {
    const { headers, body } = await connection.event();
    const id = begin(headers);
    if (headers['hearth-hook'] !== undefined) {
      await runHooks(id, headers['hearth-hook']);
      return;
    }
    await handleStreaming(id, headers, body);
  }
}

const runtime = new Runtime();

function begin(headers) {
  setOptions(); // the event may be there before that is due
  const id = headers['lambda-runtime-aws-request-id'];
  global[REQUEST_ID] = headers['hearth-hook'] === undefined ? id : undefined;
  handlerStart = now();
  errorTarget = invocationPath(id, 'error');
  return id;
}

/** The request for the next event. The first tells how the initialisation went, the first with hooks of them. */
function question() {
  let fields = initTimes;
  initTimes = '';
  if (!toldOfHooks && (beforeSnapshot.length > 0 || afterRestore.length > 0)) {
    toldOfHooks = true;
    fields += 'Hearth-Hooks: 1\r\n';
  }
  return fields === '' ? NEXT : `${NEXT_HEAD}${fields}\r\n`;
}

/** Sends an answer, where there is one, and waits for the next event. */
function next(answer) {
  connection.next(question(), answer);
  if (streams) {
    runtime.handleOnceStreaming();
  } else {
    runtime.handleOnceNonStreaming();
  }
}

// ---- hooks ----------------------------------------------------------------------------------------------------------

const beforeSnapshot = [];
const afterRestore = [];
let toldOfHooks = false;

function installHooksGlobal() {
  const register = (hooks) => (hook, ...parameters) => {
    if (typeof hook !== 'function') {
      throw new TypeError(`A hook must be a function, this is of type ${typeof hook}.`);
    }
    hooks.push(() => hook(...parameters));
    return hook;
  };
  globalThis.hearth = {
    registerBeforeSnapshot: register(beforeSnapshot),
    registerAfterRestore: register(afterRestore),
  };
}

/** Runs the hooks of one kind, one after the other: what was registered last runs first, then in order. */
async function runHooks(id, kind) {
  const before = kind === 'before-park';
  // A hook that never settles must not end the process as if all was done: its time limit does.
  connection.socket.ref();
  try {
    for (const hook of before ? beforeSnapshot.splice(0).reverse() : afterRestore) {
      await hook();
    }
  } catch (error) {
    logError('Hook Error', error);
    const type = before ? 'Runtime.BeforeSnapshotError' : 'Runtime.AfterRestoreError';
    next(postError(invocationPath(id, 'error'), error, type));
    return;
  }
  next(post(invocationPath(id, 'response'), '', 'application/json'));
}

// ---- response streams -----------------------------------------------------------------------------------------------

/** The answer that is being streamed, from its first chunk to its last; an error that nobody caught ends it. */
let openAnswer = false;

function startAnswer(id, contentType) {
  openAnswer = true;
  const type = String(contentType).replace(/[^\x20-\x7e]/g, '?');
  connection.socket.write(
    `POST ${API}${invocationPath(id, 'response')} HTTP/1.1\r\nHost: runtime\r\nContent-Type: ${type}\r\n` +
      'Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n' +
      'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n' +
      `Hearth-Handler-Start: ${handlerStart}\r\n\r\n`,
  );
}

/** Sends the last chunk. */
function endAnswer(end) {
  openAnswer = false;
  connection.socket.write(end);
}

/** Sends what the handler writes as it is written, no faster than it is taken. */
function createResponseStream(id) {
  const { Writable } = require('stream');
  let started = false;
  const stream = new Writable({
    highWaterMark: handler[HIGH_WATER_MARK],
    decodeStrings: true,
    write(chunk, _encoding, done) {
      stream.begin();
      if (chunk.length === 0) {
        done(); // an empty chunk would be the last
      } else {
        connection.chunk(chunk, done);
      }
    },
    final(done) {
      stream.begin();
      endAnswer(stream.failure === undefined ? '0\r\n\r\n' : errorTrailers(stream.failure));
      done();
    },
  });
  const write = stream.write.bind(stream);
  stream.begun = false;
  stream.failure = undefined;
  stream.contentType = 'application/octet-stream';
  stream.begin = () => {
    if (!stream.begun) {
      stream.begun = true;
      startAnswer(id, stream.contentType);
    }
  };
  stream.setContentType = (contentType) => {
    if (started) {
      throw new InvalidStreamingOperation('Cannot set content-type, too late.');
    }
    stream.contentType = contentType;
  };
  stream.write = (chunk, ...more) => {
    if (typeof chunk !== 'string' && !Buffer.isBuffer(chunk) && chunk?.constructor !== Uint8Array) {
      chunk = JSON.stringify(chunk);
    }
    if (!started) {
      started = true;
      stream._onBeforeFirstWrite?.((first) => write(first));
    }
    return write(chunk, ...more);
  };
  return stream;
}

/** Ends a stream whose handler failed, behind what it has written, then calls `then` with what is still to be sent. */
function failStream(stream, id, error, then) {
  if (!stream.begun && (stream.destroyed || (!stream.writableEnded && stream.writableLength === 0))) {
    stream.destroy();
    then(postError(invocationPath(id, 'error'), error, undefined, handlerTimes()));
  } else if (stream.destroyed || stream.writableFinished) {
    if (openAnswer) {
      endAnswer(errorTrailers(error));
    }
    then();
  } else {
    stream.failure = error;
    stream.once('close', () => then());
    stream.end();
  }
}

async function handleStreaming(id, headers, body) {
  const stream = createResponseStream(id);
  const ended = new Promise((resolve, reject) => stream.on('finish', resolve).on('error', reject));
  ended.catch(() => {}); // it is looked at below, where the handler has not failed before
  const context = { callbackWaitsForEmptyEventLoop: true };
  // In a turn of its own, because what a stream does at its end takes some steps more.
  onEmptyEventLoop = () => setImmediate(() => fail('Response stream is not finished.'));
  let over = false;
  const fail = (error) => {
    if (over) {
      return; // it has failed before, or ended in the turn in which it was still waited for
    }
    over = true;
    onEmptyEventLoop = () => {};
    logError('Invoke Error', error);
    failStream(stream, id, error, next);
  };
  try {
    addEnvironment(context, headers);
    const event = JSON.parse(body.toString('utf8'));
    handlerStart = now();
    const result = handler(event, stream, context);
    if (!isPromise(result)) {
      fail('Streaming does not support non-async handlers.');
      return;
    }
    if ((await result) !== undefined) {
      console.warn('Streaming handlers ignore return values.');
    }
    await ended;
  } catch (error) {
    fail(error);
    return;
  }
  if (!over) {
    over = true;
    onEmptyEventLoop = () => {};
    next();
  }
}

function installStreamingGlobal() {
  const off = process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA;
  if (off === '1' || off === 'true') {
    return;
  }
  globalThis.awslambda = {
    streamifyResponse: (streaming, options) => {
      streaming[STREAMING] = 'response';
      if (typeof options?.highWaterMark === 'number') {
        streaming[HIGH_WATER_MARK] = parseInt(options.highWaterMark, 10);
      }
      return streaming;
    },
    HttpResponseStream: class HttpResponseStream {
      static from(stream, prelude) {
        stream.setContentType('application/vnd.awslambda.http-integration-response');
        stream._onBeforeFirstWrite = (write) => {
          write(JSON.stringify(prelude));
          write(new Uint8Array(8));
        };
        return stream;
      }
    },
  };
}

// ---- the handler ----------------------------------------------------------------------------------------------------

function requireFile(file) {
  return fs.existsSync(file) ? requireUser(file) : undefined;
}

async function importFile(file) {
  return fs.existsSync(file) ? import(require('url').pathToFileURL(file).href) : undefined;
}

function isModuleFolder(folder) {
  if (folder.endsWith('/node_modules')) {
    return false;
  }
  const description = path.join(folder, 'package.json');
  if (fs.existsSync(description)) {
    try {
      return JSON.parse(fs.readFileSync(description, 'utf8'))?.type === 'module';
    } catch (error) {
      console.warn(`${description} cannot be read, it will be ignored for ES module detection purposes.`, error);
      return false;
    }
  }
  return folder === '/' ? false : isModuleFolder(path.resolve(folder, '..'));
}

/** Looks for the module in AWS's order. */
async function loadModule(root, folder, name) {
  const file = path.resolve(root, folder, name);
  if (fs.existsSync(file) && !fs.statSync(file).isDirectory()) {
    return requireUser(file);
  }
  const isModule = fs.existsSync(file + '.js') && isModuleFolder(path.resolve(path.dirname(file)));
  const loaded =
    (isModule ? await importFile(file + '.js') : requireFile(file + '.js')) ||
    (await importFile(file + '.mjs')) ||
    requireFile(file + '.cjs');
  return loaded || requireUser(requireUser.resolve(name, { paths: [root, folder] }));
}

async function loadHandler(root, name) {
  if (name.includes('..')) {
    throw new MalformedHandlerName(
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const base = path.basename(name);
  const match = base.match(/^([^.]*)\.(.*)$/);
  if (!match) {
    throw new MalformedHandlerName('Bad handler');
  }
  installStreamingGlobal();
  installHooksGlobal();
  let module;
  try {
    module = await loadModule(root, name.substring(0, name.indexOf(base)), match[1]);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new UserCodeSyntaxError(error);
    }
    if (error?.code === 'MODULE_NOT_FOUND') {
      throw new ImportModuleError(error);
    }
    throw error;
  }
  const found = match[2].split('.').reduce((nested, key) => nested && nested[key], module);
  if (!found) {
    throw new HandlerNotFound(`${name} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw new HandlerNotFound(`${name} is not a function`);
  }
  return found;
}

function checkStreaming(found) {
  const kind = found[STREAMING];
  if (kind === undefined || kind === null || kind === false) {
    return false;
  }
  if (kind !== 'response') {
    throw new MalformedStreamingHandler('Only response streaming is supported.');
  }
  return true;
}

/** What is sent for an error that nobody caught. */
function lastWords(error) {
  return openAnswer ? errorTrailers(error) : postError(errorTarget, error);
}

/** @returns to be called when the function's code is loaded */
function useCompiled() {
  // A stem has the directory whether or not its function has compiled code.
  const some = ['modules', 'node'].some((name) => fs.existsSync(`${COMPILED}/${name}`));
  return some ? require('./compiled.js').use(COMPILED, withDefaults) : () => {};
}

/** Waits until Hearth has mounted a function's code and tells its environment. */
async function becomeFunction() {
  const stem = new RuntimeConnection(process.env.AWS_LAMBDA_RUNTIME_API);
  stem.socket.ref();
  const told = await stem.told();
  runtimeReady = now();
  const found = { ...process.env };
  Object.keys(found).forEach((name) => delete process.env[name]); // for their order
  for (const variable of told.toString('utf8').split('\0')) {
    const equals = variable.indexOf('=');
    process.env[variable.slice(0, equals)] = variable.slice(equals + 1);
    delete found[variable.slice(0, equals)];
  }
  Object.assign(process.env, found);
  // The directory that it was started in is below what is mounted there now.
  process.chdir(process.env.PWD);
}

async function main() {
  if (process.env.HEARTH_STEM !== undefined) {
    delete process.env.HEARTH_STEM;
    await becomeFunction();
  }
  patchConsole();
  process.on('uncaughtException', (error) => {
    logError('Uncaught Exception', error);
    connection.sendAndExit(lastWords(error), 129);
  });
  process.on('unhandledRejection', (reason, promise) => {
    const error = new UnhandledPromiseRejection(reason, promise);
    logError('Unhandled Promise Rejection', error);
    connection.sendAndExit(lastWords(error), 128);
  });
  process.on('beforeExit', () => onEmptyEventLoop());
  connection = new RuntimeConnection(process.env.AWS_LAMBDA_RUNTIME_API);
  const compiledLoaded = useCompiled();
  const threadsLoaded = options.sizes ? setOptionsForThreads() : () => {};
  try {
    handler = await loadHandler(process.env.LAMBDA_TASK_ROOT || '/var/task', process.env._HANDLER || '');
    streams = checkStreaming(handler);
  } catch (error) {
    // Outside of this promise it is an exception that nobody caught, as with AWS's client.
    setImmediate(() => {
      throw error;
    });
    return;
  }
  onEmptyEventLoop = () => {};
  initTimes = `Hearth-Runtime-Ready: ${runtimeReady}\r\nHearth-Code-Loaded: ${now()}\r\n`;
  next();
  compiledLoaded();
  threadsLoaded();
  setImmediate(setOptions); // when the question is on its way
}

if (module.parent?.filename === path.join(__dirname, 'train.js')) {
  Object.assign(exports, { main, withDefaults }); // it has something to do first
} else {
  main();
}
