package dev.hearth.simulation;

import dev.hearth.scheduler.Boots;
import dev.hearth.scheduler.ScalingRate;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/// One function under a burst, scaled by one signal.
final class BurstRun {
    static final int BASE_PER_SECOND = 30;
    static final int PEAK_PER_SECOND = 3_000;
    static final long FROM = 60_000_000;
    static final long UNTIL = FROM + 300_000_000;
    static final long END = UNTIL + 180_000_000;
    static final int SERVICE_FROM = 25_000;
    static final int SERVICE_TO = 75_000;
    static final int MIB = 128;
    static final AssumedRuntime RUNTIME = AssumedRuntime.NODE;

    private static final int AVERAGED_OVER = 16;
    /// The idle histogram of a function that is called every moment says: out after its one minute and a tenth.
    private static final long PAGED_OUT_AFTER = 66_000_000;

    private static final long MIB_BYTES = 1024 * 1024;
    private static final double PAGED_OUT_MIB = (double) RUNTIME.pagedOutBytes(MIB * MIB_BYTES) / MIB_BYTES;

    private final ScalingSignal signal;
    private final EventQueue events = new EventQueue();
    private final SplittableRandom arrivals;
    private final SplittableRandom services;
    private final ScalingRate rate = ScalingRate.aws(0);
    private final Tally tally = new Tally();
    /// Arrival times of those who wait.
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    /// Since when the idle ones are; the one used last is last.
    private final ArrayDeque<Long> idle = new ArrayDeque<>();

    private long now;
    private int busy;
    private int booting;
    private int queued;
    private int desired;
    private int peak;
    /// Of the idle ones, how many are in swap; as of the last look.
    private int pagedOut;
    private int arrived;
    private int served;
    private long serviceMicros = (SERVICE_FROM + SERVICE_TO) / 2;
    private long firstNew = -1;
    private double residentMibMicros;
    private double busyMicros;
    private double demandMicros;
    private int arrivedAtLook;
    private double busyAtLook;
    private double demandAtLook;

    BurstRun(ScalingSignal signal, long seed) {
        this.signal = signal;
        SplittableRandom random = new SplittableRandom(seed);
        this.arrivals = random.split();
        this.services = random.split();
    }

    void run() {
        desired = signal.initially();
        for (int i = 0; i < desired; i++) {
            idle.addLast(0L);
        }
        arriveNext();
        events.add(signal.intervalMicros(), this::look);
        while (events.nextMicros() != Long.MAX_VALUE) {
            advance(events.nextMicros());
            events.poll().run();
            check();
        }
        if (served != arrived || busy != 0 || !waiting.isEmpty()) {
            throw new IllegalStateException("an invocation was lost under " + signal.name());
        }
    }

    private void check() {
        boolean sound = served + busy + waiting.size() == arrived && booting <= Boots.inAll(BootQueue.CORES);
        if (!sound) {
            throw new IllegalStateException("an invocation was lost under " + signal.name() + " at " + now + " us");
        }
    }

    private void advance(long to) {
        double elapsed = Math.min(to, END) - Math.min(now, END);
        residentMibMicros += elapsed * residentMib();
        busyMicros += elapsed * busy;
        demandMicros += elapsed * (busy + waiting.size());
        now = to;
    }

    private double residentMib() {
        return (double) MIB * (live() + booting - pagedOut) + PAGED_OUT_MIB * pagedOut;
    }

    /// Moves to swap what has been idle for long. The oldest stand first.
    private void pageOut() {
        pagedOut = 0;
        if (signal.ends()) {
            return;
        }
        for (long since : idle) {
            if (now - since < PAGED_OUT_AFTER) {
                return;
            }
            pagedOut++;
        }
    }

    private int live() {
        return busy + idle.size();
    }

    private void arriveNext() {
        boolean burst = now >= FROM && now < UNTIL;
        double perMicro = (burst ? PEAK_PER_SECOND : BASE_PER_SECOND) / 1e6;
        long next = now + Math.max(1, (long) (-Math.log(1 - arrivals.nextDouble()) / perMicro));
        // What would come after a change of the rate comes at the new rate: arrivals have no memory.
        if (now < FROM && next >= FROM) {
            next = FROM;
        }
        if (next < END) {
            events.add(next, this::arrive);
        }
    }

    private void arrive() {
        arrived++;
        Long since = idle.pollLast();
        if (since == null) {
            waiting.addLast(now);
        } else {
            boolean fromSwap = pagedOut > idle.size();
            pagedOut = Math.min(pagedOut, idle.size());
            serve(now, fromSwap ? RUNTIME.pageInMicros() : 0);
        }
        start(signal.startNow(seen()));
        arriveNext();
    }

    private void serve(long arrival, long startMicros) {
        busy++;
        tally.found(dev.hearth.model.Origin.WARM, now + startMicros - arrival);
        long service = services.nextInt(SERVICE_FROM, SERVICE_TO);
        events.add(now + startMicros + service, () -> {
            busy--;
            served++;
            serviceMicros += (service - serviceMicros) / AVERAGED_OVER;
            offer();
        });
    }

    private void offer() {
        Long first = waiting.pollFirst();
        if (first != null) {
            serve(first, 0);
        } else if (!signal.ends() || live() < desired || now >= END) {
            idle.addLast(now);
        }
        peak = Math.max(peak, live());
    }

    private void look() {
        double interval = signal.intervalMicros();
        ScalingSignal.Seen seen = seen((busyMicros - busyAtLook) / interval, (demandMicros - demandAtLook) / interval);
        arrivedAtLook = arrived;
        busyAtLook = busyMicros;
        demandAtLook = demandMicros;
        desired = signal.desired(seen);
        if (signal.ends()) {
            queued = Math.clamp(desired - live() - booting, 0, queued);
        }
        pageOut();
        start(desired - live() - booting - queued);
        while (signal.ends() && live() > desired && !idle.isEmpty()) {
            idle.removeFirst();
        }
        if (now < END) {
            events.add(now + signal.intervalMicros(), this::look);
        }
    }

    private ScalingSignal.Seen seen() {
        return seen(busy, busy + waiting.size());
    }

    private ScalingSignal.Seen seen(double averageBusy, double averageDemand) {
        return new ScalingSignal.Seen(
                now,
                busy,
                waiting.size(),
                live(),
                booting + queued,
                serviceMicros,
                arrived - arrivedAtLook,
                averageBusy,
                averageDemand);
    }

    private void start(int wanted) {
        if (wanted > 0) {
            queued += rate.take(wanted, now * 1_000);
            boot();
        }
    }

    private void boot() {
        while (queued > 0 && booting < Boots.inAll(BootQueue.CORES)) {
            boolean needed = signal.stillNeeded(seen());
            queued--;
            if (needed) {
                booting++;
                events.add(now + RUNTIME.bootMicros(), this::booted);
            }
        }
    }

    private void booted() {
        booting--;
        if (firstNew < 0 && now >= FROM) {
            firstNew = now - FROM;
        }
        offer();
        boot();
    }

    Tally tally() {
        return tally;
    }

    int peak() {
        return peak;
    }

    /// From the beginning of the burst until an instance was ready that had not been there; negative if there was none.
    double firstNewMillis() {
        return firstNew / 1e3;
    }

    double residentGibSeconds() {
        return residentMibMicros / 1024 / 1e6;
    }
}
