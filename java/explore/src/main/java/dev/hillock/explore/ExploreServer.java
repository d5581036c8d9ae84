package dev.hillock.explore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Serves the page and its questions on the loopback address only. A page of another site cannot read from it: the host
 * that the browser asked for must be this machine (a name that was bent to 127.0.0.1 is refused), and browsers say when
 * a request comes from another site.
 */
public final class ExploreServer implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int SCORES = 16;

    // A body with its status.
    private record Answer(int status, String type, String body) {
        static Answer json(int status, Object value) {
            return new Answer(status, "application/json; charset=utf-8", Page.json(value));
        }

        static Answer error(int status, String message) {
            return json(status, Map.of("error", message));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final String page = Page.html(PageData.live(), "'self'");
    private final ReentrantLock measuring = new ReentrantLock();

    private final Map<String, Function<Query, Object>> questions = Map.of(
            "/api/curve", ExploreServer::curve,
            "/api/gradients", ExploreServer::gradients,
            "/api/softmax", ExploreServer::softmax);

    private ExploreServer(HttpServer server) {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "hillock-explore");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Starts serving.
     *
     * @param port the port, or 0 for any that is free
     * @throws IOException if the port cannot be had
     */
    public static ExploreServer start(int port) throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        ExploreServer server = new ExploreServer(HttpServer.create(loopback, 0));
        server.server.start();
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where a browser finds the page. */
    public String address() {
        return "http://127.0.0.1:" + port() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException e) {
                answer = Answer.error(400, e.getMessage());
            } catch (RuntimeException e) {
                answer = Answer.error(500, "internal error: " + e);
            }
            send(exchange, answer);
        }
    }

    private Answer answer(HttpExchange exchange) {
        if (!isLocal(exchange)) {
            return Answer.error(403, "this server answers only to pages of its own address, " + address());
        }
        if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            return Answer.error(405, "method " + exchange.getRequestMethod() + " is not supported");
        }
        String path = exchange.getRequestURI().getPath();
        Query query = Query.of(exchange.getRequestURI().getRawQuery());
        if (path.equals("/")) {
            query.end();
            return new Answer(200, "text/html; charset=utf-8", page);
        }
        if (path.equals("/api/measure")) {
            query.end();
            return measure();
        }
        Function<Query, Object> question = questions.get(path);
        if (question == null) {
            return Answer.error(404, "no such page: " + path);
        }
        Object result = question.apply(query);
        return Answer.json(200, result);
    }

    private boolean isLocal(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        return List.of("127.0.0.1:" + port(), "localhost:" + port()).contains(host)
                && (site == null || List.of("same-origin", "none").contains(site));
    }

    private static Object curve(Query query) {
        return Curve.of(query.takeActivation());
    }

    private static Object gradients(Query query) {
        int depth = query.takeInteger("depth", 1, Gradients.DEEPEST);
        Gradients.Initialization weights = query.takeWord("weights", Gradients.Initialization.class);
        return Gradients.of(query.takeActivation(), depth, weights);
    }

    private static Object softmax(Query query) {
        float[] scores = query.takeNumbers("scores", SCORES);
        double temperature = query.takePositive("temperature", 0.01, 100);
        query.end();
        return Softmax.of(scores, temperature);
    }

    // One at a time, for two would slow each other down.
    private Answer measure() {
        if (!measuring.tryLock()) {
            return Answer.error(409, "a measurement is running already");
        }
        try {
            return Answer.json(200, Measurement.of(PageData.starts().toList()));
        } finally {
            measuring.unlock();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("X-Frame-Options", "DENY");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
