package dev.hearth.lambdaapi;

import java.util.regex.Pattern;

/// The patterns AWS validates with, in the spelling its error messages show (recorded from the service).
final class Patterns {
    private static final String REGION = "(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}";

    /// A function's name or ARN where AWS creates or changes functions.
    static final Pattern FUNCTION = Pattern.compile("(arn:(aws[a-zA-Z-]*)?:lambda:)?(" + REGION
            + ":)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");

    /// A function's name or ARN where AWS reads, deletes or invokes.
    static final Pattern NAMESPACED_FUNCTION = Pattern.compile("(arn:(aws[a-zA-Z-]*)?:lambda:)?(" + REGION
            + ":)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");

    /// Groups of both function patterns.
    static final int REGION_GROUP = 3;

    static final int ACCOUNT_GROUP = 9;
    static final int NAME_GROUP = 11;
    static final int QUALIFIER_GROUP = 13;

    static final Pattern QUALIFIER = Pattern.compile("\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+");
    /// The qualifier of older operations.
    static final Pattern ANY_QUALIFIER = Pattern.compile("(|[a-zA-Z0-9$_-]+)");

    static final Pattern ALIAS = Pattern.compile("(?!^[0-9]+$)([a-zA-Z0-9-_]+)");
    static final Pattern VERSION = Pattern.compile("(\\$LATEST(\\.PUBLISHED)?|[0-9]+)");
    static final Pattern NUMBER = Pattern.compile("[0-9]+");
    static final Pattern ROLE = Pattern.compile("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
    static final Pattern HANDLER = Pattern.compile("[^\\s]+");
    static final Pattern ENVIRONMENT_NAME = Pattern.compile("[a-zA-Z]([a-zA-Z0-9_])+");
    static final Pattern RESOURCE_ARN = Pattern.compile("(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()");
    static final Pattern LOG_GROUP = Pattern.compile("[\\.\\-_/#A-Za-z0-9]+");
    static final Pattern LAYER =
            Pattern.compile("(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
    static final Pattern LAYER_VERSION_ARN = Pattern.compile("(arn:(aws[a-zA-Z-]*)?:lambda:" + REGION
            + ":\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)");
    static final Pattern TAGGABLE =
            Pattern.compile("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:"
                    + "(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}"
                    + "|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
                    + "|capacity-provider:[a-zA-Z0-9-_]+)");

    /// The one alias qualifier of function URLs: no version, and not `$LATEST`.
    static final Pattern URL_QUALIFIER = Pattern.compile("((?!^\\d+$)^[0-9a-zA-Z-_]+$)");

    static final Pattern PUBLISHED_QUALIFIER = Pattern.compile("(\\$LATEST\\.PUBLISHED|[0-9]+)");
    static final Pattern STATEMENT_ID = Pattern.compile("([a-zA-Z0-9-_]+)");
    static final Pattern NAMESPACED_STATEMENT_ID = Pattern.compile("([a-zA-Z0-9-_.]+)");
    static final Pattern ORGANIZATION = Pattern.compile("o-[a-z0-9]{10,32}");
    static final Pattern ARN = Pattern.compile(
            "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
    static final Pattern DESTINATION =
            Pattern.compile("$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:"
                    + "([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)");
    static final Pattern CODE_SIGNING_CONFIG = Pattern.compile("arn:(aws[a-zA-Z-]*)?:lambda:"
            + "[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:\\d{12}:code-signing-config:csc-[a-z0-9]{17}");
    static final Pattern RUNTIME_VERSION =
            Pattern.compile("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}::runtime:.+");

    private Patterns() {}
}
