package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Statistics of the numeric columns of a CSV with a header line. */
public class CsvStatistics implements RequestHandler<CsvStatistics.Request, CsvStatistics.Response> {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    /** The event. */
    public static class Request {
        private String csv;

        public String getCsv() {
            return csv;
        }

        public void setCsv(String csv) {
            this.csv = csv;
        }
    }

    /** The answer. */
    public record Response(int rows, Map<String, Column> columns) {}

    /** What is known of a column. */
    public record Column(int count, double sum, double least, double greatest) {
        Column with(double value) {
            return new Column(count + 1, sum + value, Math.min(least, value), Math.max(greatest, value));
        }
    }

    @Override
    public Response handleRequest(Request request, Context context) {
        if (request.getCsv() == null) {
            throw new IllegalArgumentException("the event needs a text under 'csv'");
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        int rows = 0;
        try (CSVParser parser = CSVParser.parse(request.getCsv(), FORMAT)) {
            for (CSVRecord row : parser) {
                rows++;
                row.toMap().forEach((name, text) -> add(columns, name, text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        context.getLogger().log("read " + rows + " rows");
        return new Response(rows, columns);
    }

    private static void add(Map<String, Column> columns, String name, String text) {
        try {
            double value = Double.parseDouble(text);
            columns.merge(name, new Column(1, value, value, value), (old, one) -> old.with(value));
        } catch (NumberFormatException e) {
            // not a number: the column counts only those that are
        }
    }
}
