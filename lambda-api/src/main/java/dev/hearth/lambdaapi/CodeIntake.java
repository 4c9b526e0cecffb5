package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.CodeRef;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.Limits;
import java.io.IOException;
import java.util.Optional;

/// Gets the package a request names, from the request or from S3, checks its size and keeps it.
record CodeIntake(CodePackages packages, Optional<S3Source> s3, Limits limits) {

    CodeRef store(CodeSource source) throws IOException {
        return switch (source) {
            case CodeSource.Zip zip -> store(zip.bytes());
            case CodeSource.S3 object -> fetch(object);
            case CodeSource.Image image ->
                throw new ApiException(
                        ErrorCode.NOT_IMPLEMENTED,
                        "Cannot deploy the image '" + image.uri() + "': Hearth deploys zip packages only so far.");
            case CodeSource.Missing missing ->
                throw SettingsRules.invalid("Please provide a source for function code.");
        };
    }

    private CodeRef store(byte[] zip) throws IOException {
        if (zip.length > limits.zipDirect().bytes()) {
            throw new ApiException(
                    ErrorCode.REQUEST_ENTITY_TOO_LARGE,
                    "Zipped size must be smaller than " + limits.zipDirect().bytes() + " bytes");
        }
        return packages.add(zip);
    }

    private CodeRef fetch(CodeSource.S3 object) throws IOException {
        if (s3.isEmpty()) {
            throw SettingsRules.invalid(
                    "Cannot fetch s3://%s/%s: this Hearth has no S3 endpoint configured; configure one or send the zip in the request."
                            .formatted(object.bucket(), object.key()));
        }
        return s3.get().fetch(object, packages::add);
    }
}
