package dev.hillock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hillock.Activation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExploreServerTest {
    private static ExploreServer server;

    private record Response(int status, String type, String body) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(body);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        server = ExploreServer.start(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Response get(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(server.address() + path).toURL().openConnection();
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Response(
                    status, connection.getContentType(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String request(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n";
    }

    private static String host() {
        return "Host: 127.0.0.1:" + server.port() + "\r\n";
    }

    @Test
    void thePageLoadsNothingFromElsewhere() throws IOException {
        Response page = get("");
        assertEquals(200, page.status);
        assertTrue(page.body.contains("default-src 'none'") && page.body.contains("connect-src 'self'"));
        assertFalse(page.body.matches("(?s).*(src|href)=\"(https?:)?//.*"));
        assertFalse(page.body.contains("{{"));
    }

    @Test
    void curvesAreTheKernelsOwn() throws IOException {
        Response curve = get("api/curve?function=leaky_relu&alpha=0.2");
        assertEquals(200, curve.status, curve.body);
        float[] y = floats(curve.json().get("y").asText());
        float[] slope = floats(curve.json().get("slope").asText());
        assertEquals(Curve.count(), y.length);
        float[] x = {-3};
        float[] expected = new float[1];
        Activation.leakyRelu(0.2).forward(x, expected);
        int at = Math.round((-3 - Curve.FROM) * Curve.PER_UNIT);
        assertEquals(expected[0], y[at]);
        assertEquals(0.2f, slope[at]);
        assertEquals(1f, slope[at + 6 * Curve.PER_UNIT]);
    }

    private static float[] floats(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    @Test
    void softmaxGoesStepByStep() throws IOException {
        JsonNode answer = get("api/softmax?scores=2,1,0.1&temperature=1").json();
        assertEquals(0.659001139, answer.get("y").get(0).asDouble(), 1e-6);
        assertEquals(0.0985658904, answer.get("y").get(2).asDouble(), 1e-6);
        double row = 0;
        for (JsonNode cell : answer.get("jacobian").get(0)) {
            row += cell.asDouble();
        }
        assertEquals(0, row, 1e-6);
        double y0 = answer.get("y").get(0).asDouble();
        assertEquals(y0 * (1 - y0), answer.get("jacobian").get(0).get(0).asDouble(), 1e-6);
    }

    @Test
    void sigmoidLosesTheGradientThatReluKeeps() throws IOException {
        JsonNode sigmoid =
                get("api/gradients?function=sigmoid&depth=10&weights=he").json();
        JsonNode relu = get("api/gradients?function=relu&depth=10&weights=he").json();
        assertEquals(0.25, sigmoid.get("steepest").asDouble());
        assertTrue(sigmoid.get("layers").get(0).asDouble()
                < Math.pow(0.5, 9) * sigmoid.get("layers").get(9).asDouble());
        assertTrue(relu.get("layers").get(0).asDouble()
                > 0.2 * relu.get("layers").get(9).asDouble());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            api/curve                                          | field 'function' is missing
            api/curve?function=rellu                           | unknown function 'rellu' (nearest: relu)
            api/curve?function=relu&alpha=1                    | unknown parameter 'alpha'
            api/curve?function=elu&alpha=x                     | 'x' is not a number
            api/curve?function=elu&alpha=NaN                   | is not finite
            api/curve?function=elu&alpha=1e99                  | is not finite
            api/curve?function=elu&function=relu               | is given twice
            api/curve?function                                 | has no value
            api/gradients?function=relu&depth=0&weights=he     | whole number from 1 to 50
            api/gradients?function=relu&depth=9999999999&weights=he | whole number from 1 to 50
            api/gradients?function=relu&depth=5&weights=hex    | unknown word 'hex' (known: he, xavier, small)
            api/softmax?scores=1,,2&temperature=1              | '' is not a number
            api/softmax?scores=1,2&temperature=0               | must be from 0.01 to 100
            api/softmax?scores=1,2&temperature=1&z=1           | unknown field 'z'
            api/softmax?scores=1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1&temperature=1 | more than 16 numbers
            """)
    void badQuestionsGetOneSentence(String path, String sentence) throws IOException {
        Response response = get(path);
        assertEquals(400, response.status, response.body);
        assertEquals("application/json; charset=utf-8", response.type);
        assertTrue(response.json().get("error").asText().contains(sentence), response.body);
    }

    @Test
    void badEscapesAndLongQueriesAreRefused() throws IOException {
        assertEquals(400, get("api/curve?function=" + "a".repeat(5000)).status);
        assertTrue(raw(request("GET", "/api/curve?function=%zz", host())).startsWith("HTTP/1.1 400"));
    }

    @ParameterizedTest
    @CsvSource({"nothing", "api", "../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "style.css", "api/curve/x"})
    void thereAreNoOtherPages(String path) throws IOException {
        assertEquals(404, get(path).status);
    }

    @Test
    void otherHostsSitesAndMethodsAreRefused() throws IOException {
        assertTrue(raw(request("GET", "/", host())).startsWith("HTTP/1.1 200"));
        assertTrue(raw(request("GET", "/", "Host: evil.example:" + server.port() + "\r\n"))
                .startsWith("HTTP/1.1 403"));
        assertTrue(raw(request("GET", "/", "Host: 127.0.0.1\r\n")).startsWith("HTTP/1.1 403"));
        assertTrue(raw(request("GET", "/api/measure", host() + "Sec-Fetch-Site: cross-site\r\n"))
                .startsWith("HTTP/1.1 403"));
        assertTrue(raw(request("DELETE", "/", host())).startsWith("HTTP/1.1 405"));
    }

    @Test
    void nobodyElseCanConnect() throws IOException {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
                    assertThrows(ConnectException.class, () -> new Socket(address, server.port()).close());
                }
            }
        }
    }
}
