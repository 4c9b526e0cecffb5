package dev.hearth.simulation;

/// What platforms do: an instance is started when somebody waits for it, and ends after an idle time.
class KeepAlive extends Policy {
    static final long FOREVER = Long.MAX_VALUE;

    private final long keepMicros;

    /// @param keepMicros for how long an idle instance stays
    KeepAlive(String name, long keepMicros) {
        super(name);
        this.keepMicros = keepMicros;
    }

    @Override
    void demand(Host host, HostedFunction function) {
        for (int missing = function.waiters.size() - function.starting; missing > 0; missing--) {
            if (!host.startForCaller(function)) {
                return;
            }
        }
    }

    @Override
    void idle(Host host, Instance instance) {
        if (keepMicros != FOREVER) {
            expire(host, instance, host.now() + keepMicros);
        }
    }

    /// Ends an instance then if it is idle until then. One look is arranged at most, not one for each call.
    static void expire(Host host, Instance instance, long when) {
        instance.expires = when;
        if (when >= instance.lookDue) {
            return;
        }
        instance.lookDue = when;
        host.at(when, () -> {
            if (instance.lookDue != when) {
                return;
            }
            instance.lookDue = Long.MAX_VALUE;
            if (instance.state != Instance.State.IDLE) {
                return;
            }
            if (host.now() >= instance.expires) {
                host.end(instance);
            } else {
                expire(host, instance, instance.expires);
            }
        });
    }
}
