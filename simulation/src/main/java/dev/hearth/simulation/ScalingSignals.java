package dev.hearth.simulation;

import dev.hearth.scheduler.Panic;
import dev.hearth.scheduler.Staffing;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The scaling signals that are compared.
final class ScalingSignals {
    /// Instances that the burst needs on average over the run, and at its height.
    private static final int MEAN = 84;

    private static final int PEAK = 150;

    private ScalingSignals() {}

    static List<Supplier<ScalingSignal>> all() {
        return List.of(
                () -> new Fixed("fixed, for the mean", MEAN),
                () -> new Fixed("fixed, for the peak", Staffing.target(PEAK)),
                Cpu::new,
                Concurrency::new,
                () -> new Forecasting("forecast: smoothing", new Forecast.Smoothing()),
                () -> new Forecasting("forecast: autoregression", new Forecast.Autoregression()),
                () -> new PerCall("Hearth", null),
                () -> new PerCall("Hearth + smoothing", new Forecast.Smoothing()),
                () -> new PerCall("Hearth + autoregression", new Forecast.Autoregression()));
    }

    private static final class Fixed extends ScalingSignal {
        private final int instances;

        Fixed(String name, int instances) {
            super(name, 60 * SECOND_MICROS);
            this.instances = instances;
        }

        @Override
        int initially() {
            return instances;
        }

        @Override
        int desired(Seen seen) {
            return instances;
        }
    }

    /// As the Kubernetes Horizontal Pod Autoscaler does by default: every 15 s, to 70% utilisation, at most doubling,
    /// down to the most of five minutes. A busy instance counts as a busy core: the best case for this signal.
    private static final class Cpu extends ScalingSignal {
        private static final double TARGET = 0.7;
        private static final double TOLERANCE = 0.1;
        private static final int LOOKS_KEPT = 20;
        private final ArrayDeque<Integer> recent = new ArrayDeque<>();

        Cpu() {
            super("CPU, 70% every 15 s", 15 * SECOND_MICROS);
        }

        @Override
        int desired(Seen seen) {
            double ratio = seen.averageBusy() / Math.max(1, seen.live()) / TARGET;
            int wanted = Math.abs(ratio - 1) <= TOLERANCE ? seen.live() : (int) Math.ceil(seen.live() * ratio);
            recent.addLast(Math.clamp(wanted, 1, Math.max(2 * seen.live(), seen.live() + 4)));
            if (recent.size() > LOOKS_KEPT) {
                recent.removeFirst();
            }
            return recent.stream().mapToInt(Integer::intValue).max().orElse(1);
        }
    }

    /// As Knative does by default: every 2 s, 70% of one call for each instance, over 60 s, or over 6 s in panic.
    private static final class Concurrency extends ScalingSignal {
        private static final double TARGET = 0.7;
        private static final int STABLE_LOOKS = 30;
        private static final int PANIC_LOOKS = 3;
        private final ArrayDeque<Double> recent = new ArrayDeque<>();
        private long panicUntil = Long.MIN_VALUE;
        private int panicPeak;

        Concurrency() {
            super("concurrency, 70% every 2 s", 2 * SECOND_MICROS);
        }

        @Override
        int desired(Seen seen) {
            recent.addLast(seen.averageDemand());
            if (recent.size() > STABLE_LOOKS) {
                recent.removeFirst();
            }
            int stable = wanted(STABLE_LOOKS);
            int panic = wanted(PANIC_LOOKS);
            if (panic >= 2 * seen.live()) {
                panicUntil = seen.nowMicros() + 60 * SECOND_MICROS;
            }
            if (seen.nowMicros() >= panicUntil) {
                panicPeak = 0;
                return stable;
            }
            panicPeak = Math.max(panicPeak, Math.max(panic, stable));
            return panicPeak;
        }

        private int wanted(int looks) {
            double average = recent.stream()
                    .skip(Math.max(0, recent.size() - looks))
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(0);
            return Math.max(1, (int) Math.ceil(average / TARGET));
        }
    }

    /// Every second: what the forecast rate will keep busy, its standing spares, and what works the queue off in a
    /// second.
    private static final class Forecasting extends ScalingSignal {
        private final Forecast forecast;
        private final ArrayDeque<Integer> recent = new ArrayDeque<>();

        Forecasting(String name, Forecast forecast) {
            super(name, SECOND_MICROS);
            this.forecast = forecast;
        }

        @Override
        int desired(Seen seen) {
            forecast.record(seen.arrivals());
            recent.addLast(forecast.instances(seen) + (int) Math.ceil(seen.waiting() * seen.serviceMicros() / 1e6));
            if (recent.size() > 60) {
                recent.removeFirst();
            }
            return recent.stream().mapToInt(Integer::intValue).max().orElse(1);
        }
    }

    /// The scheduler's staffing at every call; with a forecast, also what that asks for.
    private static final class PerCall extends ScalingSignal {
        private static final long NANOS = 1_000;
        private final Panic panic = new Panic();
        private final @Nullable Forecast forecast;

        PerCall(String name, @Nullable Forecast forecast) {
            super(name, SECOND_MICROS);
            this.forecast = forecast;
        }

        @Override
        int desired(Seen seen) {
            if (forecast != null) {
                forecast.record(seen.arrivals());
            }
            return forecastOf(seen);
        }

        @Override
        int startNow(Seen seen) {
            panic.observe(seen.busy(), seen.waiting(), seen.live(), seen.nowMicros() * NANOS);
            return forWaiting(seen, seen.starting()) + ahead(seen, seen.instances());
        }

        /// As the engine asks when a boot's turn has come.
        @Override
        boolean stillNeeded(Seen seen) {
            return forWaiting(seen, seen.starting() - 1) + ahead(seen, seen.instances() - 1) > 0
                    || seen.instances() <= forecastOf(seen);
        }

        private static int forWaiting(Seen seen, int starting) {
            return Staffing.toStart(new Staffing.Situation(
                    seen.waiting(), starting, seen.live(), 0, seen.serviceMicros() * NANOS, true, Integer.MAX_VALUE));
        }

        private int ahead(Seen seen, int instances) {
            return Staffing.ahead(new Staffing.Standing(
                    panic.demand(seen.busy(), seen.nowMicros() * NANOS),
                    seen.waiting(),
                    instances,
                    seen.serviceMicros() * NANOS,
                    1,
                    Integer.MAX_VALUE));
        }

        private int forecastOf(Seen seen) {
            return forecast == null ? 1 : forecast.instances(seen);
        }

        @Override
        boolean ends() {
            return false;
        }
    }
}
