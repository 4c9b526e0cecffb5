// The Lambda API through the AWS SDK for JavaScript 3: a line `ok NAME` or `FAILED NAME: why` for each check.
//
// Usage: node javascript_checks.cjs ENDPOINT ZIP, with NODE_PATH where the SDK is; ZIP holds an executable `bootstrap`
// that answers with the event, and fails on `"fail"`.
"use strict";
const assert = require("node:assert/strict");
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const sdk = require("@aws-sdk/client-lambda");
const { Hash } = require("@smithy/hash-node");
const { SignatureV4 } = require("@smithy/signature-v4");

const [endpoint, zip] = process.argv.slice(2);
const ZipFile = readFileSync(zip);
const Role = "arn:aws:iam::000000000000:role/any";
const credentials = { accessKeyId: "AKIAFIRST", secretAccessKey: "first/secret+1" };
const settings = { region: "us-east-1", endpoint, maxAttempts: 1 };
const client = new sdk.LambdaClient({ ...settings, credentials });
const waiting = { client, minDelay: 0.1, maxDelay: 0.2, maxWaitTime: 120 };

async function create(FunctionName, more = {}) {
  const command = { FunctionName, Runtime: "provided.al2023", Handler: "x", Role, Code: { ZipFile }, ...more };
  const created = await client.send(new sdk.CreateFunctionCommand(command));
  await sdk.waitUntilFunctionActiveV2(waiting, { FunctionName });
  return created;
}

async function refused(type, command, from = client) {
  const error = await from.send(command).then(
    () => assert.fail("was not refused"),
    (reason) => reason,
  );
  assert.ok(error instanceof type, `${error.name}: ${error.message}`);
  assert.ok(error instanceof sdk.LambdaServiceException);
  assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
  return error;
}

/** Asks again until the log has its REPORT line: who waits for the log has it as it is after two seconds. */
async function reported(ask) {
  for (let i = 0; i < 20; i++) {
    const [answer, log] = await ask();
    if (/REPORT RequestId: /.test(Buffer.from(log, "base64").toString())) return answer;
  }
  return assert.fail("no log had its REPORT line");
}

const text = (payload) => Buffer.from(payload).toString("utf8");

