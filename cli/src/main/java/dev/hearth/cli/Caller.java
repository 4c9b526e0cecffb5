package dev.hearth.cli;

import dev.hearth.sam.Inputs;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where and for whom the server makes resources, as their ARNs say it.
record Caller(String partition, String region, String account) {
    private static final String NOBODY = "hearth-has-no-such-function";
    private static final Pattern ARN = Pattern.compile("arn:([a-z-]+):lambda:([a-z0-9-]+):(\\d{12}):function:");

    /// Asks for a function that is not there: the answer names the ARN it would have, for the account whose credentials
    /// the request carries.
    static Caller of(LambdaApi lambda) {
        String answer;
        try {
            answer = lambda.function(NOBODY, java.util.Optional.empty()).compact();
        } catch (RefusedByServer e) {
            if (!e.isNotFound()) {
                throw e;
            }
            answer = String.valueOf(e.getMessage());
        }
        Matcher arn = ARN.matcher(answer);
        return arn.find()
                ? new Caller(arn.group(1), arn.group(2), arn.group(3))
                : new Caller("aws", "us-east-1", "000000000000");
    }

    Inputs inputs(String stack, Map<String, String> parameters, Map<String, String> resources) {
        return new Inputs(stack, partition, region, account, parameters, resources);
    }
}
