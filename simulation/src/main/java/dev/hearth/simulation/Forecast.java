package dev.hearth.simulation;

import dev.hearth.scheduler.Staffing;
import java.util.ArrayDeque;

/// Tells next second's calls from those of the seconds before.
abstract class Forecast {
    /// A second has passed with so many calls.
    abstract void record(int calls);

    /// Calls expected in the next second.
    abstract double next();

    /// The instances that serve them.
    int instances(ScalingSignal.Seen seen) {
        return Staffing.target((int) Math.ceil(Math.max(0, next()) * seen.serviceMicros() / 1e6));
    }

    /// Holt's exponential smoothing: a level and a trend.
    static final class Smoothing extends Forecast {
        private static final double LEVEL = 0.5;
        private static final double TREND = 0.3;
        private double level;
        private double trend;
        private boolean begun;

        @Override
        void record(int calls) {
            double before = level;
            level = begun ? LEVEL * calls + (1 - LEVEL) * (level + trend) : calls;
            trend = begun ? TREND * (level - before) + (1 - TREND) * trend : 0;
            begun = true;
        }

        @Override
        double next() {
            return level + trend;
        }
    }

    /// A first-order autoregression over the last minute, fitted by Yule and Walker's equation.
    static final class Autoregression extends Forecast {
        private static final int WINDOW = 60;
        private final ArrayDeque<Integer> recent = new ArrayDeque<>();

        @Override
        void record(int calls) {
            recent.addLast(calls);
            if (recent.size() > WINDOW) {
                recent.removeFirst();
            }
        }

        @Override
        double next() {
            double mean = recent.stream().mapToInt(Integer::intValue).average().orElse(0);
            double variance = 0;
            double covariance = 0;
            double before = 0;
            boolean first = true;
            for (int calls : recent) {
                double deviation = calls - mean;
                variance += deviation * deviation;
                covariance += first ? 0 : deviation * before;
                before = deviation;
                first = false;
            }
            return variance == 0 ? mean : mean + covariance / variance * before;
        }
    }
}
