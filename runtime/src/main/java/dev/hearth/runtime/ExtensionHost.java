package dev.hearth.runtime;

import java.util.List;

/// What extensions are told about the function they run beside, and which of them have processes of their own.
///
/// @param functionName    as registration answers it
/// @param functionVersion as registration answers it
/// @param handler         as registration answers it
/// @param accountId       for those that ask for it
/// @param external        names of the executables in `/opt/extensions` that were started; all others that register
///                        are threads of the runtime
public record ExtensionHost(
        String functionName, String functionVersion, String handler, String accountId, List<String> external) {
    /// Without external extensions.
    static final ExtensionHost NOBODY = new ExtensionHost("", "", "", "", List.of());

    public ExtensionHost {
        external = List.copyOf(external);
    }
}
