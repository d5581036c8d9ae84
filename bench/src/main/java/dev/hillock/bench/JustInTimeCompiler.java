package dev.hillock.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the virtual machine's compiler is doing. The time it has spent counts a method when it is finished, and a large one
 * takes longer than a measurement: so the diagnostic command that lists what is compiled and what waits is asked, too.
 */
final class JustInTimeCompiler {
    private static final String EMPTY = "Empty";

    private JustInTimeCompiler() {}

    /** All that it has finished so far. */
    static long finishedMillis() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? compiler.getTotalCompilationTime()
                : 0;
    }

    /** Whether it compiles something or has something to compile; false where the virtual machine does not say. */
    static boolean isBusy() {
        return work().filter(JustInTimeCompiler::isBusy).isPresent();
    }

    /** Of a list as {@link #work} returns it: headings, and behind each its methods or "Empty". */
    static boolean isBusy(String work) {
        return work.lines()
                .map(String::strip)
                .anyMatch(line -> !line.isEmpty() && !line.endsWith(":") && !line.equals(EMPTY));
    }

    /** What {@code jcmd PID Compiler.queue} prints; nothing on a virtual machine without that command. */
    static Optional<String> work() {
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            return Optional.of(
                    (String) ManagementFactory.getPlatformMBeanServer().invoke(commands, "compilerQueue", null, null));
        } catch (JMException e) {
            return Optional.empty();
        }
    }
}