const checks = {
  async waitersSeeCreationUpdateAndPublication() {
    const created = await create("js-waiters");
    assert.equal(created.State, "Pending");
    assert.equal(created.CodeSha256, createHash("sha256").update(ZipFile).digest("base64"));
    const change = { FunctionName: "js-waiters", Timeout: 7, Environment: { Variables: { WORD: "one" } } };
    const changed = await client.send(new sdk.UpdateFunctionConfigurationCommand(change));
    assert.equal(changed.LastUpdateStatus, "InProgress");
    const updated = await sdk.waitUntilFunctionUpdatedV2(waiting, { FunctionName: "js-waiters" });
    assert.equal(updated.state, "SUCCESS");
    assert.equal(updated.reason.Configuration.Timeout, 7);
    await client.send(new sdk.PublishVersionCommand({ FunctionName: "js-waiters" }));
    const published = await sdk.waitUntilPublishedVersionActive(waiting, { FunctionName: "js-waiters", Qualifier: "1" });
    assert.equal(published.reason.Version, "1");
  },

  async invocationsHaveTheirPayloadAndErrors() {
    await create("js-invoke");
    const ask = { FunctionName: "js-invoke", Payload: JSON.stringify({ word: "grüße" }), LogType: "Tail" };
    const answer = await reported(async () => {
      const given = await client.send(new sdk.InvokeCommand(ask));
      return [given, given.LogResult];
    });
    assert.deepEqual(JSON.parse(text(answer.Payload)), { word: "grüße" });
    assert.equal(answer.StatusCode, 200);
    assert.equal(answer.ExecutedVersion, "$LATEST");
    assert.equal(answer.FunctionError, undefined);
    const failed = await client.send(new sdk.InvokeCommand({ FunctionName: "js-invoke", Payload: '"fail"' }));
    assert.equal(failed.FunctionError, "Unhandled");
    assert.equal(JSON.parse(text(failed.Payload)).errorType, "Asked");
    const dry = await client.send(new sdk.InvokeCommand({ FunctionName: "js-invoke", InvocationType: "DryRun" }));
    assert.equal(dry.StatusCode, 204);
  },

  async streamsAreEvents() {
    await create("js-stream");
    const ask = { FunctionName: "js-stream", Payload: '{"word":"grüße"}', LogType: "Tail" };
    const events = await reported(async () => {
      const answer = await client.send(new sdk.InvokeWithResponseStreamCommand(ask));
      assert.equal(answer.StatusCode, 200);
      assert.equal(answer.ExecutedVersion, "$LATEST");
      const all = [];
      for await (const event of answer.EventStream) all.push(event);
      return [all, all.at(-1).InvokeComplete.LogResult];
    });
    assert.deepEqual(events.map((event) => Object.keys(event)[0]), ["PayloadChunk", "InvokeComplete"]);
    assert.deepEqual(JSON.parse(text(events[0].PayloadChunk.Payload)), { word: "grüße" });
    assert.equal(events[1].InvokeComplete.ErrorCode, undefined);
    const failing = new sdk.InvokeWithResponseStreamCommand({ FunctionName: "js-stream", Payload: '"fail"' });
    for await (const event of (await client.send(failing)).EventStream) {
      assert.equal(event.InvokeComplete.ErrorCode, "Unhandled"); // the runtime names its error in the document alone
      assert.equal(JSON.parse(event.InvokeComplete.ErrorDetails).errorType, "Asked");
    }
    await refused(sdk.ResourceNotFoundException, new sdk.InvokeWithResponseStreamCommand({ FunctionName: "js-none" }));
  },

  async paginatorsWalkAllPages() {
    for (const name of ["js-page-a", "js-page-b", "js-page-c"]) {
      await client.send(
        new sdk.CreateFunctionCommand({ FunctionName: name, Runtime: "provided.al2023", Handler: "x", Role, Code: { ZipFile } }),
      );
    }
    const names = [];
    const sizes = [];
    for await (const page of sdk.paginateListFunctions({ client, pageSize: 2 }, {})) {
      sizes.push(page.Functions.length);
      names.push(...page.Functions.map((found) => found.FunctionName));
    }
    assert.deepEqual([...names].sort(), names);
    assert.deepEqual(names.filter((name) => name.startsWith("js-page-")), ["js-page-a", "js-page-b", "js-page-c"]);
    assert.ok(sizes.slice(0, -1).every((size) => size === 2), `${sizes}`);
    const first = await client.send(new sdk.ListFunctionsCommand({ MaxItems: 1 }));
    assert.equal(first.Functions.length, 1);
    assert.ok(first.NextMarker);
  },

  async errorsAreTypedExceptions() {
    await create("js-errors");
    const missing = await refused(sdk.ResourceNotFoundException, new sdk.GetFunctionCommand({ FunctionName: "js-none" }));
    assert.equal(missing.$metadata.httpStatusCode, 404);
    assert.equal(missing.Type, "User");
    assert.equal(missing.message, "Function not found: arn:aws:lambda:us-east-1:000000000000:function:js-none");
    const again = { FunctionName: "js-errors", Runtime: "provided.al2023", Handler: "x", Role, Code: { ZipFile } };
    const conflict = await refused(sdk.ResourceConflictException, new sdk.CreateFunctionCommand(again));
    assert.equal(conflict.message, "Function already exist: js-errors");
    const noZip = { ...again, FunctionName: "js-no-zip", Code: { ZipFile: Buffer.from("no zip") } };
    await refused(sdk.InvalidParameterValueException, new sdk.CreateFunctionCommand(noZip));
    const badJson = new sdk.InvokeCommand({ FunctionName: "js-errors", Payload: "{" });
    await refused(sdk.InvalidRequestContentException, badJson);
    const stale = { FunctionName: "js-errors", Timeout: 9, RevisionId: "11111111-1111-4111-8111-111111111111" };
    await refused(sdk.PreconditionFailedException, new sdk.UpdateFunctionConfigurationCommand(stale));
    await client.send(
      new sdk.PutFunctionConcurrencyCommand({ FunctionName: "js-errors", ReservedConcurrentExecutions: 0 }),
    );
    const throttled = await refused(sdk.TooManyRequestsException, new sdk.InvokeCommand({ FunctionName: "js-errors" }));
    assert.equal(throttled.Reason, "ReservedFunctionConcurrentInvocationLimitExceeded");
    assert.equal(throttled.retryAfterSeconds, "1");
  },

  async validationIsSaidWithTheMembersName() {
    const error = await refused(
      sdk.LambdaServiceException,
      new sdk.CreateFunctionCommand({ FunctionName: "js-valid", Handler: "x", Role, Code: { ZipFile }, Timeout: 0 }),
    );
    assert.equal(error.name, "ValidationException");
    assert.match(error.message, /'timeout' failed to satisfy constraint/);
  },

  async aliasesAndTagsReadBack() {
    const { FunctionArn } = await create("js-alias", { Publish: true, Tags: { team: "a b" } });
    const alias = { FunctionName: "js-alias", Name: "live", FunctionVersion: "1" };
    await client.send(new sdk.CreateAliasCommand(alias));
    await sdk.waitUntilPublishedVersionActive(waiting, { FunctionName: "js-alias", Qualifier: "1" });
    const answer = await client.send(new sdk.InvokeCommand({ FunctionName: "js-alias:live", Payload: "1" }));
    assert.equal(answer.ExecutedVersion, "1");
    const tags = await client.send(new sdk.ListTagsCommand({ Resource: FunctionArn.replace(/:1$/, "") }));
    assert.deepEqual(tags.Tags, { team: "a b" });
    await client.send(new sdk.DeleteFunctionCommand({ FunctionName: "js-alias" }));
    await refused(sdk.ResourceNotFoundException, new sdk.GetAliasCommand({ FunctionName: "js-alias", Name: "live" }));
  },

  async presignedUrlsAreGood() {
    await create("js-presigned");
    const url = new URL(endpoint);
    const signer = new SignatureV4({ credentials, region: "us-east-1", service: "lambda", sha256: Hash.bind(null, "sha256") });
    const presign = async (method, path) => {
      const signed = await signer.presign(
        { method, protocol: url.protocol, hostname: url.hostname, port: Number(url.port), path, query: {}, headers: { host: url.host } },
        { expiresIn: 300 },
      );
      return `${endpoint}${path}?${new URLSearchParams(signed.query)}`;
    };
    const got = await fetch(await presign("GET", "/2015-03-31/functions/js-presigned"));
    assert.equal(got.status, 200);
    assert.equal((await got.json()).Configuration.FunctionName, "js-presigned");
    const invoke = await presign("POST", "/2015-03-31/functions/js-presigned/invocations");
    assert.equal((await fetch(invoke, { method: "POST" })).status, 200);
    assert.equal((await fetch(invoke, { method: "POST", body: '"other"' })).status, 403);
    assert.equal((await fetch(invoke.replace(/Signature=./, "Signature=x"), { method: "POST" })).status, 403);
  },

  async wrongSecretsAreRefused() {
    const wrong = new sdk.LambdaClient({ ...settings, credentials: { ...credentials, secretAccessKey: "wrong" } });
    const error = await refused(sdk.LambdaServiceException, new sdk.ListFunctionsCommand({}), wrong);
    assert.equal(error.name, "InvalidSignatureException");
  },
};

(async () => {
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok ${name}`);
    } catch (error) {
      console.log(`FAILED ${name}: ${error.stack.replaceAll("\n", " | ")}`);
    }
  }
})();
