package dev.hillock.engine;

import dev.hillock.binding.NativeCalls;
import dev.hillock.binding.NativeLibrary;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.Property;
import dev.hillock.kernel.Pieces;

/**
 * From how many elements on a native call is faster than Java. Read off {@code CrossoverTable} in this module's tests,
 * which prints what a call costs on each engine by length; 2-core Skylake server, JDK 25 for FFM, JDK 17 for JNI.
 *
 * @param thanVector than the Vector API, by the function's number
 * @param thanScalar than plain loops, by the function's number
 */
record Crossovers(int[] thanVector, int[] thanScalar) {
    /**
     * One binding's crossovers: functions with kinks mostly compare and multiply, the others compute exponentials or look
     * coefficients up, which Java is slow at.
     */
    private record Measured(
            int kinkedThanVector, int kinkedThanScalar, int smoothThanVector, int smoothThanScalar, int tabulated) {
        int thanVector(Function function) {
            if (Pieces.FUNCTIONS.contains(function.name())) {
                return tabulated;
            }
            return isSmooth(function) ? smoothThanVector : kinkedThanVector;
        }

        int thanScalar(Function function) {
            return isSmooth(function) ? smoothThanScalar : kinkedThanScalar;
        }
    }

    private static final Measured FFM = new Measured(640, 32, 48, 8, 24);
    private static final Measured JNI = new Measured(3072, 128, 320, 24, 24);

    /** For the binding in use. */
    static Crossovers here() {
        NativeCalls calls = NativeLibrary.get().calls();
        Measured measured = calls != null && calls.binding().equals("ffm") ? FFM : JNI;
        return new Crossovers(
                Catalogue.functions().stream().mapToInt(measured::thanVector).toArray(),
                Catalogue.functions().stream().mapToInt(measured::thanScalar).toArray());
    }

    private static boolean isSmooth(Function function) {
        return function.properties().contains(Property.CONTINUOUS_SLOPE);
    }
}
