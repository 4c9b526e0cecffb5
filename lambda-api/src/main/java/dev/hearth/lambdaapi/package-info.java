/// The AWS Lambda wire: one route table, AWS's shapes and words.
///
/// [LambdaApi] reads a request into a [LambdaOperation], runs it on the catalog and the engine, and renders the answer;
/// The signature check of `identity` stands in front of it, [NeverThrow] stands outermost, [CodeDownload] serves the
/// links to packages. Called by the server on one virtual thread per request; everything here is safe for use by any
/// thread.
@NullMarked
package dev.hearth.lambdaapi;

import org.jspecify.annotations.NullMarked;
