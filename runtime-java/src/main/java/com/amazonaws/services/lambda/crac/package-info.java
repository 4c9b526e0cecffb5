/// Where `org.crac` of a function leads to: that library looks for an implementation in the package that the system
/// property `org.crac.Core.Compat` names, which must hold these classes by these names. The package is AWS's, because
/// its names are in the error documents that functions' authors know; the classes are our own. Our jar stands before
/// a function's, so a copy of AWS's runtime interface client in there changes nothing.
///
/// Main type: [Core]. Resources may be registered by any thread of the function; the bootstrap's thread calls them.
@NullMarked
package com.amazonaws.services.lambda.crac;

import org.jspecify.annotations.NullMarked;
