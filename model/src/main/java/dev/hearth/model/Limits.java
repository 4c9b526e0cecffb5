package dev.hearth.model;

import java.time.Duration;

/// Everything has a limit; AWS's figures are the defaults.
///
/// @param requestPayload     body of a synchronous Invoke, and of its answer
/// @param asyncPayload       body of an asynchronous Invoke
/// @param responseStream     an answer that is streamed
/// @param zipDirect          zip sent in a request
/// @param codeUnpacked       code and all its layers, unpacked
/// @param codeStorage        all packages together, as AWS counts them: once for each version and layer version
/// @param environment        names and values of all environment variables together
/// @param layers             layers of one function
/// @param memoryMin          smallest memory setting
/// @param memoryMax          largest memory setting
/// @param tmpMin             smallest `/tmp`
/// @param tmpMax             largest `/tmp`
/// @param timeoutMax         longest time-out setting
/// @param initTimeout        time a function may take to initialise
/// @param logLine            longest log event; what is longer is split
/// @param accountConcurrency invocations running at once, all functions together
/// @param unreservedMinimum  concurrency that reservations must leave unreserved
/// @param queuedInvocations  invocations of one function that may wait for an instance
/// @param openFiles          file descriptors of one process in a sandbox
/// @param processes          processes and threads of one sandbox
public record Limits(
        ByteSize requestPayload,
        ByteSize asyncPayload,
        ByteSize responseStream,
        ByteSize zipDirect,
        ByteSize codeUnpacked,
        ByteSize codeStorage,
        ByteSize environment,
        int layers,
        ByteSize memoryMin,
        ByteSize memoryMax,
        ByteSize tmpMin,
        ByteSize tmpMax,
        Duration timeoutMax,
        Duration initTimeout,
        ByteSize logLine,
        int accountConcurrency,
        int unreservedMinimum,
        int queuedInvocations,
        int openFiles,
        int processes) {

    /// AWS Lambda's published quotas.
    public static final Limits AWS = new Limits(
            ByteSize.ofMib(6),
            ByteSize.ofMib(1),
            ByteSize.ofMib(200),
            ByteSize.ofMib(50),
            ByteSize.ofMib(250),
            ByteSize.ofMib(75 * 1024),
            ByteSize.ofKib(4),
            5,
            ByteSize.ofMib(128),
            ByteSize.ofMib(10_240),
            ByteSize.ofMib(512),
            ByteSize.ofMib(10_240),
            Duration.ofSeconds(900),
            Duration.ofSeconds(10),
            ByteSize.ofKib(256),
            1_000,
            100,
            10_000,
            1_024,
            1_024);

    /// The same with another bound on waiting invocations.
    public Limits withQueuedInvocations(int value) {
        return new Limits(
                requestPayload,
                asyncPayload,
                responseStream,
                zipDirect,
                codeUnpacked,
                codeStorage,
                environment,
                layers,
                memoryMin,
                memoryMax,
                tmpMin,
                tmpMax,
                timeoutMax,
                initTimeout,
                logLine,
                accountConcurrency,
                unreservedMinimum,
                value,
                openFiles,
                processes);
    }

    /// The same with other bounds on packages.
    public Limits withCode(ByteSize unpacked, ByteSize storage) {
        return new Limits(
                requestPayload,
                asyncPayload,
                responseStream,
                zipDirect,
                unpacked,
                storage,
                environment,
                layers,
                memoryMin,
                memoryMax,
                tmpMin,
                tmpMax,
                timeoutMax,
                initTimeout,
                logLine,
                accountConcurrency,
                unreservedMinimum,
                queuedInvocations,
                openFiles,
                processes);
    }

    /// The largest answer to a synchronous Invoke: 6 MB and the 100 bytes of slack AWS grants.
    public long responsePayloadBytes() {
        return requestPayload.bytes() + 100;
    }
}
