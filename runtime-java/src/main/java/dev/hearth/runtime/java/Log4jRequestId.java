package dev.hearth.runtime.java;

/// Tells log4j the request id, for functions that use AWS's log4j appender.
final class Log4jRequestId {
    private Log4jRequestId() {}

    static void put(String requestId) {
        boolean version1 = put("org.apache.log4j.MDC", Object.class, requestId);
        boolean version2 = put("org.apache.logging.log4j.ThreadContext", String.class, requestId);
        if (!version1 && !version2) {
            System.err.println("Customer using log4j appender but unable to load either org.apache.log4j.MDC or"
                    + " org.apache.logging.log4j.ThreadContext. Customer cannot see RequestId in log4j log lines.");
        }
    }

    private static boolean put(String context, Class<?> value, String requestId) {
        try {
            Class.forName(context).getMethod("put", String.class, value).invoke(null, "AWSRequestId", requestId);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
