package dev.hillock.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import picocli.CommandLine;

/** The page in a real browser, served and as a file; pictures go to target/screenshots. */
class PageInBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static ExploreServer server;
    private static ChromeDriver browser;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER), "no Chromium with its driver here");
        server = ExploreServer.start(0);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--window-size=1280,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        Files.createDirectories(PICTURES);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
        if (server != null) {
            server.close();
        }
    }

    private static void open(String address) {
        browser.manage().logs().get(LogType.BROWSER);
        browser.get(address);
        await("!!document.querySelector('#curve-chart path') && !!document.querySelector('#softmax-steps td')"
                + " && !!document.querySelector('#grid-with path') && !!document.querySelector('#gradient-chart rect')"
                + " && !!document.querySelector('#family-chart td') && !!document.querySelector('#dip-table td')");
    }

    private static Object script(String text, Object... arguments) {
        return browser.executeScript(text, arguments);
    }

    private static void await(String condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(script("return " + condition))) {
            assertTrue(System.nanoTime() < end, "never came true: " + condition);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void set(String id, String value) {
        script(
                "const e = document.getElementById(arguments[0]); e.value = arguments[1];"
                        + "e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change'));",
                id,
                value);
    }

    private static String text(String selector) {
        return browser.findElement(By.cssSelector(selector)).getText();
    }

    private static void check(String function) {
        WebElement box = browser.findElement(By.cssSelector("#chooser input[value=" + function + "]"));
        script("arguments[0].scrollIntoView({block: 'center'})", box);
        box.click();
    }

    private static void picture(String name) throws IOException {
        Map<?, ?> size =
                (Map<?, ?>) script("return {width: innerWidth, height: document.documentElement.scrollHeight}");
        Map<String, Object> clip =
                Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
        Object shot = browser.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip))
                .get("data");
        Files.write(PICTURES.resolve(name + ".png"), OutputType.BYTES.convertFromBase64Png((String) shot));
    }

    private static void emulate(int width, boolean phone, String scheme) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", phone));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private static void assertNoComplaints() {
        List<LogEntry> entries = browser.manage().logs().get(LogType.BROWSER).getAll();
        assertTrue(entries.isEmpty(), entries.toString());
    }

    private static List<?> requests() {
        return (List<?>) script("return performance.getEntriesByType('resource').map(entry => entry.name)");
    }

    @Test
    void theServedPageShowsWhatTheKernelsSay() throws IOException {
        emulate(1280, false, "light");
        open(server.address());
        assertTrue((Long) script("return document.querySelectorAll('#curve-chart .shade').length") >= 2);
        assertTrue(text("#curve-chart + .hint").contains("saturates"));
        // The pointer rests on 0: sigmoid's steepest point.
        assertTrue(text("#readout").contains("sigmoid 0.5 0.25"), text("#readout"));
        check("leaky_relu");
        await("document.querySelectorAll('#curve-chart .curve').length === 6");
        WebElement alpha =
                browser.findElement(By.cssSelector("input[type=number][aria-label='alpha of leaky_relu, any value']"));
        script("arguments[0].value = '0.125'; arguments[0].dispatchEvent(new Event('change'))", alpha);
        await("[...document.querySelectorAll('#readout tr')].some(row => row.textContent.includes('0.125'))");
        assertTrue(text("#gelu-gap").startsWith("0.00047"), text("#gelu-gap"));
        // silu(1) and silu'(1), at the value 1.5 and then 2.
        assertTrue(text("#gated-words").contains("it is 1.097; a little more value adds 0.7311"), text("#gated-words"));
        set("gated-value", "2");
        await("document.querySelector('#gated-words').textContent.includes('more gate 1.855 times')");
        set("gated-unit", "geglu");
        await("document.querySelector('#gated-words').textContent.includes('geglu(gate, value) = gelu(gate)')");
        assertTrue(text("#product-words").contains("0.25^5 = 0.0009766"), text("#product-words"));
        assertTrue(text("#softmax-steps").contains("0.659001"), text("#softmax-steps"));
        for (Object address : requests()) {
            assertTrue(((String) address).startsWith(server.address()), "a request left the machine: " + address);
        }
        picture("light");
        emulate(1280, false, "dark");
        picture("dark");
        assertNoComplaints();
    }

    @Test
    void theKeyboardIsEnough() {
        emulate(1280, false, "light");
        open(server.address());
        WebElement plot = browser.findElement(By.cssSelector("#curve-chart svg"));
        script("arguments[0].focus()", plot);
        plot.sendKeys(Keys.ARROW_RIGHT);
        assertTrue(text("#readout").contains("x = 0.03125"), text("#readout"));
        browser.switchTo().activeElement().sendKeys(Keys.END);
        assertTrue(text("#readout").contains("x = 6"), text("#readout"));
        WebElement head = browser.findElements(By.cssSelector("#sheet-table thead button"))
                .get(0);
        head.sendKeys(Keys.ENTER);
        assertEquals(
                "descending",
                browser.findElement(By.cssSelector("#sheet-table th")).getDomAttribute("aria-sort"));
        assertEquals("descending", script("return document.activeElement.closest('th').getAttribute('aria-sort')"));
        assertTrue(
                (Boolean) script(
                        "return [...document.querySelectorAll('input, select, button')].every(e => e.labels?.length"
                                + " || e.textContent.trim() || e.ariaLabel)"),
                "a control without a name");
    }

    @Test
    void wrongScoresAreAnsweredInThePage() {
        emulate(1280, false, "light");
        open(server.address());
        set("softmax-text", "1, x");
        await("document.getElementById('softmax-error').textContent.includes('not a number')");
        set("softmax-text", "1, 1");
        await("document.getElementById('softmax-steps').textContent.includes('0.5')");
        assertEquals("", text("#softmax-error"));
    }

    @Test
    void depthAndActivationMoveTheBars() {
        emulate(1280, false, "light");
        open(server.address());
        Object before = script("return document.getElementById('gradient-words').textContent");
        set("gradient-depth", "9");
        await("document.querySelectorAll('#gradient-chart .column').length === 40");
        assertNotEquals(before, script("return document.getElementById('gradient-words').textContent"));
        set("gradient-function", "tanh");
        await("document.getElementById('gradient-words').textContent.startsWith('tanh')");
    }

    @Test
    void theMachineIsMeasuredOnRequest() {
        emulate(1280, false, "light");
        open(server.address());
        browser.findElement(By.id("measure")).sendKeys(Keys.ENTER);
        await("document.querySelectorAll('#machine-table tbody tr').length > 10");
    }

    @Test
    void aPhoneShowsItWithoutScrollingSideways() throws IOException {
        emulate(390, true, "light");
        open(server.address());
        assertTrue(
                (Boolean) script("return document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways");
        picture("phone");
        emulate(390, true, "dark");
        picture("phone-dark");
    }

    @Test
    void theFileNeedsNobody() throws Exception {
        emulate(1280, false, "light");
        File file = folder.resolve("explorer.html").toFile();
        ExploreCommand command =
                new ExploreCommand(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        new CommandLine(command).parseArgs("--export", file.getPath());
        command.call();
        open(file.toURI().toString());
        check("elu");
        await("document.querySelectorAll('#curve-chart .curve').length === 6");
        WebElement alpha = browser.findElement(By.cssSelector("input[type=range][aria-label='alpha of elu']"));
        script("arguments[0].value = 6; arguments[0].dispatchEvent(new Event('input'))", alpha);
        await("document.querySelector('.card .slider output').textContent === '0.5'");
        set("softmax-temperature", "0");
        await("document.getElementById('softmax-steps').textContent.includes('0.99995')");
        assertTrue((Long) script("return document.querySelectorAll('#machine-table tbody tr').length") > 10);
        assertEquals(List.of(), requests());
        picture("file");
        assertNoComplaints();
    }
}
