/// Who calls: AWS signatures, configured access keys and temporary credentials, and the two AWS services that its
/// users' tools ask about them, STS and IAM, as far as [IdentityApi] has them.
///
/// [SignatureCheck] stands in front of every AWS endpoint, [Callers] says whose key signed a request. Roles and
/// policies are kept and shown, and enforce nothing. Everything here is safe for use by any thread.
@NullMarked
package dev.hearth.identity;

import org.jspecify.annotations.NullMarked;
