package dev.hearth.catalog;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;

/// What is said about packages that are not taken: in AWS's words where AWS has words for it.
final class Refusal {
    private static final int LONGEST_SHOWN_NAME = 200;

    private Refusal() {}

    static ApiException unreadable() {
        return refuse("Could not unzip uploaded file. Please check your file, then try to upload again.");
    }

    static ApiException empty() {
        return refuse("Uploaded file must be a non-empty zip");
    }

    static ApiException tooLargeUnpacked(long limitBytes) {
        return refuse("Unzipped size must be smaller than " + limitBytes + " bytes");
    }

    static ApiException tooManyEntries(int limit) {
        return refuse("Could not unzip uploaded file: it holds more than " + limit
                + " files and directories. Remove what the function does not need.");
    }

    static ApiException tooLargeZip(long limitBytes) {
        return new ApiException(
                ErrorCode.REQUEST_ENTITY_TOO_LARGE,
                "Zipped size must be smaller than " + limitBytes + " bytes. Remove what the function does not need,"
                        + " or move a part of it into layers.");
    }

    /// @param problem what is wrong with the entry, and after it what to do
    static ApiException entry(String name, String problem) {
        return refuse("Could not unzip uploaded file: its entry '" + shown(name) + "' " + problem);
    }

    private static ApiException refuse(String message) {
        return new ApiException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }

    private static String shown(String name) {
        String start = name.length() > LONGEST_SHOWN_NAME ? name.substring(0, LONGEST_SHOWN_NAME) + "…" : name;
        return start.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
