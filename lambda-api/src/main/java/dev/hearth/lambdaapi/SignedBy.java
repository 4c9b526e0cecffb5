package dev.hearth.lambdaapi;

import dev.hearth.identity.Caller;

/// Who signed a request for a function URL.
record SignedBy(String keyId, Caller caller) {}
