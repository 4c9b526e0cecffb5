/// AWS SAM and CloudFormation templates: what Lambda resources they ask for, and templates written from such.
///
/// [Template] reads a file, [Stack] is a template with its parameters given: its resources in the order in which they
/// have to be made, each evaluated to a [Spec] when everything it refers to is known. What cannot be used is
/// a [TemplateException] that names the line, or an [Ignored] that says why. Nothing here talks to a server. The
/// `hearth`
/// command uses it, on one thread.
@NullMarked
package dev.hearth.sam;

import org.jspecify.annotations.NullMarked;
